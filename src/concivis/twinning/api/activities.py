"""The log of activities, read and written by an office's programs."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from ninja import Field, Query, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.shell.api import Pages, one_of, paged
from concivis.twinning.access import Tie
from concivis.twinning.actions import activities as actions
from concivis.twinning.api import door
from concivis.twinning.api.office import PATH
from concivis.twinning.drafts import ActivityDraft
from concivis.twinning.enums import ActivityKind
from concivis.twinning.models import Activity

router = Router(tags=["activities"])
READ, WRITE = HubToken(Scope.ACTIVITIES_READ), HubToken(Scope.ACTIVITIES_WRITE)


class Participants(Schema):
    place: str = Field(max_length=16, description="public id of the side")
    people: int | None = Field(None, ge=0, le=1_000_000)
    young_people: int | None = Field(None, ge=0, le=1_000_000, description="of the people")
    organisations: int | None = Field(None, ge=0, le=100_000)


class ActivityIn(Schema):
    kind: ActivityKind
    title: str = Field(min_length=1, max_length=200)
    date: str = Field(max_length=10, description="its first day: 1921, 1963-05 or 1963-05-03")
    until: dt.date | None = None
    where: str = Field("", max_length=160)
    note: str = Field("", max_length=4000)
    language: str = Field("", max_length=12, description="BCP 47, of title and note")
    url: str = Field("", max_length=500)
    is_public: bool = True
    participants: list[Participants] = Field([], max_length=20)


class ActivityRow(ActivityIn):
    id: str
    partnership: str


class ActivityPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[ActivityRow]


@router.get(
    PATH + "/{public_id}/activities",
    response={200: ActivityPage, **REFUSALS},
    operation_id="list_activities",
    auth=READ,
)
def activities(request: Any, public_id: str, query: Query[Pages]) -> dict[str, Any]:
    """What the partners did together, the latest first."""
    tie = door.tie(request, public_id)
    found = tie.partnership.activities.prefetch_related("participations__side__place")
    if not tie.is_inside:
        found = found.filter(is_public=True)
    page = Paginator(found.order_by("-date", "-pk"), query.page_size).get_page(query.page)
    rows = [_row(tie, each) for each in page.object_list]
    return paged(page, rows, f"/api/v1{PATH}/{tie.partnership.public_id}/activities", query.dict())


@router.post(
    PATH + "/{public_id}/activities",
    response={201: ActivityRow, **REFUSALS},
    operation_id="record_activity",
    auth=WRITE,
)
@writing
def record_activity(request: Any, public_id: str, given: ActivityIn) -> Status:
    """Enters what took place; it may wake a dormant partnership."""
    tie = door.kept(request, public_id)
    draft = _draft(tie, given)
    made = actions.record_activity(by=actor(request), partnership=tie.partnership, activity=draft)
    return Status(201, _row(tie, made))


@router.put(
    PATH + "/{public_id}/activities/{activity}",
    response={200: ActivityRow, **REFUSALS},
    operation_id="change_activity",
    auth=WRITE,
)
@writing
def change_activity(request: Any, public_id: str, activity: str, given: ActivityIn) -> dict[str, Any]:
    """Writes the whole activity anew."""
    tie = door.kept(request, public_id)
    standing = _find(tie, activity)
    changed = actions.change_activity(by=actor(request), activity=standing, draft=_draft(tie, given))
    return _row(tie, changed)


@router.delete(
    PATH + "/{public_id}/activities/{activity}",
    response={204: None, **REFUSALS},
    operation_id="remove_activity",
    auth=WRITE,
)
@writing
def remove_activity(request: Any, public_id: str, activity: str) -> Status:
    """Takes it out of the log."""
    tie = door.kept(request, public_id)
    actions.remove_activity(by=actor(request), activity=_find(tie, activity))
    return Status(204, None)


def _find(tie: Tie, public_id: str) -> Activity:
    return one_of(tie.partnership.activities.all(), public_id)


def _draft(tie: Tie, given: ActivityIn) -> ActivityDraft:
    sides = {side.place.public_id: side.pk for side in tie.partnership.sides.all()}
    return ActivityDraft(
        kind=given.kind,
        title=given.title,
        when=door.partial_date(given.date),
        until=given.until,
        where=given.where,
        note=given.note,
        language=given.language,
        url=given.url,
        is_public=given.is_public,
        participations={
            sides.get(each.place, 0): (each.people, each.young_people, each.organisations)
            for each in given.participants
        },
    )


def _row(tie: Tie, activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.public_id,
        "partnership": tie.partnership.public_id,
        "kind": activity.kind,
        "title": activity.title,
        "date": activity.when.iso,
        "until": activity.until,
        "where": activity.where,
        "note": activity.note,
        "language": activity.language,
        "url": activity.url,
        "is_public": activity.is_public,
        "participants": [
            {
                "place": each.side.place.public_id,
                "people": each.people,
                "young_people": each.young_people,
                "organisations": each.organisations,
            }
            for each in activity.participations.all()
        ],
    }
