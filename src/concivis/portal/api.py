"""The search over all cards as JSON."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest, QueryDict
from ninja import Field, Query, Router, Schema

from concivis.catalogue.models import Card
from concivis.portal.cards import full_address, told
from concivis.portal.facets import PARAMETERS
from concivis.portal.listing import code_of
from concivis.portal.search import LONGEST, Search
from concivis.shell.api import LAST_PAGE, MOST_PER_PAGE, paged

router = Router(tags=["cards"])
Values = list[str]


def _values(description: str) -> Any:
    return Field([], max_length=30, description=f"{description}; may repeat: any of them")


class CardQuery(Schema):
    q: str = Field(
        "", max_length=LONGEST, description="words in any language; names of countries, places and themes too"
    )
    kind: Values = _values("such as `initiative`, `organisation`, `partnership`, `hub`")
    hub: Values = _values("a hub's address word, such as `hamm`")
    country: Values = _values("ISO 3166-1 alpha-2")
    place: Values = _values("a place's public id, such as `gn2911240`")
    theme: Values = _values("word of a theme, such as `education`")
    target: Values = _values("word of a target group, such as `youth`")
    goal: Values = _values("word of a goal of the United Nations, such as `sdg-4`")
    field: Values = _values("word of a field of twinning")
    term: Values = _values("word of a term of any of these lists")
    language: Values = _values("BCP 47, in which it is carried out")
    state: Values = _values("kind and state, such as `partnership.active`")
    format: Values = _values("kind and format, such as `initiative.festival`")
    need: Values = _values("such as `volunteers`, `translation`, `room`, `money`, `contacts`")
    offer: Values = _values("the same words")
    year: Values = _values("of the beginning")


class CardPageQuery(CardQuery):
    sort: Literal["relevance", "newest", "confirmed"] = "relevance"
    page: int = Field(1, ge=1, le=LAST_PAGE)
    page_size: int = Field(50, ge=1, le=MOST_PER_PAGE)


class CardPlace(Schema):
    id: str
    name: str
    country: str
    latitude: float | None
    longitude: float | None


class CardRow(Schema):
    kind: str
    id: str
    url: str
    title: str
    summary: str
    text_language: str = Field(description="BCP 47 of title and summary; `mul` for bare names")
    hub: str | None
    state: str
    format: str
    countries: list[str]
    places: list[CardPlace]
    terms: list[str] = Field(
        description="list and word: `theme:education`, `target-group:youth`, `sdg:sdg-4`"
    )
    languages: list[str]
    needs: list[str]
    offers: list[str]
    organisations: list[str]
    from_date: date | None
    to_date: date | None
    last_confirmed: date | None
    changed_at: datetime


class CardPage(Schema):
    count: int = Field(description="up to 10,000 exact")
    more: bool = Field(description="there are more than `count`; only the newest of them are ranked")
    corrected: str | None = Field(description="words that were looked for, as nothing was found for `q`")
    any_word: bool = Field(description="nothing has all the words; these have some")
    next: str | None
    previous: str | None
    results: list[CardRow]


class FacetValue(Schema):
    value: str
    label: str
    count: int


class Facets(Schema):
    count: int
    more: bool = Field(description="the counts are of the newest `count` only, and therefore lower bounds")
    facets: dict[str, list[FacetValue]] = Field(description="by parameter, the most frequent values")


@router.get("/cards", response={200: CardPage, 422: None}, operation_id="list_cards")
def cards(request: HttpRequest, query: Query[CardPageQuery]) -> dict[str, Any]:
    """Everything that is public, of all rooms and hubs: initiatives, organisations, partnerships, offices."""
    asked = _search(query, size=query.page_size)
    page = paged(asked.page, [_row(card) for card in asked.rows], "/api/v1/cards", {})
    path = f"{settings.BASE_URL}/api/v1/cards?"
    return page | {
        "more": asked.found.more,
        "corrected": asked.found.corrected or None,
        "any_word": asked.found.any_word,
        "next": path + _with_page(asked, asked.page.next_page_number()) if asked.page.has_next() else None,
        "previous": path + _with_page(asked, asked.page.previous_page_number())
        if asked.page.has_previous()
        else None,
    }


@router.get("/cards/facets", response={200: Facets, 422: None}, operation_id="get_card_facets")
def facets(request: HttpRequest, query: Query[CardQuery]) -> dict[str, Any]:
    """How many cards have which fact, under the current selection of the other facets."""
    asked = _search(query)
    return {
        "count": asked.found.total,
        "more": asked.found.more,
        "facets": {
            facet.name: [
                {"value": option.value, "label": option.label, "count": option.number}
                for option in facet.options
            ]
            for facet in asked.facets
        },
    }


def _search(query: CardQuery, size: int = 50) -> Search:
    given = QueryDict(mutable=True)
    for name, value in _given(query):
        given.appendlist(name, value)
    return Search(given, size=size)


def _given(query: CardQuery) -> Iterator[tuple[str, str]]:
    told = query.model_dump()
    for name in PARAMETERS:
        yield from ((name, value) for value in told[name])
    for name in ("q", "sort", "page", "page_size"):
        if name in told:
            yield name, str(told[name])


def _with_page(asked: Search, number: int) -> str:
    query = asked.query.copy()
    query["page"] = str(number)
    return query.urlencode()


def _row(card: Card) -> dict[str, Any]:
    text = told(card)
    return {
        "kind": card.kind,
        "id": card.public_id,
        "url": full_address(card),
        "title": text.title,
        "summary": text.summary,
        "text_language": text.language,
        "hub": card.hub.slug if card.hub else None,
        "state": card.state,
        "format": card.format,
        "countries": sorted(country.code for country in card.countries.all()),
        "places": [
            {
                "id": place.public_id,
                "name": place.name,
                "country": place.country_id,
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
            for place in card.places.all()
        ],
        "terms": [code_of(term) for term in card.terms.all()],
        "languages": card.languages,
        "needs": card.needs,
        "offers": card.offers,
        "organisations": [one.get("name", "") for one in card.organisations],
        "from_date": card.from_date,
        "to_date": card.to_date,
        "last_confirmed": card.last_confirmed,
        "changed_at": card.changed_at,
    }
