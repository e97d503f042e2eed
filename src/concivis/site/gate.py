"""Refuses what nobody needs to send, before anything else looks at it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.translation import gettext as _

# bytes; above what a form for a file takes, so that the form itself can say so
LARGEST_BODY = max(32 * 1024 * 1024, settings.UPLOAD_BYTES * 3 // 2)

Answer = Callable[[HttpRequest], HttpResponse]


def refuse_the_senseless(answer: Answer) -> Answer:
    """Middleware. Too large a body: Django would write it to disk before a form sees it (one that does not tell its
    length is read as empty anyway). The character NUL, which PostgreSQL does not know: a path that holds it leads
    nowhere, and a query is read without it.
    """

    def guarded(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info and not request.path_info.startswith("/api/"):
            return HttpResponseNotFound("\n", content_type="text/plain; charset=utf-8")
        while "%00" in request.META.get("QUERY_STRING", ""):  # again: of “%0%000” the first time leaves one
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > LARGEST_BODY:
            limit = {"limit": settings.UPLOAD_BYTES // (1024 * 1024)}
            said = (
                _("The file is larger than %(limit)s megabytes. Make it smaller, or send it in parts.")
                % limit
            )
            return HttpResponse(f"{said}\n", status=413, content_type="text/plain; charset=utf-8")
        return answer(request)

    return guarded
