"""The figures, as pages and reports read them.

Visitors of several days cannot be added up: whoever comes on two days is another number on each, on purpose. What can
be said of a month is how many came on a day, and between which bounds the number of different people lies: at least
as many as on its busiest day, at most as many as all its days together.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Min, QuerySet
from django.utils import timezone

from concivis.hubs.models import Hub
from concivis.reach.enums import PageKind
from concivis.reach.models import DayCount, HubReach


@dataclass(frozen=True)
class Day:
    day: dt.date
    visitors: int


@dataclass(frozen=True)
class Span:
    """Days that were counted, in a row."""

    days: Sequence[Day]

    @property
    def first(self) -> dt.date:
        return self.days[0].day

    @property
    def last(self) -> dt.date:
        return self.days[-1].day

    @property
    def mean(self) -> float:
        """Visitors a day."""
        return self.at_most / len(self.days)

    @property
    def busiest(self) -> Day:
        return max(self.days, key=lambda each: each.visitors)

    @property
    def at_least(self) -> int:
        return self.busiest.visitors

    @property
    def at_most(self) -> int:
        return sum(each.visitors for each in self.days)


@dataclass(frozen=True)
class Compared:
    """With how many people the figures are compared."""

    people: int
    is_electorate: bool
    said: str = ""  # date and source of an electorate

    def share(self, visitors: float) -> float:
        return visitors / self.people


def span(hub: Hub | None, first: dt.date, last: dt.date, kind: PageKind = PageKind.ALL) -> Span | None:
    """The days from `first` to `last` since counting began; None where there is none yet. Two queries."""
    began = began_on(hub)
    if began is None or last < began:
        return None
    first = max(first, began)
    counted = dict(_counts(hub, kind).filter(day__range=(first, last)).values_list("day", "visitors"))
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return Span([Day(day, counted.get(day, 0)) for day in days])


def months(hub: Hub | None, until: dt.date, most: int = 13) -> list[Span]:
    """By calendar month, the latest first; the first and the last may be parts of one. Two queries."""
    year, month = divmod(until.year * 12 + until.month - most, 12)
    whole = span(hub, dt.date(year, month + 1, 1), until)
    if whole is None:
        return []
    grouped = groupby(whole.days, key=lambda each: (each.day.year, each.day.month))
    return [Span(list(days)) for _month, days in grouped][::-1]


def means_by_kind(hub: Hub | None, counted: Span) -> dict[PageKind, float]:
    """Visitors a day of each kind of page. One query."""
    days = DayCount.objects.filter(hub=hub, day__range=(counted.first, counted.last)).exclude(
        kind=PageKind.ALL
    )
    totals: dict[PageKind, int] = defaultdict(int)
    for kind, visitors in days.values_list("kind", "visitors"):
        totals[PageKind(kind)] += visitors
    return {kind: totals[kind] / len(counted.days) for kind in PageKind if totals.get(kind)}


def began_on(hub: Hub | None) -> dt.date | None:
    first: dt.date | None = DayCount.objects.filter(hub=hub).aggregate(first=Min("day"))["first"]
    return first


def days_of(hub: Hub | None) -> QuerySet[DayCount]:
    """Every day and kind, the latest first: for a table."""
    return DayCount.objects.filter(hub=hub).defer("registers").order_by("-day", "kind")


def settings_of(hub: Hub) -> HubReach:
    return HubReach.objects.filter(hub=hub).first() or HubReach(hub=hub)


def compared(hub: Hub, settings: HubReach) -> Compared | None:
    """With the electorate where the office knows it, else with the population; the hub's place must be fetched."""
    if settings.electorate:
        said = f"{settings.electorate_source}, {settings.electorate_on}"
        return Compared(settings.electorate, is_electorate=True, said=said)
    people = hub.place.population
    return Compared(people, is_electorate=False) if people else None


def yesterday() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=1)


def _counts(hub: Hub | None, kind: PageKind) -> QuerySet[DayCount]:
    return DayCount.objects.filter(hub=hub, kind=kind)
