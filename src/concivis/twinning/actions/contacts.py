"""The people of a partnership. Personal data: public only field by field with consent, and deleted for good."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.directory.consents import require_consent, require_filled
from concivis.hubs import record
from concivis.shell.conflicts import fingerprint, require_unchanged
from concivis.twinning import cards
from concivis.twinning.enums import ContactRole
from concivis.twinning.journeys import today_of
from concivis.twinning.models import Contact, Side

CONSENTED = ("name_public", "email_public", "phone_public")


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """`…_public`: the person agreed to that one field; `consent_on`, `consent_how`: when and how."""

    role: ContactRole
    name: str
    function: str = ""
    email: str = ""
    phone: str = ""
    name_public: bool = False
    email_public: bool = False
    phone_public: bool = False
    consent_on: dt.date | None = None
    consent_how: str = ""
    in_team: bool = False
    successor: Contact | None = None
    since: dt.date | None = None
    left_on: dt.date | None = None


WATCHED = ("side", *ContactFacts.__dataclass_fields__)


@transaction.atomic
def add_contact(*, by: User | None, side: Side, facts: ContactFacts) -> Contact:
    """Raises ValidationError with a sentence for what cannot be; by field where one is to blame."""
    contact = Contact(side=side)
    _fill(contact, facts)
    _noted(contact, by, "contact.added")
    return contact


@transaction.atomic
def change_contact(
    *, by: User | None, contact: Contact, side: Side, facts: ContactFacts, began: str = ""
) -> None:
    """As `add_contact`. Saving what is there already writes no line in the record.

    `began`: what the person's form saw (`began_at`). Raises `EditConflict` if somebody saved since."""
    require_unchanged(contact, WATCHED, began)
    if contact.side_id == side.pk and all(getattr(contact, name) == value for name, value in _values(facts)):
        return
    contact.side = side
    _fill(contact, facts)
    _noted(contact, by, "contact.changed")


def began_at(contact: Contact) -> str:
    return fingerprint(contact, WATCHED)


@transaction.atomic
def remove_contact(*, by: User | None, contact: Contact) -> None:
    """Deletes all that was noted of the person. The record keeps that somebody was deleted, not who."""
    _noted(contact, by, "contact.removed")
    contact.delete()


def _values(facts: ContactFacts) -> list[tuple[str, object]]:
    return [(name, getattr(facts, name)) for name in facts.__dataclass_fields__]


def _fill(contact: Contact, facts: ContactFacts) -> None:
    for name, value in _values(facts):
        setattr(contact, name, value)
    _require_consent(facts, today_of(contact.side.partnership))
    if facts.since and facts.left_on and facts.left_on < facts.since:
        raise ValidationError({"left_on": gettext("The last day lies before the first.")})
    successor = facts.successor
    if successor is not None:
        if successor.pk == contact.pk:
            raise ValidationError({"successor": gettext("Nobody is their own successor.")})
        if successor.side.partnership_id != contact.side.partnership_id:
            raise ValidationError({"successor": gettext("Choose somebody of this partnership.")})
    contact.save()


def _require_consent(facts: ContactFacts, today: dt.date) -> None:
    """A field is shown to everybody only if it is there and the person agreed to it, which is noted with its day."""
    public = [name.removesuffix("_public") for name in CONSENTED if getattr(facts, name)]
    require_consent(public, on=facts.consent_on, how=facts.consent_how)
    if facts.consent_on and facts.consent_on > today:
        raise ValidationError({"consent_on": gettext("This day is in the future.")})
    require_filled(public, {name: getattr(facts, name) for name in public})


def _noted(contact: Contact, by: User | None, action: str) -> None:
    """No name in it: lines of the record stay for ever."""
    partnership = contact.side.partnership
    record.write(
        hub=partnership.hub,
        by=by,
        action=action,
        kind=cards.KIND,
        object_id=partnership.public_id,
        details={"role": str(contact.role), "public": any(getattr(contact, name) for name in CONSENTED)},
    )
