"""The figures of citizens' initiatives in a hub, each with the sentence how it is counted.

    for figure in figures(hub): figure.label, figure.value, figure.percent, figure.counted

Proposals of other platforms are not counted, and examples only in an office that is one itself. A person is known by
another hash in each proposal, so that nobody can say how many different people signed several: what is told of the
electorate is what one proposal reached.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concivis.hubs.annual import Period
from concivis.hubs.models import Hub, today_in
from concivis.proposals.enums import Event, State
from concivis.proposals.models import Happening, Proposal
from concivis.reach import queries as reach

LONG_AGO = dt.date(2000, 1, 1)  # before anything was proposed here


@dataclass(frozen=True)
class Figure:
    """`of`: what it is a part of, where that means something."""

    code: str
    value: int
    of: int | None = None

    @property
    def label(self) -> Promise:
        return WORDS[self.code][0]

    @property
    def counted(self) -> Promise:
        """How it is counted, for who doubts it."""
        return WORDS[self.code][1]

    @property
    def percent(self) -> float | None:
        """Of 100; above 100 where more signed than may by the number of the rules."""
        return 100 * self.value / self.of if self.of else None


WORDS: Mapping[str, tuple[Promise, Promise]] = {
    "submitted": (
        _("submitted"),
        _("Proposals that their authors sent to the office in the period, whatever became of them."),
    ),
    "published": (_("published"), _("Proposals that became public for the first time in the period.")),
    "rejected": (
        _("not admitted"),
        _("Proposals of which the office said in the period that they are not admitted, with the reason."),
    ),
    "successful": (
        _("reached a number of signatures"),
        _(
            "Proposals that reached in the period the first of the numbers that their rules set. "
            "Compared with those that were published in it."
        ),
    ),
    "handed_over": (_("handed over"), _("Proposals that were handed over to the city in the period.")),
    "answered_in_time": (
        _("answered in time"),
        _(
            "Of the proposals whose answer was due by the rules in the period: those with a dated answer on that day "
            "or before it. What is still unanswered after its day counts as late."
        ),
    ),
    "realised": (
        _("realised"),
        _("Proposals of which the city said in the period that they are realised as a whole."),
    ),
    "realised_in_part": (
        _("realised in part"),
        _("Proposals of which the city said in the period, with the reason, that they are realised in part."),
    ),
    "not_realised": (
        _("not realised"),
        _("Proposals of which the city said in the period, with the reason, that they will not be realised."),
    ),
    "signatures": (
        _("signatures"),
        _(
            "Signatures by the rules and on paper that proposals published in the period have now, without those that "
            "were withdrawn or do not count. Who signs several proposals counts in each."
        ),
    ),
    "electorate_reached": (
        _("most signatures on one proposal"),
        _(
            "The proposal published in the period that most people signed, compared with the number of people who "
            "may sign in its own rules. Different people cannot be counted across proposals: nobody can tell that "
            "they are the same."
        ),
    ),
    "visitors": (
        _("visitors on the busiest day"),
        _(
            "Different visitors of the office’s public pages on the busiest day of the period, compared with the "
            "number of people who may sign in the rules in force. Nobody is followed from one day to the next, so days "
            "cannot be added up."
        ),
    ),
}


@dataclass(frozen=True)
class Row:
    """One proposal, as far as counting needs it."""

    pk: int
    state: str
    submitted_at: dt.datetime | None
    published_at: dt.datetime | None
    handed_over_on: dt.date | None
    answer_due_on: dt.date | None
    answered_on: dt.date | None
    ended_on: dt.date | None
    rejection: str
    tally__legal: int | None
    tally__paper: int | None
    rules__electorate: int | None

    @property
    def counts(self) -> int:
        return (self.tally__legal or 0) + (self.tally__paper or 0)

    @property
    def share(self) -> float:
        return self.counts / self.rules__electorate if self.rules__electorate else 0.0


def figures(hub: Hub, period: Period | None = None) -> list[Figure]:
    """Of a period; without one, of all time. Six queries."""
    period = period or all_time(hub)
    rows = rows_of(hub)
    numbers = count(hub, rows, period)
    told = [Figure(code, value, _whole(code, numbers)) for code, value in numbers.items() if code in WORDS]
    return [*told, *_electorate(rows, period), *_visitors(hub, period)]


def all_time(hub: Hub) -> Period:
    return Period(LONG_AGO, today_in(hub), ZoneInfo(hub.timezone), timezone.now())


def rows_of(hub: Hub) -> list[Row]:
    """What was sent in or published. One query."""
    found = Proposal.objects.filter(hub=hub, is_historical=False)
    if not hub.is_example:
        found = found.filter(is_example=False)
    return [Row(*row) for row in found.values_list(*Row.__dataclass_fields__)]


def count(hub: Hub, rows: Iterable[Row], period: Period) -> dict[str, int]:
    """{code: number}; “answers_due” is what “answered_in_time” is part of. Two queries."""
    rows = list(rows)
    ended = [row.state for row in rows if period.holds(row.ended_on)]
    due = [row for row in rows if row.answer_due_on and period.first <= row.answer_due_on <= period.until]
    published = [row for row in rows if _in(period, row.published_at)]
    return {
        "submitted": sum(_in(period, row.submitted_at) for row in rows),
        "published": len(published),
        "rejected": _rejected(hub, period),
        "successful": _successful(hub, period),
        "handed_over": sum(period.holds(row.handed_over_on) for row in rows),
        "answers_due": len(due),
        "answered_in_time": sum(bool(row.answered_on and row.answered_on <= _due(row)) for row in due),
        "realised": ended.count(State.REALISED),
        "realised_in_part": ended.count(State.PARTLY_REALISED),
        "not_realised": ended.count(State.NOT_REALISED),
        "signatures": sum(row.counts for row in published),
    }


def _happened(hub: Hub, event: Event, period: Period) -> QuerySet[Happening]:
    own = Happening.objects.filter(
        period.happened("at"), proposal__hub=hub, event=event, proposal__is_historical=False
    )
    return own if hub.is_example else own.filter(proposal__is_example=False)


def _rejected(hub: Hub, period: Period) -> int:
    return _happened(hub, Event.REJECTED, period).values("proposal").distinct().count()


def _successful(hub: Hub, period: Period) -> int:
    """A proposal counts when it reaches its first number, once."""
    before = Happening.objects.filter(proposal=OuterRef("proposal"), event=Event.REACHED, at__lt=period.start)
    reached = _happened(hub, Event.REACHED, period).filter(~Exists(before))
    return reached.values("proposal").distinct().count()


def _due(row: Row) -> dt.date:
    assert row.answer_due_on is not None
    return row.answer_due_on


def _in(period: Period, moment: dt.datetime | None) -> bool:
    return moment is not None and period.start <= moment < period.end


def _whole(code: str, numbers: Mapping[str, int]) -> int | None:
    whole = {"successful": "published", "answered_in_time": "answers_due"}.get(code)
    return numbers[whole] if whole else None


def _electorate(rows: Iterable[Row], period: Period) -> list[Figure]:
    published = [row for row in rows if _in(period, row.published_at) and row.rules__electorate]
    if not published:
        return []
    most = max(published, key=lambda row: row.share)
    return [Figure("electorate_reached", most.counts, most.rules__electorate)]


def _visitors(hub: Hub, period: Period) -> list[Figure]:
    """Three queries."""
    span = reach.span(hub, period.first, period.until)
    rules = hub.proposal_rules.order_by("-number").first()
    if span is None or rules is None or not rules.electorate:
        return []
    return [Figure("visitors", span.at_least, rules.electorate)]
