"""What partnerships bring, as counts with a trend, from the log of activities.

Each benefit is a count per calendar year (by the day an activity began):

- participation: people who took part, of all sides, over all activities. Who came twice counts twice; activities
  whose people nobody counted add nothing, and `counted` says how many were counted.
- visits of officials: activities of that kind.
- visits of citizens: visits of citizens, school exchanges, youth exchanges.
- exchanges of experience: activities of that kind.
- actors involved: organisations that took part, of all sides, over all activities; one that came twice counts twice.
- dialogue: meetings.

The trend compares the last twelve months with the mean of the three times twelve months before, of those that lie
after the first activity ever written down. A difference of less than a tenth of that mean, or of less than a half,
is steady. A log younger than twelve months has no trend. An activity of which only the year or the month is known
counts at the first day of it. The numbers tell what was written down, not what happened: a better kept log rises.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.hubs.models import Hub
from concivis.shell import parts
from concivis.shell.dates import months_later
from concivis.shell.templatetags.shell import number
from concivis.twinning.enums import ActivityKind
from concivis.twinning.models import Activity, Partnership

EARLIER = 3  # periods of twelve months with which the last one is compared
YEARS_DRAWN = 20
STEADY = 0.1  # of the earlier mean
STEADY_AT_LEAST = 0.5


class Benefit(StrEnum):
    PARTICIPATION = "participation"
    OFFICIALS = "officials"
    CITIZENS = "citizens"
    EXPERIENCE = "experience"
    ACTORS = "actors"
    DIALOGUE = "dialogue"


class Trend(StrEnum):
    UP = "up"
    STEADY = "steady"
    DOWN = "down"
    UNKNOWN = "unknown"


LABELS: dict[Benefit, str | Promise] = {
    Benefit.PARTICIPATION: _("people took part"),
    Benefit.OFFICIALS: _("visits of officials"),
    Benefit.CITIZENS: _("visits and exchanges of citizens"),
    Benefit.EXPERIENCE: _("exchanges of experience"),
    Benefit.ACTORS: _("organisations took part"),
    Benefit.DIALOGUE: _("meetings"),
}
KINDS: dict[Benefit, frozenset[str]] = {
    Benefit.OFFICIALS: frozenset({ActivityKind.OFFICIAL_VISIT}),
    Benefit.CITIZENS: frozenset(
        {ActivityKind.CITIZENS_VISIT, ActivityKind.SCHOOL_EXCHANGE, ActivityKind.YOUTH_EXCHANGE}
    ),
    Benefit.EXPERIENCE: frozenset({ActivityKind.EXPERIENCE}),
    Benefit.DIALOGUE: frozenset({ActivityKind.MEETING}),
}


@dataclass(frozen=True)
class Measure:
    """`by_year`: (year, count) without gaps, the earliest first. `now`: the last twelve months.

    `before`: the mean of the earlier periods, None where the log is too young.
    """

    benefit: Benefit
    by_year: Sequence[tuple[int, int]]
    now: int
    before: float | None
    trend: Trend

    @property
    def label(self) -> str:
        return str(LABELS[self.benefit])

    @property
    def total(self) -> int:
        return sum(count for _, count in self.by_year)

    @property
    def said(self) -> str:
        """The trend in words with the numbers behind it."""
        if not self.total:
            return gettext("Nothing of this kind is written down.")
        if self.before is None:
            return gettext("Too early to see a trend.")
        numbers = {"now": number(self.now), "before": number(self.before, 1)}
        return _in_words(self.trend) % numbers


@dataclass(frozen=True)
class Benefits:
    """`counted`: of how many of the `activities` somebody counted the people."""

    activities: int
    counted: int
    first: dt.date | None
    by_year: Sequence[tuple[int, int]]  # activities of any kind
    measures: Sequence[Measure]

    def of(self, benefit: Benefit) -> Measure:
        return next(measure for measure in self.measures if measure.benefit == benefit)


def of_partnership(partnership: Partnership, *, public: bool = False, on: dt.date | None = None) -> Benefits:
    """All its activities, or the public ones. One query."""
    activities = partnership.activities.all()
    return of_activities(activities.filter(is_public=True) if public else activities, on=on)


def of_hub(hub: Hub, *, on: dt.date | None = None) -> Benefits:
    """All activities of the partnerships that the hub keeps. One query."""
    return of_activities(Activity.objects.filter(partnership__hub=hub), on=on)


def of_activities(activities: QuerySet[Activity], *, on: dt.date | None = None) -> Benefits:
    """`on`: the day on which one looks (today). One query."""
    today = on or timezone.localdate()
    entries = _entries(activities)
    first = min((entry.date for entry in entries), default=None)
    years = range(first.year, today.year + 1) if first else range(0)
    return Benefits(
        activities=len(entries),
        counted=sum(entry.people is not None for entry in entries),
        first=first,
        by_year=_by_year([(entry.date, 1) for entry in entries], years),
        measures=[_measure(benefit, entries, years, first, today) for benefit in Benefit],
    )


def figures(benefits: Benefits) -> list[parts.Stat]:
    """The totals, each with its trend in words."""
    return [parts.Stat(measure.total, measure.label, measure.said) for measure in benefits.measures]


def public_figures(partnership: Partnership) -> list[parts.Stat]:
    """What everybody may know of it: totals of the public activities, without what is nought. One query."""
    told = of_partnership(partnership, public=True)
    if not told.activities or told.first is None:
        return []
    since = gettext("since %(year)s") % {"year": told.first.year}
    known = [measure for measure in told.measures if measure.total]
    return [
        parts.Stat(told.activities, gettext("activities"), since),
        *(parts.Stat(measure.total, measure.label) for measure in known),
    ]


def bars(by_year: Sequence[tuple[int, int]]) -> list[parts.Bar]:
    """Of the latest years."""
    return [parts.Bar(str(year), count) for year, count in by_year[-YEARS_DRAWN:]]


@dataclass(frozen=True)
class _Entry:
    date: dt.date
    kind: str
    people: int | None
    organisations: int | None

    def adds(self, benefit: Benefit) -> int:
        if benefit == Benefit.PARTICIPATION:
            return self.people or 0
        if benefit == Benefit.ACTORS:
            return self.organisations or 0
        return int(self.kind in KINDS[benefit])


def _entries(activities: QuerySet[Activity]) -> list[_Entry]:
    summed = activities.order_by().annotate(
        people=Sum("participations__people"), organisations=Sum("participations__organisations")
    )
    return [_Entry(*row) for row in summed.values_list("date", "kind", "people", "organisations")]


def _measure(
    benefit: Benefit, entries: Sequence[_Entry], years: range, first: dt.date | None, today: dt.date
) -> Measure:
    dated = [(entry.date, entry.adds(benefit)) for entry in entries]
    now, before = _periods(dated, first, today)
    return Measure(benefit, _by_year(dated, years), now, before, trend(now, before))


def _by_year(dated: Sequence[tuple[dt.date, int]], years: range) -> list[tuple[int, int]]:
    counts: Counter[int] = Counter()
    for day, count in dated:
        counts[day.year] += count
    return [(year, counts[year]) for year in years]


def _periods(
    dated: Sequence[tuple[dt.date, int]], first: dt.date | None, today: dt.date
) -> tuple[int, float | None]:
    """The last twelve months, and the mean of the earlier ones since the log began."""
    starts = [months_later(today, -12 * back) for back in range(EARLIER + 2)]
    sums = [sum(count for day, count in dated if start < day <= end) for end, start in pairwise(starts)]
    known = [total for total, end in zip(sums[1:], starts[1:], strict=False) if first and first <= end]
    return sums[0], sum(known) / len(known) if known else None


def trend(now: int, before: float | None) -> Trend:
    if before is None:
        return Trend.UNKNOWN
    if abs(now - before) < max(STEADY * before, STEADY_AT_LEAST):
        return Trend.STEADY
    return Trend.UP if now > before else Trend.DOWN


def _in_words(trend: Trend) -> str:
    return {
        Trend.UP: gettext("Rising: %(now)s in the last twelve months, before that %(before)s a year."),
        Trend.STEADY: gettext("Steady: %(now)s in the last twelve months, before that %(before)s a year."),
        Trend.DOWN: gettext("Falling: %(now)s in the last twelve months, before that %(before)s a year."),
    }[trend]
