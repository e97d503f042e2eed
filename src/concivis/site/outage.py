"""What everybody is told while the database does not answer: 503 in plain words, without touching the database.

Django calls `server_error` for whatever no view or middleware has caught; all else stays the ordinary page of an error.
"""

import logging
import sys
import time
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

from django.db import Error, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.functional import Promise
from django.utils.translation import get_language_from_request, gettext_lazy, override
from django.views import defaults

log = logging.getLogger(__name__)
TOLD_EVERY = (
    5.0  # seconds between two lines in the log: an outage fails thousands of requests, for one reason
)
_told_at = float("-inf")


@dataclass(frozen=True)
class Told:
    retry_after: int  # seconds
    title: str | Promise
    lead: str | Promise


class Outage(Enum):
    AWAY = Told(
        15,
        gettext_lazy("This page has to wait for a moment"),
        gettext_lazy(
            "Our database does not answer just now. The fault is ours, not yours, and the site comes back by itself "
            "as soon as the database does. Please try again in a minute."
        ),
    )
    FULL = Told(
        300,
        gettext_lazy("Nothing can be saved at the moment"),
        gettext_lazy(
            "The disk of this site is full, and those who run it have to make room. The fault is ours, not yours. What "
            "was saved before is safe and can be read. Please try again later."
        ),
    )
    BUSY = Told(
        5,
        gettext_lazy("Too many people are saving something at this moment"),
        gettext_lazy("Please try again in a few seconds."),
    )


LOGGED = {
    Outage.AWAY: "The database does not answer",
    Outage.FULL: "The disk is full",
    Outage.BUSY: "Too many write at the same time",
}
POSTGRES = {  # classes and codes of PostgreSQL's errors (its manual, appendix A)
    "08": Outage.AWAY,  # connection exception
    "25006": Outage.AWAY,  # read-only transaction: another server has taken over
    "40": Outage.BUSY,  # rolled back for another transaction's sake
    "53100": Outage.FULL,
    "53": Outage.AWAY,  # too many connections, out of memory
    "55P03": Outage.BUSY,  # lock not available
    "57P": Outage.AWAY,  # shutting down, crashed, starting
    "58": Outage.AWAY,  # its disk fails
}
SQLITE = {  # primary result codes
    5: Outage.BUSY,
    6: Outage.BUSY,
    8: Outage.AWAY,  # read-only
    10: Outage.AWAY,  # the disk fails
    13: Outage.FULL,
    14: Outage.AWAY,  # cannot be opened
}


def outage(error: BaseException | None) -> Outage | None:
    """What keeps the database from answering, or None where the error is of another kind."""
    if not isinstance(error, Error):
        return None
    cause = error.__cause__ or error
    number = getattr(cause, "sqlite_errorcode", None)
    if number is not None:
        return SQLITE.get(number & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state:
        return next((POSTGRES[state[:n]] for n in (5, 3, 2) if state[:n] in POSTGRES), None)
    # no code: the connection could not be made, or broke
    return Outage.AWAY if isinstance(error, OperationalError | InterfaceError) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`."""
    error = sys.exc_info()[1]
    found = outage(error)
    if found is None:
        return defaults.server_error(request)
    _tell(found, error)
    with override(get_language_from_request(request, check_path=True)):
        response = _problem(found) if request.path.startswith("/api/") else _page(request, found)
    response["Retry-After"] = str(found.value.retry_after)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark: no traceback for each request
    return response


def _page(request: HttpRequest, found: Outage) -> HttpResponse:
    given = {
        "title": found.value.title,
        "lead": found.value.lead,
        "posted": request.method not in {"GET", "HEAD"},
        "again": request.get_full_path(),
    }
    return HttpResponse(loader.render_to_string("503.html", given), status=HTTPStatus.SERVICE_UNAVAILABLE)


def _problem(found: Outage) -> HttpResponse:
    """For programs (RFC 9457)."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    detail = f"{found.value.title}. {found.value.lead}"
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    return JsonResponse(body, status=status.value, content_type="application/problem+json")


def _tell(found: Outage, error: BaseException | None) -> None:
    global _told_at
    if time.monotonic() - _told_at >= TOLD_EVERY:
        _told_at = time.monotonic()
        said, *_more = str(error).strip().splitlines() or [""]
        log.error("%s: %s", LOGGED[found], said)
