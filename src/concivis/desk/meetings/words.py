"""Meetings in the reader's words."""

import datetime as dt

from babel.dates import format_date, format_time, get_timezone_name
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concivis.desk.meetings.enums import Answer
from concivis.desk.models import Guest, Meeting
from concivis.shell.parts import Card, Fact
from concivis.shell.templatetags.shell import language_name


def when(meeting: Meeting) -> str:
    """“Monday, 5 May 2025, 18:00–20:00 (Central European Summer Time)”, by the clock of the place."""
    starts, ends = meeting.starts, meeting.ends
    zone = get_timezone_name(starts, locale=_locale())
    times = {"day": _day(starts), "from": _time(starts), "to": _time(ends), "zone": zone}
    if starts.date() == ends.date():
        return _("%(day)s, %(from)s–%(to)s (%(zone)s)") % times
    return _("%(day)s, %(from)s to %(last_day)s, %(to)s (%(zone)s)") % {**times, "last_day": _day(ends)}


def day(meeting: Meeting) -> str:
    return date(meeting.starts)


def date(on: dt.date) -> str:
    return format_date(on, format="long", locale=_locale())


def languages(meeting: Meeting) -> str:
    return ", ".join(language_name(tag) for tag in meeting.languages)


def facts(meeting: Meeting, *, inside: bool) -> list[Fact]:
    """`inside`: for those who are invited, and the office."""
    shows_online = inside or meeting.online_is_public
    return [
        Fact(_("When"), when(meeting)),
        Fact(_("Where"), meeting.place),
        Fact(_("Online"), _("Online address"), meeting.online_url)
        if meeting.online_url and shows_online
        else Fact(
            _("Online"), _("also online; the office gives you the address") if meeting.online_url else ""
        ),
        Fact(_("Languages"), languages(meeting)),
    ]


def card(meeting: Meeting) -> Card:
    return Card(
        title=meeting.title,
        url=meeting.get_absolute_url(),
        kicker=when(meeting),
        summary=meeting.place,
        badge=_("cancelled") if meeting.is_cancelled else "",
        tone="bad",
        language=meeting.language,
    )


def answered(guest: Guest) -> str:
    """“yes, 3 people”, “no”, “has not answered”."""
    if not guest.answer:
        return _("has not answered") if guest.asked_at else _("not invited yet")
    label = str(Answer(guest.answer).label)
    if guest.answer == Answer.NO or guest.people == 1:
        return label
    return _("%(answer)s, %(people)s people") % {"answer": label, "people": guest.people}


def _day(moment: dt.datetime) -> str:
    return format_date(moment, format="full", locale=_locale())


def _time(moment: dt.datetime) -> str:
    return format_time(moment, format="short", locale=_locale())


def _locale() -> str:
    return (get_language() or "en").replace("-", "_")
