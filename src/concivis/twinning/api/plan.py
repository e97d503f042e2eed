"""The plan of several years with its budgets, and the yearly reviews, for an office's programs."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day, Language, Line, Seen
from concivis.hubs.api_writing import CONFLICTS, REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.twinning.access import Tie
from concivis.twinning.actions import plan as actions
from concivis.twinning.actions.objectives import REPLACEABLE
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH
from concivis.twinning.enums import PlanState
from concivis.twinning.marks import mark_of, mark_of_review
from concivis.twinning.models import Objective, PlanItem, Review

router = Router(tags=["plan"])
READ, WRITE = HubToken(Scope.PLAN_READ), HubToken(Scope.PLAN_WRITE)
PLAN = PATH + "/{public_id}/plan"
REVIEWS = PATH + "/{public_id}/reviews"


class PlanIn(Schema):
    year: int = Field(ge=1900, le=2200)
    title: Line = Field(description="what is meant to happen")
    language: Language
    objective: str = Field(
        "", max_length=16, description="id of the objective it serves, if one in particular"
    )
    budget: Decimal | None = Field(None, ge=0, max_digits=12, decimal_places=2)
    currency: str = Field("", max_length=3, description="ISO 4217, needed with a budget")
    funding: str = Field("", max_length=200, description="who pays")


class PlanChange(PlanIn):
    seen: Seen


class PlanRow(Schema):
    id: int
    year: int
    title: str
    language: str
    objective: str
    state: str
    budget: str | None = Field(description="such as `1500.00`")
    currency: str
    funding: str
    seen: str


class PlanStateIn(Schema):
    state: PlanState


class ReviewWords(Schema):
    held_on: Day
    summary: str = Field(min_length=1, max_length=4000, description="what went well, what will change")
    language: Language


class ReviewIn(ReviewWords):
    year: int = Field(ge=1900, le=2200)


class ReviewChange(ReviewWords):
    seen: Seen


class ReviewRow(Schema):
    year: int
    held_on: dt.date
    summary: str
    language: str
    approved_by: list[str] = Field(description="public ids of the sides")
    seen: str


class Read(Schema):
    seen: str = Field(max_length=64, description="`seen` of the review as it was read")


@router.get(PLAN, response={200: list[PlanRow], **REFUSALS}, operation_id="get_plan", auth=READ)
def plan(request: Any, public_id: str) -> list[dict[str, Any]]:
    """All lines, by year."""
    tie = door.inside(request, public_id)
    return [_row(each) for each in _items(tie)]


@router.post(PLAN, response={201: PlanRow, **REFUSALS}, operation_id="add_plan_item", auth=WRITE)
@writing
def add_item(request: Any, public_id: str, given: PlanIn) -> Status:
    tie = door.kept(request, public_id)
    made = actions.add_item(by=actor(request), partnership=tie.partnership, **_facts(tie, given))
    return Status(201, _row(made))


@router.put(
    PLAN + "/{item}",
    response={200: PlanRow, **CONFLICTS, **REFUSALS},
    operation_id="change_plan_item",
    auth=WRITE,
)
@writing
@transaction.atomic
def change_item(request: Any, public_id: str, item: int, given: PlanChange) -> dict[str, Any]:
    """Writes the whole line anew. 409 if somebody changed it since `seen`."""
    tie = door.kept(request, public_id)
    standing = get_object_or_404(_items(tie).select_for_update(of=("self",)), pk=item)
    door.require_seen(given.seen, mark_of(standing))
    return _row(actions.change_item(by=actor(request), item=standing, **_facts(tie, given)))


@router.put(
    PLAN + "/{item}/state",
    response={200: PlanRow, **REFUSALS},
    operation_id="set_plan_item_state",
    auth=WRITE,
)
@writing
def set_state(request: Any, public_id: str, item: int, given: PlanStateIn) -> dict[str, Any]:
    """Planned, done or dropped."""
    tie = door.kept(request, public_id)
    standing = get_object_or_404(_items(tie), pk=item)
    return _row(actions.set_item_state(by=actor(request), item=standing, state=given.state))


@router.delete(
    PLAN + "/{item}", response={204: None, **REFUSALS}, operation_id="remove_plan_item", auth=WRITE
)
@writing
def remove_item(request: Any, public_id: str, item: int) -> Status:
    tie = door.kept(request, public_id)
    actions.delete_item(by=actor(request), item=get_object_or_404(_items(tie), pk=item))
    return Status(204, None)


@router.get(REVIEWS, response={200: list[ReviewRow], **REFUSALS}, operation_id="list_reviews", auth=READ)
def reviews(request: Any, public_id: str) -> list[dict[str, Any]]:
    """One a year, the latest first."""
    tie = door.inside(request, public_id)
    return [_review(each) for each in _reviews(tie)]


@router.post(REVIEWS, response={201: ReviewRow, **REFUSALS}, operation_id="hold_review", auth=WRITE)
@writing
def hold_review(request: Any, public_id: str, given: ReviewIn) -> Status:
    """Writes the look back on a year; the own side approves it by writing it."""
    tie = door.kept(request, public_id)
    acting = door.own(request, tie)
    actions.hold_review(by=actor(request), partnership=tie.partnership, acting=acting, **given.dict())
    return Status(201, _review(_find_review(tie, given.year)))


@router.put(
    REVIEWS + "/{year}",
    response={200: ReviewRow, **CONFLICTS, **REFUSALS},
    operation_id="change_review",
    auth=WRITE,
)
@writing
@transaction.atomic
def change_review(request: Any, public_id: str, year: int, given: ReviewChange) -> dict[str, Any]:
    """Writes it anew. 409 if somebody changed it since `seen`; 422 once the other side has approved it."""
    tie = door.kept(request, public_id)
    standing = get_object_or_404(_reviews(tie).select_for_update(of=("self",)), year=year)
    door.require_seen(given.seen, mark_of_review(standing))
    facts = given.dict(exclude={"seen"})
    actions.change_review(by=actor(request), review=standing, acting=door.own(request, tie), **facts)
    return _review(_find_review(tie, year))


@router.post(
    REVIEWS + "/{year}/approval",
    response={200: ReviewRow, **CONFLICTS, **REFUSALS},
    operation_id="approve_review",
    auth=WRITE,
)
@writing
@transaction.atomic
def approve_review(request: Any, public_id: str, year: int, given: Read) -> dict[str, Any]:
    """For the city's own side. 409 if it was changed since `seen`: nobody agrees to words they did not read."""
    tie, acting = door.shared(request, public_id)
    standing = get_object_or_404(_reviews(tie).select_for_update(of=("self",)), year=year)
    door.require_seen(given.seen, mark_of_review(standing))
    actions.approve_review(acting=acting, review=standing)
    return _review(_find_review(tie, year))


