"""A meeting is planned, changed, cancelled, and held again some weeks later."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.actions.meetings import inviting
from concivis.desk.actions.meetings.noting import changed, locked, noted
from concivis.desk.meetings import cards
from concivis.desk.meetings.enums import LetterKind, MinutesFor
from concivis.desk.meetings.times import weeks_later
from concivis.desk.models import AgendaItem, Guest, Meeting, Task
from concivis.hubs.models import Hub
from concivis.shell.ids import new_public_id

# what those who are invited have in their calendar
IN_CALENDARS = ("title", "starts_at", "ends_at", "timezone", "place", "online_url")
COPIED = (
    "title",
    "about",
    "language",
    "timezone",
    "place",
    "online_url",
    "online_is_public",
    "languages",
    "is_public",
)
GUEST_COPIED = ("invited_as", "name", "email", "language", "consent_how", "initiative_id", "organisation_id")
ITEM_COPIED = ("position", "title", "speaker", "length", "card_kind", "card_id")
LONGEST = timedelta(days=31)


@transaction.atomic
def plan(*, by: User | None, hub: Hub, **said: Any) -> Meeting:
    """`said`: columns of `Meeting`. Raises ValidationError for a meeting that ends before it begins."""
    _require_times(said["starts_at"], said["ends_at"])
    meeting = Meeting.objects.create(public_id=new_public_id(), hub=hub, made_by=by, **said)
    cards.refresh(meeting)
    noted(meeting, by, "meeting.planned")
    return meeting


@transaction.atomic
def change(*, by: User | None, meeting: Meeting, revision: int, **said: Any) -> Meeting:
    """Those who are invited get a letter if what stands in their calendar changes.

    Raises `EditConflict`, and ValidationError for a cancelled meeting or one that ends before it begins.
    """
    found = locked(meeting, revision)
    if found.is_cancelled:
        raise ValidationError(gettext("This meeting is cancelled."))
    fields = [name for name, value in said.items() if getattr(found, name) != value]
    for name in fields:
        setattr(found, name, said[name])
    _require_times(found.starts_at, found.ends_at)
    _require_closed_minutes(found)
    found.save(update_fields=fields)
    if fields:
        changed(found, by, "meeting.changed", fields=sorted(fields))
    if found.invited_at and not found.is_over and set(fields) & set(IN_CALENDARS):
        inviting.tell_all(by=by, meeting=found, kind=LetterKind.UPDATE)
    return found


@transaction.atomic
def cancel(*, by: User | None, meeting: Meeting, because: str = "") -> Meeting:
    """Those who are invited get a letter. Raises ValidationError for what is cancelled or over."""
    found = locked(meeting)
    if not found.is_open:
        raise ValidationError(gettext("Only a meeting that is still to come can be cancelled."))
    found.cancelled_at, found.cancelled_because = timezone.now(), because.strip()
    found.save(update_fields=["cancelled_at", "cancelled_because"])
    changed(found, by, "meeting.cancelled")
    if found.invited_at:
        inviting.tell_all(by=by, meeting=found, kind=LetterKind.CANCELLATION)
    return found


@transaction.atomic
def delete(*, by: User, meeting: Meeting) -> None:
    """Raises ValidationError once somebody was invited: it is cancelled instead."""
    found = locked(meeting)
    if found.invited_at:
        raise ValidationError(gettext("People are invited to this meeting. Cancel it instead."))
    if found.tasks.exists():
        raise ValidationError(gettext("Tasks were agreed at this meeting. Delete them first."))
    cards.withdraw(found)
    noted(found, by, "meeting.deleted")
    found.delete()


@transaction.atomic
def copy(*, by: User, meeting: Meeting, weeks: int, with_guests: bool, with_agenda: bool) -> Meeting:
    """The same again, so many weeks later by the clock of the place; its open tasks are looked at again there.

    Nobody is invited to it yet. Raises ValidationError where the new time does not exist.
    """
    found = locked(meeting)
    starts_at = weeks_later(found.starts, weeks)
    following = plan(
        by=by,
        hub=found.hub,
        starts_at=starts_at,
        ends_at=starts_at + found.length,
        follows=found,
        is_example=found.is_example,
        **{name: getattr(found, name) for name in COPIED},
    )
    if with_guests:
        _copy_guests(found, following)
    if with_agenda:
        _copy_agenda(found, following)
    open_tasks = Task.objects.filter(Q(meeting=found) | Q(carried_to=found), done_at=None)
    open_tasks.update(carried_to=following)
    return following


def _copy_guests(old: Meeting, new: Meeting) -> None:
    Guest.objects.bulk_create(
        Guest(public_id=new_public_id(), meeting=new, **{name: getattr(guest, name) for name in GUEST_COPIED})
        for guest in old.guests.all()
    )


def _copy_agenda(old: Meeting, new: Meeting) -> None:
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=new, **{name: getattr(item, name) for name in ITEM_COPIED})
        for item in old.items.filter(is_agreed=True)
    )


def _require_times(starts_at: Any, ends_at: Any) -> None:
    if ends_at <= starts_at:
        raise ValidationError({"ends": gettext("It must end after it begins.")})
    if ends_at - starts_at > LONGEST:
        raise ValidationError({"ends": gettext("A meeting lasts a month at most.")})


def _require_closed_minutes(meeting: Meeting) -> None:
    if meeting.minutes_for == MinutesFor.EVERYBODY and not meeting.is_public:
        raise ValidationError(
            {"is_public": gettext("Its minutes are public. Show them to fewer people first.")}
        )
