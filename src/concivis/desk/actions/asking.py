"""What somebody without an account does: asks by the form, confirms the address, writes back, withdraws."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.desk import posting
from concivis.desk.actions.enquiries import close, received
from concivis.desk.actions.keys import new_key
from concivis.desk.actions.noting import locked, noted
from concivis.desk.actions.rules import rules_of
from concivis.desk.enums import Channel, EntryKind, Outcome, Purpose
from concivis.desk.models import Enquiry, Entry
from concivis.hubs.models import Hub, today_in
from concivis.shell.ids import new_public_id

UNCONFIRMED_DAYS = 7
UNCONFIRMED_AT_ONCE = 3  # of one mail address: nobody can have a stranger's mailbox filled
MOST_MESSAGES = 100  # of the asker, in one enquiry


@dataclass(frozen=True, kw_only=True)
class Question:
    """What came by the form. `concerns`: (kind, public id) of a card, or two empty texts."""

    subject: str
    text: str
    topic: str
    language: str
    name: str = ""
    email: str = ""
    phone: str = ""
    concerns: tuple[str, str] = ("", "")


@transaction.atomic
def ask(*, hub: Hub, question: Question) -> tuple[Enquiry, str]:
    """(the enquiry, the key to follow it). With a mail address the key is empty: it is mailed a link to confirm first,
    and the office sees the enquiry only then. Raises ValidationError by field."""
    email = question.email.strip().lower()
    _require_patience(email)
    kind, public_id = question.concerns
    enquiry = Enquiry.objects.create(
        public_id=new_public_id(),
        hub=hub,
        channel=Channel.FORM,
        language=question.language,
        topic=question.topic,
        subject=question.subject,
        text=question.text,
        concerns_kind=kind,
        concerns_id=public_id,
        asker_name=question.name,
        asker_email=email,
        asker_phone=question.phone,
        due_on=today_in(hub) + timedelta(days=rules_of(hub).answer_days),
        is_confirmed=not email,
    )
    if email:
        posting.to_asker(
            enquiry,
            "desk/letters/confirm.txt",
            called="Confirmation of enquiry",
            purpose=Purpose.CONFIRM,
            days=UNCONFIRMED_DAYS,
        )
        return enquiry, ""
    received(enquiry)
    return enquiry, new_key(enquiry)


@transaction.atomic
def confirm(*, enquiry: Enquiry) -> Enquiry:
    """The address is the asker's: the office gets the enquiry, the asker the link. A second time changes nothing."""
    found = locked(enquiry)
    if found.is_confirmed:
        return found
    found.is_confirmed, found.received_at = True, timezone.now()
    found.due_on = today_in(found.hub) + timedelta(days=rules_of(found.hub).answer_days)
    found.save(update_fields=["is_confirmed", "received_at", "due_on"])
    received(found)
    posting.to_asker(found, "desk/letters/receipt.txt", called="Receipt of enquiry")
    return found


@transaction.atomic
def write_back(*, enquiry: Enquiry, text: str) -> Entry:
    """The asker writes again; what was closed is open again. Raises ValidationError."""
    found = locked(enquiry)
    if found.entries.filter(kind=EntryKind.MESSAGE).count() >= MOST_MESSAGES:
        raise ValidationError(gettext("There are very many messages here. Please call the office."))
    entry = found.entries.create(kind=EntryKind.MESSAGE, text=text)
    heard(found, entry)
    return entry


def heard(enquiry: Enquiry, entry: Entry, *, tell: bool = True) -> None:
    """A message of the asker has come, into an enquiry that is locked: it waits for the office again.

    Not where the message is older than the answer, or than the closing: a mail brought in late. `tell`: by mail.
    """
    reopened = enquiry.closed_at is not None and entry.at > enquiry.closed_at
    if reopened:
        enquiry.closed_at, enquiry.outcome = None, ""
    answers = enquiry.entries.filter(kind=EntryKind.ANSWER, at__gte=entry.at)
    if enquiry.is_open and enquiry.asker_wrote_at is None and not answers.exists():
        enquiry.asker_wrote_at = entry.at
        if enquiry.first_answered_at is not None:  # the day promised before was kept, or is past
            enquiry.due_on = today_in(enquiry.hub) + timedelta(days=rules_of(enquiry.hub).answer_days)
    enquiry.save(update_fields=["closed_at", "outcome", "asker_wrote_at", "due_on"])
    noted(enquiry, None, "enquiry.message_came", event="enquiry.message_received", reopened=reopened)
    if tell:
        posting.to_office(enquiry, "desk/letters/wrote_back.txt", called="Notice of message in enquiry")


@transaction.atomic
def withdraw(*, enquiry: Enquiry) -> Enquiry:
    """The asker needs no answer any more. Raises ValidationError where it is closed."""
    return close(by=None, enquiry=enquiry, outcome=Outcome.WITHDRAWN)


def _require_patience(email: str) -> None:
    waiting = Enquiry.objects.filter(asker_email=email, is_confirmed=False)
    if email and waiting.count() >= UNCONFIRMED_AT_ONCE:
        raise ValidationError(
            {
                "email": gettext(
                    "Some enquiries of this address still wait to be confirmed. Look into your mail."
                )
            }
        )
