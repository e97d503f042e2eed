"""The search: its page, the proposals while one types, the other formats, and the way to a card by its kind."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from concivis.catalogue.models import Card
from concivis.hubs.freshness import etag
from concivis.newsletter.interests import Interests
from concivis.portal import cards, jsonld, listing, suggesting
from concivis.portal.search import Search
from concivis.shell import parts

SORTS = ("relevance", "newest", "confirmed")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = Search.of(request)
    return render(
        request,
        "portal/search.html",
        {
            "heading": gettext("Search"),
            "title": asked.title,
            "asked": asked,
            "sorts": sorts(asked),
            "exports": parts.exports(reverse("portal:search")),
            "jsonld": jsonld.results(asked),
            "watch_url": watch_url(request.GET),
        },
    )


def watch_url(query: QueryDict) -> str:
    """Where one asks to be told by mail of what is new within these filters; "" where none of them can be watched."""
    wanted = Interests.from_query(query).stored()
    return f"{reverse('newsletter:subscribe_to_all')}?{urlencode(wanted, doseq=True)}" if wanted else ""


def sorts(asked: Search) -> list[tuple[str, str, bool]]:
    """(value, label, whether in force)."""
    labels = {
        "relevance": gettext("best first"),
        "newest": gettext("newest first"),
        "confirmed": gettext("last confirmed first"),
    }
    return [(name, labels[name], name == asked.sort) for name in SORTS]


@require_safe
@condition(etag)
def search_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    asked = Search.of(request)
    page = f"{reverse('portal:search')}?{request.GET.urlencode()}"
    return listing.in_format(request, extension, asked, page=page, name="search", title=asked.title)


@require_safe
@cache_control(public=True, max_age=300)
def suggest(request: HttpRequest) -> HttpResponse:
    """Options of the search field's list: `?q=`."""
    words = " ".join(request.GET.get("q", "").split())[:100]
    return render(request, "portal/_suggestions.html", {"groups": suggesting.suggest(words), "words": words})


@require_safe
def card(request: HttpRequest, kind: str, public_id: str) -> HttpResponse:
    """Leads to the page of a thing that is known by the kind and identifier of its card."""
    return redirect(cards.address(get_object_or_404(Card, kind=kind, public_id=public_id)))
