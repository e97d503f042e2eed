"""Organisations as JSON: what everybody may read, and with a token what an office works with."""

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from concivis.catalogue.enums import Support
from concivis.directory import actions, listing, queries
from concivis.directory.actions.facts import NameFacts, OrganisationFacts, TieFacts
from concivis.directory.enums import Direction, NameUse, OrganisationKind, TieKind, TieUnit
from concivis.directory.filters import OrganisationFilter, ordered
from concivis.directory.models import Organisation, Tie
from concivis.directory.queries import Similar, similar_organisations
from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.places.models import Place
from concivis.shell.api import LAST_PAGE, MOST_PER_PAGE, Pages, Problem, one_of, paged
from concivis.shell.templatetags.shell import absolute_url
from concivis.vocabulary.models import Term

router = Router(tags=["organisations"])
READ, WRITE = HubToken(Scope.DIRECTORY_READ), HubToken(Scope.DIRECTORY_WRITE)
PATH, HUB_PATH = "/organisations", "/hub/organisations"
TERM_SCHEMES = ("theme", "target-group", "sdg")


class OrganisationQuery(Schema):
    q: str | None = Field(
        None, max_length=100, description="words of a name, in any script; a register number"
    )
    kind: OrganisationKind | None = None
    country: str | None = Field(None, pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2, of a tie")
    place: str | None = Field(None, max_length=16, description="public id of a town: its own or of a tie")
    theme: str | None = Field(None, max_length=60)
    language: str | None = Field(None, max_length=12, description="BCP 47, that one can speak with it")
    needs: Support | None = None
    offers: Support | None = None
    diaspora: bool | None = None
    hub: str | None = Field(None, max_length=60, description="a hub's address word, such as `hamm`")
    page: int = Field(1, ge=1, le=LAST_PAGE)
    page_size: int = Field(50, ge=1, le=MOST_PER_PAGE)


class NameRow(Schema):
    name: str = Field(max_length=200)
    language: str = Field("", max_length=12, description="BCP 47")
    use: NameUse = NameUse.OTHER


class TieRow(Schema):
    id: int
    kind: TieKind
    country: str
    place: str | None = Field(description="public id")
    number: int | None = Field(description="of all members together, as the organisation states it")
    unit: TieUnit | None
    since: int | None
    note: str
    source: str


class TieIn(Schema):
    kind: TieKind
    country: str = Field("", max_length=2, description="ISO 3166-1 alpha-2; may be left out with a place")
    place: str | None = Field(None, max_length=16, description="public id, such as `gn2911240`")
    number: int | None = Field(None, ge=1, le=10_000_000)
    unit: TieUnit | None = None
    since: int | None = Field(None, ge=1800, le=2200)
    note: str = Field("", max_length=400)
    source: str = Field("", max_length=300)


class OrganisationRow(Schema):
    id: str
    url: str
    name: str
    name_language: str
    transliterated: str
    other_names: list[NameRow]
    kind: OrganisationKind
    is_diaspora: bool
    legal_form: str
    register_scheme: str
    register_number: str
    place: str | None = Field(description="public id of its town")
    address: str = Field(description="empty where it is not public")
    email: str
    phone: str
    website: str
    terms: list[str] = Field(description="`theme:music`, `target-group:children`")
    spoken: list[str]
    language: str = Field(description="BCP 47, of the texts")
    description: str
    activities_here: str
    activities_there: str
    partners_abroad: str
    needs: list[Support]
    offers: list[Support]
    ties: list[TieRow]
    last_confirmed: dt.date | None
    is_example: bool
    changed_at: dt.datetime


class OrganisationPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[OrganisationRow]


class OfficeOrganisation(OrganisationRow):
    is_published: bool


class OfficeOrganisationPage(OrganisationPage):
    results: list[OfficeOrganisation]  # type: ignore[assignment]


class OrganisationIn(Schema):
    name: str = Field(min_length=1, max_length=200)
    kind: OrganisationKind
    name_language: str = Field("", max_length=12)
    transliterated: str = Field("", max_length=200)
    other_names: list[NameRow] = Field([], max_length=12)
    is_diaspora: bool = False
    legal_form: str = Field("", max_length=60)
    register_scheme: str = Field("", max_length=40)
    register_number: str = Field("", max_length=60)
    place: str | None = Field(None, max_length=16)
    address: str = Field("", max_length=400)
    address_public: bool = False
    email: str = Field("", max_length=254)
    phone: str = Field("", max_length=40)
    website: str = Field("", max_length=200)
    terms: list[str] = Field([], max_length=60, description="`theme:music`, `target-group:children`")
    spoken: list[str] = Field([], max_length=40)
    language: str = Field("", max_length=35)
    description: str = Field("", max_length=4000)
    activities_here: str = Field("", max_length=2000)
    activities_there: str = Field("", max_length=2000)
    partners_abroad: str = Field("", max_length=2000)
    needs: list[Support] = Field([], max_length=8)
    offers: list[Support] = Field([], max_length=8)


class NewOrganisation(OrganisationIn):
    none_of_those: bool = Field(
        False, description="make it although it may be one of those proposed by a 409 before"
    )


class SimilarRow(Schema):
    id: str
    name: str
    confidence: float = Field(description="0 to 1, an estimate")
    reasons: list[str]


class Proposals(Problem):
    similar: list[SimilarRow]


class SimilarQuery(Schema):
    name: str = Field(min_length=1, max_length=200)
    place: str | None = Field(None, max_length=16, description="public id of its town")
    register_scheme: str = Field("", max_length=40)
    register_number: str = Field("", max_length=60)
    website: str = Field("", max_length=200)


@router.get(PATH, response={200: OrganisationPage, 422: None}, operation_id="list_organisations")
def organisations(request: HttpRequest, query: Query[OrganisationQuery]) -> dict[str, Any]:
    """Public organisations, by name."""
    given = query.model_dump(mode="json", exclude_none=True)
    filters = OrganisationFilter(
        {name: value for name, value in given.items() if not name.startswith("page")}
    )
    found = filters.chosen(queries.public()) if filters.is_valid() else queries.public().none()
    return _page(found, query, PATH, given, _row)


@router.get(
    PATH + "/{public_id}",
    response={200: OrganisationRow, 404: None, 422: None},
    operation_id="get_organisation",
)
def organisation(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One; under an id from before a merge, the surviving entry."""
    found = queries.by_public_id(public_id) if public_id.isalnum() else None
    shown = listing.complete(queries.public().filter(pk=found.pk if found else 0))
    return _row(get_object_or_404(shown))


# --- the office --------------------------------------------------------------------------------------------


@router.get(
    HUB_PATH,
    response={200: OfficeOrganisationPage, **REFUSALS},
    operation_id="list_hub_organisations",
    auth=READ,
)
def hub_organisations(request: Any, query: Query[Pages]) -> dict[str, Any]:
    """All entries of the office's directory, public or not, by name."""
    return _page(queries.in_hub(request.hub), query, HUB_PATH, query.dict(), _office_row)


@router.get(
    HUB_PATH + "/similar",
    response={200: list[SimilarRow], **REFUSALS},
    operation_id="find_similar_organisations",
    auth=READ,
)
def similar(request: Any, query: Query[SimilarQuery]) -> list[dict[str, Any]]:
    """Entries that an organisation may be already: to be asked before one is made."""
    found = similar_organisations(
        query.name,
        hub=request.hub,
        place=_place(query.place),
        register_id=(query.register_scheme, query.register_number),
        website=query.website,
    )
    return [_similar_row(each) for each in found]


@router.get(
    HUB_PATH + "/{public_id}",
    response={200: OfficeOrganisation, **REFUSALS},
    operation_id="get_hub_organisation",
    auth=READ,
)
def hub_organisation(request: Any, public_id: str) -> dict[str, Any]:
    return _office_row(_own(request, public_id))


@router.post(
    HUB_PATH,
    response={201: OfficeOrganisation, 409: Proposals, **REFUSALS},
    operation_id="create_organisation",
    auth=WRITE,
)
@writing
def create(request: Any, given: NewOrganisation) -> Status:
    """A new entry, not public yet. 409 with those it may be already, unless `none_of_those` says that it is none."""
    facts = _facts(given)
    found = similar_organisations(
        facts.name,
        hub=request.hub,
        place=facts.place,
        register_id=(facts.register_scheme, facts.register_number),
        website=facts.website,
    )
    if found and not given.none_of_those:
        return Status(409, {**_conflict(), "similar": [_similar_row(each) for each in found]})
    made = actions.create_organisation(by=actor(request), hub=request.hub, facts=facts)
    return Status(201, _office_row(_own(request, made.public_id)))


@router.put(
    HUB_PATH + "/{public_id}",
    response={200: OfficeOrganisation, **REFUSALS},
    operation_id="change_organisation",
    auth=WRITE,
)
@writing
def change(request: Any, public_id: str, given: OrganisationIn) -> dict[str, Any]:
    """The whole entry as it shall be; ties, people, logo and links stay as they are."""
    standing = _own(request, public_id)
    actions.change_organisation(by=actor(request), organisation=standing, facts=_facts(given, standing))
    return _office_row(_own(request, public_id))


@router.post(
    HUB_PATH + "/{public_id}/confirmation",
    response={200: OfficeOrganisation, **REFUSALS},
    operation_id="confirm_organisation",
    auth=WRITE,
)
@writing
def confirm(request: Any, public_id: str) -> dict[str, Any]:
    """All that the entry says is right, as of today."""
    actions.confirm_organisation(by=actor(request), organisation=_own(request, public_id))
    return _office_row(_own(request, public_id))


@router.post(
    HUB_PATH + "/{public_id}/ties",
    response={201: OfficeOrganisation, **REFUSALS},
    operation_id="add_organisation_tie",
    auth=WRITE,
)
@writing
def add_tie(request: Any, public_id: str, given: TieIn) -> Status:
    """What ties it to a country, and to a town there."""
    said = given.dict()
    facts = TieFacts(**{**said, "place": _place(given.place), "unit": given.unit or ""})
    actions.add_tie(by=actor(request), organisation=_own(request, public_id), facts=facts)
    return Status(201, _office_row(_own(request, public_id)))


@router.delete(
    HUB_PATH + "/{public_id}/ties/{tie}",
    response={200: OfficeOrganisation, **REFUSALS},
    operation_id="remove_organisation_tie",
    auth=WRITE,
)
@writing
def remove_tie(request: Any, public_id: str, tie: int) -> dict[str, Any]:
    standing = _own(request, public_id)
    if not 0 < tie < 2**63:
        raise Http404
    found = get_object_or_404(standing.ties.select_related("organisation__hub"), pk=tie)
    actions.remove_tie(by=actor(request), tie=found)
    return _office_row(_own(request, public_id))


def _own(request: Any, public_id: str) -> Organisation:
    found = listing.complete(queries.in_hub(request.hub))
    return one_of(found, public_id)


def _conflict() -> dict[str, Any]:
    status = HTTPStatus.CONFLICT
    said = "It may be one of these. If it is none, send it again with `none_of_those`."
    return {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": said}


# --- values ------------------------------------------------------------------------------------------------


def _page(
    found: QuerySet[Organisation], query: Any, path: str, given: dict[str, Any], row: Any
) -> dict[str, Any]:
    page = Paginator(listing.complete(ordered(found, "")), query.page_size).get_page(query.page)
    return paged(page, [row(each) for each in page.object_list], "/api/v1" + path, given)


def _row(row: Organisation) -> dict[str, Any]:
    plain = (
        "name", "name_language", "transliterated", "kind", "is_diaspora", "legal_form", "register_scheme",
        "register_number", "email", "phone", "website", "language", "description", "activities_here",
        "activities_there", "partners_abroad", "last_confirmed", "is_example", "changed_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in plain},
        "id": row.public_id,
        "url": absolute_url(row.get_absolute_url()),
        "other_names": [
            {"name": each.name, "language": each.language, "use": each.use} for each in row.other_names.all()
        ],
        "place": row.place.public_id if row.place else None,
        "address": row.address if row.address_public else "",
        "terms": [f"{term.scheme_id}:{term.code}" for term in row.terms.all()],
        "spoken": [each.language for each in row.spoken.all()],
        "needs": listing.supports(row, Direction.NEED),
        "offers": listing.supports(row, Direction.OFFER),
        "ties": [_tie(tie) for tie in row.ties.all()],
    }


def _office_row(row: Organisation) -> dict[str, Any]:
    return {**_row(row), "address": row.address, "is_published": row.is_published}


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "id": tie.pk,
        "kind": tie.kind,
        "country": tie.country_id,
        "place": tie.place.public_id if tie.place else None,
        "number": tie.number,
        "unit": tie.unit or None,
        "since": tie.since,
        "note": tie.note,
        "source": tie.source,
    }


def _similar_row(similar: Similar) -> dict[str, Any]:
    return {
        "id": similar.organisation.public_id,
        "name": similar.organisation.name,
        "confidence": similar.confidence,
        "reasons": [reason.value for reason in similar.reasons],
    }


def _facts(given: OrganisationIn, standing: Organisation | None = None) -> OrganisationFacts:
    """What is not asked for here stays as it stands."""
    said = given.dict(exclude={"none_of_those"})
    kept = actions.facts_of(standing) if standing else None
    return OrganisationFacts(
        **{
            **said,
            "other_names": tuple(NameFacts(**each) for each in said["other_names"]),
            "place": _place(given.place),
            "terms": _terms(given.terms),
            "spoken": tuple(given.spoken),
            "needs": tuple(sorted(set(given.needs), key=list(Support).index)),
            "offers": tuple(sorted(set(given.offers), key=list(Support).index)),
            "links": kept.links if kept else (),
            "represents": kept.represents if kept else None,
            "competent_for": kept.competent_for if kept else frozenset(),
            "source_url": kept.source_url if kept else "",
        }
    )


def _place(public_id: str | None) -> Place | None:
    if not public_id:
        return None
    found = Place.objects.filter(public_id=public_id).first() if public_id.isalnum() else None
    if found is None:
        raise ValidationError(f"There is no place “{public_id}”. Look it up under /api/v1/places.")
    return found


def _terms(written: list[str]) -> frozenset[int]:
    found = set()
    for word in written:
        scheme, _colon, code = word.partition(":")
        term = (
            Term.objects.filter(scheme=scheme, code=code, retired=False).first()
            if scheme in TERM_SCHEMES
            else None
        )
        if term is None:
            raise ValidationError(f"There is no term “{word}”. Write it as `theme:music`.")
        found.add(term.pk)
    return frozenset(found)
