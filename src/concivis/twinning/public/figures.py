"""Figures of the network: of the world from the stored snapshot, of a country or an office computed when asked."""

from typing import Any

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from concivis.hubs.models import Hub
from concivis.hubs.record import data_version
from concivis.places.choices import country_choices
from concivis.places.countries import country_name
from concivis.shell.widgets import QuickSelect
from concivis.twinning import drawing, explaining, queries
from concivis.twinning import figures as computing

KEPT_FOR = 3600  # seconds; by data version anyway
COMMUNITIES_NAMED = 8


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    scope, name = asked_scope(request)
    found = figures_of(scope)
    context = {
        "heading": gettext("Figures of the network"),
        "lead": name,
        "scope": scope,
        "countries": country_select(request),
        "found": found,
    }
    if found and found["figures"].get("n"):
        context |= pictures(found)
    return render(request, "twinning/figures.html", context)


def asked_scope(request: HttpRequest) -> tuple[str, str]:
    """(the scope that the address names, how to call it). A country or a hub that does not exist is not found."""
    country, slug = request.GET.get("country", "").upper(), request.GET.get("hub", "")
    if slug:
        hub = Hub.objects.filter(slug=slug, is_published=True).first()
        if hub is None:
            raise Http404
        return f"hub:{slug}", hub.name
    if country:
        if country not in dict(country_choices()):
            raise Http404
        return f"country:{country}", country_name(country)
    return computing.WORLD, gettext("The world")


def figures_of(scope: str) -> dict[str, Any] | None:
    """{"figures", "pictures", "as_of", "current"}; None for the world before its figures were first computed.

    What is not the world is kept in the process for one data version.
    """
    version = data_version()
    if scope == computing.WORLD:
        snapshot = queries.snapshot(scope)
        if snapshot is None:
            return None
        told = {"as_of": snapshot.computed_at, "current": snapshot.data_version == version}
        return {**snapshot.figures, **told}
    key = f"figures:{scope}:{version}"
    kept: dict[str, Any] | None = caches["memory"].get(key)
    if kept is None:
        kept = {**computing.compute(scope, slow=False), "as_of": timezone.now(), "current": True}
        caches["memory"].set(key, kept, KEPT_FOR)
    return kept


def pictures(found: dict[str, Any]) -> dict[str, Any]:
    """What the page draws from the figures. One query."""
    told, drawn = found["figures"], found["pictures"]
    places = explaining.listed_places([row[0] for row in drawn["communities"]])
    spots = [
        (places[key], community, degree) for key, community, degree in drawn["communities"] if key in places
    ]
    return {
        "stats": explaining.stats(told),
        "facts": explaining.sentences(told),
        "degree_bars": explaining.degrees(drawn["degree_distribution"]),
        "matrix": explaining.matrix(drawn["matrix"]),
        "connected": explaining.most_connected(drawn["communities"], places),
        "between": explaining.most_between(told),
        "pairs": explaining.country_pairs(told),
        "communities_svg": drawing.communities(spots, gettext("Communities of the best connected places")),
        "communities": community_legend(spots, drawn["community_sizes"]),
    }


def community_legend(spots: list[tuple[Any, int, int]], sizes: list[int]) -> list[dict[str, Any]]:
    """The largest communities: their colour, their best connected places, their size."""
    named: dict[int, list[Any]] = {}
    for place, community, _ in spots:
        named.setdefault(community, []).append(place)
    return [
        {"number": number + 1, "places": named[number][:4], "size": size}
        for number, size in enumerate(sizes[:COMMUNITIES_NAMED])
        if number in named
    ]


def country_select(request: HttpRequest) -> str:
    widget = QuickSelect(choices=[("", gettext("The world")), *country_choices()])
    return widget.render("country", request.GET.get("country", "").upper(), {"id": "id_country"})