def _items(tie: Tie) -> Any:
    return PlanItem.objects.filter(partnership=tie.partnership).select_related("objective")


def _reviews(tie: Tie) -> Any:
    found = Review.objects.filter(partnership=tie.partnership)
    return found.prefetch_related("approvals__side__place")


def _find_review(tie: Tie, year: int) -> Review:
    found: Review = get_object_or_404(_reviews(tie), year=year)
    return found


def _facts(tie: Tie, given: PlanIn) -> dict[str, Any]:
    said = given.dict(exclude={"objective", "seen"})
    return {**said, "objective": _objective(tie, given.objective) if given.objective else None}


def _objective(tie: Tie, public_id: str) -> Objective:
    in_force = tie.partnership.objectives.filter(state__in=REPLACEABLE)
    found = in_force.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise ValidationError(f"There is no objective “{public_id}” that is proposed or agreed.")
    return found


def _row(item: PlanItem) -> dict[str, Any]:
    names = ("year", "title", "language", "state", "currency", "funding")
    return {
        "id": item.pk,
        **{name: getattr(item, name) for name in names},
        "objective": item.objective.public_id if item.objective else "",
        "budget": None if item.budget is None else f"{item.budget:.2f}",
        "seen": mark_of(item),
    }


def _review(review: Review) -> dict[str, Any]:
    return {
        "year": review.year,
        "held_on": review.held_on,
        "summary": review.summary,
        "language": review.language,
        "approved_by": [approval.side.place.public_id for approval in review.approvals.all()],
        "seen": mark_of_review(review),
    }
