"""What an office tells its council once a year. Each room counts what is its own; the reports freeze the numbers,
compare them with the year before and draw them.

    annual.register(Chapter("initiatives", _("Initiatives"), …, count=count, measures=(…), tables=(…)))

A room counts from the dates of its own rows and from the record, as they were known at the end of the period: what is
reached on the last day, and what happened from the first to the last. It gives numbers by code and tables by keys that
mean the same in every language; the words come from `Measure`, `Table` and `Table.words`. Names of single things are
given for public ones only.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Choices, Q
from django.utils.functional import Promise

from concivis.hubs.models import Hub, RecordLine
from concivis.places.countries import country_name
from concivis.places.models import Place
from concivis.shell.dates import months_later
from concivis.vocabulary.models import Term

Words = str | Promise
Labels = Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True)
class Period:
    """Both days are in it, in the time zone of the hub. What was entered after `as_of` does not count."""

    first: dt.date
    last: dt.date
    zone: ZoneInfo
    as_of: dt.datetime

    @cached_property
    def start(self) -> dt.datetime:
        return dt.datetime.combine(self.first, dt.time(), self.zone)

    @cached_property
    def end(self) -> dt.datetime:
        """The first moment after it; in a period that still runs, the moment of counting."""
        return min(dt.datetime.combine(self.last + timedelta(days=1), dt.time(), self.zone), self.as_of)

    @cached_property
    def until(self) -> dt.date:
        """The last day that counts: the last one, or that of counting where the period still runs."""
        return min(self.last, self.as_of.astimezone(self.zone).date())

    def year_before(self) -> "Period":
        """The same days a year earlier: a period that ends with February ends with February there, too."""
        after = months_later(self.last + timedelta(days=1), -12)
        return Period(months_later(self.first, -12), after - timedelta(days=1), self.zone, self.as_of)

    def happened(self, moment: str) -> Q:
        """That the field `moment` lies in the period."""
        return Q(**{f"{moment}__gte": self.start, f"{moment}__lt": self.end})

    def holds(self, day: dt.date | None) -> bool:
        return day is not None and self.first <= day <= self.until


class Unit(StrEnum):
    COUNT = "count"
    MINUTES = "minutes"


class Shape(StrEnum):
    """How a table is drawn."""

    BARS = "bars"
    PLACES = "places"  # its keys are public ids of places: they stand on the map


@dataclass(frozen=True)
class Measure:
    """One number. `counted` says in a sentence what is counted, for who doubts it.

    `persons`: it counts people, and is not told where they are few. `part_of`: the code of the measure that holds it,
    which would tell of few people by subtraction. `headline`: it stands on the report's first page.
    """

    code: str
    label: Words
    counted: Words
    unit: Unit = Unit.COUNT
    persons: bool = False
    part_of: str = ""
    headline: bool = False


@dataclass(frozen=True)
class Table:
    """Numbers by key. `words`: {key: what a reader calls it}, in the active language. `persons`: as for a measure."""

    code: str
    label: Words
    counted: Words
    words: Labels
    shape: Shape = Shape.BARS
    persons: bool = False


@dataclass(frozen=True)
class Counted:
    """None: it cannot be known."""

    numbers: Mapping[str, int | None]
    tables: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Chapter:
    """What one room tells. `source`: where the numbers are from. `version` rises when something is counted another
    way. `empty`: what the office can do where there is nothing to count, at the page `page` (argument: the slug)."""

    code: str
    label: Words
    source: Words
    count: Callable[[Hub, Period], Counted]  # its docstring says what it costs
    measures: tuple[Measure, ...]
    tables: tuple[Table, ...] = ()
    empty: Words = ""
    page: str = ""
    version: int = 1
    rank: int = 50


CHAPTERS: dict[str, Chapter] = {}


def register(chapter: Chapter) -> None:
    """Called in a room's `AppConfig.ready`."""
    CHAPTERS[chapter.code] = chapter


def chapters() -> list[Chapter]:
    return sorted(CHAPTERS.values(), key=lambda chapter: chapter.rank)


# --- from the record ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Done:
    """A line of the record, as far as counting needs it."""

    object_id: str
    action: str
    at: dt.datetime


def record_until(hub: Hub, kind: str, actions: Iterable[str], period: Period) -> list[Done]:
    """What the record says was done to things of `kind` before the end of the period, the oldest first. One query."""
    lines = RecordLine.objects.filter(
        chain__hub=hub, kind=kind, action__in=list(actions), at__lt=period.end
    ).order_by("number")
    return [Done(*row) for row in lines.values_list("object_id", "action", "at")]


def done_in(period: Period, lines: Iterable[Done], actions: Collection[str]) -> set[str]:
    """The things to which one of `actions` was done in the period."""
    return {line.object_id for line in lines if line.action in actions and line.at >= period.start}


# --- words of keys -----------------------------------------------------------------------------------------------


def words_of(choices: type[Choices]) -> Labels:
    labels: dict[Any, Any] = dict(choices.choices)
    return lambda keys: {key: str(labels.get(key, key)) for key in keys}


def words_of_countries(keys: Collection[str]) -> Mapping[str, str]:
    return {key: country_name(key) for key in keys}


def words_of_terms(scheme: str) -> Labels:
    """By the codes of a scheme, retired ones too. One query."""

    def words(keys: Collection[str]) -> Mapping[str, str]:
        if not keys:
            return {}
        found = Term.objects.in_scheme(scheme).filter(code__in=keys).with_labels()
        return {term.code: term.label for term in found}

    return words


def words_of_places(keys: Collection[str]) -> Mapping[str, str]:
    """One query."""
    return dict(Place.objects.filter(public_id__in=keys).values_list("public_id", "name")) if keys else {}


def as_they_are(keys: Collection[str]) -> Mapping[str, str]:
    return {key: key for key in keys}


def tally(pairs: Iterable[tuple[Any, str]]) -> dict[str, int]:
    """How many different things each key has: a thing counts once for a key however often it is named."""
    counts: dict[str, int] = {}
    for _thing, key in _once(pairs):
        counts[key] = counts.get(key, 0) + 1
    return counts


def _once(pairs: Iterable[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
    return iter(dict.fromkeys(pairs))
