"""Maps of partnerships drawn by the server: for readers without JavaScript, and for all until it has loaded."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import sqrt

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from concivis.places.countries import country_name
from concivis.shell import worldmap
from concivis.twinning import queries
from concivis.twinning.listing import ListedPlace
from concivis.twinning.models import Partnership

EACH_LINK_UP_TO = 400  # beyond that, links are drawn from country to country
OVER = frozenset({"ended"})


def links(partnerships: QuerySet[Partnership], count: int, title: str, *, width: int = 960) -> SafeString:
    """The world with these links: each one where they are few, gathered by country where they are many."""
    edges = queries.network_edges(partnerships)
    if count > EACH_LINK_UP_TO:
        return _countries(edges, title, width)
    spots = list(zip(edges.latitudes, edges.longitudes, strict=True))
    arcs = [
        worldmap.Arc(a_lat, a_lon, b_lat, b_lon)
        for (a_lat, a_lon), (b_lat, b_lon) in ((spots[a], spots[b]) for a, b in edges.links)
        if a_lat is not None and a_lon is not None and b_lat is not None and b_lon is not None
    ]
    points = [
        worldmap.Point(lat, lon, label=name, radius=3)
        for (lat, lon), name in zip(spots, edges.names, strict=True)
        if lat is not None and lon is not None
    ]
    return worldmap.draw(points, arcs, title=title, width=width, fit=bool(points))


def star(centre: ListedPlace, others: Sequence[tuple[ListedPlace, str]], title: str) -> SafeString:
    """A place and its partners, each with the state of the tie; fitted to them, with their names."""
    if centre.latitude is None or centre.longitude is None:
        return worldmap.draw(
            [_point(place) for place, _ in others if place.latitude is not None], [], title=title
        )
    seen = [(place, state) for place, state in others if place.latitude is not None]
    arcs = [_arc(centre, place, "over" if state in OVER else "") for place, state in seen]
    points = [_point(centre, "home", 6), *(_point(place) for place, _ in seen)]
    return worldmap.draw(points, arcs, title=title, fit=True, names=True)


def chain(places: Sequence[ListedPlace], title: str) -> SafeString:
    """Places in a row, joined one to the next."""
    seen = [place for place in places if place.latitude is not None]
    arcs = [_arc(a, b) for a, b in pairwise(seen)]
    ends = {0, len(seen) - 1}
    points = [
        _point(place, "home" if i in ends else "", 6 if i in ends else 4) for i, place in enumerate(seen)
    ]
    return worldmap.draw(points, arcs, title=title, fit=True, names=True)


def communities(places: Iterable[tuple[ListedPlace, int, int]], title: str) -> SafeString:
    """Places with (number of the community from 0, number of partners): the eight largest communities in colour."""
    points = [
        _point(place, str(community + 1) if community < 8 else "", 2 + min(6.0, sqrt(degree) / 2))
        for place, community, degree in places
        if place.latitude is not None
    ]
    return worldmap.draw(points, [], title=title)


def _countries(edges: queries.NetworkEdges, title: str, width: int) -> SafeString:
    """Arcs between the middles of a country's linked places, the busiest pairs; points as large as their links."""
    middles = _middles(edges)
    pairs = Counter(
        tuple(sorted((edges.countries[a], edges.countries[b])))
        for a, b in edges.links
        if edges.countries[a] != edges.countries[b]
    )
    degrees = Counter(edges.countries[index] for link in edges.links for index in link)
    arcs = [
        worldmap.Arc(*middles[a], *middles[b])
        for (a, b), _ in pairs.most_common(EACH_LINK_UP_TO)
        if a in middles and b in middles
    ]
    points = [
        worldmap.Point(*middles[code], label=_said(code, number), radius=2 + min(9.0, sqrt(number) / 10))
        for code, number in degrees.most_common()
        if code in middles
    ]
    return worldmap.draw(points, arcs, title=title, width=width)


def _middles(edges: queries.NetworkEdges) -> dict[str, tuple[float, float]]:
    """The mean position of each country's places. Longitudes are averaged as they are: few countries cross 180°."""
    sums: dict[str, list[float]] = {}
    for code, lat, lon in zip(edges.countries, edges.latitudes, edges.longitudes, strict=True):
        if lat is not None and lon is not None:
            total = sums.setdefault(code, [0.0, 0.0, 0.0])
            total[0] += lat
            total[1] += lon
            total[2] += 1
    return {code: (lat / n, lon / n) for code, (lat, lon, n) in sums.items()}


def _said(code: str, number: int) -> str:
    return ngettext("%(country)s: %(n)s end of a link", "%(country)s: %(n)s ends of links", number) % {
        "country": country_name(code),
        "n": number,
    }


def _point(place: ListedPlace, kind: str = "", radius: float = 4) -> worldmap.Point:
    return worldmap.Point(
        place.latitude or 0, place.longitude or 0, label=place.name, url=place.url, kind=kind, radius=radius
    )


def _arc(a: ListedPlace, b: ListedPlace, kind: str = "") -> worldmap.Arc:
    return worldmap.Arc(a.latitude or 0, a.longitude or 0, b.latitude or 0, b.longitude or 0, kind=kind)
