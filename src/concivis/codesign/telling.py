"""Processes, sessions and connectors in words, for pages."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext

from concivis.codesign import courses
from concivis.codesign.enums import ConnectorState, ProcessState, Setting
from concivis.codesign.models import Connector, Insight, Phase, Process, Session
from concivis.shell import content
from concivis.shell.content import Shown

TONES = {
    ProcessState.DRAFT: "neutral",
    ProcessState.RUNNING: "good",
    ProcessState.FINISHED: "over",
    ProcessState.CANCELLED: "bad",
}
CONNECTOR_TONES = {
    ConnectorState.INVITED: "notice",
    ConnectorState.ACTIVE: "good",
    ConnectorState.RESTING: "neutral",
    ConnectorState.ENDED: "over",
}
EXPENSE_TONES = {"entered": "notice", "approved": "good", "paid": "over", "refused": "bad"}


def tone(process: Process) -> str:
    return TONES[ProcessState(process.state)]


def connector_tone(connector: Connector) -> str:
    return CONNECTOR_TONES[ConnectorState(connector.state)]


def shown(process: Process, exactly: str = "") -> Shown:
    """The texts in the reader's language; translations must be fetched."""
    wanted = content.reader_languages([process.hub.language])
    return content.choose(process, process.translations.all(), wanted, exactly=exactly)


def insight_shown(insight: Insight, exactly: str = "") -> Shown:
    """The text in the reader's language; translations must be fetched."""
    return content.choose(insight, insight.translations.all(), content.reader_languages(), exactly=exactly)


def span(row: Process | Phase) -> str:
    """“3 May 2026 – 1 July 2026”, or what is known of it."""
    first, last = (date_format(day) if day else "" for day in (row.starts, row.ends))
    if first and last:
        return f"{first} – {last}"
    if first:
        return gettext("from %(day)s") % {"day": first}
    return gettext("until %(day)s") % {"day": last} if last else ""


def phase_name(phase: Phase) -> str:
    return courses.name_of(phase, content.reader_languages()[0])


# --- sessions ----------------------------------------------------------------------------------------------


def by_its_clock(session: Session, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(session.timezone))


def day_of(session: Session) -> str:
    return date_format(by_its_clock(session, session.starts_at).date())


def when(session: Session) -> str:
    """“3 May 2026, 18:00–20:00”, by the clock of where it is."""
    first, last = by_its_clock(session, session.starts_at), by_its_clock(session, session.ends_at)
    begins = f"{date_format(first.date())}, {date_format(first, 'TIME_FORMAT')}"
    if first.date() == last.date():
        return f"{begins}–{date_format(last, 'TIME_FORMAT')}"
    return f"{begins} – {date_format(last.date())}, {date_format(last, 'TIME_FORMAT')}"


def where(session: Session) -> str:
    if session.setting == Setting.ONLINE:
        return gettext("online")
    if session.setting == Setting.BOTH:
        place = session.place or gettext("on site")
        return gettext("%(place)s, and online") % {"place": place}
    return session.place
