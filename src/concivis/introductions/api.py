"""Introductions and findings for an office's programs. No address and no message of anybody is in it."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from concivis.catalogue.radar import Kind
from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.introductions import actions
from concivis.introductions.enums import Outcome, State, Verdict
from concivis.introductions.models import Found, Introduction, Side
from concivis.introductions.reasons import reasons_of
from concivis.shell.api import Pages, paged

router = Router(tags=["office"])
READ, WRITE = HubToken(Scope.INTRODUCTIONS_READ), HubToken(Scope.INTRODUCTIONS_WRITE)


class SideOut(Schema):
    kind: str = Field(description="initiative or organisation; empty once it was deleted")
    id: str
    title: str
    hub: str = Field(description="the slug of its office; empty where no office keeps it")
    answer: str
    outcome: str = Field(description="what this side says came of it; empty: nothing yet")


class IntroductionOut(Schema):
    id: str
    state: State
    asked_by_office: bool
    asked_at: dt.datetime
    expires_at: dt.datetime
    introduced_at: dt.datetime | None
    ended_at: dt.datetime | None
    outcome: str
    outcome_note: str
    sides: list[SideOut]


class IntroductionPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[IntroductionOut]


class IntroductionPages(Pages):
    state: State | None = None


class OutcomeIn(Schema):
    outcome: Outcome
    note: Annotated[str, Field(max_length=500)] = ""


class EntryOut(Schema):
    kind: str
    id: str


class ReasonOut(Schema):
    kind: str
    contribution: float = Field(description="log odds, after what the office taught the radar")


class FindingOut(Schema):
    id: int
    own: EntryOut
    other: EntryOut
    within: bool = Field(description="both are of this city")
    kind: Kind
    confidence: float
    first_found_at: dt.datetime
    verdict: str = Field(description="confirmed, dismissed, or empty")
    reasons: list[ReasonOut]


class FindingPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[FindingOut]


class FindingPages(Pages):
    verdict: Literal["", "confirmed", "dismissed"] = ""
    kind: Kind | None = None


class VerdictIn(Schema):
    verdict: Literal["", "confirmed", "dismissed"] = Field(description="empty takes it back")


@router.get(
    "/hub/introductions",
    response={200: IntroductionPage, **REFUSALS},
    operation_id="list_hub_introductions",
    auth=READ,
)
def introductions(request: Any, wanted: Query[IntroductionPages]) -> dict[str, Any]:
    """All that concern an entry of the office, the newest first."""
    rows = Introduction.objects.of_hub(request.hub).with_sides()
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    return _page(rows, wanted, "/api/v1/hub/introductions", shown)


@router.get(
    "/hub/introductions/{public_id}",
    response={200: IntroductionOut, **REFUSALS},
    operation_id="get_hub_introduction",
    auth=READ,
)
def introduction(request: Any, public_id: str) -> dict[str, Any]:
    return shown(_one(request, public_id))


@router.put(
    "/hub/introductions/{public_id}/outcome",
    response={204: None, **REFUSALS},
    operation_id="say_outcome_of_introduction",
    auth=WRITE,
)
@writing
def say_outcome(request: Any, public_id: str, said: OutcomeIn) -> Status:
    """What came of it. 422 before both sides have agreed."""
    actions.say_outcome(
        by=actor(request),
        introduction=_one(request, public_id),
        outcome=said.outcome,
        note=said.note,
    )
    return Status(204, None)


@router.get(
    "/hub/findings", response={200: FindingPage, **REFUSALS}, operation_id="list_hub_findings", auth=READ
)
def findings(request: Any, wanted: Query[FindingPages]) -> dict[str, Any]:
    """What the radar found in its weekly look, the likeliest first; without a verdict, unless one is named."""
    rows = Found.objects.filter(hub=request.hub, verdict=wanted.verdict)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    return _page(rows, wanted, "/api/v1/hub/findings", finding)


@router.put(
    "/hub/findings/{number}/verdict",
    response={204: None, **REFUSALS},
    operation_id="judge_finding",
    auth=WRITE,
)
@writing
def judge(request: Any, number: Annotated[int, Field(ge=1, le=2**62)], said: VerdictIn) -> Status:
    """The radar learns from it, for this office."""
    found = get_object_or_404(Found, hub=request.hub, pk=number)
    by = actor(request)
    if said.verdict:
        actions.judge(by=by, found=found, verdict=Verdict(said.verdict))
    else:
        actions.take_back(by=by, found=found)
    return Status(204, None)


def _page(
    rows: QuerySet[Any], wanted: Pages, path: str, told: Callable[[Any], dict[str, Any]]
) -> dict[str, Any]:
    page = Paginator(rows, wanted.page_size).get_page(wanted.page)
    return paged(page, [told(row) for row in page.object_list], path, wanted.dict(exclude_none=True))


def shown(row: Introduction) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "state": row.state,
        "asked_by_office": row.is_by_office,
        "asked_at": row.asked_at,
        "expires_at": row.expires_at,
        "introduced_at": row.introduced_at,
        "ended_at": row.ended_at,
        "outcome": row.outcome,
        "outcome_note": row.outcome_note,
        "sides": [_side(side) for side in row.sides.all()],
    }


def finding(row: Found) -> dict[str, Any]:
    return {
        "id": row.pk,
        "own": {"kind": row.own_kind, "id": row.own_id},
        "other": {"kind": row.other_kind, "id": row.other_id},
        "within": row.is_within,
        "kind": row.kind,
        "confidence": row.confidence,
        "first_found_at": row.first_found_at,
        "verdict": row.verdict,
        "reasons": [{"kind": each.kind, "contribution": each.contribution} for each in reasons_of(row)],
    }


def _side(side: Side) -> dict[str, str]:
    named = side.initiative or side.organisation
    kind = "initiative" if side.initiative else "organisation" if side.organisation else ""
    return {
        "kind": kind,
        "id": named.public_id if named else "",
        "title": side.title,
        "hub": side.hub.slug if side.hub else "",
        "answer": side.answer,
        "outcome": side.outcome,
    }


def _one(request: Any, public_id: str) -> Introduction:
    rows = Introduction.objects.of_hub(request.hub).with_sides()
    return get_object_or_404(rows, public_id=public_id)
