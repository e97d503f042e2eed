"""Places as JSON."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema

from concivis.places import queries
from concivis.places.enums import NameKind
from concivis.places.models import Place
from concivis.shell.api import LAST_PAGE, MOST_PER_PAGE, one_of, paged

router = Router(tags=["places"])
MOST_FOUND = 50  # best places for a search


class PlaceQuery(Schema):
    q: str | None = Field(
        None,
        max_length=100,
        description="the beginning of a name in any script and spelling; finds the 50 best",
    )
    country: str | None = Field(None, pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2, or XK")
    page: int = Field(1, ge=1, le=LAST_PAGE)
    page_size: int = Field(50, ge=1, le=MOST_PER_PAGE)


class PlaceRow(Schema):
    id: str = Field(
        description="public id: `gn` and the GeoNames id, or `p` and ten letters for a place of our own"
    )
    url: str
    name: str
    kind: str = Field(description="village, town, city, agglomeration, association, province or region")
    country: str = Field(description="ISO 3166-1 alpha-2, or XK")
    region: str | None = Field(description="first administrative level")
    population: int | None = Field(description="null: not known")
    latitude: float | None = Field(description="degrees north, WGS 84")
    longitude: float | None = Field(description="degrees east, WGS 84")
    geonames_id: int | None
    wikidata_id: str | None


class PlacePage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[PlaceRow]


class PlaceNameRow(Schema):
    name: str
    language: str = Field(description="BCP 47; empty: not known")


class PlaceDetail(PlaceRow):
    timezone: str
    origin: str = Field(description="gazetteer, dump, import or hand")
    names: list[PlaceNameRow] = Field(description="other spellings, in any script")


@router.get("/places", response={200: PlacePage, 422: None}, operation_id="list_places")
def places(request: HttpRequest, query: Query[PlaceQuery]) -> dict[str, Any]:
    """Places, the best fitting first where `q` is given, else the largest of the country first, else by number."""
    page = Paginator(_wanted(query), query.page_size).get_page(query.page)
    return paged(page, [_row(place) for place in page], "/api/v1/places", query.model_dump(exclude_none=True))


@router.get(
    "/places/{public_id}",
    response={200: PlaceDetail, 404: None, 422: None},
    operation_id="get_place",
)
def place(request: HttpRequest, public_id: Path[str]) -> dict[str, Any]:
    """One place with all its names."""
    found = one_of(Place.objects.select_related("region"), public_id)
    names = found.names.exclude(kind__in=(NameKind.WORD, NameKind.MAIN)).order_by("language", "name")
    return {
        **_row(found),
        "timezone": found.timezone,
        "origin": found.origin,
        "names": list(names.values("name", "language")),
    }


def _wanted(query: PlaceQuery) -> Any:
    """Places to page through: a list for a search, a queryset else."""
    all_places = Place.objects.select_related("region")
    if query.q and query.q.strip():
        best = [place.id for place in queries.suggest(query.q, country=query.country, limit=MOST_FOUND)]
        found = all_places.in_bulk(best)
        return [found[id] for id in best]
    if query.country:
        largest = F("population").desc(nulls_last=True)
        return all_places.filter(country=query.country).order_by(largest, "pk")
    return all_places.order_by("pk")


def _row(place: Place) -> dict[str, Any]:
    return {
        "id": place.public_id,
        "url": settings.BASE_URL + place.get_absolute_url(),
        "name": place.name,
        "kind": place.kind,
        "country": place.country_id,
        "region": place.region.name if place.region else None,
        "population": place.population,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames_id": place.geonames_id,
        "wikidata_id": place.wikidata_id,
    }
