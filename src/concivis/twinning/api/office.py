"""Partnerships as their office sees them: drafts too, who has confirmed, and writing."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from ninja import Field, Query, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day
from concivis.hubs.api_writing import CONFLICTS, REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.places.models import Place
from concivis.shell.api import Pages, paged
from concivis.twinning import actions, listing, queries
from concivis.twinning.access import Tie
from concivis.twinning.actions import editing, sides
from concivis.twinning.actions.partnerships import places_key
from concivis.twinning.api import door, views
from concivis.twinning.api.public import PartnershipDetail, PartnershipRow, detail, row
from concivis.twinning.drafts import SideDraft
from concivis.twinning.enums import PartnershipKind, PartnershipState
from concivis.twinning.models import Partnership
from concivis.vocabulary.models import Term

router = Router(tags=["office"])
READ, WRITE = HubToken(Scope.PARTNERSHIPS_READ), HubToken(Scope.PARTNERSHIPS_WRITE)
PATH = "/hub/partnerships"


class OfficeQuery(Pages):
    view: int | None = Field(
        None, description="id of a kept view of the table: only what its filters let through"
    )


class OfficePartnership(PartnershipRow):
    kept: bool = Field(description="whether this office keeps it; else another office or the commons does")
    is_published: bool
    revision: int = Field(
        description="send it back with a change, so that nobody's work is overwritten unseen"
    )
    last_activity: dt.date | None
    valid_until: dt.date | None


class OfficePartnershipPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[OfficePartnership]


class SideRow(Schema):
    place: str = Field(description="public id")
    asked_at: dt.datetime | None
    confirmed_at: dt.datetime | None
    state_said: str = Field(description="how this side sees the state, where it differs; else empty")
    remark: str
    remark_language: str


class OfficePartnershipDetail(PartnershipDetail, OfficePartnership):
    sides: list[SideRow]


class PartnershipIn(Schema):
    partner: str = Field(max_length=16, description="public id of the other place, such as `gn2911240`")
    kind: PartnershipKind
    state: PartnershipState = PartnershipState.ENQUIRY
    fields: list[str] = Field([], max_length=20, description="codes of fields of twinning, such as `youth`")
    summary: str = Field("", max_length=4000)
    language: str = Field("", max_length=12, description="BCP 47, of `summary`")
    is_published: bool = False


class PartnershipChange(Schema):
    revision: int = Field(ge=0, description="the one that the change was made from")
    kind: PartnershipKind | None = None
    fields: list[str] | None = Field(None, max_length=20)
    summary: str | None = Field(None, max_length=4000)
    language: str | None = Field(None, max_length=12)
    valid_until: Day | None = None
    is_published: bool | None = None


@router.get(
    PATH,
    response={200: OfficePartnershipPage, **REFUSALS},
    operation_id="list_hub_partnerships",
    auth=READ,
)
def partnerships(request: Any, query: Query[OfficeQuery]) -> dict[str, Any]:
    """All that the office sees, the latest change first: its own with the drafts, and its city's kept elsewhere."""
    found = views.chosen(request, query.view).order_by("-changed_at", "-pk")
    page = Paginator(found, query.page_size).get_page(query.page)
    start = (page.number - 1) * query.page_size
    return paged(
        page,
        _rows(request, found[start : start + query.page_size]),
        "/api/v1" + PATH,
        query.dict(exclude_none=True),
    )


@router.get(
    PATH + "/{public_id}",
    response={200: OfficePartnershipDetail, **REFUSALS},
    operation_id="get_hub_partnership",
    auth=READ,
)
def partnership(request: Any, public_id: str) -> dict[str, Any]:
    """One with its dates, its sources, and what each side says."""
    return office_detail(request, door.tie(request, public_id))


@router.post(
    PATH,
    response={201: OfficePartnershipDetail, **CONFLICTS, **REFUSALS},
    operation_id="record_partnership",
    auth=WRITE,
)
@writing
def record_partnership(request: Any, given: PartnershipIn) -> Status:
    """A new partnership of the office's city. One of the same kind with the same place must not exist yet."""
    partner = place_called(given.partner)
    key = places_key((request.hub.place_id, partner.pk))
    # one that nobody keeps, too: what everybody sees of it would vanish; taking it over is done in the office
    if Partnership.objects.filter(places_key=key, kind=given.kind).exists():
        raise ValidationError("A partnership of this kind with this place is recorded already.")
    made = actions.record_partnership(
        by=actor(request),
        hub=request.hub,
        sides=[SideDraft(place=request.hub.place_id), SideDraft(place=partner.pk)],
        kind=given.kind,
        state=given.state,
        fields=terms(given.fields),
        summary=given.summary,
        language=given.language,
        is_published=given.is_published,
    )
    return Status(201, office_detail(request, door.tie(request, made.public_id)))


