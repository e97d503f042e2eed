"""The minutes of a meeting, and the tasks that were agreed there."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.models import User
from concivis.desk.actions.meetings import minutes as actions
from concivis.desk.actions.meetings import tasks as task_actions
from concivis.desk.meetings import queries
from concivis.desk.meetings.enums import MinutesFor
from concivis.desk.meetings.forms import MinutesForm, ShowForm, TaskForm
from concivis.desk.models import Guest, Meeting, Task
from concivis.desk.office.meetings.doors import (
    DESK,
    address,
    crumbs,
    form_page,
    meeting_page,
    meeting_view,
    user,
)
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.hubs.queries import members_of
from concivis.shell.parts import Tab
from concivis.shell.refusals import attempt, put_into

LOOK_OR_SAY = ["GET", "HEAD", "POST"]
ON_A_PAGE = 50
TO_CHOOSE = 500  # guests in the list of who does a task
ACTS: dict[str, Callable[[User, Task], object]] = {
    "done": lambda by, task: task_actions.finish(by=by, task=task),
    "reopen": lambda by, task: task_actions.reopen(by=by, task=task),
    "remind": lambda by, task: task_actions.remind(by=by, task=task),
    "delete": lambda by, task: task_actions.delete(by=by, task=task),
}


@meeting_view
@require_http_methods(LOOK_OR_SAY)
def minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    items = list(meeting.items.filter(is_agreed=True))
    form = MinutesForm(request.POST or None, meeting=meeting, items=items)
    if request.method == "POST" and form.is_valid():
        revision, text = form.cleaned_data["revision"], form.cleaned_data["text"]
        try:
            actions.write(by=user(request), meeting=meeting, revision=revision, text=text, items=form.kept())
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("The minutes are saved."))
            return redirect(address("meeting_minutes", meeting))
    context = {
        "form": form,
        "show": ShowForm(None, meeting=meeting),
        "has_minutes": actions.has_minutes(meeting),
    }
    status = 422 if form.is_bound and form.errors else 200
    return meeting_page(
        request, meeting, "desk/office/meetings/minutes.html", context, tab="meeting_minutes", status=status
    )


@meeting_view
@require_POST
def show(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = ShowForm(request.POST, meeting=meeting)
    if form.is_valid():
        to, mail = MinutesFor(form.cleaned_data["to"]), form.cleaned_data["mail"]
        attempt(
            request, lambda: actions.show(by=user(request), meeting=meeting, to=to, mail=mail), _("Saved.")
        )
    else:
        messages.error(request, _("Choose who may read the minutes."))
    return redirect(address("meeting_minutes", meeting))


@meeting_view
@require_http_methods(LOOK_OR_SAY)
def tasks(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A POST adds one."""
    form = _form(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            task_actions.add_task(by=user(request), meeting=meeting, **form.columns())
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("The task is noted."))
            return redirect(address("meeting_tasks", meeting))
    context = {"tasks": queries.tasks_at(meeting), "form": form, "today": today_in(meeting.hub)}
    status = 422 if form.is_bound and form.errors else 200
    return meeting_page(
        request, meeting, "desk/office/meetings/tasks.html", context, tab="meeting_tasks", status=status
    )


@meeting_view
@require_http_methods(LOOK_OR_SAY)
def task(request: HttpRequest, meeting: Meeting, task_id: str) -> HttpResponse:
    found = _task(meeting, task_id)
    form = _form(request, meeting, found)
    back = address("meeting_tasks", meeting)
    if request.method == "POST" and form.is_valid():
        try:
            task_actions.change_task(by=user(request), task=found, **form.columns())
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(back)
    act_url = address("meeting_task_act", meeting, found.public_id)
    return form_page(request, meeting, form, heading=_("Task"), back=back, task=found, act_url=act_url)


@meeting_view
@require_POST
def act(request: HttpRequest, meeting: Meeting, task_id: str) -> HttpResponse:
    """`done`, `reopen`, `remind`, `delete`."""
    found = _task(meeting, task_id)
    name = next((name for name in ACTS if name in request.POST), "")
    if not name:
        raise Http404
    said = _("The letter is on its way.") if name == "remind" else _("Saved.")
    attempt(request, lambda: ACTS[name](user(request), found), said)
    return redirect(address("meeting_tasks", meeting))


@office_view(DESK)
@require_safe
def all_tasks(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Of all meetings of the office."""
    done = request.GET.get("done") == "1"
    rows = queries.tasks_of(hub).filter(done_at__isnull=not done)
    context = {
        "heading": _("Tasks of meetings"),
        "crumbs": crumbs(hub),
        "page": Paginator(rows.order_by("-done_at") if done else rows, ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "tabs": [Tab(_("Open"), "?", current=not done), Tab(_("Done"), "?done=1", current=done)],
        "today": today_in(hub),
        "done": done,
    }
    return office_page(request, hub, "desk/office/meetings/all_tasks.html", context)


def _form(request: HttpRequest, meeting: Meeting, task: Task | None = None) -> TaskForm:
    guests: list[Guest] = list(meeting.guests.exclude(name="")[:TO_CHOOSE])
    initial = None
    if task:
        if task.guest and task.guest not in guests:
            guests.append(task.guest)
        initial = {"title": task.title, "due_on": task.due_on, "who": _who(task)}
    return TaskForm(request.POST or None, members=members_of(meeting.hub), guests=guests, initial=initial)


def _who(task: Task) -> str:
    if task.guest:
        return f"guest-{task.guest.public_id}"
    return f"member-{task.assignee_id}" if task.assignee_id else ""


def _task(meeting: Meeting, public_id: str) -> Task:
    return get_object_or_404(queries.tasks_at(meeting), public_id=public_id)
