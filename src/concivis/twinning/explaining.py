"""The figures of a network in plain words: what each says, for readers who never met a graph."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from concivis.places.countries import country_name
from concivis.places.models import Place
from concivis.shell import parts
from concivis.shell.templatetags.shell import number, percent
from concivis.twinning.listing import ListedPlace

Figures = Mapping[str, Any]
TOP = 20
BINS = ((1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 7), (8, 10), (11, 15), (16, 25), (26, 40), (41, 10**6))


def stats(figures: Figures) -> list[parts.Stat]:
    """The size of the network."""
    found = [
        parts.Stat(figures["n"], gettext("places with partners")),
        parts.Stat(figures["m"], gettext("links between them")),
    ]
    if "country_network" in figures:
        found.append(parts.Stat(figures["country_network"]["n"], gettext("countries")))
    if figures.get("mean_degree") is not None:
        found.append(parts.Stat(round(figures["mean_degree"], 1), gettext("partners a place has on average")))
    return found


def sentences(figures: Figures) -> list[parts.Fact]:
    """What the figures mean, each beside its value; those that the network does not allow are left out."""
    told = [
        _fact(gettext("The best connected place has this many partners"), figures.get("max_degree")),
        _share(gettext("Places with a single partner"), figures.get("deg1_nodes"), figures.get("n")),
        _fact(gettext("Groups of places with no link between the groups"), figures.get("components")),
        _share(gettext("Places in the largest such group"), figures.get("lcc_n"), figures.get("n")),
        _fact(
            gettext("Links to go, on average, between two places of that group"), figures.get("mean_path"), 1
        ),
        _fact(gettext("Links between the two that are farthest apart"), figures.get("diameter")),
        _percent(
            gettext("How often two partners of a place are partners of each other"),
            figures.get("transitivity"),
        ),
        _fact(
            gettext("Do well-connected places choose each other? From −1 (never) to 1 (always)"),
            figures.get("degree_assortativity"),
            2,
        ),
        _fact(
            gettext("Do places of the same size choose each other? From −1 (never) to 1 (always)"),
            figures.get("logpop_assortativity"),
            2,
        ),
        _fact(
            gettext("How clearly the network falls into communities, from 0 (not at all) to 1"),
            figures.get("modularity_leiden"),
            2,
        ),
    ]
    distance = figures.get("link_distance_km") or {}
    told.append(_kilometres(gettext("Half of all links are shorter than"), distance.get("median")))
    told.append(_kilometres(gettext("One link in ten is longer than"), distance.get("p90")))
    return [fact for fact in told if fact is not None]


def _fact(label: str, value: float | None, digits: int = 0) -> parts.Fact | None:
    return None if value is None else parts.Fact(label, number(value, digits))


def _share(label: str, value: int | None, total: int | None) -> parts.Fact | None:
    if value is None or not total:
        return None
    return parts.Fact(label, f"{number(value)} ({percent(value / total)})")


def _percent(label: str, value: float | None) -> parts.Fact | None:
    return None if value is None else parts.Fact(label, percent(value, 1))


def _kilometres(label: str, value: float | None) -> parts.Fact | None:
    return None if value is None else parts.Fact(label, gettext("%(n)s km") % {"n": number(value, 0)})


def degrees(distribution: Sequence[tuple[int, int]]) -> list[parts.Bar]:
    """How many places have 1, 2, … partners; from six on in growing steps."""
    most = max((degree for degree, _ in distribution), default=0)
    bars = []
    for low, high in BINS:
        places = sum(count for degree, count in distribution if low <= degree <= high)
        label = str(low) if low == high else f"{low}–{min(high, most)}"
        if low <= most:
            bars.append(parts.Bar(label if low != min(high, most) else str(low), places))
    return bars


def matrix(told: Mapping[str, Any]) -> parts.Matrix:
    """Links from country to country; each cell leads to them in the table."""
    codes, counts = told["countries"], told["counts"]
    largest = max((value for row in counts for value in row), default=0)
    table = reverse("twinning:partnerships")
    rows = [
        parts.MatrixRow(
            country_name(code),
            [_cell(code, other, counts[i][j], largest, table) for j, other in enumerate(codes)],
            url=reverse("portal:country", args=[code]),
        )
        for i, code in enumerate(codes)
    ]
    return parts.Matrix(
        gettext("Links from country to country"), [parts.Heading(code) for code in codes], rows
    )


def _cell(code: str, other: str, value: int, largest: int, table: str) -> parts.MatrixCell:
    note = ngettext("%(one)s and %(other)s: %(n)s link", "%(one)s and %(other)s: %(n)s links", value) % {
        "one": country_name(code),
        "other": country_name(other),
        "n": number(value),
    }
    url = f"{table}?country={code}&with={other}" if value else ""
    return parts.MatrixCell(value, parts.heat(value, largest), url, note)


def most_connected(
    communities: Sequence[Sequence[Any]], places: Mapping[str, ListedPlace]
) -> list[parts.Bar]:
    """The places with most partners; each leads to its page."""
    ranked = sorted(communities, key=lambda row: -row[2])[:TOP]
    return [
        parts.Bar(_named(places[row[0]]), row[2], url=places[row[0]].url)
        for row in ranked
        if row[0] in places
    ]


def most_between(figures: Figures) -> list[parts.Bar]:
    """The places that most shortest ways lead through, in thousands of ways."""
    return [
        parts.Bar(_spoken(label), value, shown=number(round(value / 1000)))
        for label, value in (figures.get("top_betweenness") or [])[:TOP]
    ]


def country_pairs(figures: Figures) -> list[parts.Bar]:
    """The pairs of countries with most links."""
    pairs = (figures.get("country_network") or {}).get("top_pairs") or []
    return [
        parts.Bar(
            f"{country_name(a)} – {country_name(b)}",
            links,
            url=f"{reverse('twinning:partnerships')}?country={a}&with={b}",
        )
        for a, b, links in pairs[:TOP]
    ]


def listed_places(ids: Sequence[str]) -> dict[str, ListedPlace]:
    """Places by public id. One query."""
    rows = Place.objects.filter(public_id__in=ids)
    columns = ("public_id", "name", "country", "latitude", "longitude")
    return {row[0]: ListedPlace(*row) for row in rows.values_list(*columns)}


def _named(place: ListedPlace) -> str:
    return f"{place.name}, {place.country_name}"


def _spoken(label: str) -> str:
    """ "Bethlehem, PS" with the country's name in the reader's language."""
    name, comma, code = str(label).rpartition(", ")
    return f"{name}, {country_name(code)}" if comma else str(label)
