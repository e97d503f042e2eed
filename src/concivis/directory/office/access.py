"""The door to one organisation in its office, and the two pages that all its forms are."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from concivis.accounts.access import View
from concivis.directory import queries
from concivis.directory.models import Organisation
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.refusals import fill


def entry_view(permission: Permission) -> Callable[[View], View]:
    """Decorates `view(request, hub, organisation, …)` at `…/organisations/<public_id>/…`.

    An old address, from before a merge, leads to the surviving entry.
    """

    def decorate(view: View) -> View:
        @office_view(permission)
        @wraps(view)
        def guarded(request: HttpRequest, hub: Hub, public_id: str, **kwargs: object) -> HttpResponseBase:
            found = queries.by_public_id(public_id)
            if found and found.public_id != public_id and found.hub_id == hub.pk and request.method == "GET":
                return redirect(address(hub, found))
            organisation = get_object_or_404(
                queries.in_hub(hub).select_related("place", "hub__place"), public_id=public_id
            )
            return view(request, hub, organisation, **kwargs)

        return guarded

    return decorate


def address(hub: Hub, organisation: Organisation, name: str = "office_organisation", *more: object) -> str:
    return reverse(f"directory:{name}", args=[hub.slug, organisation.public_id, *more])


def form_page(
    request: HttpRequest,
    hub: Hub,
    organisation: Organisation | None,
    form: Form,
    heading: str,
    *,
    lead: str = "",
    cancel: str = "",
    **more: Any,
) -> HttpResponse:
    context = {
        "heading": heading,
        "kicker": organisation.name if organisation else "",
        "lead": lead,
        "form": form,
        "cancel_url": cancel or (address(hub, organisation) if organisation else ""),
        **more,
    }
    return office_page(request, hub, "directory/office/form.html", context)


def confirm_page(
    request: HttpRequest,
    hub: Hub,
    organisation: Organisation,
    heading: str,
    text: str,
    submit: str,
    **more: Any,
) -> HttpResponse:
    context = {
        "heading": heading,
        "text": text,
        "submit": submit,
        "danger": True,
        "cancel_url": address(hub, organisation),
        **more,
    }
    return office_page(request, hub, "shell/confirm.html", context)


def saved(request: HttpRequest, form: Form, act: Callable[[], object], said: Callable[[], str]) -> bool:
    """Whether what was sent was right and was done; then the reader is told `said`."""
    if request.method != "POST" or not form.is_valid() or not fill(form, act):
        return False
    messages.success(request, said())
    return True
