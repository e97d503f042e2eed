"""What was agreed to be done: noted, mailed to whoever does it, done."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.actions.meetings.inviting import new_task_key
from concivis.desk.actions.meetings.noting import locked
from concivis.desk.models import AgendaItem, Guest, Meeting, Task
from concivis.hubs import letters, record
from concivis.hubs.models import Membership
from concivis.shell.ids import new_public_id

KIND = "task"
MOST_TASKS = 200


@transaction.atomic
def add_task(
    *,
    by: User | None,
    meeting: Meeting,
    title: str,
    assignee: User | None = None,
    guest: Guest | None = None,
    due_on: dt.date | None = None,
    item: AgendaItem | None = None,
) -> Task:
    """Whoever is responsible gets a letter with a private link. Raises ValidationError for a stranger, or for two."""
    found = locked(meeting)
    if found.tasks.count() >= MOST_TASKS:
        raise ValidationError(gettext("A meeting has %(most)s tasks at most.") % {"most": MOST_TASKS})
    _require_known(found, assignee, guest)
    task = Task.objects.create(
        public_id=new_public_id(),
        hub=found.hub,
        meeting=found,
        title=title,
        assignee=assignee,
        guest=guest,
        due_on=due_on,
        item=item,
    )
    _record(task, by, "task.added")
    _mail(task, by)
    return task


@transaction.atomic
def change_task(
    *, by: User, task: Task, title: str, assignee: User | None, guest: Guest | None, due_on: dt.date | None
) -> Task:
    """Links of an earlier person open nothing any more; a new one gets a letter. Raises as `add_task`."""
    found = _locked(task)
    _require_known(found.meeting, assignee, guest, but=found.guest)
    other = (found.assignee_id, found.guest_id) != (assignee and assignee.pk, guest and guest.pk)
    later = found.due_on != due_on
    found.title, found.assignee, found.guest, found.due_on = title, assignee, guest, due_on
    if other:
        found.keys.all().delete()
        found.mailed_at = None
    found.save(update_fields=["title", "assignee", "guest", "due_on", "mailed_at"])
    _record(found, by, "task.changed")
    if (other or later) and found.done_at is None:
        _mail(found, by)
    return found


@transaction.atomic
def assign(*, by: User, task: Task, to: User | None) -> Task:
    """For Today: a member of the office does it. Raises as `add_task`."""
    return change_task(by=by, task=task, title=task.title, assignee=to, guest=None, due_on=task.due_on)


@transaction.atomic
def finish(*, by: User | None, task: Task) -> Task:
    """`by` None: with the mailed link. Done twice is done once."""
    found = _locked(task)
    if found.done_at is None:
        found.done_at = timezone.now()
        found.save(update_fields=["done_at"])
        _record(found, by, "task.done")
    return found


@transaction.atomic
def reopen(*, by: User | None, task: Task) -> Task:
    found = _locked(task)
    if found.done_at is not None:
        found.done_at = None
        found.save(update_fields=["done_at"])
        _record(found, by, "task.reopened")
    return found


@transaction.atomic
def delete(*, by: User, task: Task) -> None:
    _record(task, by, "task.deleted")
    task.delete()


@transaction.atomic
def remind(*, by: User, task: Task) -> Task:
    """Mails it once more. Raises ValidationError for what is done, or where nobody with an address is responsible."""
    found = _locked(task)
    if found.done_at is not None:
        raise ValidationError(gettext("This task is done."))
    if not _address(found):
        raise ValidationError(gettext("Nobody with a mail address is responsible for this task."))
    _record(found, by, "task.reminded")
    _mail(found, by, again=True)
    return found


def _mail(task: Task, by: User | None, again: bool = False) -> None:
    """To whoever is responsible, once committed; who gave the task to themselves knows of it."""
    address = _address(task)
    if not address or (task.assignee == by and not again):
        return
    key = new_task_key(task)
    hub = task.hub
    letters.send(
        to=address,
        language=_language(task),
        template="desk/meetings/letters/task.txt",
        context={
            "task": task,
            "meeting": task.meeting,
            "hub": hub,
            "again": again,
            "link": lambda: settings.BASE_URL + reverse("desk:task_by_key", args=[key]),
        },
        called=f"Task {task.public_id}",
        headers={"Reply-To": hub.contact_email} if hub.contact_email else None,
    )
    Task.objects.filter(pk=task.pk).update(mailed_at=timezone.now())
    task.refresh_from_db(fields=["mailed_at"])


def _address(task: Task) -> str:
    if task.assignee:
        return task.assignee.email if task.assignee.is_active else ""
    return task.guest.email if task.guest else ""


def _language(task: Task) -> str:
    if task.guest:
        return task.guest.language
    own = task.assignee.language if task.assignee else ""
    return own or letters.interface_language(task.hub.language)


def _require_known(
    meeting: Meeting, assignee: User | None, guest: Guest | None, but: Guest | None = None
) -> None:
    if assignee and guest:
        raise ValidationError(gettext("Name one person who does it."))
    if assignee and not Membership.objects.filter(hub=meeting.hub, user=assignee).exists():
        raise ValidationError(gettext("Only a member of this office can be given a task."))
    if guest and guest != but and guest.meeting_id != meeting.pk:
        raise ValidationError(gettext("This person is not on the list of the meeting."))


def _locked(task: Task) -> Task:
    rows = Task.objects.select_for_update(of=("self",))
    return rows.select_related("hub", "meeting__hub", "guest", "assignee").get(pk=task.pk)


def _record(task: Task, by: User | None, action: str) -> None:
    record.write(hub=task.hub, by=by, action=action, kind=KIND, object_id=task.public_id)
