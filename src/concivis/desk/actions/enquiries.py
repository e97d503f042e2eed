"""What happens to an enquiry. The record says what was done, never who asked or what."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.enums import EntryKind, Outcome
from concivis.desk.models import Enquiry, Entry
from concivis.hubs import letters, record
from concivis.hubs.models import Hub, Membership

KIND = "enquiry"


@transaction.atomic
def note_enquiry(*, by: User, hub: Hub, **said: Any) -> Enquiry:
    """Somebody called, came or wrote. `said`: columns of `Enquiry`, checked by the form."""
    enquiry = Enquiry.objects.create(public_id=secrets.token_hex(5), hub=hub, noted_by=by, **said)
    _record(enquiry, by, "enquiry.noted", channel=str(enquiry.channel))
    return enquiry


@transaction.atomic
def assign(*, by: User, enquiry: Enquiry, to: User | None) -> Enquiry:
    """Raises ValidationError for who is no member of the office."""
    enquiry = _open(enquiry)
    if to is not None and not Membership.objects.filter(hub=enquiry.hub, user=to).exists():
        raise ValidationError(gettext("Only a member of this office can be given a task."))
    enquiry.assignee = to
    enquiry.save(update_fields=["assignee"])
    _record(enquiry, by, "enquiry.assigned", to=to.pk if to else None)
    return enquiry


@transaction.atomic
def add_note(*, by: User, enquiry: Enquiry, text: str) -> Entry:
    entry = enquiry.entries.create(kind=EntryKind.NOTE, text=text, by=by)
    _record(enquiry, by, "enquiry.note_added")
    return entry


@transaction.atomic
def answer(*, by: User, enquiry: Enquiry, text: str, send: bool) -> Entry:
    """What the asker was told; `send`: it is mailed to them, replies go to the office's own address.

    Raises ValidationError for an enquiry that is closed, or without the addresses that sending needs.
    """
    enquiry = _open(enquiry)
    if send:
        _require_addresses(enquiry)
    entry = enquiry.entries.create(kind=EntryKind.ANSWER, text=text, mailed=send, by=by)
    if enquiry.first_answered_at is None:
        enquiry.first_answered_at = entry.at
        enquiry.save(update_fields=["first_answered_at"])
    _record(enquiry, by, "enquiry.answered", mailed=send)
    if send:
        letters.send(
            to=enquiry.asker_email,
            language=letters.interface_language(enquiry.language),
            template="desk/letters/answer.txt",
            context={"hub": enquiry.hub, "enquiry": enquiry, "text": text},
            called=f"Answer {entry.pk}",
            headers={"Reply-To": enquiry.hub.contact_email},
        )
    return entry


@transaction.atomic
def close(*, by: User, enquiry: Enquiry, outcome: Outcome) -> Enquiry:
    enquiry = _open(enquiry)
    enquiry.closed_at, enquiry.outcome = timezone.now(), outcome
    enquiry.save(update_fields=["closed_at", "outcome"])
    _record(enquiry, by, "enquiry.closed", outcome=str(outcome))
    return enquiry


@transaction.atomic
def reopen(*, by: User, enquiry: Enquiry) -> Enquiry:
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if enquiry.is_open:
        raise ValidationError(gettext("This enquiry is open."))
    enquiry.closed_at, enquiry.outcome = None, ""
    enquiry.save(update_fields=["closed_at", "outcome"])
    _record(enquiry, by, "enquiry.reopened")
    return enquiry


def _open(enquiry: Enquiry) -> Enquiry:
    """Fresh and locked. Raises ValidationError where it is closed."""
    found = Enquiry.objects.select_for_update(of=("self",)).select_related("hub").get(pk=enquiry.pk)
    if not found.is_open:
        raise ValidationError(gettext("This enquiry is closed. Reopen it first."))
    return found


def _require_addresses(enquiry: Enquiry) -> None:
    if not enquiry.asker_email:
        raise ValidationError(
            gettext("No mail address of the asker is known. Note the answer without sending it.")
        )
    if not enquiry.hub.contact_email:
        raise ValidationError(
            gettext("Your office has no mail address for replies. Write one into the settings first.")
        )


def _record(enquiry: Enquiry, by: User, action: str, **details: Any) -> None:
    record.write(
        hub=enquiry.hub, by=by, action=action, kind=KIND, object_id=enquiry.public_id, details=details
    )
