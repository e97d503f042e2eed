"""Common objectives, for an office's programs: proposed by one side, approved by all, withdrawn, closed."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from ninja import Field, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day, Language
from concivis.hubs.api_writing import REFUSALS, writing
from concivis.hubs.scopes import Scope
from concivis.shell.api import one_of
from concivis.twinning.access import Tie
from concivis.twinning.actions import objectives as actions
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH
from concivis.twinning.models import Objective

router = Router(tags=["objectives"])
READ, WRITE = HubToken(Scope.JOURNEY_READ), HubToken(Scope.OBJECTIVES_WRITE)
ALL = PATH + "/{public_id}/objectives"
ONE = ALL + "/{objective}"


class ObjectiveRow(Schema):
    id: str
    text: str
    measure: str
    language: str
    due_on: dt.date
    state: str
    proposed_by: str = Field(description="public id of the side")
    approved_by: list[str] = Field(description="public ids of the sides")
    replaces: str = Field(description="id of the objective whose place it takes once agreed; else empty")
    result: str


class ObjectiveIn(Schema):
    text: str = Field(min_length=1, max_length=1000)
    measure: str = Field(min_length=1, max_length=300, description="how you will see that it is reached")
    language: Language
    due_on: Day
    replaces: str = Field("", max_length=16, description="id of an objective that is proposed or agreed")


class Result(Schema):
    reached: bool
    result: str = Field(min_length=1, max_length=2000, description="what came of it")


@router.get(ALL, response={200: list[ObjectiveRow], **REFUSALS}, operation_id="list_objectives", auth=READ)
def objectives(request: Any, public_id: str) -> list[dict[str, Any]]:
    """Common objectives: proposed, agreed by all sides, closed."""
    tie = door.inside(request, public_id)
    return [_row(each) for each in _all(tie)]


@router.post(ALL, response={201: ObjectiveRow, **REFUSALS}, operation_id="propose_objective", auth=WRITE)
@writing
def propose(request: Any, public_id: str, given: ObjectiveIn) -> Status:
    """By the city's own side, which thereby approves it. Its text is never changed: another one replaces it."""
    tie, acting = door.shared(request, public_id)
    facts = given.dict(exclude={"replaces"})
    older = _named(tie, given.replaces) if given.replaces else None
    made = actions.propose_objective(acting=acting, partnership=tie.partnership, replaces=older, **facts)
    return Status(201, _row(_find(tie, made.public_id)))


@router.post(
    ONE + "/approval", response={200: ObjectiveRow, **REFUSALS}, operation_id="approve_objective",
    auth=WRITE,
)  # fmt: skip
@writing
def approve(request: Any, public_id: str, objective: str) -> dict[str, Any]:
    """For the city's own side; agreed with the last side's. A second time changes nothing."""
    tie, acting = door.shared(request, public_id)
    actions.approve(acting=acting, objective=_find(tie, objective))
    return _row(_find(tie, objective))


@router.post(
    ONE + "/withdrawal", response={200: ObjectiveRow, **REFUSALS}, operation_id="withdraw_objective",
    auth=WRITE,
)  # fmt: skip
@writing
def withdraw(request: Any, public_id: str, objective: str) -> dict[str, Any]:
    """Takes a proposal back: only the side that made it, only before it is agreed."""
    tie, acting = door.shared(request, public_id)
    actions.withdraw_objective(acting=acting, objective=_find(tie, objective))
    return _row(_find(tie, objective))


@router.post(
    ONE + "/result", response={200: ObjectiveRow, **REFUSALS}, operation_id="close_objective", auth=WRITE
)
@writing
def close(request: Any, public_id: str, objective: str, given: Result) -> dict[str, Any]:
    """Says what came of an agreed objective."""
    tie, acting = door.shared(request, public_id)
    closed = _find(tie, objective)
    actions.close_objective(acting=acting, objective=closed, reached=given.reached, result=given.result)
    return _row(_find(tie, objective))


def _all(tie: Tie) -> Any:
    found = Objective.objects.filter(partnership=tie.partnership).select_related(
        "proposed_side__place", "replaces", "partnership__hub"
    )
    return found.prefetch_related("approvals__side__place")


def _find(tie: Tie, public_id: str) -> Objective:
    return one_of(_all(tie), public_id)


def _named(tie: Tie, public_id: str) -> Objective:
    found: Objective | None = _all(tie).filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise ValidationError(f"There is no objective “{public_id}” in this partnership.")
    return found


def _row(objective: Objective) -> dict[str, Any]:
    names = ("text", "measure", "language", "due_on", "state", "result")
    return {
        "id": objective.public_id,
        **{name: getattr(objective, name) for name in names},
        "proposed_by": objective.proposed_side.place.public_id,
        "approved_by": [approval.side.place.public_id for approval in objective.approvals.all()],
        "replaces": objective.replaces.public_id if objective.replaces else "",
    }
