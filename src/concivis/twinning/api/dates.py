"""The dated events of a partnership and its state, for an office's programs."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_writing import CONFLICTS, REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.twinning import actions, queries
from concivis.twinning.access import Tie
from concivis.twinning.actions import dates, editing
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH, OfficePartnershipDetail, office_detail, place_called
from concivis.twinning.api.public import MilestoneRow, milestone_row
from concivis.twinning.drafts import MilestoneDraft
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Milestone

router = Router(tags=["office"])
READ, WRITE = HubToken(Scope.PARTNERSHIPS_READ), HubToken(Scope.PARTNERSHIPS_WRITE)
ALL = PATH + "/{public_id}/milestones"
ONE = ALL + "/{milestone}"


class MilestoneIn(Schema):
    kind: MilestoneKind
    date: str = Field(max_length=10, description="1921, 1963-05 or 1963-05-03")
    place: str | None = Field(None, max_length=16, description="public id of the side; absent: all sides")
    note: str = Field("", max_length=2000)
    decision: str = Field(
        "", max_length=200, description="reference of the council's paper; needed for a suspension and an end"
    )
    decision_url: str = Field("", max_length=500)
    source: str = Field("", max_length=300, description="title of the source; absent: the office itself")
    source_url: str = Field("", max_length=500)


class MilestoneChange(MilestoneIn):
    revision: int = Field(ge=0, description="of the partnership, from which the change was made")


class OfficeMilestone(MilestoneRow):
    id: int
    decision_url: str
    stated_by: str = Field(
        description="public id of the side that states this itself, and alone can change it; else empty"
    )


class StateIn(Schema):
    state: PartnershipState


@router.get(ALL, response={200: list[OfficeMilestone], **REFUSALS}, operation_id="list_milestones", auth=READ)
def milestones(request: Any, public_id: str) -> list[dict[str, Any]]:
    """All dates, the keeper's and those that a side states itself, the earliest first."""
    tie = door.tie(request, public_id)
    found = tie.partnership.milestones.select_related("source__stated_by", "side__place")
    return [_row(each) for each in found]


@router.post(
    ALL, response={201: OfficePartnershipDetail, **REFUSALS}, operation_id="add_milestone", auth=WRITE
)
@writing
def add_milestone(request: Any, public_id: str, given: MilestoneIn) -> Status:
    """A vote, a signature, a renewal; a suspension, that it is resumed, an end. The state follows."""
    tie = door.kept(request, public_id)
    draft = _draft(request, given)
    dates.add_milestone(by=actor(request), partnership=tie.partnership, milestone=draft)
    return Status(201, office_detail(request, door.tie(request, public_id)))


@router.put(
    ONE,
    response={200: OfficePartnershipDetail, **CONFLICTS, **REFUSALS},
    operation_id="correct_milestone",
    auth=WRITE,
)
@writing
def correct_milestone(request: Any, public_id: str, milestone: int, given: MilestoneChange) -> dict[str, Any]:
    """Writes a date anew; the state follows. 409 if somebody saved since `revision`."""
    tie = door.kept(request, public_id)
    dates.correct_milestone(
        by=actor(request),
        milestone=_find(tie, milestone),
        draft=_draft(request, given),
        revision=given.revision,
    )
    return office_detail(request, door.tie(request, public_id))


@router.delete(ONE, response={204: None, **REFUSALS}, operation_id="remove_milestone", auth=WRITE)
@writing
def remove_milestone(request: Any, public_id: str, milestone: int) -> Status:
    """As if it had never been noted; the state follows. 422 where another date rests on it."""
    tie = door.kept(request, public_id)
    dates.remove_milestone(by=actor(request), milestone=_find(tie, milestone))
    return Status(204, None)


@router.put(
    PATH + "/{public_id}/state",
    response={200: OfficePartnershipDetail, **REFUSALS},
    operation_id="set_state",
    auth=WRITE,
)
@writing
def set_state(request: Any, public_id: str, given: StateIn) -> dict[str, Any]:
    """One of the states before the council's vote. All others follow from dates and decisions."""
    tie = door.kept(request, public_id)
    editing.move_to(by=actor(request), partnership=tie.partnership, state=given.state)
    return office_detail(request, door.tie(request, public_id))


def _find(tie: Tie, pk: int) -> Milestone:
    """Raises `Http404` for what a side states of itself: only that side changes it."""
    kept = queries.kept_dates(tie.partnership).select_related("partnership__hub", "source", "side__place")
    found: Milestone = get_object_or_404(kept, pk=pk)
    return found


def _draft(request: Any, given: MilestoneIn) -> MilestoneDraft:
    return MilestoneDraft(
        kind=given.kind,
        when=door.partial_date(given.date),
        source=actions.source(title=given.source or f"Office of {request.hub.name}", url=given.source_url),
        place=place_called(given.place).pk if given.place else None,
        note=given.note,
        decision=given.decision,
        decision_url=given.decision_url,
    )


def _row(milestone: Milestone) -> dict[str, Any]:
    stated_by = milestone.source.stated_by
    return {
        "id": milestone.pk,
        **milestone_row(milestone),
        "decision_url": milestone.decision_url,
        "stated_by": stated_by.public_id if stated_by else "",
    }
