"""What has a date, as calendars know it (RFC 5545): feeds to subscribe to, and one entry to add.

A room that has dated things makes `Dated` of what is public; `hubs.hooks.dated` joins them in a hub's calendar.
Who needs more (guests, answers) makes its own `icalendar.Event`s and hands them to `calendar`.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from icalendar import Calendar, Event, vText, vUri

PRODUCT = "-//Concivis//Calendar//EN"
PUBLISH = "PUBLISH"
MEDIA_TYPE = "text/calendar; charset=utf-8"
ASK_AGAIN = dt.timedelta(hours=6)  # how often a program that subscribes looks for news


@dataclass(frozen=True)
class Dated:
    """One public entry. Dates without a time last whole days, `ends` the last of them; times know their zone."""

    uid: str  # never changes: `uid("initiative", public_id)`
    title: str
    url: str  # absolute
    starts: dt.date | dt.datetime
    changed: dt.datetime
    ends: dt.date | dt.datetime | None = None
    kind: str = ""  # in the reader's words: “Initiative”
    text: str = ""
    where: str = ""
    position: tuple[float, float] | None = None  # degrees north, east
    language: str = ""  # BCP 47, of the title
    sequence: int = 0
    is_cancelled: bool = False


def uid(kind: str, public_id: str) -> str:
    return f"{kind}-{public_id}@{settings.MAIL_DOMAIN}"


def calendar_response(entries: Iterable[Dated], *, name: str, url: str, filename: str) -> HttpResponse:
    """A calendar to subscribe to, or to open once. `url`: absolute address of the page it belongs to."""
    body = calendar(map(event, entries), name=name, url=url)
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(filename)}"
    return response


def calendar(
    events: Iterable[Event], *, name: str = "", url: str = "", method: str = PUBLISH, product: str = PRODUCT
) -> bytes:
    made = Calendar()
    made.add("prodid", product)
    made.add("version", "2.0")
    made.add("method", method)
    if name:
        made.add("name", name)  # RFC 7986
        made.add("x-wr-calname", name)  # what programs read that do not know it
    if url:
        made.add("url", url)
    if method == PUBLISH:
        made.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
        made.add("x-published-ttl", "PT6H")
    for each in events:
        made.add_component(each)
    made.add_missing_timezones()
    return made.to_ical()


def event(entry: Dated) -> Event:
    made = Event()
    made.add("uid", entry.uid)
    made.add("sequence", entry.sequence)
    made.add("dtstamp", entry.changed)  # not now: the same entry is the same text, which an ETag can rely on
    made.add("last-modified", entry.changed)
    made.add("dtstart", entry.starts)
    if entry.ends is not None:
        made.add("dtend", _after(entry.ends))
    made.add("summary", vText(entry.title, params={"LANGUAGE": entry.language} if entry.language else {}))
    made.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    made.add("url", vUri(entry.url))
    if not isinstance(entry.starts, dt.datetime):
        made.add("transp", "TRANSPARENT")  # nobody is busy for a whole festival
    if entry.kind:
        made.add("categories", [entry.kind])
    if entry.text:
        made.add("description", entry.text)
    if entry.where:
        made.add("location", entry.where)
    if entry.position:
        made.add("geo", entry.position)
    return made


def upcoming(entries: Iterable[Dated], *, most: int) -> list[Dated]:
    """Those that are not over, the next first."""
    now = timezone.now()
    return sorted((each for each in entries if last_moment(each) >= now), key=first_moment)[:most]


def first_moment(entry: Dated) -> dt.datetime:
    return _moment(entry.starts)


def last_moment(entry: Dated) -> dt.datetime:
    last = entry.ends or entry.starts
    return _moment(last) if isinstance(last, dt.datetime) else _moment(_after(last))


def _moment(when: dt.date | dt.datetime) -> dt.datetime:
    if isinstance(when, dt.datetime):
        return when
    return timezone.make_aware(dt.datetime.combine(when, dt.time()))


def _after(last: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """DTEND is the first moment that does not belong to it."""
    return last if isinstance(last, dt.datetime) else last + dt.timedelta(days=1)
