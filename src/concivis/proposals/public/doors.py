"""What the pages behind a mailed key share."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from concivis.accounts.access import View, opened_by_key
from concivis.proposals.actions import authors
from concivis.proposals.enums import Purpose
from concivis.proposals.models import Proposal, ProposalKey


@dataclass(frozen=True)
class Opened:
    """An open key as it stands in the address."""

    key: ProposalKey
    written: str

    @property
    def proposal(self) -> Proposal:
        return self.key.proposal

    def address(self, name: str = "own", *args: object) -> str:
        return reverse(f"proposals:{name}", args=[self.written, *args])


def keyed(purpose: Purpose) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Decorates `view(request, opened, …)` at `…/<key>/…`. A key that opens nothing gets a page that says why."""

    def opening(request: HttpRequest, key: str) -> Opened | HttpResponse:
        found = authors.find_key(key, purpose)
        return Opened(found, key) if found and found.is_open else closed(request, found)

    return opened_by_key(opening)


def closed(request: HttpRequest, found: ProposalKey | None) -> HttpResponse:
    if found is None:
        text, status = _("There is no such link. Was it cut in two by your mail program?"), 404
    else:
        text, status = _("This link has expired."), 410
    can_ask = found is not None and found.purpose == Purpose.EDIT and found.withdrawn_at is None
    context = {
        "heading": _("This link opens nothing"),
        "text": text,
        "ask_url": reverse("proposals:ask_link", args=[found.proposal.public_id])
        if can_ask and found
        else "",
    }
    return render(request, "proposals/closed.html", context, status=status)
