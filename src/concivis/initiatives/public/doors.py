"""What the pages with anonymous forms and mailed keys share."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from concivis.accounts.access import keep_private
from concivis.initiatives.actions import owners
from concivis.initiatives.enums import Purpose
from concivis.initiatives.models import Initiative, OwnerKey

Answer = TypeVar("Answer", bound=HttpResponseBase)


def discreet(response: Answer) -> Answer:
    """No cache keeps it, no robot lists it, and no other page learns its address.

    The policy is not “no-referrer”: with it, browsers send no origin with a form, and Django refuses the form.
    """
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return keep_private(response)


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


def keyed(purpose: Purpose) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Decorates `view(request, opened, …)` at `…/<key>/…`. A key that opens nothing gets a page that says why."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        @sensitive_variables("key")
        def guarded(request: HttpRequest, key: str, **kwargs: object) -> HttpResponseBase:
            found = owners.find_key(key, purpose)
            if found is None or not found.is_open:
                return discreet(closed(request, found))
            return discreet(view(request, Opened(found, key), **kwargs))

        return guarded

    return decorate


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
