"""Co-design as its office sees it: processes, sessions by number, insights. Nobody who heard or said anything."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.utils.translation import gettext
from ninja import Field, Query, Router, Schema, Status

from concivis.codesign import queries
from concivis.codesign.actions import InsightFacts, ProcessFacts, SessionFacts, insights, processes, sessions
from concivis.codesign.actions.insights import facts_of as insight_facts
from concivis.codesign.actions.processes import facts_of as process_facts
from concivis.codesign.api.public import SessionRow, for_rows, row, session_row
from concivis.codesign.enums import InsightState, Need, Setting
from concivis.codesign.filters import narrowed
from concivis.codesign.forms.fields import terms_of
from concivis.codesign.models import Insight, Process, Session
from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day, Language, Line
from concivis.hubs.api_writing import CONFLICTS, REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.shell.api import Pages, one_of, paged

router = Router(tags=["office"])
READ, WRITE = HubToken(Scope.CODESIGN_READ), HubToken(Scope.CODESIGN_WRITE)
PROCESSES, SESSIONS, INSIGHTS = "/hub/processes", "/hub/sessions", "/hub/insights"
MOST_REVISION = 2_000_000_000
Themes = Annotated[list[str], Field(max_length=30)]


class OfficeProcess(Schema):
    id: str
    url: str
    hub: str
    title: str
    summary: str
    language: str
    state: str
    starts: dt.date | None
    ends: dt.date | None
    themes: list[str]
    is_published: bool
    revision: int = Field(
        description="send it back with a change, so that nobody's work is overwritten unseen"
    )


class OfficeProcessPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[OfficeProcess]


class OfficeProcessDetail(OfficeProcess):
    scope: str
    goals: str


class ProcessChange(Schema):
    """What is absent stays."""

    title: str | None = Field(None, max_length=200)
    language: Language | None = None
    summary: str | None = Field(None, max_length=600)
    scope: str | None = Field(None, max_length=4000)
    goals: str | None = Field(None, max_length=2000)
    starts: Day | None = None
    ends: Day | None = None
    themes: Themes | None = None


class ProcessNew(ProcessChange):
    title: Line
    language: Language
    course: str = Field("", max_length=40, description="code of a template of phases, such as `full-1`")


class ProcessEdit(ProcessChange):
    revision: int = Field(ge=0, le=MOST_REVISION)


class ProcessStep(Schema):
    to: Literal["running", "finished", "published", "hidden"]


class OfficeSession(SessionRow):
    is_public: bool
    attended: int | None
    by_language: dict[str, int] = Field(description="{BCP 47: people}, where somebody counted")


class SessionNew(Schema):
    title: Line
    language: Language
    starts_at: dt.datetime = Field(description="with its offset from UTC")
    ends_at: dt.datetime
    place: str = Field("", max_length=300)
    setting: Setting = Setting.ON_SITE
    about: str = Field("", max_length=4000)
    is_public: bool = False


class Attendance(Schema):
    attended: int | None = Field(ge=0, le=100_000)
    by_language: dict[str, int] = Field({}, max_length=20)


class InsightQuery(Pages):
    q: str | None = Field(None, max_length=100)
    process: str | None = Field(None, max_length=16)
    theme: str | None = Field(None, max_length=60)
    need: Need | None = None
    state: InsightState | None = None
    language: str | None = Field(None, max_length=35)


class InsightRow(Schema):
    id: str
    text: str
    language: str
    translations: dict[str, str]
    need: str
    themes: list[str]
    state: str
    aside_because: str
    process: str | None
    session: str | None
    written_at: dt.datetime
    revision: int


class InsightPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[InsightRow]


class InsightChange(Schema):
    """What is absent stays."""

    text: str | None = Field(None, max_length=1500)
    language: Language | None = None
    need: Need | None = None
    themes: Annotated[list[str], Field(max_length=10)] | None = None


class InsightNew(InsightChange):
    text: str = Field(max_length=1500)
    language: Language
    process: str = Field("", max_length=16, description="public id; empty where a session is named")
    session: str = Field("", max_length=16, description="public id")


class InsightEdit(InsightChange):
    revision: int = Field(ge=0, le=MOST_REVISION)


@router.get(
    PROCESSES, response={200: OfficeProcessPage, **REFUSALS}, operation_id="list_hub_processes", auth=READ
)
def process_list(request: Any, query: Query[Pages]) -> dict[str, Any]:
    """All of the office, also those in preparation."""
    page = Paginator(for_rows(Process.objects.filter(hub=request.hub)), query.page_size).get_page(query.page)
    rows = [_process_row(each) for each in page.object_list]
    return paged(page, rows, "/api/v1" + PROCESSES, query.dict(exclude_none=True))


@router.post(
    PROCESSES, response={201: OfficeProcessDetail, **REFUSALS}, operation_id="begin_process", auth=WRITE
)
@writing
def begin(request: Any, given: ProcessNew) -> Status:
    """In preparation, with the phases of the template."""
    blank = ProcessFacts(title=given.title, language=given.language)
    facts = _process_facts(blank, given)
    made = processes.begin_process(by=actor(request), hub=request.hub, facts=facts, course=given.course)
    return Status(201, _process_detail(made))


@router.get(
    PROCESSES + "/{public_id}",
    response={200: OfficeProcessDetail, **REFUSALS},
    operation_id="get_hub_process",
    auth=READ,
)
def one_process(request: Any, public_id: str) -> dict[str, Any]:
    return _process_detail(found_process(request, public_id))


@router.patch(
    PROCESSES + "/{public_id}",
    response={200: OfficeProcessDetail, **CONFLICTS, **REFUSALS},
    operation_id="change_process",
    auth=WRITE,
)
@writing
def change_process(request: Any, public_id: str, given: ProcessEdit) -> dict[str, Any]:
    found = found_process(request, public_id)
    facts = _process_facts(process_facts(found), given)
    processes.edit_process(by=actor(request), process=found, facts=facts, revision=given.revision)
    return _process_detail(found_process(request, public_id))


@router.post(
    PROCESSES + "/{public_id}/steps",
    response={200: OfficeProcessDetail, **REFUSALS},
    operation_id="move_process",
    auth=WRITE,
)
@writing
def move_process(request: Any, public_id: str, given: ProcessStep) -> dict[str, Any]:
    """Starts it, finishes it, shows it to everybody, or hides it."""
    acts: dict[str, Callable[..., object]] = {
        "running": processes.start,
        "finished": processes.finish,
        "published": processes.publish,
        "hidden": processes.hide,
    }
    acts[given.to](by=actor(request), process=found_process(request, public_id))
    return _process_detail(found_process(request, public_id))


# --- sessions ----------------------------------------------------------------------------------------------


@router.get(
    PROCESSES + "/{public_id}/sessions",
    response={200: list[OfficeSession], **REFUSALS},
    operation_id="list_hub_sessions",
    auth=READ,
)
def session_list(request: Any, public_id: str) -> list[dict[str, Any]]:
    """With how many came, never who."""
    return [_session_row(each) for each in queries.sessions_of(found_process(request, public_id))]


@router.post(
    PROCESSES + "/{public_id}/sessions",
    response={201: OfficeSession, **REFUSALS},
    operation_id="plan_session",
    auth=WRITE,
)
@writing
def plan(request: Any, public_id: str, given: SessionNew) -> Status:
    for name in ("starts_at", "ends_at"):
        if getattr(given, name).tzinfo is None or not 2000 <= getattr(given, name).year <= 2100:
            raise ValidationError({name: gettext("Write day and time with the offset from UTC.")})
    facts = SessionFacts(**given.dict())
    made = sessions.plan_session(by=actor(request), process=found_process(request, public_id), facts=facts)
    return Status(201, _session_row(made))


@router.put(
    SESSIONS + "/{public_id}/attendance",
    response={200: OfficeSession, **REFUSALS},
    operation_id="count_session",
    auth=WRITE,
)
@writing
def count(request: Any, public_id: str, given: Attendance) -> dict[str, Any]:
    """How many came, and how many of them speak which language."""
    rows = Session.objects.filter(process__hub=request.hub)
    found = one_of(rows, public_id)
    return _session_row(sessions.count_attendance(by=actor(request), session=found, **given.dict()))


# --- insights ----------------------------------------------------------------------------------------------


@router.get(INSIGHTS, response={200: InsightPage, **REFUSALS}, operation_id="list_insights", auth=READ)
def insight_list(request: Any, query: Query[InsightQuery]) -> dict[str, Any]:
    """What the office heard, the latest first; not from whom."""
    wanted = query.dict(exclude={"page", "page_size"}, exclude_none=True)
    found = narrowed(
        queries.insights_of(request.hub), {name: str(value) for name, value in wanted.items() if value}
    )
    page = Paginator(found.order_by("-written_at", "-pk"), query.page_size).get_page(query.page)
    rows = [_insight_row(each) for each in page.object_list]
    return paged(page, rows, "/api/v1" + INSIGHTS, query.dict(exclude_none=True))


@router.post(INSIGHTS, response={201: InsightRow, **REFUSALS}, operation_id="record_insight", auth=WRITE)
@writing
def record(request: Any, given: InsightNew) -> Status:
    """Refused where it holds a mail address or a telephone number: insights name nobody."""
    session = _session(request, given.session) if given.session else None
    process = found_process(request, given.process) if given.process and not session else None
    blank = InsightFacts(text=given.text, language=given.language, process=process, session=session)
    facts = _insight_facts(blank, given)
    made = insights.record_insight(by=actor(request), hub=request.hub, facts=facts)
    return Status(201, _insight_row(made))


@router.get(
    INSIGHTS + "/{public_id}", response={200: InsightRow, **REFUSALS}, operation_id="get_insight", auth=READ
)
def one_insight(request: Any, public_id: str) -> dict[str, Any]:
    return _insight_row(_insight(request, public_id))


@router.patch(
    INSIGHTS + "/{public_id}",
    response={200: InsightRow, **CONFLICTS, **REFUSALS},
    operation_id="change_insight",
    auth=WRITE,
)
@writing
def change_insight(request: Any, public_id: str, given: InsightEdit) -> dict[str, Any]:
    found = _insight(request, public_id)
    facts = _insight_facts(insight_facts(found), given)
    insights.change_insight(by=actor(request), insight=found, facts=facts, revision=given.revision)
    return _insight_row(_insight(request, public_id))


# --- what is found and told --------------------------------------------------------------------------------


def found_process(request: Any, public_id: str) -> Process:
    rows = for_rows(Process.objects.filter(hub=request.hub))
    return one_of(rows, public_id)


def _session(request: Any, public_id: str) -> Session:
    rows = Session.objects.filter(process__hub=request.hub).select_related("process__hub")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        raise ValidationError({"session": gettext("There is no such session here.")})
    return found


def _insight(request: Any, public_id: str) -> Insight:
    return one_of(queries.insights_of(request.hub), public_id)


def _process_facts(standing: ProcessFacts, given: ProcessChange) -> ProcessFacts:
    sent = given.dict(exclude_unset=True)
    names = ("title", "language", "summary", "scope", "goals")
    changes: dict[str, Any] = {name: sent[name] for name in names if sent.get(name) is not None}
    changes |= {name: sent[name] for name in ("starts", "ends") if name in sent}
    if sent.get("themes") is not None:
        others = [term for term in standing.terms if term.scheme_id != "theme"]
        changes["terms"] = [*others, *themes_named(sent["themes"])]
    return replace(standing, **changes)


def _insight_facts(standing: InsightFacts, given: InsightChange) -> InsightFacts:
    sent = given.dict(exclude_unset=True)
    changes: dict[str, Any] = {
        name: sent[name] for name in ("text", "language") if sent.get(name) is not None
    }
    if "need" in sent:
        changes["need"] = sent["need"]
    if sent.get("themes") is not None:
        changes["terms"] = themes_named(sent["themes"])
    return replace(standing, **changes)


def themes_named(codes: list[str], field: str = "themes") -> list[Any]:
    found = terms_of(codes)
    if len(found) != len(set(codes)):
        raise ValidationError({field: gettext("One of these is no theme that we know.")})
    return found


def _process_row(process: Process) -> dict[str, Any]:
    return {**row(process), "is_published": process.is_published, "revision": process.revision}


def _process_detail(process: Process) -> dict[str, Any]:
    return {**_process_row(process), "scope": process.scope, "goals": process.goals}


def _session_row(session: Session) -> dict[str, Any]:
    counted = {each.language: each.number for each in session.attendance.all()}
    told = {"is_public": session.is_public, "attended": session.attended, "by_language": counted}
    return {**session_row(session), **told}


def _insight_row(insight: Insight) -> dict[str, Any]:
    names = ("text", "language", "need", "state", "aside_because", "written_at", "revision")
    return {
        "id": insight.public_id,
        "translations": {each.language: each.text for each in insight.translations.all()},
        "themes": [term.code for term in insight.terms.all() if term.scheme_id == "theme"],
        "process": insight.process.public_id if insight.process else None,
        "session": insight.session.public_id if insight.session else None,
        **{name: getattr(insight, name) for name in names},
    }
