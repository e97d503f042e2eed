"""The world map of links, and the columns of JSON that it draws."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from concivis.hubs.freshness import etag
from concivis.hubs.record import data_version
from concivis.shell import parts
from concivis.twinning import drawing, mapcolumns
from concivis.twinning.selection import Selection


@require_safe
@vary_on_headers("HX-Request")
def world_map(request: HttpRequest) -> HttpResponse:
    """The page; to a script that has the map already, only what stands beside it."""
    selection = Selection.of(request)
    beside = {"selection": selection, "exports": parts.exports(reverse("twinning:partnerships"))}
    if "HX-Request" in request.headers:
        return render(request, "twinning/map_side.html", beside)
    title = gettext("Links between twinned places")
    return render(
        request,
        "twinning/map.html",
        {
            **beside,
            "heading": gettext("The world’s twin towns"),
            "svg": drawing.links(selection.partnerships, selection.count, title),
            "links_url": reverse("twinning:map_links") + selection.query_string,
            "words": words(),
        },
    )


@require_safe
@condition(etag)
def map_links(request: HttpRequest) -> HttpResponse:
    """See `mapcolumns`. About 50 bytes for each link."""
    content = mapcolumns.encoded(Selection.of(request).partnerships, data_version())
    return HttpResponse(content, content_type="application/json")


def words() -> dict[str, str]:
    """What the script writes; numbers stand in for {n}."""
    return {
        "map": gettext("Map of links. Arrow keys move it, plus and minus zoom, 0 shows the whole."),
        "zoom_in": gettext("Zoom in"),
        "zoom_out": gettext("Zoom out"),
        "whole": gettext("Show the whole"),
        "find": gettext("Find a place on the map"),
        "nothing_found": gettext("No such place on this map"),
        "colour_by": gettext("Colour by"),
        "kind": gettext("kind"),
        "state": gettext("state"),
        "links_shown": gettext("Links shown: {n}"),
        "partners": gettext("Partners: {n}"),
        "open_place": gettext("Open the page of this place"),
        "close": gettext("Close"),
        "and_more": gettext("and {n} more"),
        "failed": gettext("The links could not be loaded. The drawn map stays."),
    }
