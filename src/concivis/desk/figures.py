"""How long askers wait: computed from the enquiries each time, so that the figures are those of the list.

Times are spans of the calendar, nights and Sundays included: that is how long somebody waited. What counts as the first
answer is the first one that was mailed or noted. First letters of the office itself are no questions and not counted.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.desk import enquiries
from concivis.desk.enquiries import Wanted
from concivis.desk.enums import Channel
from concivis.desk.models import Enquiry
from concivis.hubs.models import Hub
from concivis.hubs.record import utc_text
from concivis.shell.exports import Column

A_DAY = dt.timedelta(days=1)
AGES = (7, 14, 30, 90)  # days; the last group is what is older


def hours(span: dt.timedelta | None) -> float | None:
    return round(span / dt.timedelta(hours=1), 1) if span is not None else None


def first_answer_of(enquiry: Enquiry) -> dt.timedelta | None:
    return enquiry.first_answered_at - enquiry.received_at if enquiry.first_answered_at else None


def closing_of(enquiry: Enquiry) -> dt.timedelta | None:
    return enquiry.closed_at - enquiry.received_at if enquiry.closed_at else None


COLUMNS: list[Column[Enquiry]] = [
    Column("id", _("Number"), lambda each: each.public_id),
    Column("received", _("Received"), lambda each: utc_text(each.received_at)),
    Column("channel", _("How it came"), lambda each: each.channel),
    Column("topic", _("Topic"), lambda each: each.topic),
    Column("subject", _("Subject"), lambda each: each.subject),
    Column(
        "about", _("What it is about"), lambda each: f"{each.concerns_kind}:{each.concerns_id}".strip(":")
    ),
    Column("language", _("Language"), lambda each: each.language),
    Column("assignee", _("Who sees to it?"), lambda each: str(each.assignee) if each.assignee else ""),
    Column("due", _("To be answered by"), lambda each: each.due_on),
    Column("first_answered", _("First answer"), lambda each: _written(each.first_answered_at)),
    Column(
        "hours_to_first_answer", _("Hours to the first answer"), lambda each: hours(first_answer_of(each))
    ),
    Column("closed", _("Closed"), lambda each: _written(each.closed_at)),
    Column("hours_to_closing", _("Hours to closing"), lambda each: hours(closing_of(each))),
    Column("outcome", _("Outcome"), lambda each: each.outcome),
]
"""The list as a file. Nothing of the askers but what the office wrote as the subject."""


@dataclass(frozen=True)
class Line:
    """Of a month, a topic, or all. Medians in days; None where nothing was answered or closed."""

    group: str  # all, month, topic
    key: str  # 2026-05; the topic
    name: str  # in the reader's words
    received: int
    answered: int
    closed: int
    first_answer: float | None
    closing: float | None


@dataclass(frozen=True)
class Figures:
    all: Line
    months: Sequence[Line]  # oldest first
    topics: Sequence[Line]
    open_by_age: Sequence[tuple[str, int]]
    overdue: int

    def lines(self) -> Iterator[Line]:
        yield self.all
        yield from self.months
        yield from self.topics


LINE_COLUMNS: list[Column[Line]] = [
    Column("group", _("Group"), lambda line: line.group),
    Column("key", _("Month or topic"), lambda line: line.key),
    Column("received", _("Received"), lambda line: line.received),
    Column("answered", _("Answered"), lambda line: line.answered),
    Column("closed", _("Closed"), lambda line: line.closed),
    Column(
        "median_days_to_first_answer", _("Median to the first answer, days"), lambda line: line.first_answer
    ),
    Column("median_days_to_closing", _("Median to closing, days"), lambda line: line.closing),
]


def of(hub: Hub, since: dt.date, until: dt.date) -> Figures:
    """Of what came from `since` to `until`; what is open is counted whenever it came. Two queries."""
    zone = ZoneInfo(hub.timezone)
    asked = enquiries.of(hub, Wanted(since=since, until=until)).exclude(channel=Channel.LETTER)
    rows = list(asked.only("public_id", "topic", "received_at", "first_answered_at", "closed_at", "assignee"))
    months = _grouped(rows, lambda each: f"{each.received_at.astimezone(zone):%Y-%m}")
    topics = _grouped(rows, lambda each: each.topic)
    standing = list(enquiries.of(hub, Wanted(state="open")).exclude(channel=Channel.LETTER))
    return Figures(
        all=_line("all", "", gettext("All"), rows),
        months=[_line("month", key, _month(key), months[key]) for key in sorted(months)],
        topics=[
            _line("topic", key, key or gettext("without a topic"), topics[key])
            for key in sorted(topics, key=lambda key: (-len(topics[key]), key))
        ],
        open_by_age=_ages(standing),
        overdue=sum(_is_overdue(each, zone) for each in standing),
    )


def _grouped(rows: Iterable[Enquiry], key: Callable[[Enquiry], str]) -> dict[str, list[Enquiry]]:
    found: dict[str, list[Enquiry]] = defaultdict(list)
    for each in rows:
        found[key(each)].append(each)
    return found


def _line(group: str, key: str, name: str, rows: Sequence[Enquiry]) -> Line:
    answers = [span for each in rows if (span := first_answer_of(each)) is not None]
    closings = [span for each in rows if (span := closing_of(each)) is not None]
    return Line(group, key, name, len(rows), len(answers), len(closings), _median(answers), _median(closings))


def _median(spans: Sequence[dt.timedelta]) -> float | None:
    return round(median(span / A_DAY for span in spans), 1) if spans else None


def _ages(standing: Iterable[Enquiry]) -> list[tuple[str, int]]:
    now, counted = timezone.now(), [0] * (len(AGES) + 1)
    for each in standing:
        days = (now - each.received_at) / A_DAY
        counted[sum(days > most for most in AGES)] += 1
    names = [gettext("up to %(days)s days") % {"days": days} for days in AGES]
    names.append(gettext("more than %(days)s days") % {"days": AGES[-1]})
    return list(zip(names, counted, strict=True))


def _is_overdue(enquiry: Enquiry, zone: ZoneInfo) -> bool:
    return enquiry.waits and enquiry.due_on is not None and enquiry.due_on < timezone.localdate(timezone=zone)


def _month(key: str) -> str:
    return date_format(dt.date.fromisoformat(f"{key}-01"), "YEAR_MONTH_FORMAT")


def _written(at: dt.datetime | None) -> str:
    return utc_text(at) if at else ""
