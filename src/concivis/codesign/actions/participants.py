"""What is kept of people who came, by their own consent, until they withdraw it or its time is over."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign import letters
from concivis.codesign.actions.noting import as_connector, locked, noted, require_text, require_within
from concivis.codesign.models import Connector, Participant, ParticipantKey, Session
from concivis.codesign.queries import rules_of
from concivis.hubs.models import today_in
from concivis.shell import keys
from concivis.shell.dates import months_later
from concivis.shell.languages import interface_codes

MOST = 500


@transaction.atomic
def note_participant(
    *,
    by: User | None,
    session: Session,
    name: str,
    email: str,
    language: str,
    agreed_how: str,
    connector: Connector | None = None,
) -> Participant:
    """A field that the person did not agree to is left empty. Whoever left an address gets a letter with the link that
    shows and withdraws it. Raises ValidationError by field."""
    of = locked(session)
    if of.participants.count() >= MOST:
        raise ValidationError(gettext("There are too many already."))
    today = today_in(of.process.hub)
    person = Participant(session=of, added_by=by, added_by_connector=connector, language=_language(language))
    person.name, person.email = require_within("name", name, 120), _address(email, of)
    if not person.name and not person.email:
        raise ValidationError(
            {"name": gettext("Write what the person agreed to have kept: name, address, or both.")}
        )
    person.agreed_how = require_text("agreed_how", agreed_how, 200)
    person.name_agreed_on = today if person.name else None
    person.email_agreed_on = today if person.email else None
    person.forget_on = _forget_on(of)
    person.save()
    if person.email:
        key = keys.new()
        ParticipantKey.objects.create(participant=person, key_hash=keys.hashed(key))
        letters.participant(person, key)
    noted(of, by, "participant.noted", as_connector(connector))
    return person


def find(key: str) -> Participant | None:
    """Whom the mailed key belongs to. One query."""
    row = (
        ParticipantKey.objects.select_related("participant__session__process__hub")
        .filter(key_hash=keys.hashed(key))
        .first()
    )
    return row.participant if row else None


@transaction.atomic
def withdraw(*, participant: Participant, by: User | None = None) -> None:
    """By the person themselves, or by the office for them: the row is gone, the number of those who came stays."""
    of = locked(participant.session)
    if of.participants.filter(pk=participant.pk).delete()[0]:
        noted(of, by, "participant.withdrawn")


@transaction.atomic
def keep_less(*, participant: Participant, name: bool, email: bool) -> Participant | None:
    """The person keeps one field and withdraws the other; None where nothing is left."""
    of = locked(participant.session)
    person = of.participants.get(pk=participant.pk)
    if not name:
        person.name, person.name_agreed_on = "", None
    if not email:
        person.email, person.email_agreed_on = "", None
    if not person.name and not person.email:
        person.delete()
        noted(of, None, "participant.withdrawn")
        return None
    person.save()
    noted(of, None, "participant.changed")
    return person


def _forget_on(session: Session) -> dt.date:
    """So many months after the session, as the office's rules say."""
    hub = session.process.hub
    held = session.ends_at.astimezone(ZoneInfo(hub.timezone)).date()
    return months_later(max(held, today_in(hub)), rules_of(hub).participant_months)


def _language(language: str) -> str:
    if language not in interface_codes():
        raise ValidationError({"language": gettext("We write letters in another language only.")})
    return language


def _address(email: str, session: Session) -> str:
    address = email.strip().lower()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from error
    if session.participants.filter(email=address).exists():
        raise ValidationError({"email": gettext("This address is noted already.")})
    return address
