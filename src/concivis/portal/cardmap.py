"""Where cards are: places as circles, those close together as one, and arcs from the hub's own city.

Drawn by the server; the same as columns of JSON for the script that draws maps of links (`twinning/static/twinning/`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from urllib.parse import urlencode

import msgspec
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from concivis.catalogue import kinds, queries
from concivis.places.countries import country_name
from concivis.places.models import Place
from concivis.portal.cards import told
from concivis.portal.overview import Overview
from concivis.shell import worldmap
from concivis.twinning.public.map import words as words_of_links

MOST_PLACES = 2_000  # of the drawn map, those with most cards
MOST_CARDS = 5_000  # of the moving map
CELLS = 42  # of the map's width: what lies in one of them becomes one circle
SMALLEST_CELL = 0.02  # degrees
NAMED = 3  # places of a circle
LINKED = 20


@dataclass(frozen=True)
class Spot:
    """Places that are drawn as one circle, the one with most cards first."""

    places: Sequence[Place]
    count: int
    latitude: float
    longitude: float


def drawn(overview: Overview, title: str) -> SafeString:
    """Up to two queries beside the search's."""
    spots = clustered(_located(overview), overview.places)
    points = [_circle(spot, overview) for spot in spots]
    arcs: list[worldmap.Arc] = []
    home = overview.hub.place if overview.hub else None
    if home is not None and home.latitude is not None and home.longitude is not None:
        arcs = [worldmap.Arc(home.latitude, home.longitude, spot.latitude, spot.longitude) for spot in spots]
        points.insert(0, worldmap.Point(home.latitude, home.longitude, home.name, kind="home", radius=6))
    return worldmap.draw(points, arcs, title=title, fit=bool(points), names=len(points) <= CELLS)


def clustered(places: Sequence[Place], counts: Mapping[int, int]) -> list[Spot]:
    """Places in cells of a grid as fine as the map is wide, the largest first."""
    if not places:
        return []
    longitudes = [place.longitude or 0.0 for place in places]
    cell = max((max(longitudes) - min(longitudes)) / CELLS, SMALLEST_CELL)
    cells: dict[tuple[int, int], list[Place]] = defaultdict(list)
    for place in places:
        cells[int((place.longitude or 0.0) // cell), int((place.latitude or 0.0) // cell)].append(place)
    return sorted((_spot(members, counts) for members in cells.values()), key=lambda spot: -spot.count)


def encoded(overview: Overview) -> bytes:
    """The document that `twinning.mapcolumns` describes, with a card for each link: from the hub's city, or from
    where the card is to itself. Five queries beside the search's.
    """
    cards = list(queries.cards().filter(pk__in=overview.found.ids[:MOST_CARDS]))
    home = overview.hub.place if overview.hub and overview.hub.place.latitude is not None else None
    ends = [
        (card, place)
        for card in cards
        for place in card.places.all()
        if place.latitude is not None and overview.shows(place)
    ]
    places = {place.pk: place for place in ([home] if home else []) + [place for _, place in ends]}
    index = {pk: number for number, pk in enumerate(places)}
    names = list(dict.fromkeys(card.kind for card, _ in ends))[:10]
    shown = [(card, place) for card, place in ends if card.kind in names]
    return msgspec.json.encode(
        {
            "version": 0,
            "count": len(cards),
            "unplaced": sum(not card.places.all() for card in cards),
            "kinds": [[name, str(kinds.kind(name).one)] for name in names],
            "states": [],
            "countries": {
                code: country_name(code) for code in sorted({p.country_id for p in places.values()})
            },
            "places": {
                "id": " ".join(place.public_id for place in places.values()),
                "name": [place.name for place in places.values()],
                "lat": [round((place.latitude or 0) * 1000) for place in places.values()],
                "lon": [round((place.longitude or 0) * 1000) for place in places.values()],
                "country": "".join(place.country_id for place in places.values()),
            },
            "links": {
                "a": [index[home.pk if home else place.pk] for _, place in shown],
                "b": [index[place.pk] for _, place in shown],
                "kind": "".join(str(names.index(card.kind)) for card, _ in shown),
                "state": "0" * len(shown),
                "id": " ".join(f"{card.kind}/{card.public_id}" for card, _ in shown),
                "title": [told(card).title for card, _ in shown],
            },
        }
    )


def words() -> dict[str, str]:
    """What the script writes."""
    return words_of_links() | {
        "map": gettext("Map of entries. Arrow keys move it, plus and minus zoom, 0 shows the whole."),
        "links_shown": gettext("Entries shown: {n}"),
        "partners": gettext("Entries: {n}"),
        "failed": gettext("The entries could not be loaded. The drawn map stays."),
    }


def _located(overview: Overview) -> list[Place]:
    found = Place.objects.exclude(latitude=None).in_bulk(list(overview.places)[:MOST_PLACES])
    return [found[pk] for pk in overview.places if pk in found and overview.shows(found[pk])]


def _spot(members: Sequence[Place], counts: Mapping[int, int]) -> Spot:
    foremost = max(members, key=lambda place: counts[place.pk])
    ranked = [foremost, *(place for place in members if place != foremost)]
    return Spot(
        ranked,
        sum(counts[place.pk] for place in members),
        foremost.latitude
        or 0.0,  # on its own place rather than between several, where nothing may be but sea
        foremost.longitude or 0.0,
    )


def _circle(spot: Spot, overview: Overview) -> worldmap.Point:
    named = ", ".join(place.name for place in spot.places[:NAMED])
    more = len(spot.places) - NAMED
    where = gettext("%(places)s and %(n)s more") % {"places": named, "n": more} if more > 0 else named
    entries = ngettext("%(where)s: %(n)s entry", "%(where)s: %(n)s entries", spot.count)
    chosen = urlencode([("place", place.public_id) for place in spot.places[:LINKED]])
    return worldmap.Point(
        spot.latitude,
        spot.longitude,
        label=entries % {"where": where, "n": spot.count},
        url=f"{overview.search_url}&{chosen}",
        radius=3.0 + min(10.0, sqrt(spot.count)),
    )
