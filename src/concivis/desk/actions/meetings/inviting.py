"""Letters to those who are invited: each is a mailing, sent once, resumed after a crash."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.actions.meetings.noting import locked, noted, require_open
from concivis.desk.meetings.enums import LetterKind
from concivis.desk.models import Guest, Meeting, MeetingKey, Task
from concivis.mailings import actions as mailings
from concivis.mailings.actions import Recipient
from concivis.mailings.models import Mailing
from concivis.shell import keys

KEY_DAYS = 90  # after the meeting: its minutes are read there
TASK_KEY_DAYS = 180


@transaction.atomic
def invite(*, by: User, meeting: Meeting) -> Mailing:
    """Invites all who are on the list with a mail address and have not been invited yet.

    Raises ValidationError for a meeting that is not open, an office without an address for replies, or an empty list.
    """
    found = locked(meeting)
    require_open(found)
    if not found.hub.contact_email:
        raise ValidationError(
            gettext("Your office has no mail address for replies. Write one into the settings first.")
        )
    new = found.guests.filter(asked_at=None).exclude(email="")
    if not new.exists():
        raise ValidationError(gettext("Everybody on the list who has a mail address is invited already."))
    mailing = _open(by, found, LetterKind.INVITATION, new)
    new.update(asked_at=timezone.now())
    if found.invited_at is None:
        found.invited_at = timezone.now()
        found.save(update_fields=["invited_at"])
    noted(found, by, "meeting.invited", count=mailing.letters.count())
    return mailing


def tell_all(*, by: User | None, meeting: Meeting, kind: LetterKind) -> Mailing | None:
    """To all who were invited, within the caller's transaction. None where that is nobody.

    The sequence of the calendar entry rises with every letter that changes it.
    """
    if kind != LetterKind.MINUTES:
        Meeting.objects.filter(pk=meeting.pk).update(sequence=F("sequence") + 1)
        meeting.refresh_from_db(fields=["sequence"])
    told = meeting.guests.exclude(asked_at=None).exclude(email="")
    return _open(by, meeting, kind, told) if told.exists() else None


def _open(by: User | None, meeting: Meeting, kind: LetterKind, guests: QuerySet[Guest]) -> Mailing:
    Meeting.objects.filter(pk=meeting.pk).update(letters=F("letters") + 1)
    meeting.refresh_from_db(fields=["letters"])
    _call_off_earlier(by, meeting, kind)
    return mailings.open_mailing(
        by=by,
        hub=meeting.hub,
        kind=kind.value,
        object_id=f"{meeting.public_id}.{meeting.letters}",
        recipients=[
            Recipient(guest.email, guest.language, guest.public_id) for guest in guests.order_by("pk")
        ],
    )


def _call_off_earlier(by: User | None, meeting: Meeting, kind: LetterKind) -> None:
    """A change overtakes the change before it. Invitations go on: each is written as the meeting stands then."""
    if kind not in (LetterKind.UPDATE, LetterKind.CANCELLATION):
        return
    running = Mailing.objects.filter(
        kind=LetterKind.UPDATE, object_id__startswith=f"{meeting.public_id}.", ended_at=None
    )
    for mailing in running:
        mailings.cancel(by=by, mailing=mailing)


@transaction.atomic
def new_guest_key(guest: Guest) -> str:
    """A key for one letter; earlier ones stay good until they expire."""
    return _new_key(guest.meeting.ends_at + timedelta(days=KEY_DAYS), guest=guest)


@transaction.atomic
def new_task_key(task: Task) -> str:
    return _new_key(timezone.now() + timedelta(days=TASK_KEY_DAYS), task=task)


def _new_key(expires_at: datetime, **of: Any) -> str:
    key = keys.new()
    MeetingKey.objects.create(key_hash=keys.hashed(key), expires_at=expires_at, **of)
    return key


def forget_keys() -> int:
    """Deletes keys that expired some time ago; a link of yesterday is still told that it has ended."""
    past = timezone.now() - timedelta(days=KEY_DAYS)
    return MeetingKey.objects.filter(expires_at__lt=past).delete()[0]
