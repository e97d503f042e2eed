"""What every page of an office shares."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from concivis.hubs import policies
from concivis.hubs.menu import office_menu
from concivis.hubs.models import Hub


def office_page(
    request: HttpRequest, hub: Hub, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Renders a page of the office with its band, its menu, and `may`: {permission: True} of the reader."""
    shared = {
        "hub": hub,
        "hub_menu": office_menu(request.user, hub, request.path),
        "may": {permission.value: True for permission in policies.permissions_of(request.user, hub)},
    }
    return render(request, template, {**shared, **context}, status=status)
