"""Public processes as JSON, with their phases and sessions. Nothing of any person."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from ninja import Field, Query, Router, Schema

from concivis.codesign import courses, telling
from concivis.codesign.enums import ProcessState
from concivis.codesign.models import Phase, Process, Session
from concivis.shell.api import Pages, one_of, paged
from concivis.shell.templatetags.shell import absolute_url

router = Router(tags=["co-design"])
PATH = "/processes"
PUBLIC_SESSIONS = Prefetch(
    "sessions", queryset=Session.objects.filter(is_public=True).order_by("starts_at", "pk"), to_attr="shown"
)


class ProcessQuery(Pages):
    hub: str | None = Field(None, max_length=60, description="a hub's address word, such as `hamm`")
    state: ProcessState | None = None


class ProcessRow(Schema):
    id: str
    url: str
    hub: str
    title: str
    summary: str
    language: str = Field(description="BCP 47, of the texts as they were written")
    state: str
    starts: dt.date | None
    ends: dt.date | None
    themes: list[str]


class ProcessPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[ProcessRow]


class PhaseRow(Schema):
    code: str = Field(description="of the template; empty: one of the process's own")
    name: str
    aim: str
    starts: dt.date | None
    ends: dt.date | None


class SessionRow(Schema):
    id: str
    title: str
    language: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    timezone: str
    where: str = Field(description="the place, or that it is online; never an online address")
    languages: list[str] = Field(description="BCP 47, of what is spoken")
    cancelled: bool


class CodesignTextRow(Schema):
    language: str
    title: str
    summary: str
    scope: str
    goals: str
    by_machine: bool
    outdated: bool


class ProcessDetail(ProcessRow):
    scope: str
    goals: list[str]
    cancelled_because: str
    phases: list[PhaseRow]
    sessions: list[SessionRow]
    translations: list[CodesignTextRow]


@router.get(PATH, response={200: ProcessPage, 422: None}, operation_id="list_processes")
def processes(request: HttpRequest, query: Query[ProcessQuery]) -> dict[str, Any]:
    """Processes of co-design that everybody may see, the latest first."""
    found = Process.objects.public()
    if query.hub:
        found = found.filter(hub__slug=query.hub)
    if query.state:
        found = found.filter(state=query.state)
    page = Paginator(for_rows(found), query.page_size).get_page(query.page)
    return paged(
        page, [row(each) for each in page.object_list], "/api/v1" + PATH, query.dict(exclude_none=True)
    )


@router.get(PATH + "/{public_id}", response={200: ProcessDetail, 404: None}, operation_id="get_process")
def process(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One with its phases, its public sessions and its translations."""
    rows = for_rows(Process.objects.public()).prefetch_related("phases", "translations", PUBLIC_SESSIONS)
    found = one_of(rows, public_id)
    return {**row(found), **detail(found)}


def for_rows(found: QuerySet[Process]) -> QuerySet[Process]:
    return found.select_related("hub").prefetch_related("terms").order_by("-created_at", "-pk")


def row(process: Process) -> dict[str, Any]:
    """Of `for_rows`; no query."""
    names = ("title", "summary", "language", "state", "starts", "ends")
    with translation.override("en"):
        path = reverse("codesign:process", args=[process.public_id])
    return {
        "id": process.public_id,
        "url": absolute_url(path),
        "hub": process.hub.slug,
        "themes": [term.code for term in process.terms.all() if term.scheme_id == "theme"],
        **{name: getattr(process, name) for name in names},
    }


def detail(process: Process) -> dict[str, Any]:
    """Phases, translations and `shown` sessions must be fetched."""
    return {
        "scope": process.scope,
        "goals": [line.strip() for line in process.goals.splitlines() if line.strip()],
        "cancelled_because": process.cancelled_because,
        "phases": [phase_row(phase, process.language) for phase in process.phases.all()],
        "sessions": [session_row(session) for session in process.shown],  # type: ignore[attr-defined]
        "translations": [_text(text, process) for text in process.translations.all()],
    }


def phase_row(phase: Phase, language: str) -> dict[str, Any]:
    return {
        "code": phase.code,
        "name": courses.name_of(phase, language),
        "aim": courses.aim_of(phase),
        "starts": phase.starts,
        "ends": phase.ends,
    }


def session_row(session: Session) -> dict[str, Any]:
    names = ("title", "language", "starts_at", "ends_at", "timezone")
    return {
        "id": session.public_id,
        "where": telling.where(session),
        "languages": list(session.languages),
        "cancelled": session.cancelled_at is not None,
        **{name: getattr(session, name) for name in names},
    }


def _text(text: Any, process: Process) -> dict[str, Any]:
    return {
        **{name: getattr(text, name) for name in ("language", *Process.TRANSLATED)},
        "by_machine": text.origin == "machine",
        "outdated": text.of_revision < process.text_revision,
    }
