"""The ten steps, for an office's programs: read, walked with evidence, planned, left out and opened again."""

import datetime as dt
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day, Language, Line
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.twinning import journey as templates
from concivis.twinning import journeys, papers, people
from concivis.twinning.access import Tie
from concivis.twinning.actions import journey as actions
from concivis.twinning.actions import journey_order
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH
from concivis.twinning.enums import ProofKind
from concivis.twinning.models import Contact, Document, HubStep, Journey, Step

router = Router(tags=["journey"])
READ, WRITE = HubToken(Scope.JOURNEY_READ), HubToken(Scope.JOURNEY_WRITE)
PLAN = HubToken(Scope.JOURNEY_PLAN)


class ProofRow(Schema):
    id: int
    kind: str
    title: str
    text: str
    url: str
    document: str = Field(description="id of a document; else empty")
    date: dt.date
    place: str | None = Field(description="public id of the side that gave it")


class StepRow(Schema):
    position: int
    code: str = Field(description="of the template; empty for a step of the hub's own")
    title: str = Field(description="in English, or as the hub wrote it")
    state: str
    due_on: dt.date | None
    responsible: int | None = Field(description="id of the person who looks after it")
    reason: str = Field(description="why it was left out")
    proofs: list[ProofRow]


class JourneyDetail(Schema):
    template: str
    steps: list[StepRow]


class ProofIn(Schema):
    kind: ProofKind
    title: str = Field(min_length=1, max_length=200)
    text: str = Field("", max_length=4000)
    url: str = Field("", max_length=500)
    document: str = Field("", max_length=16, description="id of a document of the partnership")
    date: Day


class StepPlan(Schema):
    due_on: Day | None
    responsible: int | None = Field(None, description="id of a person of either side; null: nobody yet")


class Reason(Schema):
    reason: str = Field(min_length=1, max_length=300, description="both sides can read it")


@router.get(
    PATH + "/{public_id}/journey",
    response={200: JourneyDetail, **REFUSALS},
    operation_id="get_journey",
    auth=READ,
)
def journey(request: Any, public_id: str) -> dict[str, Any]:
    """The steps in their order with their evidence; 404 before the journey has begun."""
    tie = door.inside(request, public_id)
    begun = get_object_or_404(Journey, partnership=tie.partnership)
    return {"template": begun.template, "steps": [_step(step) for step in _steps(tie)]}


@router.post(
    PATH + "/{public_id}/journey",
    response={201: JourneyDetail, **REFUSALS},
    operation_id="start_journey",
    auth=PLAN,
)
@writing
def start(request: Any, public_id: str) -> Status:
    """Begins the ten steps and the hub's own, each with a suggested day."""
    tie = door.kept(request, public_id)
    begun = actions.start_journey(by=actor(request), partnership=tie.partnership)
    return Status(201, {"template": begun.template, "steps": [_step(step) for step in _steps(tie)]})


@router.post(
    PATH + "/{public_id}/journey/{position}/proofs",
    response={201: StepRow, **REFUSALS},
    operation_id="add_proof",
    auth=WRITE,
)
@writing
def add_proof(request: Any, public_id: str, position: int, given: ProofIn) -> Status:
    """Evidence for a step, in the name of the city's own side. A file is added among the documents first."""
    tie = door.inside(request, public_id)
    actions.add_proof(
        step=_find(tie, position),
        by=actor(request),
        acting=door.own(request, tie),
        document=_document(tie, given.document) if given.document else None,
        **given.dict(exclude={"document"}),
    )
    return Status(201, _step(_find(tie, position)))


@router.delete(
    PATH + "/{public_id}/journey/{position}/proofs/{proof}",
    response={204: None, **REFUSALS},
    operation_id="remove_proof",
    auth=PLAN,
)
@writing
def remove_proof(request: Any, public_id: str, position: int, proof: int) -> Status:
    """Each side its own evidence; the keeper also what stands without a side. A document stays."""
    tie = door.inside(request, public_id)
    removed = get_object_or_404(_find(tie, position).proofs.select_related("side"), pk=proof)
    acting = None if removed.side is None else door.own(request, tie)
    if removed.side is None:
        door.kept(request, public_id)
    actions.remove_proof(by=actor(request), acting=acting, proof=removed)
    return Status(204, None)


@router.post(
    PATH + "/{public_id}/journey/{position}/finish",
    response={200: StepRow, **REFUSALS},
    operation_id="finish_step",
    auth=WRITE,
)
@writing
def finish_step(request: Any, public_id: str, position: int) -> dict[str, Any]:
    """Marks a step as done; 422 says what is still missing."""
    tie = door.kept(request, public_id)
    actions.finish_step(by=actor(request), step=_find(tie, position))
    return _step(_find(tie, position))


