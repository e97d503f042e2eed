"""Refuses what nobody needs to send, before anything else looks at it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.translation import gettext as _

LARGEST_BODY = 32 * 1024 * 1024  # bytes; above what an import takes, so that its form can say so

Answer = Callable[[HttpRequest], HttpResponse]


def refuse_the_senseless(answer: Answer) -> Answer:
    """Middleware. Too large a body: Django would write it to disk before a form sees it (one that does not tell its
    length is read as empty anyway). The character NUL, which PostgreSQL does not know: a path that holds it leads
    nowhere, and a query is read without it.
    """

    def guarded(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info and not request.path_info.startswith("/api/"):
            return HttpResponseNotFound("\n", content_type="text/plain; charset=utf-8")
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > LARGEST_BODY:
            said = _("The file is larger than 20 megabytes. Split it into several files.")
            return HttpResponse(f"{said}\n", status=413, content_type="text/plain; charset=utf-8")
        return answer(request)

    return guarded
