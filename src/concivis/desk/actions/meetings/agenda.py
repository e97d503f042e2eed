"""What is talked about, in which order."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.actions.meetings.noting import changed, locked
from concivis.desk.models import AgendaItem, Meeting

MOST_ITEMS = 60


@transaction.atomic
def add_item(*, by: User | None, meeting: Meeting, **said: Any) -> AgendaItem:
    """At the end of the agenda. `said`: columns of `AgendaItem`. Raises ValidationError beyond `MOST_ITEMS`."""
    found = locked(meeting)
    if found.items.count() >= MOST_ITEMS:
        raise ValidationError(gettext("An agenda has %(most)s items at most.") % {"most": MOST_ITEMS})
    item = AgendaItem.objects.create(meeting=found, position=_last(found) + 1, **said)
    changed(found, by, "meeting.agenda_changed")
    return item


@transaction.atomic
def change_item(*, by: User, item: AgendaItem, **said: Any) -> AgendaItem:
    found = locked(item.meeting)
    for name, value in said.items():
        setattr(item, name, value)
    item.save(update_fields=list(said))
    changed(found, by, "meeting.agenda_changed")
    return item


@transaction.atomic
def move_item(*, by: User, item: AgendaItem, step: int) -> None:
    """`step`: -1 up, 1 down. At either end nothing changes."""
    found = locked(item.meeting)
    ordered = list(found.items.filter(is_agreed=True))
    old = next(place for place, each in enumerate(ordered) if each.pk == item.pk)
    ordered.insert(min(max(0, old + step), len(ordered)), ordered.pop(old))
    for place, each in enumerate(ordered, 1):
        each.position = place
    AgendaItem.objects.bulk_update(ordered, ["position"])
    changed(found, by, "meeting.agenda_changed")


@transaction.atomic
def remove_item(*, by: User, item: AgendaItem) -> None:
    """Raises ValidationError where the minutes say something of it."""
    found = locked(item.meeting)
    if item.decision or item.notes:
        raise ValidationError(gettext("The minutes say something of this item. Empty them first."))
    item.delete()
    changed(found, by, "meeting.agenda_changed")


@transaction.atomic
def accept(*, by: User, item: AgendaItem) -> AgendaItem:
    """A proposal is taken into the agenda, at its end."""
    found = locked(item.meeting)
    item.is_agreed, item.position = True, _last(found) + 1
    item.save(update_fields=["is_agreed", "position"])
    changed(found, by, "meeting.proposal_accepted")
    return item


@transaction.atomic
def decline(*, by: User, item: AgendaItem) -> None:
    """A proposal is not taken in; raises ValidationError for what is on the agenda."""
    found = locked(item.meeting)
    if item.is_agreed:
        raise ValidationError(gettext("This is on the agenda already."))
    item.delete()
    changed(found, by, "meeting.proposal_declined")


def _last(meeting: Meeting) -> int:
    return meeting.items.aggregate(last=Max("position"))["last"] or 0
