"""Candidates as the pages of the finder show them: rows with reasons, and the comparison side by side."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from concivis.hubs.models import Hub
from concivis.places.models import Place
from concivis.shell.templatetags.shell import language_name, number
from concivis.twinning import explaining_matches as explaining
from concivis.twinning import finding, listing, partners, queries
from concivis.twinning.enums import PartnershipKind, PartnershipState
from concivis.twinning.explaining_matches import Explained
from concivis.twinning.matching.gazetteer import languages
from concivis.twinning.matching.reasons import Candidate, Kind
from concivis.twinning.models import Partnership, Side
from concivis.twinning.profiles import looking_places

REASONS = 5  # shown at once; the rest unfold
TOLD_AS_FACTS = frozenset({Kind.SIZE, Kind.OPENNESS, Kind.LANGUAGE, Kind.DISTANCE})


@dataclass(frozen=True)
class Row:
    """One candidate. `tie`: the office's own tie with it, if there is one; `profile`: public id of its open profile."""

    place: Place
    rank: int
    kilometres: float | None
    reasons: list[Explained]
    more: list[Explained]
    profile: str = ""
    tie: Partnership | None = None


def rows(
    asking: Place, found: Collection[Candidate], start: int, ties: Mapping[int, Partnership]
) -> list[Row]:
    """These candidates with their places and reasons; `start`: the rank of the first. Four queries."""
    places = places_by_pk(int(each.id) for each in found)
    words, looking = explaining.words_for(found), looking_places()
    made = []
    for rank, candidate in enumerate(found, start):
        place = places.get(int(candidate.id))
        if place is None:  # deleted since the finder was fitted
            continue
        told = explaining.explained(candidate, asking.name, words)
        made.append(
            Row(
                place,
                rank,
                kilometres(asking, place),
                told[:REASONS],
                told[REASONS:],
                looking.get(place.pk, ""),
                ties.get(place.pk),
            )
        )
    return made


def places_by_pk(ids: Iterable[int]) -> dict[int, Place]:
    return Place.objects.select_related("country", "region").in_bulk(list(ids))


def kilometres(asking: Place, other: Place) -> float | None:
    there = listing.ListedPlace(
        other.public_id, other.name, other.country_id, other.latitude, other.longitude
    )
    return partners.distance(asking, there)


def ties_of(hub: Hub) -> dict[int, Partnership]:
    """{place: the office's tie with it that has not ended}. Two queries."""
    found: dict[int, Partnership] = {}
    ties = queries.for_office(queries.in_office(hub)).exclude(state=PartnershipState.ENDED)
    for tie in ties:
        for side in tie.sides.all():
            if side.place_id != hub.place_id:
                found.setdefault(side.place_id, tie)
    return found


# --- side by side ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One line of the comparison: what is compared, and (name, text) for each candidate."""

    label: str
    cells: list[tuple[str, str]]


def comparison(asking: Place, others: list[Place]) -> list[Line]:
    """The lines of the comparison, in the order of `others`. About seven queries."""
    names = [place.name for place in others]
    found = [*_facts_beside(asking, others), *_reasons_beside(asking, others)]
    return [Line(label, list(zip(names, cells, strict=True))) for label, cells in found if any(cells)]


def _facts_beside(asking: Place, others: list[Place]) -> list[tuple[str, list[str]]]:
    linked, kinds = queries.link_counts([each.pk for each in others]), _kinds(others)
    looking, yes, no = looking_places(), gettext("yes"), gettext("no")
    return [
        (gettext("Country"), [place.country.name for place in others]),
        (gettext("Region"), [place.region.name if place.region else "" for place in others]),
        (gettext("People"), [number(place.population) for place in others]),
        (gettext("Distance"), [_km(kilometres(asking, place)) for place in others]),
        (gettext("Language"), [_languages(place) for place in others]),
        (gettext("Partners on record"), [number(linked.get(place.pk, 0)) for place in others]),
        (gettext("Kinds of their partnerships"), [kinds.get(place.pk, "") for place in others]),
        (gettext("Looks for a partner"), [yes if place.pk in looking else no for place in others]),
    ]


def _reasons_beside(asking: Place, others: list[Place]) -> list[tuple[str, list[str]]]:
    """The sentences of the kinds that the facts do not tell already."""
    found = finding.compared(asking, others) or {}
    words = explaining.words_for(found.values())
    told = {
        pk: {each.kind: each.sentence for each in explaining.explained(candidate, asking.name, words)}
        for pk, candidate in found.items()
    }
    return [
        (str(explaining.LABELS[kind]), [told.get(place.pk, {}).get(kind.value, "") for place in others])
        for kind in Kind
        if kind not in TOLD_AS_FACTS
    ]


def _km(kilometres: float | None) -> str:
    return "" if kilometres is None else gettext("%(n)s km") % {"n": number(kilometres, 0)}


def _languages(place: Place) -> str:
    return ", ".join(sorted(language_name(code.replace("_", "-")) for code in languages(place.country_id)))


def _kinds(others: Collection[Place]) -> dict[int, str]:
    """{place: “twinning 12, friendship 3”}. One query."""
    counted: dict[int, dict[str, int]] = {}
    rows = Side.objects.filter(place__in=others, partnership__in=queries.public().values("pk"))
    for place, kind in rows.values_list("place", "partnership__kind"):
        kinds = counted.setdefault(place, {})
        kinds[kind] = kinds.get(kind, 0) + 1
    return {
        place: ", ".join(
            f"{PartnershipKind(kind).label} {number(count)}"
            for kind, count in sorted(kinds.items(), key=lambda pair: -pair[1])
        )
        for place, kinds in counted.items()
    }
