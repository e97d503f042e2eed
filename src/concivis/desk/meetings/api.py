"""Meetings: the public ones for everybody, an office's own for its programs. Nobody's name or address is told."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, Query, Router, Schema, Status
from pydantic import AfterValidator, AwareDatetime, HttpUrl

from concivis.desk.actions.meetings import agenda, planning, tasks
from concivis.desk.meetings import queries
from concivis.desk.models import AgendaItem, Meeting, Task
from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day, Language, Line, within_reach
from concivis.hubs.api_writing import CONFLICTS, REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.shell.api import Pages, one_of, paged
from concivis.shell.templatetags.shell import absolute_url

router = Router(tags=["meetings"])
READ, WRITE = HubToken(Scope.MEETINGS_READ), HubToken(Scope.MEETINGS_WRITE)
PATH = "/hub/meetings"
ONE = PATH + "/{meeting}"
TASKS = "/hub/meeting-tasks"


def _moment_within_reach(moment: dt.datetime) -> dt.datetime:
    within_reach(moment.date())
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_moment_within_reach)]
Address = Annotated[HttpUrl, Field(max_length=500)]


class MeetingPages(Pages):
    when: Literal["upcoming", "past"] = "upcoming"


class PublicMeetingPages(MeetingPages):
    hub: str | None = Field(None, max_length=60, description="a hub's address word, such as `hamm`")


class MeetingRow(Schema):
    id: str
    hub: str
    title: str
    language: str = Field(description="BCP 47, of the text")
    starts_at: dt.datetime
    ends_at: dt.datetime
    timezone: str = Field(description="of the clock by which people come")
    place: str
    online_url: str = Field(description="empty: none, or not public")
    languages: list[str] = Field(description="BCP 47, of what is spoken")
    cancelled_at: dt.datetime | None
    url: str


class MeetingPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[MeetingRow]


class OfficeMeetingRow(MeetingRow):
    is_public: bool
    revision: int


class OfficeMeetingPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[OfficeMeetingRow]


class MeetingItem(Schema):
    id: int
    title: str
    minutes: int | None = Field(description="how long")
    about: str = Field(description="kind and public id of a card, such as initiative:ab12; empty: nothing")
    is_agreed: bool = Field(description="false: proposed, not taken in yet")
    decision: str = Field(description="Markdown")


class MeetingTask(Schema):
    id: str
    meeting: str
    title: str
    due_on: dt.date | None
    done_at: dt.datetime | None
    is_assigned: bool


class MeetingAnswers(Schema):
    invited: int
    yes: int
    maybe: int
    no: int
    people: int = Field(description="who come with those that said yes")
    came: int


class MeetingDetail(OfficeMeetingRow):
    about: str = Field(description="Markdown")
    minutes: str = Field(description="Markdown")
    answers: MeetingAnswers
    agenda: list[MeetingItem]
    tasks: list[MeetingTask]


class MeetingIn(Schema):
    title: Line
    about: str = Field("", max_length=5000)
    language: Language
    starts_at: Moment
    ends_at: Moment
    place: str = Field("", max_length=300)
    online_url: Address | None = None
    languages: list[Language] = Field(default=[], max_length=20)
    is_public: bool = False


class MeetingChanges(Schema):
    revision: int = Field(ge=1, description="that the change was made from; 409 where another stands")
    title: Line | None = None
    about: Annotated[str, Field(max_length=5000)] | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    place: Annotated[str, Field(max_length=300)] | None = None
    online_url: Address | None = None
    is_public: bool | None = None


class CancelIn(Schema):
    because: str = Field("", max_length=500, description="everybody who is invited reads it")


class MeetingItemIn(Schema):
    title: Line
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None


class MeetingTaskIn(Schema):
    title: Annotated[Line, Field(max_length=300)]
    due_on: Day | None = None


class MeetingTaskState(Schema):
    state: Literal["open", "done"]


class MeetingTaskQuery(Schema):
    state: Literal["open", "done"] = "open"


@router.get("/meetings", response={200: MeetingPage, 422: None}, operation_id="list_meetings", auth=None)
def list_meetings(request: HttpRequest, query: Query[PublicMeetingPages]) -> dict[str, Any]:
    """The public ones, also those that were cancelled."""
    found = Meeting.objects.public().select_related("hub")
    if query.hub:
        found = found.filter(hub__slug=query.hub)
    return _page("/api/v1/meetings", found, query, _row)


@router.get(PATH, response={200: OfficeMeetingPage, **REFUSALS}, operation_id="list_hub_meetings", auth=READ)
def list_hub_meetings(request: Any, query: Query[MeetingPages]) -> dict[str, Any]:
    """Of this office, also those that are not public."""
    return _page("/api/v1" + PATH, queries.of(request.hub), query, _office_row)


@router.post(PATH, response={201: MeetingDetail, **REFUSALS}, operation_id="plan_meeting", auth=WRITE)
@writing
def plan_meeting(request: Any, given: MeetingIn) -> Status:
    """Nobody is invited yet: that is done in the office."""
    said = given.dict(exclude={"online_url"})
    address = str(given.online_url or "")
    made = planning.plan(
        by=actor(request), hub=request.hub, timezone=request.hub.timezone, online_url=address, **said
    )
    return Status(201, _detail(made))


@router.get(ONE, response={200: MeetingDetail, **REFUSALS}, operation_id="get_meeting", auth=READ)
def get_meeting(request: Any, meeting: str) -> dict[str, Any]:
    """With agenda, minutes, tasks, and how many come."""
    return _detail(_one(request, meeting))


@router.patch(
    ONE, response={200: MeetingDetail, **REFUSALS, **CONFLICTS}, operation_id="change_meeting", auth=WRITE
)
@writing
def change_meeting(request: Any, meeting: str, given: MeetingChanges) -> dict[str, Any]:
    """Those who are invited get a letter where time or place changes. 422 for what is cancelled."""
    said = given.dict(exclude={"revision", "online_url"}, exclude_none=True)
    if given.online_url:
        said["online_url"] = str(given.online_url)
    found = planning.change(
        by=actor(request), meeting=_one(request, meeting), revision=given.revision, **said
    )
    return _detail(found)


@router.put(
    ONE + "/cancellation",
    response={200: MeetingDetail, **REFUSALS},
    operation_id="cancel_meeting",
    auth=WRITE,
)
@writing
def cancel_meeting(request: Any, meeting: str, given: CancelIn) -> dict[str, Any]:
    """Those who are invited get a letter; it cannot be taken back. Cancelled twice is cancelled once."""
    found = _one(request, meeting)
    if not found.is_cancelled:
        found = planning.cancel(by=actor(request), meeting=found, because=given.because)
    return _detail(found)


@router.post(
    ONE + "/agenda", response={201: MeetingItem, **REFUSALS}, operation_id="add_agenda_item", auth=WRITE
)
@writing
def add_agenda_item(request: Any, meeting: str, given: MeetingItemIn) -> Status:
    """At the end of the agenda."""
    made = agenda.add_item(
        by=actor(request), meeting=_one(request, meeting), title=given.title, length=given.minutes
    )
    return Status(201, _item(made))


@router.post(
    ONE + "/tasks", response={201: MeetingTask, **REFUSALS}, operation_id="add_meeting_task", auth=WRITE
)
@writing
def add_meeting_task(request: Any, meeting: str, given: MeetingTaskIn) -> Status:
    """Who does it is said in the office."""
    made = tasks.add_task(
        by=actor(request), meeting=_one(request, meeting), title=given.title, due_on=given.due_on
    )
    return Status(201, _task(made))


@router.get(
    TASKS, response={200: list[MeetingTask], **REFUSALS}, operation_id="list_meeting_tasks", auth=READ
)
def list_meeting_tasks(request: Any, query: Query[MeetingTaskQuery]) -> list[dict[str, Any]]:
    """What was agreed at meetings of this office; at most 500, the first due first."""
    rows = queries.tasks_of(request.hub).filter(done_at__isnull=query.state == "open")
    return [_task(each) for each in rows[:500]]


@router.put(
    TASKS + "/{task}/state",
    response={200: MeetingTask, **REFUSALS},
    operation_id="put_meeting_task_state",
    auth=WRITE,
)
@writing
def put_meeting_task_state(request: Any, task: str, given: MeetingTaskState) -> dict[str, Any]:
    """Done, or open again; what is so already stays."""
    found = one_of(queries.tasks_of(request.hub), task)
    act = tasks.finish if given.state == "done" else tasks.reopen
    return _task(act(by=actor(request), task=found))


def _page(path: str, found: Any, query: MeetingPages, row: Any) -> dict[str, Any]:
    found = found.upcoming() if query.when == "upcoming" else found.past()
    page = Paginator(found, query.page_size).get_page(query.page)
    return paged(page, [row(each) for each in page.object_list], path, query.dict(exclude_none=True))


def _one(request: Any, public_id: str) -> Meeting:
    return one_of(queries.of(request.hub), public_id)


def _row(meeting: Meeting) -> dict[str, Any]:
    names = ("title", "language", "starts_at", "ends_at", "timezone", "place", "languages", "cancelled_at")
    return {
        "id": meeting.public_id,
        "hub": meeting.hub.slug,
        "online_url": meeting.online_url if meeting.online_is_public else "",
        "url": absolute_url(reverse("desk:meeting", args=[meeting.hub.slug, meeting.public_id])),
        **{name: getattr(meeting, name) for name in names},
    }


def _office_row(meeting: Meeting) -> dict[str, Any]:
    names = ("online_url", "is_public", "revision")
    return {**_row(meeting), **{name: getattr(meeting, name) for name in names}}


def _detail(meeting: Meeting) -> dict[str, Any]:
    return {
        **_office_row(meeting),
        "about": meeting.about,
        "minutes": meeting.minutes,
        "answers": queries.answers(meeting),
        "agenda": [_item(each) for each in meeting.items.all()],
        "tasks": [_task(each) for each in queries.tasks_at(meeting)],
    }


def _item(item: AgendaItem) -> dict[str, Any]:
    return {
        "id": item.pk,
        "title": item.title,
        "minutes": item.length,
        "about": f"{item.card_kind}:{item.card_id}".strip(":"),
        "is_agreed": item.is_agreed,
        "decision": item.decision,
    }


def _task(task: Task) -> dict[str, Any]:
    names = ("title", "due_on", "done_at")
    return {
        "id": task.public_id,
        "meeting": task.meeting.public_id,
        "is_assigned": bool(task.assignee_id or task.guest_id),
        **{name: getattr(task, name) for name in names},
    }
