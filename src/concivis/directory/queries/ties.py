"""The ties of a city's organisations to countries and towns: what the radar and the partner finder read."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from concivis.directory.enums import TieKind, TieUnit
from concivis.directory.models import Organisation, Tie
from concivis.hubs.models import Hub
from concivis.places.models import Place


@dataclass(frozen=True)
class StatedTie:
    """One tie as its organisation states it."""

    organisation: str
    public_id: str
    kind: TieKind
    country: str  # ISO 3166-1
    place: int | None
    number: int | None  # of `unit`; None: not said
    unit: TieUnit | None
    since: int | None  # a year
    note: str = ""


@dataclass(frozen=True)
class PlaceTies:
    """The ties to one place. `families` and `people` from there: the largest number that one organisation states of its
    members' origin, for two may count the same families; None where none says."""

    place: int
    country: str
    organisations: int
    families: int | None
    people: int | None
    kinds: frozenset[TieKind]


def ties_of_hub(hub: Hub, *, public_only: bool = True, kinds: Collection[TieKind] = ()) -> QuerySet[Tie]:
    """The ties of the hub's organisations, with organisation, country and place. One query."""
    organisations = Organisation.objects.standing().filter(hub=hub)
    if public_only:
        organisations = organisations.public()
    found = Tie.objects.filter(organisation__in=organisations)
    if kinds:
        found = found.filter(kind__in=kinds)
    return found.select_related("organisation", "country", "place").order_by("country", "place", "pk")


def ties_by_place(hub: Hub, *, public_only: bool = True) -> dict[int, PlaceTies]:
    """{place: what ties the city to it}, only of ties that name a town. One query."""
    return _by_place(ties_of_hub(hub, public_only=public_only).filter(place__isnull=False))


def ties_of_city(city: Place) -> dict[int, PlaceTies]:
    """{place: what ties a city to it} by the public organisations of all its offices. One query."""
    public = Organisation.objects.public().filter(hub__place=city)
    ties = Tie.objects.filter(organisation__in=public, place__isnull=False)
    return _by_place(ties.select_related("organisation").order_by("pk"))


def ties_between(hub: Hub, place: int, *, public_only: bool = True) -> list[StatedTie]:
    """What ties the hub's organisations to one place, the largest number first. One query."""
    found = [stated(tie) for tie in ties_of_hub(hub, public_only=public_only).filter(place=place)]
    return sorted(found, key=lambda tie: -(tie.number or 0))


def stated(tie: Tie) -> StatedTie:
    return StatedTie(
        organisation=tie.organisation.name,
        public_id=tie.organisation.public_id,
        kind=TieKind(tie.kind),
        country=tie.country_id,
        place=tie.place_id,
        number=tie.number,
        unit=TieUnit(tie.unit) if tie.unit else None,
        since=tie.since,
        note=tie.note,
    )


def _by_place(ties: QuerySet[Tie]) -> dict[int, PlaceTies]:
    grouped: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        grouped[tie.place_id or 0].append(tie)
    return {place: _summed(place, several) for place, several in grouped.items()}


def _summed(place: int, ties: list[Tie]) -> PlaceTies:
    def most(unit: TieUnit) -> int | None:
        living = (tie for tie in ties if tie.kind == TieKind.ORIGIN and tie.unit == unit)
        return max((tie.number for tie in living if tie.number), default=None)

    return PlaceTies(
        place=place,
        country=ties[0].country_id,
        organisations=len({tie.organisation_id for tie in ties}),
        families=most(TieUnit.FAMILIES),
        people=most(TieUnit.PEOPLE),
        kinds=frozenset(TieKind(tie.kind) for tie in ties),
    )
