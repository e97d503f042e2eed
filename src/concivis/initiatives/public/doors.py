"""What the pages with anonymous forms and mailed keys share."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from concivis.accounts.access import View, opened_by_key
from concivis.initiatives.actions import owners
from concivis.initiatives.enums import Purpose
from concivis.initiatives.models import Initiative, OwnerKey


@dataclass(frozen=True)
class Opened:
    """An open key as it stands in the address."""

    key: OwnerKey
    written: str

    @property
    def initiative(self) -> Initiative:
        return self.key.initiative

    def address(self, name: str = "own", *args: object) -> str:
        return reverse(f"initiatives:{name}", args=[self.written, *args])


def keyed(purpose: Purpose) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Decorates `view(request, opened, …)` at `…/<key>/…`. A key that opens nothing gets a page that says why."""

    def opening(request: HttpRequest, key: str) -> Opened | HttpResponse:
        found = owners.find_key(key, purpose)
        return Opened(found, key) if found and found.is_open else closed(request, found)

    return opened_by_key(opening)


def closed(request: HttpRequest, found: OwnerKey | None) -> HttpResponse:
    if found is None:
        text, status = _("There is no such link. Was it cut in two by your mail program?"), 404
    elif found.withdrawn_at:
        text, status = _("This link opens nothing any more: somebody else looks after the entry now."), 410
    else:
        text, status = _("This link has expired. You can have a new one sent to you."), 410
    usable = found is not None and found.withdrawn_at is None and found.purpose == Purpose.EDIT
    context = {
        "heading": _("This link opens nothing"),
        "text": text,
        "ask_url": reverse("initiatives:ask_link", args=[found.initiative.public_id])
        if usable and found
        else "",
    }
    return render(request, "initiatives/closed.html", context, status=status)
