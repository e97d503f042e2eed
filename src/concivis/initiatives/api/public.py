"""Public initiatives as JSON."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import translation
from ninja import Field, Query, Router, Schema

from concivis.catalogue.enums import Support
from concivis.directory.enums import Direction
from concivis.initiatives import queries, telling
from concivis.initiatives.enums import InitiativeKind, Stage
from concivis.initiatives.filters import narrowed
from concivis.initiatives.models import Initiative
from concivis.shell.api import LAST_PAGE, MOST_PER_PAGE, one_of, paged
from concivis.shell.templatetags.shell import absolute_url

router = Router(tags=["initiatives"])


class InitiativeQuery(Schema):
    q: str | None = Field(
        None, max_length=100, description="words of the title, the summary or an organisation"
    )
    hub: str | None = Field(None, max_length=60, description="a hub's address word, such as `hamm`")
    country: str | None = Field(None, pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    place: str | None = Field(None, max_length=16, description="a place's public id, such as `gn2911240`")
    theme: str | None = Field(None, max_length=60, description="code of a theme")
    target_group: str | None = Field(None, max_length=60, description="code of a target group")
    goal: str | None = Field(None, max_length=60, description="code of a goal of sustainable development")
    kind: InitiativeKind | None = None
    stage: Stage | None = None
    language: str | None = Field(None, max_length=35, description="BCP 47, of what it is carried out in")
    needs: Support | None = None
    offers: Support | None = None
    organisation: str | None = Field(None, max_length=16, description="an organisation's public id")
    page: int = Field(1, ge=1, le=LAST_PAGE)
    page_size: int = Field(50, ge=1, le=MOST_PER_PAGE)

    def wanted(self) -> dict[str, str]:
        given = self.dict(exclude={"page", "page_size"}, exclude_none=True)
        return {name: str(value) for name, value in given.items() if value != ""}


class TownRef(Schema):
    id: str
    name: str
    country: str


class Said(Schema):
    what: Support
    sentence: str


class BodyRef(Schema):
    name: str
    role: str
    organisation: str | None = Field(description="public id in the directory; null: a bare name")


class InitiativeRow(Schema):
    id: str
    url: str
    hub: str
    title: str
    summary: str
    language: str = Field(description="BCP 47, of title and summary as they were written")
    kind: str
    stage: str
    started: str | None = Field(description="as exactly as it is known: 1998, 1998-05, 1998-05-03")
    ended: str | None
    countries: list[str]
    places: list[TownRef]
    themes: list[str]
    target_groups: list[str]
    goals: list[str]
    languages: list[str]
    needs: list[Said]
    offers: list[Said]
    organisations: list[BodyRef]
    last_confirmed: dt.date | None
    is_example: bool
    changed_at: dt.datetime


class InitiativePage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[InitiativeRow]


class TextRow(Schema):
    language: str
    state: str = Field(description="human, machine, or outdated against the original")
    title: str
    summary: str
    story: str


class UpdateRow(Schema):
    id: str
    date: str
    title: str
    text: str
    language: str
    is_result: bool
    figures: list[dict[str, Any]]


class InitiativeDetail(InitiativeRow):
    story: str
    translations: list[TextRow]
    updates: list[UpdateRow]


@router.get(
    "/initiatives", response={200: InitiativePage, 422: None}, operation_id="list_initiatives", auth=None
)
def initiatives(request: HttpRequest, query: Query[InitiativeQuery]) -> dict[str, Any]:
    """Public initiatives, the latest confirmed first."""
    found = narrowed(queries.public(), query.wanted()).order_by("-last_confirmed", "-pk")
    page = Paginator(queries.for_list(found), query.page_size).get_page(query.page)
    given = {name: str(value) for name, value in query.dict(exclude_none=True).items()}
    start = (page.number - 1) * query.page_size
    rows = [row(each) for each in queries.for_list(found[start : start + query.page_size])]
    return paged(page, rows, "/api/v1/initiatives", given)


@router.get(
    "/initiatives/{public_id}",
    response={200: InitiativeDetail, 404: None},
    operation_id="get_initiative",
    auth=None,
)
def initiative(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One, with its story, its translations and what happened."""
    found = one_of(queries.for_list(queries.public()), public_id)
    return detail(found)


def row(initiative: Initiative) -> dict[str, Any]:
    """Of one fetched by `queries.for_list`."""
    towns = initiative.towns  # type: ignore[attr-defined]
    countries = {country.pk for country in initiative.countries.all()} | {town.country_id for town in towns}
    with translation.override("en"):  # the API speaks of English pages
        url = absolute_url(initiative.get_absolute_url())
    return {
        "id": initiative.public_id,
        "url": url,
        "hub": initiative.hub.slug,
        **{name: getattr(initiative, name) for name in ("title", "summary", "language", "kind", "stage")},
        "started": initiative.since.iso if initiative.since else None,
        "ended": initiative.until.iso if initiative.until else None,
        "countries": sorted(countries),
        "places": [{"id": town.public_id, "name": town.name, "country": town.country_id} for town in towns],
        **{name: _codes(initiative, scheme) for name, scheme in telling.SCHEMES.items()},
        "languages": initiative.languages,
        "needs": _said(initiative, Direction.NEED),
        "offers": _said(initiative, Direction.OFFER),
        "organisations": _bodies(initiative),
        "last_confirmed": initiative.last_confirmed,
        "is_example": initiative.is_example,
        "changed_at": initiative.changed_at,
    }


def detail(initiative: Initiative) -> dict[str, Any]:
    return {
        **row(initiative),
        "story": initiative.story,
        "translations": [
            {
                "language": each.language,
                "state": each.state_against(initiative.text_revision),
                **{name: getattr(each, name) for name in Initiative.TRANSLATED},
            }
            for each in initiative.translations.all()
        ],
        "updates": [
            {
                "id": each.public_id,
                "date": each.when.iso,
                **{
                    name: getattr(each, name)
                    for name in ("title", "text", "language", "is_result", "figures")
                },
            }
            for each in initiative.updates.all()
        ],
    }


def _codes(initiative: Initiative, scheme: str) -> list[str]:
    return [term.code for term in initiative.labelled_terms if term.scheme_id == scheme]  # type: ignore[attr-defined]


def _said(initiative: Initiative, direction: Direction) -> list[dict[str, str]]:
    lines = [line for line in initiative.support_lines.all() if line.direction == direction]
    return [{"what": line.what, "sentence": line.sentence} for line in lines]


def _bodies(initiative: Initiative) -> list[dict[str, Any]]:
    found = []
    for each in initiative.involvements.all():
        known = each.organisation
        if known is None:
            found.append({"name": each.name, "role": each.role, "organisation": None})
        elif known.is_published:
            found.append({"name": known.name, "role": each.role, "organisation": known.public_id})
    return found
