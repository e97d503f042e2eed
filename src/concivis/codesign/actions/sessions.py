"""Sessions: planned, changed, cancelled; who came, by number."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign.actions.noting import as_connector, locked, noted, require_text, require_within
from concivis.codesign.enums import Setting
from concivis.codesign.models import AttendanceByLanguage, Connector, Phase, Process, Session
from concivis.shell import content
from concivis.shell.ids import new_public_id

MOST_LANGUAGES, MOST_CONNECTORS, MOST_PEOPLE = 20, 30, 100_000
LONGEST_HOURS = 24 * 14
URL = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class SessionFacts:
    """`starts_at`, `ends_at`: moments. `languages`: BCP 47 tags of what is spoken."""

    title: str
    language: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    about: str = ""
    setting: Setting = Setting.ON_SITE
    place: str = ""
    online_url: str = ""
    languages: Sequence[str] = ()
    capacity: int | None = None
    phase: Phase | None = None
    is_public: bool = False
    connectors: Collection[Connector] = ()


@transaction.atomic
def plan_session(
    *, by: User | None, process: Process, facts: SessionFacts, connector: Connector | None = None
) -> Session:
    """`connector`: who enters it on their own page, and holds it. Raises ValidationError by field."""
    of = locked(process)
    if of.is_over:
        raise ValidationError(gettext("The process has ended."))
    session = Session(public_id=new_public_id(), process=of, made_by=by, timezone=of.hub.timezone)
    _write(session, facts)
    if connector:
        session.connectors.add(connector)
    noted(session, by, "session.planned", as_connector(connector))
    return session


@transaction.atomic
def change_session(
    *,
    by: User | None,
    session: Session,
    facts: SessionFacts,
    revision: int,
    connector: Connector | None = None,
) -> Session:
    """Raises `EditConflict` unless `revision` stands, ValidationError by field."""
    changed = locked(session, revision)
    if changed.cancelled_at:
        raise ValidationError(gettext("It is cancelled."))
    _write(changed, facts)
    noted(changed, by, "session.changed", as_connector(connector))
    return changed


@transaction.atomic
def cancel_session(*, by: User | None, session: Session, because: str) -> Session:
    """`because` is public where the session is."""
    cancelled = locked(session)
    if cancelled.cancelled_at:
        raise ValidationError(gettext("It is cancelled already."))
    if cancelled.attended is not None:
        raise ValidationError(gettext("People came to it: it took place."))
    cancelled.cancelled_because = require_text("because", because, 500)
    cancelled.cancelled_at = timezone.now()
    _save(cancelled)
    noted(cancelled, by, "session.cancelled")
    return cancelled


@transaction.atomic
def count_attendance(
    *,
    by: User | None,
    session: Session,
    attended: int | None,
    by_language: Mapping[str, int] | None = None,
    connector: Connector | None = None,
) -> Session:
    """How many came, and of them how many speak which language (who speaks two counts in both). None: not known.

    Raises ValidationError by field.
    """
    counted = locked(session)
    if counted.cancelled_at:
        raise ValidationError(gettext("It is cancelled."))
    if counted.starts_at > timezone.now():
        raise ValidationError({"attended": gettext("It has not begun yet.")})
    if attended is not None and not 0 <= attended <= MOST_PEOPLE:
        raise ValidationError({"attended": gettext("Write how many people came.")})
    spoken = _spoken(by_language or {}, attended)
    counted.attended = attended
    _save(counted)
    counted.attendance.all().delete()
    AttendanceByLanguage.objects.bulk_create(
        AttendanceByLanguage(session=counted, language=language, number=number)
        for language, number in spoken.items()
    )
    noted(counted, by, "session.counted", as_connector(connector))
    return counted


@transaction.atomic
def delete_session(*, by: User | None, session: Session) -> None:
    """One entered by mistake: nobody came, nothing is written down, and nobody could have read of it."""
    gone = locked(session)
    used = gone.attended is not None or gone.is_public or gone.notes.exists() or gone.insights.exists()
    if used or gone.participants.exists():
        raise ValidationError(gettext("Something is kept about it already; cancel it instead."))
    noted(gone, by, "session.deleted")
    gone.delete()


def _spoken(by_language: Mapping[str, int], attended: int | None) -> dict[str, int]:
    spoken = {
        content.require_language(tag, "by_language"): number for tag, number in by_language.items() if number
    }
    if len(spoken) > MOST_LANGUAGES:
        raise ValidationError(
            {"by_language": gettext("At most %(most)s can be kept here.") % {"most": MOST_LANGUAGES}}
        )
    if spoken and attended is None:
        raise ValidationError({"attended": gettext("Write how many people came in all.")})
    if any(not 0 < number <= (attended or 0) for number in spoken.values()):
        raise ValidationError({"by_language": gettext("More people speak a language than came in all.")})
    return spoken


def _write(session: Session, facts: SessionFacts) -> None:
    session.title = require_text("title", facts.title, 200)
    session.about = require_within("about", facts.about, 4000)
    session.language = content.require_language(facts.language)
    _write_times(session, facts)
    _write_where(session, facts)
    spoken = [content.require_language(tag, "languages") for tag in facts.languages]
    session.languages = list(dict.fromkeys(spoken))[:MOST_LANGUAGES]
    if facts.capacity is not None and not 0 < facts.capacity <= MOST_PEOPLE:
        raise ValidationError({"capacity": gettext("Write how many people have room.")})
    if facts.phase and facts.phase.process_id != session.process_id:
        raise ValidationError({"phase": gettext("This phase is of another process.")})
    session.capacity, session.phase, session.is_public = facts.capacity, facts.phase, facts.is_public
    hub = session.process.hub_id
    if len(facts.connectors) > MOST_CONNECTORS or any(each.hub_id != hub for each in facts.connectors):
        raise ValidationError({"connectors": gettext("They are not on this office's roster.")})
    _save(session)
    session.connectors.set(facts.connectors)


def _write_times(session: Session, facts: SessionFacts) -> None:
    if facts.ends_at <= facts.starts_at:
        raise ValidationError({"ends": gettext("It must end after it begins.")})
    if facts.ends_at - facts.starts_at > dt.timedelta(hours=LONGEST_HOURS):
        raise ValidationError({"ends": gettext("That is longer than two weeks.")})
    session.starts_at, session.ends_at = facts.starts_at, facts.ends_at


def _write_where(session: Session, facts: SessionFacts) -> None:
    online = facts.setting in (Setting.ONLINE, Setting.BOTH)
    session.setting = facts.setting
    session.place = require_within("place", facts.place, 300) if facts.setting != Setting.ONLINE else ""
    session.online_url = facts.online_url.strip() if online else ""
    if session.online_url:
        try:
            URL(session.online_url)
        except ValidationError as error:
            raise ValidationError({"online_url": error.messages}) from error


def _save(session: Session) -> None:
    session.changed_at = timezone.now()
    if not session._state.adding:
        session.sequence += 1
    session.save()
