"""Partnerships and the figures of their network as JSON."""

from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from concivis.shell.api import LAST_PAGE, MOST_PER_PAGE, one_of, paged
from concivis.twinning import figures, listing, queries
from concivis.twinning.enums import PartnershipKind
from concivis.twinning.filters import PartnershipFilter
from concivis.twinning.models import Milestone, Partnership

router = Router(tags=["partnerships"])


class PartnershipQuery(Schema):
    q: str | None = Field(
        None, max_length=100, description="the beginning of a place's name, in any spelling"
    )
    country: str | None = Field(None, pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2, of either end")
    with_: str | None = Field(None, alias="with", pattern="^[A-Z]{2}$", description="the other end's country")
    kind: PartnershipKind | None = None
    state: Literal["signed", "active", "dormant", "suspended", "ended"] | None = None
    field: str | None = Field(None, max_length=60, description="a field of twinning, such as `youth`")
    from_: int | None = Field(None, alias="from", ge=800, le=2200, description="signed in this year or later")
    to: int | None = Field(None, ge=800, le=2200, description="signed in this year or earlier")
    hub: str | None = Field(None, max_length=60, description="a hub's address word, such as `hamm`")
    place: str | None = Field(None, max_length=16, description="a place's public id, such as `gn2911240`")
    page: int = Field(1, ge=1, le=LAST_PAGE)
    page_size: int = Field(50, ge=1, le=MOST_PER_PAGE)


class PlaceRef(Schema):
    id: str
    name: str
    country: str
    latitude: float | None
    longitude: float | None


class PartnershipRow(Schema):
    id: str
    url: str
    kind: str
    state: str = Field(description="`dormant` is computed from the last recorded activity")
    since: str | None = Field(
        description="earliest signature as exactly as it is known: 1921, 1963-05, 1963-05-03"
    )
    places: list[PlaceRef]
    sources: list[str]
    is_example: bool
    changed_at: datetime


class PartnershipPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[PartnershipRow]


class SourceRef(Schema):
    title: str
    url: str
    publisher: str
    licence: str


class MilestoneRow(Schema):
    kind: str
    date: str = Field(description="ISO 8601, as exactly as it is known")
    place: str | None = Field(description="public id of the side it belongs to; null: all sides")
    source: SourceRef
    note: str
    decision: str


class PartnershipDetail(PartnershipRow):
    summary: str
    language: str = Field(description="BCP 47, of `summary`")
    fields: list[str]
    milestones: list[MilestoneRow]
    evidence: list[SourceRef]


class Figures(Schema):
    scope: str
    computed_at: datetime
    data_version: int
    figures: dict[str, Any] = Field(description="keys as in the guide `docs/formats/figures.md`")


@router.get("/partnerships", response={200: PartnershipPage, 422: None}, operation_id="list_partnerships")
def partnerships(request: HttpRequest, query: Query[PartnershipQuery]) -> dict[str, Any]:
    """Public partnerships, the latest change first."""
    given = query.model_dump(by_alias=True, exclude_none=True)
    chosen = PartnershipFilter(given, queryset=queries.public())
    matching = chosen.qs if chosen.is_valid() else queries.public().none()  # a country or field nobody knows
    found = listing.ordered(matching, listing.DEFAULT_SORT)
    page = Paginator(found, query.page_size).get_page(query.page)
    start = (page.number - 1) * query.page_size
    rows = listing.listed(found[start : start + query.page_size], dates=True, sources=True)
    return paged(page, [row(each) for each in rows], "/api/v1/partnerships", given)


@router.get(
    "/partnerships/{public_id}",
    response={200: PartnershipDetail, 404: None, 422: None},
    operation_id="get_partnership",
)
def partnership(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One partnership with its dates and sources."""
    return detail(one_of(queries.for_page(queries.public()), public_id))


@router.get("/figures", response={200: Figures, 404: None}, operation_id="get_figures", tags=["figures"])
def world_figures(request: HttpRequest) -> dict[str, Any]:
    """The figures of the whole network; 404 until they were first computed."""
    stored = queries.snapshot(figures.WORLD)
    if stored is None:
        raise Http404
    return {
        "scope": stored.scope,
        "computed_at": stored.computed_at,
        "data_version": stored.data_version,
        "figures": stored.figures["figures"],
    }


def detail(tie: Partnership) -> dict[str, Any]:
    """One of `queries.for_page`. Four more queries."""
    listed = listing.listed(Partnership.objects.filter(pk=tie.pk), dates=True, sources=True)[0]
    return {
        **row(listed),
        "summary": tie.summary,
        "language": tie.language,
        "fields": [term.code for term in tie.fields.all()],
        "milestones": [milestone_row(milestone) for milestone in tie.milestones.all()],
        "evidence": [_source(proof.source) for proof in tie.evidence.all()],
    }


def row(row: listing.Listed) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "url": settings.BASE_URL + row.url,
        "kind": row.kind,
        "state": row.state,
        "since": row.since.iso if row.since else None,
        "places": [
            {
                "id": place.public_id,
                "name": place.name,
                "country": place.country,
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
            for place in row.places
        ],
        "sources": list(row.sources),
        "is_example": row.is_example,
        "changed_at": row.changed_at,
    }


def milestone_row(milestone: Milestone) -> dict[str, Any]:
    return {
        "kind": milestone.kind,
        "date": milestone.when.iso,
        "place": milestone.side.place.public_id if milestone.side else None,
        "source": _source(milestone.source),
        "note": milestone.note,
        "decision": milestone.decision,
    }


def _source(source: Any) -> dict[str, str]:
    return {
        "title": source.title,
        "url": source.url,
        "publisher": source.publisher,
        "licence": source.licence,
    }
