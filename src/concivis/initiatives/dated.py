"""The dates of initiatives, for calendars: when one begins and ends, as exactly as it is known.

What is known to the year only is in no calendar. What lasts longer than a month stands there with its first and its
last day, not across all the days between.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.template.defaultfilters import truncatechars
from django.utils import timezone
from django.utils.translation import gettext

from concivis.hubs.models import Hub
from concivis.initiatives import queries, telling
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import Initiative
from concivis.shell.calendars import Dated, uid
from concivis.shell.dates import PartialDate, Precision, months_later
from concivis.shell.templatetags.shell import absolute_url

MOST = 1_000  # initiatives of one calendar, the latest dates first
SHORT = 600  # characters of a description
LONG = dt.timedelta(days=31)
PAST = dt.timedelta(days=366)  # how far back a calendar goes
KNOWN = [Precision.DAY, Precision.MONTH]


def of_hub(hub: Hub) -> Iterator[Dated]:
    """For `hubs.hooks.dated`: those of a hub's public initiatives."""
    rows = Initiative.objects.filter(hub=hub, state=ReviewState.PUBLISHED)
    yield from entries(queries.for_list(rows))


def entries(rows: QuerySet[Initiative]) -> Iterator[Dated]:
    """Of `queries.for_list`, those with a date of the last year or later; as many queries as the list."""
    recent = timezone.localdate() - PAST
    begins = Q(started__gte=recent, started_precision__in=KNOWN)
    ends = Q(ended__gte=recent, ended_precision__in=KNOWN)
    for row in rows.filter(begins | ends).order_by("-started", "-pk")[:MOST]:
        yield from of(row)


def of(initiative: Initiative) -> list[Dated]:
    """None, one or two entries; the initiative as `queries.for_list` gives it."""
    begins, ends = _span(initiative.since), _span(initiative.until)
    if begins and ends and ends[1] - begins[0] <= LONG:
        return [_entry(initiative, "", begins[0], ends[1])]
    found = []
    if begins:
        said = gettext("%(title)s begins") if ends else "%(title)s"
        found.append(_entry(initiative, "begins" if ends else "", *begins, said=said))
    if ends:
        found.append(_entry(initiative, "ends", *ends, said=gettext("%(title)s ends")))
    return found


def _span(when: PartialDate | None) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that may be meant; None for a whole year."""
    if when is None or when.precision == Precision.YEAR:
        return None
    if when.precision == Precision.MONTH:
        return when.first, months_later(when.first, 1) - dt.timedelta(days=1)
    return when.first, when.first


def _entry(
    initiative: Initiative, part: str, first: dt.date, last: dt.date, *, said: str = "%(title)s"
) -> Dated:
    told = telling.shown(initiative)
    return Dated(
        uid=uid("-".join(filter(None, ["initiative", part])), initiative.public_id),
        title=said % {"title": told.texts["title"]},
        url=absolute_url(initiative.get_absolute_url()),
        starts=first,
        ends=last,
        changed=initiative.changed_at,
        kind=gettext("Initiative"),
        text=truncatechars(told.texts["summary"], SHORT),
        where=" · ".join(telling.where(initiative)[:3]),
        position=_position(initiative),
        language=told.language,
    )


def _position(initiative: Initiative) -> tuple[float, float] | None:
    towns: list[Any] = list(initiative.towns)  # type: ignore[attr-defined]
    if len(towns) != 1 or towns[0].latitude is None or towns[0].longitude is None:
        return None
    return towns[0].latitude, towns[0].longitude
