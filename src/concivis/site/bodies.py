"""Refuses what nobody here needs to send: Django would write a file of any size to disk before a form sees it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

LARGEST_BODY = 32 * 1024 * 1024  # bytes; above what an import takes, so that its form can say so

Answer = Callable[[HttpRequest], HttpResponse]


def refuse_large_bodies(answer: Answer) -> Answer:
    """Middleware. A body that does not tell its length is read as empty anyway."""

    def guarded(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > LARGEST_BODY:
            said = _("The file is larger than 20 megabytes. Split it into several files.")
            return HttpResponse(f"{said}\n", status=413, content_type="text/plain; charset=utf-8")
        return answer(request)

    return guarded
