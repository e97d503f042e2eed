"""Addresses without a room: what robots and monitors ask."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from concivis.hubs.record import data_version


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Offices and accounts are nobody's search result, nor is a ranking for each place; nothing of a demo is."""
    private = [
        "/*/accounts/",
        "/*/office/",
        "/*/hubs/mine/",
        "/*/hubs/new/",
        "/*/places/*/finder/",
        "/*/search/suggest/",
    ]
    hidden = ["/"] if settings.DEMO else private
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden)]
    if not settings.DEMO:
        lines += ["", f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For a monitor: 200 if the database answers."""
    return HttpResponse(f"ok {data_version()}\n", content_type="text/plain; charset=utf-8")
