"""Partnerships as plain rows, for tables, exports and feeds: a list of fifty needs no fifty model objects."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import pgettext

from concivis.places.countries import country_name
from concivis.shell.dates import PartialDate, Precision
from concivis.twinning import queries
from concivis.twinning.enums import MilestoneKind, PartnershipKind, PartnershipState
from concivis.twinning.models import Evidence, Milestone, Partnership, Side

DORMANT = "dormant"
AT_ONCE = 2000  # rows of an export read at a time
SORTS = ("changed", "started", "kind", "state", "place")
COLUMNS = ("pk", "public_id", "kind", "state", "started", "changed_at", "is_example", "sleeps_on")
DEFAULT_SORT = "-changed"
SIGNATURES = (MilestoneKind.SIGNED, MilestoneKind.COUNTERSIGNED)
# built once: naming the columns costs as much as reading the rows
SIDES = Side.objects.order_by("partnership", "position").values_list(
    "partnership",
    *(f"place__{column}" for column in ("public_id", "name", "country", "latitude", "longitude")),
)


class ListedPlace(NamedTuple):
    public_id: str
    name: str
    country: str  # ISO 3166-1 alpha-2
    latitude: float | None
    longitude: float | None

    @property
    def url(self) -> str:
        return reverse("twinning:place", args=[self.public_id, slugify(self.name) or self.public_id])

    @property
    def country_name(self) -> str:
        return country_name(self.country)


@dataclass(frozen=True, slots=True)
class Listed:
    pk: int
    public_id: str
    kind: str
    state: str  # as the reader sees it: `dormant` is among them
    started: dt.date | None
    changed_at: dt.datetime
    is_example: bool
    places: Sequence[ListedPlace]
    since: PartialDate | None = (
        None  # the earliest signature, as exactly as it is known; only where asked for
    )
    sources: Sequence[str] = ()  # titles; only where asked for

    @property
    def title(self) -> str:
        return " – ".join(place.name for place in self.places)

    @property
    def url(self) -> str:
        return reverse("twinning:partnership", args=[self.public_id])

    @property
    def countries(self) -> str:
        """“Germany – France”, a country once."""
        return " – ".join(dict.fromkeys(place.country_name for place in self.places))

    @property
    def kind_label(self) -> str:
        return str(PartnershipKind(self.kind).label)

    @property
    def state_label(self) -> str:
        return state_label(self.state)

    def others(self, public_id: str) -> list[ListedPlace]:
        """The places of the tie without that one."""
        return [place for place in self.places if place.public_id != public_id]


def seen_state(state: str, sleeps_on: dt.date | None) -> str:
    """The state as the reader sees it: a tie in force without activity is `dormant`."""
    asleep = state in queries.IN_FORCE and queries.is_dormant(sleeps_on)
    return DORMANT if asleep else state


def state_label(state: str) -> str:
    if state == DORMANT:
        return pgettext("partnership", "dormant")
    return str(PartnershipState(state).label)


def ordered(partnerships: QuerySet[Partnership], sort: str) -> QuerySet[Partnership]:
    """By one of SORTS, with “-” the other way round; anything else is the default: the latest change first."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        sort, name = DEFAULT_SORT, "changed"
    sign = "-" if sort.startswith("-") else ""
    if name == "place":
        first = Side.objects.filter(partnership=OuterRef("pk")).order_by("position")
        return partnerships.annotate(first=Subquery(first.values("place__name")[:1])).order_by(
            f"{sign}first", "pk"
        )
    if name == "started":  # without a date comes last, either way
        order = F("started").desc(nulls_last=True) if sign else F("started").asc(nulls_last=True)
        return partnerships.order_by(order, "pk")
    return partnerships.order_by({"changed": f"{sign}changed_at"}.get(name, f"{sign}{name}"), f"{sign}pk")


def listed(
    partnerships: QuerySet[Partnership], *, dates: bool = False, sources: bool = False
) -> list[Listed]:
    """The rows in the order of the queryset. Two queries, one more each for exact dates and for sources."""
    return _complete(list(partnerships.values_list(*COLUMNS)), dates, sources)


def streamed(partnerships: QuerySet[Partnership]) -> Iterator[Listed]:
    """All rows with dates and sources, some thousand at a time: four queries for each AT_ONCE."""
    rows = iter(list(partnerships.values_list(*COLUMNS)))
    while chunk := list(islice(rows, AT_ONCE)):
        yield from _complete(chunk, True, True)


def _complete(rows: list[tuple], dates: bool, sources: bool) -> list[Listed]:
    keys = [row[0] for row in rows]
    places = _places(keys)
    since = _since(keys) if dates else {}
    named = _sources(keys) if sources else {}
    made = []
    for pk, public_id, kind, state, started, changed_at, is_example, sleeps_on in rows:
        made.append(
            Listed(
                pk, public_id, kind, seen_state(state, sleeps_on), started, changed_at, is_example,
                places.get(pk, ()), since.get(pk), named.get(pk, ()),
            )
        )  # fmt: skip
    return made


def _places(keys: list[int]) -> dict[int, list[ListedPlace]]:
    found: dict[int, list[ListedPlace]] = defaultdict(list)
    for pk, public_id, name, country, latitude, longitude in SIDES.filter(partnership__in=keys):
        found[pk].append(ListedPlace(public_id, name, country, latitude, longitude))
    return found


def _since(keys: list[int]) -> dict[int, PartialDate]:
    signatures = Milestone.objects.filter(
        partnership__in=keys, kind__in=SIGNATURES, source__stated_by__isnull=True
    ).order_by("-date", "-pk")
    return {
        pk: PartialDate(date, Precision(precision))
        for pk, date, precision in signatures.values_list("partnership", "date", "precision")
    }


def _sources(keys: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Evidence.objects.filter(partnership__in=keys).order_by("partnership", "pk")
    for pk, title in rows.values_list("partnership", "source__title"):
        found[pk].append(title)
    return found
