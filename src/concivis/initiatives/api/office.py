"""The register as its office sees it: what waits, who has confirmed, and writing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from ninja import Field, Query, Router, Schema, Status

from concivis.catalogue.enums import Support
from concivis.directory.queries import in_hub
from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_writing import CONFLICTS, REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.initiatives import actions, queries
from concivis.initiatives.actions import InitiativeFacts
from concivis.initiatives.api.public import InitiativeDetail, InitiativeRow, Said, detail, row
from concivis.initiatives.enums import InitiativeKind, OrganisationRole, ReviewState, Stage
from concivis.initiatives.models import Initiative
from concivis.initiatives.telling import SCHEMES
from concivis.places.models import Place
from concivis.shell.api import Pages, one_of, paged
from concivis.shell.dates import PartialDate
from concivis.vocabulary.models import Term

router = Router(tags=["office"])
READ, WRITE = HubToken(Scope.INITIATIVES_READ), HubToken(Scope.INITIATIVES_WRITE)
PATH = "/hub/initiatives"


class InitiativePages(Pages):
    state: ReviewState | None = None


class OfficeInitiative(InitiativeRow):
    state: str
    revision: int = Field(
        description="send it back with a change, so that nobody's work is overwritten unseen"
    )
    changed_unseen: bool
    submitted_at: dt.datetime | None
    published_at: dt.datetime | None
    archived_at: dt.datetime | None


class OfficeInitiativePage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[OfficeInitiative]


class OfficeInitiativeDetail(OfficeInitiative, InitiativeDetail):
    pass


class BodyIn(Schema):
    name: str = Field("", max_length=200, description="a bare name, where the directory has no entry")
    organisation: str = Field("", max_length=16, description="public id in the directory of this office")
    role: OrganisationRole = OrganisationRole.LEAD


class Change(Schema):
    """What is absent stays."""

    title: str | None = Field(None, max_length=200)
    language: str | None = Field(None, max_length=35)
    summary: str | None = Field(None, max_length=600)
    story: str | None = Field(None, max_length=20_000)
    kind: InitiativeKind | None = None
    stage: Stage | None = None
    started: str | None = Field(
        None, max_length=10, description="1998, 1998-05 or 1998-05-03; empty: not known"
    )
    ended: str | None = Field(None, max_length=10)
    languages: list[str] | None = Field(None, max_length=20)
    countries: list[str] | None = Field(None, max_length=30)
    places: list[str] | None = Field(None, max_length=30, description="public ids")
    themes: list[str] | None = Field(None, max_length=30)
    target_groups: list[str] | None = Field(None, max_length=30)
    goals: list[str] | None = Field(None, max_length=30)
    needs: list[Said] | None = Field(None, max_length=8)
    offers: list[Said] | None = Field(None, max_length=8)
    organisations: list[BodyIn] | None = Field(None, max_length=30)


class New(Change):
    title: str = Field(max_length=200)
    language: str = Field(max_length=35)


class Edit(Change):
    revision: int = Field(ge=0, le=2_000_000_000)


class Step(Schema):
    to: Literal["published", "confirmed", "archived", "restored"]


@router.get(
    PATH, response={200: OfficeInitiativePage, **REFUSALS}, operation_id="list_hub_initiatives", auth=READ
)
def initiatives(request: Any, query: Query[InitiativePages]) -> dict[str, Any]:
    """All of the office, the latest change first. Nothing of owners: their addresses stay in the office."""
    found = queries.in_office(request.hub).order_by("-changed_at", "-pk")
    if query.state:
        found = found.filter(state=query.state)
    page = Paginator(found, query.page_size).get_page(query.page)
    start = (page.number - 1) * query.page_size
    rows = [_row(each) for each in queries.for_list(found[start : start + query.page_size])]
    return paged(page, rows, "/api/v1" + PATH, query.dict(exclude_none=True))


@router.get(
    PATH + "/{public_id}",
    response={200: OfficeInitiativeDetail, **REFUSALS},
    operation_id="get_hub_initiative",
    auth=READ,
)
def initiative(request: Any, public_id: str) -> dict[str, Any]:
    return _detail(_one(request, public_id))


@router.post(
    PATH, response={201: OfficeInitiativeDetail, **REFUSALS}, operation_id="record_initiative", auth=WRITE
)
@writing
def record_initiative(request: Any, given: New) -> Status:
    """A new entry; it waits for the office until it is published."""
    blank = InitiativeFacts(title=given.title, language=given.language)
    made = actions.record_initiative(by=actor(request), hub=request.hub, facts=_facts(request, blank, given))
    return Status(201, _detail(_one(request, made.public_id)))


@router.patch(
    PATH + "/{public_id}",
    response={200: OfficeInitiativeDetail, **CONFLICTS, **REFUSALS},
    operation_id="change_initiative",
    auth=WRITE,
)
@writing
def change_initiative(request: Any, public_id: str, given: Edit) -> dict[str, Any]:
    """What is sent replaces what stands; saving confirms the rest."""
    found = _one(request, public_id)
    actions.edit_initiative(
        by=actor(request),
        initiative=found,
        facts=_facts(request, actions.facts_of(found), given),
        revision=given.revision,
    )
    return _detail(_one(request, public_id))


@router.post(
    PATH + "/{public_id}/steps",
    response={200: OfficeInitiativeDetail, **REFUSALS},
    operation_id="move_initiative",
    auth=WRITE,
)
@writing
def move(request: Any, public_id: str, given: Step) -> dict[str, Any]:
    """Publishes it, confirms that it is still valid, archives it, or brings it back."""
    found, by = _one(request, public_id), actor(request)
    acts: dict[str, Callable[..., object]] = {
        "published": actions.publish,
        "confirmed": actions.confirm,
        "archived": actions.archive,
        "restored": actions.restore,
    }
    acts[given.to](by=by, initiative=found)
    return _detail(_one(request, public_id))


def _one(request: Any, public_id: str) -> Initiative:
    rows = queries.for_list(queries.in_office(request.hub))
    return one_of(rows, public_id)


def _row(initiative: Initiative) -> dict[str, Any]:
    names = ("state", "revision", "changed_unseen", "submitted_at", "published_at", "archived_at")
    return {**row(initiative), **{name: getattr(initiative, name) for name in names}}


def _detail(initiative: Initiative) -> dict[str, Any]:
    return {**_row(initiative), **detail(initiative)}


def _facts(request: Any, standing: InitiativeFacts, given: Change) -> InitiativeFacts:
    """`standing` with what was sent. Raises ValidationError."""
    sent = given.dict(exclude_unset=True)
    plain = ("title", "language", "summary", "story", "kind", "stage")
    changes: dict[str, Any] = {name: sent[name] for name in plain if sent.get(name) is not None}
    for name in ("languages", "countries"):
        if sent.get(name) is not None:
            changes[name] = tuple(sent[name])
    for name in ("started", "ended"):
        if name in sent:
            changes[name] = _date(sent[name] or "")
    for name in ("needs", "offers"):
        if sent.get(name) is not None:
            changes[name] = {Support(each["what"]): each["sentence"][:300] for each in sent[name]}
    if given.places is not None:
        changes["places"] = _places(given.places)
    if given.organisations is not None:
        changes["involved"] = tuple(_involved(request, each) for each in given.organisations)
    changes["terms"] = _terms(standing, sent)
    return replace(standing, **changes)


def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _places(ids: list[str]) -> tuple[Place, ...]:
    found = {place.public_id: place for place in Place.objects.filter(public_id__in=ids)}
    if unknown := [each for each in ids if each not in found]:
        raise ValidationError(f"There is no place {unknown[0][:20]!r}.")
    return tuple(found[each] for each in dict.fromkeys(ids))


def _involved(request: Any, given: BodyIn) -> actions.Involved:
    if not given.organisation:
        return actions.Involved(name=given.name, role=given.role)
    known = in_hub(request.hub).filter(public_id=given.organisation).first()
    if known is None:
        raise ValidationError(f"There is no organisation {given.organisation!r} in this office's directory.")
    return actions.Involved(organisation=known, role=given.role)


def _terms(standing: InitiativeFacts, sent: dict[str, Any]) -> tuple[Term, ...]:
    replaced = {scheme: sent[name] for name, scheme in SCHEMES.items() if sent.get(name) is not None}
    kept = [term for term in standing.terms if term.scheme_id not in replaced]
    for scheme, codes in replaced.items():
        found = list(Term.objects.filter(scheme=scheme, code__in=codes))
        if unknown := set(codes) - {term.code for term in found}:
            raise ValidationError(f"There is no {scheme} {sorted(unknown)[0][:40]!r}.")
        kept += found
    return tuple(kept)
