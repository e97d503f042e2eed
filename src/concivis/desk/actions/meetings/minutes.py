"""What is kept of a meeting, and who may read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.actions.meetings import inviting
from concivis.desk.actions.meetings.noting import changed, locked
from concivis.desk.meetings.enums import LetterKind, MinutesFor
from concivis.desk.models import AgendaItem, Meeting


@dataclass(frozen=True)
class Kept:
    """What the minutes say of one item, in Markdown."""

    decision: str = ""
    notes: str = ""


@transaction.atomic
def write(*, by: User, meeting: Meeting, revision: int, text: str, items: Mapping[int, Kept]) -> Meeting:
    """`items`: {primary key of an item of this meeting: what is kept of it}; others stay. Raises `EditConflict`."""
    found = locked(meeting, revision)
    found.minutes = text.strip()
    found.save(update_fields=["minutes"])
    written = list(found.items.filter(pk__in=list(items)))
    for item in written:
        item.decision, item.notes = items[item.pk].decision.strip(), items[item.pk].notes.strip()
    AgendaItem.objects.bulk_update(written, ["decision", "notes"])
    changed(found, by, "meeting.minutes_written")
    return found


@transaction.atomic
def show(*, by: User, meeting: Meeting, to: MinutesFor, mail: bool = False) -> Meeting:
    """Says who may read the minutes; `mail`: those who are invited get a letter with their link.

    Raises ValidationError where there are none, and for public minutes of a closed meeting.
    """
    found = locked(meeting)
    if to != MinutesFor.NOBODY and not has_minutes(found):
        raise ValidationError(gettext("There are no minutes yet."))
    if to == MinutesFor.EVERYBODY and not found.is_public:
        raise ValidationError(
            gettext("This meeting is not public; its minutes can be for those who are invited.")
        )
    found.minutes_for = to
    found.save(update_fields=["minutes_for"])
    changed(found, by, "meeting.minutes_shown", to=str(to))
    if mail and to != MinutesFor.NOBODY:
        inviting.tell_all(by=by, meeting=found, kind=LetterKind.MINUTES)
    return found


def has_minutes(meeting: Meeting) -> bool:
    """At most one query."""
    return bool(meeting.minutes) or meeting.items.exclude(decision="", notes="").exists()