@router.patch(
    PATH + "/{public_id}",
    response={200: OfficePartnershipDetail, **CONFLICTS, **REFUSALS},
    operation_id="change_partnership",
    auth=WRITE,
)
@writing
def change_partnership(request: Any, public_id: str, given: PartnershipChange) -> dict[str, Any]:
    """Changes what is given. 409 if somebody saved since `revision`: read it again, then decide."""
    tie = door.kept(request, public_id)
    sent = given.dict(exclude_unset=True)
    standing = tie.partnership
    fields = terms(sent["fields"]) if sent.get("fields") is not None else tuple(standing.fields.all())
    facts = {
        name: sent[name] if name in sent and (sent[name] is not None or name == "valid_until") else value
        for name, value in _facts(standing).items()
    }
    editing.edit_partnership(
        by=actor(request),
        partnership=standing,
        revision=given.revision,
        facts=editing.PartnershipFacts(**facts, fields=fields),
    )
    return office_detail(request, door.tie(request, public_id))


@router.post(
    PATH + "/{public_id}/confirmation",
    response={200: OfficePartnershipDetail, **REFUSALS},
    operation_id="confirm_side",
    auth=WRITE,
)
@writing
def confirm(request: Any, public_id: str) -> dict[str, Any]:
    """Confirms, for the city's own side, a partnership that another office keeps. A second time changes nothing."""
    tie = door.tie(request, public_id)
    sides.confirm_side(acting=door.answering(request, tie))
    return office_detail(request, door.tie(request, public_id))


def _rows(request: Any, found: Any) -> list[dict[str, Any]]:
    rows = listing.listed(found, dates=True, sources=True)
    columns = ("pk", "hub", "is_published", "revision", "last_activity", "valid_until")
    more = {
        pk: rest
        for pk, *rest in found.model.objects.filter(pk__in=[one.pk for one in rows]).values_list(*columns)
    }
    return [{**row(one), **_own(request, *more[one.pk])} for one in rows]


def _own(
    request: Any,
    keeper: int | None,
    is_published: bool,
    revision: int,
    last: dt.date | None,
    until: dt.date | None,
) -> dict[str, Any]:
    return {
        "kept": keeper == request.hub.pk,
        "is_published": is_published,
        "revision": revision,
        "last_activity": last,
        "valid_until": until,
    }


def office_detail(request: Any, tie: Tie) -> dict[str, Any]:
    """One of `door.tie`, read anew."""
    found = Partnership.objects.filter(pk=tie.partnership.pk)
    shown = queries.for_page(found).get()
    return {
        **detail(shown),
        **_rows(request, found)[0],
        "sides": [
            {
                "place": side.place.public_id,
                "asked_at": side.asked_at,
                "confirmed_at": side.confirmed_at,
                "state_said": side.state_said,
                "remark": side.remark,
                "remark_language": side.remark_language,
            }
            for side in shown.sides.all()
        ],
    }


def _facts(standing: Partnership) -> dict[str, Any]:
    return {
        "kind": PartnershipKind(standing.kind),
        "summary": standing.summary,
        "language": standing.language,
        "valid_until": standing.valid_until,
        "is_published": standing.is_published,
    }


def place_called(public_id: str) -> Place:
    """Raises ValidationError with a sentence."""
    found = Place.objects.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise ValidationError(f"There is no place “{public_id}”. Look it up under /api/v1/places.")
    return found


def terms(codes: list[str]) -> tuple[Term, ...]:
    """The fields of twinning with these codes. Raises ValidationError with a sentence."""
    found = {term.code: term for term in Term.objects.filter(scheme="field", code__in=codes, retired=False)}
    unknown = sorted(set(codes) - set(found))
    if unknown:
        raise ValidationError(f"There is no field of twinning called “{unknown[0]}”.")
    return tuple(found[code] for code in dict.fromkeys(codes))