@router.put(
    PATH + "/{public_id}/journey/{position}/plan",
    response={200: StepRow, **REFUSALS},
    operation_id="plan_step",
    auth=PLAN,
)
@writing
@transaction.atomic
def plan_step(request: Any, public_id: str, position: int, given: StepPlan) -> dict[str, Any]:
    """Until when, and who looks after it."""
    tie = door.kept(request, public_id)
    step, by = _find(tie, position), actor(request)
    contact = _person(tie, step, given.responsible) if given.responsible is not None else None
    actions.set_due(by=by, step=step, date=given.due_on)
    actions.set_responsible(by=by, step=step, contact=contact)
    return _step(_find(tie, position))


@router.post(
    PATH + "/{public_id}/journey/{position}/skip",
    response={200: StepRow, **REFUSALS},
    operation_id="skip_step",
    auth=PLAN,
)
@writing
def skip_step(request: Any, public_id: str, position: int, given: Reason) -> dict[str, Any]:
    """Leaves an open step out. It can be opened again at any time."""
    tie = door.kept(request, public_id)
    actions.skip_step(by=actor(request), step=_find(tie, position), reason=given.reason)
    return _step(_find(tie, position))


@router.post(
    PATH + "/{public_id}/journey/{position}/reopen",
    response={200: StepRow, **REFUSALS},
    operation_id="reopen_step",
    auth=PLAN,
)
@writing
def reopen_step(request: Any, public_id: str, position: int) -> dict[str, Any]:
    """Opens a step again that was done or left out."""
    tie = door.kept(request, public_id)
    actions.reopen_step(by=actor(request), step=_find(tie, position))
    return _step(_find(tie, position))


# --- the steps that an office adds to its journeys ---------------------------------------------------------


class HubStepIn(Schema):
    title: Annotated[Line, Field(max_length=160)]
    aim: str = Field("", max_length=1000)
    language: Language
    after: str = Field("", max_length=40, description="code of one of the ten steps; empty: at the end")


class HubStepRow(HubStepIn):
    id: int


@router.get(
    "/hub/steps", response={200: list[HubStepRow], **REFUSALS}, operation_id="list_hub_steps", auth=READ
)
def hub_steps(request: Any) -> list[dict[str, Any]]:
    """What is asked of this office's journeys beside the ten steps."""
    return [_hub_step(each) for each in request.hub.journey_steps.filter(retired_at__isnull=True)]


@router.post("/hub/steps", response={201: HubStepRow, **REFUSALS}, operation_id="add_hub_step", auth=PLAN)
@writing
def add_hub_step(request: Any, given: HubStepIn) -> Status:
    """Added to the journeys that have begun, too."""
    made = journey_order.add_hub_step(by=actor(request), hub=request.hub, **given.dict())
    return Status(201, _hub_step(made))


@router.delete(
    "/hub/steps/{step}", response={204: None, **REFUSALS}, operation_id="retire_hub_step", auth=PLAN
)
@writing
def retire_hub_step(request: Any, step: int) -> Status:
    """It stays in journeys where something was done for it."""
    own = request.hub.journey_steps.filter(retired_at__isnull=True)
    journey_order.retire_hub_step(by=actor(request), step=get_object_or_404(own, pk=step))
    return Status(204, None)


def _hub_step(step: HubStep) -> dict[str, Any]:
    names = ("title", "aim", "language", "after")
    return {"id": step.pk, **{name: getattr(step, name) for name in names}}


def _steps(tie: Tie) -> Any:
    return journeys.steps_of(tie.partnership).prefetch_related("proofs__side__place", "proofs__document")


def _find(tie: Tie, position: int) -> Step:
    found: Step = get_object_or_404(_steps(tie), position=position)
    return found


def _document(tie: Tie, public_id: str) -> Document:
    found = papers.seen_by(tie).filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise ValidationError(f"There is no document “{public_id}” in this partnership.")
    return found


def _person(tie: Tie, step: Step, pk: int) -> Contact:
    """Who is still there, or looks after it already."""
    if step.responsible is not None and step.responsible_id == pk:
        return step.responsible
    found = people.there_on(tie.partnership, journeys.today_of(tie.partnership)).filter(pk=pk).first()
    if found is None:
        raise ValidationError("Who looks after a step must be somebody of this partnership who has not left.")
    return found


def _step(step: Step) -> dict[str, Any]:
    return {
        "position": step.position,
        "code": step.code,
        "title": templates.label(step, "en"),
        "state": step.state,
        "due_on": step.due_on,
        "responsible": step.responsible_id,
        "reason": step.reason,
        "proofs": [
            {
                "id": proof.pk,
                "kind": proof.kind,
                "title": proof.title,
                "text": proof.text,
                "url": proof.url,
                "document": proof.document.public_id if proof.document else "",
                "date": proof.date,
                "place": proof.side.place.public_id if proof.side else None,
            }
            for proof in step.proofs.all()
        ],
    }
