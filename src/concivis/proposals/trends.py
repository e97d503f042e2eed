"""When and from where signatures came, for who must judge whether they are true. No person is told."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncHour
from django.utils import timezone

from concivis.proposals.bursts import marked_hours, marked_share
from concivis.proposals.models import Attempt, Proposal, Signature

MOST_HOURS = 24 * 7
MOST_SOURCES = 20


@dataclass(frozen=True)
class Hour:
    at: dt.datetime  # its beginning, in the hub's time zone
    count: int
    marked: bool


@dataclass(frozen=True)
class Source:
    name: str
    count: int
    marked: bool


def by_hour(proposal: Proposal, until: dt.datetime | None = None, hours: int = MOST_HOURS) -> list[Hour]:
    """Every hour of the last `hours`, empty ones, too. One query."""
    until = (until or timezone.now()).replace(minute=0, second=0, microsecond=0)
    begin = until - dt.timedelta(hours=hours - 1)
    rows = (
        _confirmed(proposal).filter(signed_at__gte=begin).annotate(hour=TruncHour("signed_at", tzinfo=dt.UTC))
    )
    counted: Mapping[dt.datetime, int] = dict(
        rows.values_list("hour").order_by("hour").annotate(n=Count("pk"))
    )
    moments = [begin + dt.timedelta(hours=n) for n in range(hours)]
    counts = [counted.get(moment.astimezone(dt.UTC), 0) for moment in moments]
    zone = ZoneInfo(proposal.hub.timezone)
    return [
        Hour(moment.astimezone(zone), count, marked)
        for moment, count, marked in zip(moments, counts, marked_hours(counts), strict=True)
    ]


def by_source(proposal: Proposal, field: str) -> list[Source]:
    """The networks or mail domains (`field`) with the most signatures. Two queries."""
    rows = _confirmed(proposal)
    total = rows.count()
    counted = (
        rows.exclude(**{field: ""})
        .values_list(field)
        .annotate(n=Count("pk"))
        .order_by("-n", field)[:MOST_SOURCES]
    )
    return [Source(name, count, marked_share(count, total)) for name, count in counted]


def held_by_source(proposal: Proposal, field: str) -> list[Source]:
    """From where those come that wait for the office. One query."""
    rows = Attempt.objects.filter(proposal=proposal, held=True).exclude(**{field: ""})
    counted = rows.values_list(field).annotate(n=Count("pk")).order_by("-n", field)[:MOST_SOURCES]
    return [Source(name, count, marked=False) for name, count in counted]


def _confirmed(proposal: Proposal) -> QuerySet[Signature]:
    return Signature.objects.filter(proposal=proposal, withdrawn_at=None, invalidation=None)
