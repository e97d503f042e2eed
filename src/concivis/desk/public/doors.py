"""What the pages of an asker's mailed key share."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from concivis.accounts.access import View, opened_by_key
from concivis.desk.actions import keys
from concivis.desk.enums import Purpose
from concivis.desk.models import AskerKey, Enquiry


@dataclass(frozen=True)
class Opened:
    """A key as it stands in the address, and what it opens."""

    key: AskerKey
    written: str

    @property
    def enquiry(self) -> Enquiry:
        return self.key.enquiry

    def address(self, name: str = "own") -> str:
        return reverse(f"desk:{name}", args=[self.written])


def keyed(purpose: Purpose) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Decorates `view(request, opened)` at `…/<key>/…`. A key that opens nothing gets a page that says so."""

    def opening(request: HttpRequest, key: str) -> Opened | HttpResponse:
        found = keys.find_key(key, purpose)
        if found is None:
            context = {"heading": _("This link opens nothing")}
            return render(request, "desk/own/closed.html", context, status=404)
        return Opened(found, key)

    return opened_by_key(opening)
