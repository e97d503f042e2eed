"""The ten steps and the common objectives, for an office's programs."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.scopes import Scope
from concivis.twinning import journey as templates
from concivis.twinning import journeys
from concivis.twinning.actions import journey as actions
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH
from concivis.twinning.enums import ProofKind
from concivis.twinning.models import Step

router = Router(tags=["journey"])
READ, WRITE = HubToken(Scope.JOURNEY_READ), HubToken(Scope.JOURNEY_WRITE)


class ProofRow(Schema):
    kind: str
    title: str
    text: str
    url: str
    date: dt.date
    place: str | None = Field(description="public id of the side that gave it")


class StepRow(Schema):
    position: int
    code: str = Field(description="of the template; empty for a step of the hub's own")
    title: str = Field(description="in English, or as the hub wrote it")
    state: str
    due_on: dt.date | None
    proofs: list[ProofRow]


class JourneyDetail(Schema):
    template: str
    steps: list[StepRow]


class ObjectiveRow(Schema):
    id: str
    text: str
    measure: str
    language: str
    due_on: dt.date
    state: str
    proposed_by: str = Field(description="public id of the side")
    approved_by: list[str] = Field(description="public ids of the sides")
    result: str


class ProofIn(Schema):
    kind: ProofKind
    title: str = Field(min_length=1, max_length=200)
    text: str = Field("", max_length=4000)
    url: str = Field("", max_length=500)
    date: dt.date


@router.get(
    PATH + "/{public_id}/journey",
    response={200: JourneyDetail, **door.REFUSALS},
    operation_id="get_journey",
    auth=READ,
)
def journey(request: Any, public_id: str) -> dict[str, Any]:
    """The steps in their order with their evidence; 404 before the journey has begun."""
    tie = door.inside(request, public_id)
    steps = list(journeys.steps_of(tie.partnership).prefetch_related("proofs__side__place"))
    begun = get_object_or_404(
        tie.partnership.__class__.objects.filter(journey__isnull=False), pk=tie.partnership.pk
    )
    return {"template": begun.journey.template, "steps": [_step(step) for step in steps]}


@router.get(
    PATH + "/{public_id}/objectives",
    response={200: list[ObjectiveRow], **door.REFUSALS},
    operation_id="list_objectives",
    auth=READ,
)
def objectives(request: Any, public_id: str) -> list[dict[str, Any]]:
    """Common objectives: proposed, agreed by all sides, closed."""
    tie = door.inside(request, public_id)
    found = tie.partnership.objectives.select_related("proposed_side__place")
    return [
        {
            "id": each.public_id,
            "text": each.text,
            "measure": each.measure,
            "language": each.language,
            "due_on": each.due_on,
            "state": each.state,
            "proposed_by": each.proposed_side.place.public_id,
            "approved_by": [approval.side.place.public_id for approval in each.approvals.all()],
            "result": each.result,
        }
        for each in found.prefetch_related("approvals__side__place")
    ]


@router.post(
    PATH + "/{public_id}/journey/{position}/proofs",
    response={201: StepRow, **door.REFUSALS},
    operation_id="add_proof",
    auth=WRITE,
)
@door.writing
def add_proof(request: Any, public_id: str, position: int, given: ProofIn) -> Status:
    """Evidence for a step, in the name of the city's own side. Files are added in the office."""
    tie = door.inside(request, public_id)
    step = get_object_or_404(journeys.steps_of(tie.partnership), position=position)
    if given.kind == ProofKind.FILE:
        raise ValidationError("A file is uploaded in the office, under Documents.")
    actions.add_proof(step=step, acting=door.acting(request, tie), **given.dict())
    return Status(201, _step(step))


@router.post(
    PATH + "/{public_id}/journey/{position}/finish",
    response={200: StepRow, **door.REFUSALS},
    operation_id="finish_step",
    auth=WRITE,
)
@door.writing
def finish_step(request: Any, public_id: str, position: int) -> dict[str, Any]:
    """Marks a step as done; 422 says what is still missing."""
    tie = door.kept(request, public_id)
    step = get_object_or_404(journeys.steps_of(tie.partnership), position=position)
    actions.finish_step(by=door.actor(request), step=step)
    return _step(get_object_or_404(journeys.steps_of(tie.partnership), position=position))


def _step(step: Step) -> dict[str, Any]:
    return {
        "position": step.position,
        "code": step.code,
        "title": templates.label(step, "en"),
        "state": step.state,
        "due_on": step.due_on,
        "proofs": [
            {
                "kind": proof.kind,
                "title": proof.title,
                "text": proof.text,
                "url": proof.url,
                "date": proof.date,
                "place": proof.side.place.public_id if proof.side else None,
            }
            for proof in step.proofs.all()
        ],
    }
