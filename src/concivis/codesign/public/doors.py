"""The doors of connectors and participants: a mailed key, or a connector's own account."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from concivis.accounts.access import View, opened_by_key
from concivis.codesign import policies
from concivis.codesign.actions import connectors, participants
from concivis.codesign.models import Connector, Participant

ACCOUNT = "account-"  # and a public id: opens for who is signed in as this connector


@dataclass(frozen=True)
class Opened:
    """A connector's own pages, with the key as it stands in the address."""

    connector: Connector
    written: str

    def address(self, name: str = "own", *args: object) -> str:
        return reverse(f"codesign:{name}", args=[self.written, *args])

    @property
    def by_account(self) -> bool:
        return self.written.startswith(ACCOUNT)


def connector_view(view: Callable[..., HttpResponseBase]) -> View:
    """Decorates `view(request, opened, …)` at `codesign/connector/<key>/…`."""
    return opened_by_key(_opening)(view)


def working_view(view: Callable[..., HttpResponseBase]) -> View:
    """`connector_view` for what only who said yes, and has not ended, may do; others are led to their first page."""

    @connector_view
    def guarded(request: HttpRequest, opened: Opened, **kwargs: object) -> HttpResponseBase:
        if not opened.connector.is_working:
            messages.error(request, _("This is for connectors who are on the roster."))
            return redirect(opened.address())
        return view(request, opened, **kwargs)

    return guarded


def participant_view(view: Callable[..., HttpResponseBase]) -> View:
    """Decorates `view(request, participant, key)` at `codesign/participant/<key>/`."""

    def opening(request: HttpRequest, key: str) -> Participant | HttpResponse:
        return participants.find(key) or closed(
            request, _("Nothing is kept of you here any more: it was withdrawn, or its time was over.")
        )

    return opened_by_key(opening)(view)


def _opening(request: HttpRequest, key: str) -> Opened | HttpResponse:
    if key.startswith(ACCOUNT):
        found = Connector.objects.select_related("hub").filter(public_id=key[len(ACCOUNT) :]).first()
        if found and policies.may_act_as(request.user, found):
            return Opened(found, key)
    elif found := connectors.find(key):
        return Opened(found, key)
    return closed(
        request,
        _(
            "There is no such link, or a newer one was sent to you. Look for our latest mail, or ask the office."
        ),
    )


def closed(request: HttpRequest, text: str) -> HttpResponse:
    context = {"heading": _("This link opens nothing"), "text": text}
    return render(request, "codesign/closed.html", context, status=404)


def own_page(
    request: HttpRequest, opened: Opened, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Renders a page of the connector, with its way back."""
    shared = {
        "kicker": _("Community connector: %(name)s") % {"name": opened.connector.name},
        "hub": opened.connector.hub,
        "connector": opened.connector,
        "own_key": opened.written,
        "home_url": opened.address(),
    }
    return render(request, template, {**shared, **context}, status=status)
