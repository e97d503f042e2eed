"""What meetings need of the office: on Today."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concivis.accounts.models import User
from concivis.desk.actions.meetings import tasks
from concivis.desk.meetings import cards
from concivis.desk.models import AgendaItem, Meeting, Task
from concivis.hubs import hooks, matters
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub, today_in
from concivis.hubs.permissions import Permission

DESK = Permission.WORK_AT_DESK
AGENDA_BEFORE = timedelta(days=7)
INVITE_BEFORE = timedelta(days=14)
ANSWERS_BEFORE = timedelta(days=7)
MINUTES_AFTER = timedelta(days=2)
MINUTES_UNTIL = timedelta(days=120)  # after that nobody remembers
TASK_SOON = timedelta(days=7)


def register() -> None:
    matters.register_kind(matters.Kind(cards.KIND, gettext_lazy("Meetings")))
    matters.register_kind(
        matters.Kind(tasks.KIND, gettext_lazy("Tasks of meetings"), _settle, _reopen, _assign)
    )
    hooks.matters.append(of_meetings)
    hooks.matters.append(of_tasks)


def of_meetings(hub: Hub) -> Iterator[Matter]:
    """Those that come soon, and those without minutes. One query."""
    now = timezone.now()
    rows = Meeting.objects.filter(
        hub=hub, cancelled_at=None, starts_at__lte=now + INVITE_BEFORE, ends_at__gte=now - MINUTES_UNTIL
    ).annotate(
        agreed=Count("items", filter=Q(items__is_agreed=True), distinct=True),
        proposed=Count("items", filter=Q(items__is_agreed=False), distinct=True),
        silent=Count("guests", filter=Q(guests__answer="", guests__asked_at__isnull=False), distinct=True),
        told=Exists(AgendaItem.objects.filter(meeting=OuterRef("pk")).exclude(decision="", notes="")),
    )
    for meeting in rows.order_by("starts_at", "pk"):
        meeting.hub = hub
        yield from _after(meeting) if meeting.is_over else _before(meeting)


def _before(meeting: Meeting) -> Iterator[Matter]:
    soon = meeting.starts_at - timezone.now()
    if meeting.proposed:  # type: ignore[attr-defined]
        yield _matter(meeting, "proposals", _proposals(meeting), "meeting_agenda", _("Look at the proposals"))
    if not meeting.agreed and soon <= AGENDA_BEFORE:  # type: ignore[attr-defined]
        yield _matter(meeting, "agenda", _("It has no agenda yet."), "meeting_agenda", _("Write the agenda"))
    if meeting.invited_at is None:
        yield _matter(meeting, "invite", _("Nobody is invited yet."), "meeting_guests", _("Invite"))
    elif meeting.silent and soon <= ANSWERS_BEFORE:  # type: ignore[attr-defined]
        yield _matter(
            meeting,
            "answers",
            _silent(meeting),
            "meeting_guests",
            _("See who has not answered"),
            Urgency.LATER,
        )


def _after(meeting: Meeting) -> Iterator[Matter]:
    late = timezone.now() - meeting.ends_at >= MINUTES_AFTER
    if late and not meeting.minutes and not meeting.told:  # type: ignore[attr-defined]
        yield _matter(
            meeting, "minutes", _("Nothing is written down of it."), "meeting_minutes", _("Write the minutes")
        )


def _proposals(meeting: Meeting) -> str:
    many = meeting.proposed  # type: ignore[attr-defined]
    text = ngettext("%(n)s proposal for its agenda waits.", "%(n)s proposals for its agenda wait.", many)
    return text % {"n": many}


def _silent(meeting: Meeting) -> str:
    many = meeting.silent  # type: ignore[attr-defined]
    text = ngettext(
        "%(n)s of those who are invited has not answered.",
        "%(n)s of those who are invited have not answered.",
        many,
    )
    return text % {"n": many}


def _matter(
    meeting: Meeting, what: str, why: str, page: str, action: str, urgency: Urgency = Urgency.SOON
) -> Matter:
    is_over = meeting.is_over
    return Matter(
        kind=cards.KIND,
        key=f"meeting-{meeting.public_id} {what} {meeting.starts_at:%Y%m%d}",
        title=meeting.title,
        why=why,
        url=reverse(f"desk:{page}", args=[meeting.hub.slug, meeting.public_id]),
        action=action,
        urgency=urgency,
        due=None if is_over else meeting.starts.date(),
        since=(meeting.ends if is_over else meeting.made_at).date(),
        object_kind=cards.KIND,
        object_id=meeting.public_id,
        permission=DESK,
        seen_with=DESK,
    )


def of_tasks(hub: Hub) -> Iterator[Matter]:
    """The open ones. One query."""
    today = today_in(hub)
    for task in Task.objects.filter(hub=hub, done_at=None).select_related("meeting", "guest").order_by("pk"):
        late = task.due_on is not None and task.due_on < today
        soon = task.due_on is not None and task.due_on <= today + TASK_SOON
        yield Matter(
            kind=tasks.KIND,
            key=f"task-{task.public_id} {task.due_on or ''}".strip(),
            title=task.title,
            why=_why(task, late),
            url=reverse("desk:meeting_task", args=[hub.slug, task.meeting.public_id, task.public_id]),
            action=_("Open the task"),
            urgency=Urgency.NOW if late else Urgency.SOON if soon else Urgency.LATER,
            due=task.due_on,
            since=task.made_at.date(),
            object_kind=tasks.KIND,
            object_id=task.public_id,
            permission=DESK,
            seen_with=DESK,
            assignee=task.assignee_id,
        )


def _why(task: Task, late: bool) -> str:
    meeting = task.meeting.title
    if late:
        return _("Agreed at “%(meeting)s”; its day has passed.") % {"meeting": meeting}
    return _("Agreed at “%(meeting)s”.") % {"meeting": meeting}


def _settle(*, hub: Hub, object_id: str, by: User) -> None:
    tasks.finish(by=by, task=get_object_or_404(Task, hub=hub, public_id=object_id))


def _reopen(*, hub: Hub, object_id: str, by: User) -> None:
    tasks.reopen(by=by, task=get_object_or_404(Task, hub=hub, public_id=object_id))


def _assign(*, hub: Hub, object_id: str, to: User | None, by: User) -> None:
    tasks.assign(by=by, task=get_object_or_404(Task, hub=hub, public_id=object_id), to=to)
