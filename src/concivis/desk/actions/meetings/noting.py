"""How every action on a meeting begins and ends: the row locked, then the card and the record."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.meetings import cards
from concivis.desk.models import Meeting
from concivis.hubs import record
from concivis.shell.conflicts import EditConflict

KIND = cards.KIND


def locked(meeting: Meeting, revision: int | None = None) -> Meeting:
    """The row as it stands, kept until the transaction ends. Raises `EditConflict` unless `revision` stands."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("hub").get(pk=meeting.pk)
    if revision is not None and found.revision != revision:
        raise EditConflict(
            found.revision,
            gettext("Somebody else has changed this meeting since you opened it. Compare, then save again."),
        )
    return found


def require_open(meeting: Meeting) -> None:
    """Raises ValidationError for what was cancelled or is over."""
    if meeting.is_cancelled:
        raise ValidationError(gettext("This meeting is cancelled."))
    if meeting.is_over:
        raise ValidationError(gettext("This meeting is over."))


def changed(meeting: Meeting, by: User | None, action: str, **details: Any) -> None:
    """Call it last where what the meeting says has changed: those who write at the same time must learn of it."""
    Meeting.objects.filter(pk=meeting.pk).update(revision=F("revision") + 1, changed_at=timezone.now())
    meeting.refresh_from_db(fields=["revision", "changed_at"])
    cards.refresh(meeting)
    noted(meeting, by, action, **details)


def noted(meeting: Meeting, by: User | None, action: str, **details: Any) -> None:
    """The record says what was done, never who is invited or what was written."""
    record.write(
        hub=meeting.hub, by=by, action=action, kind=KIND, object_id=meeting.public_id, details=details
    )
