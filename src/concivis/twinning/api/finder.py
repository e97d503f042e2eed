"""Candidates for a partnership with their reasons, and who looks for a partner."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_writing import REFUSALS
from concivis.hubs.scopes import Scope
from concivis.places.models import Place
from concivis.shell.api import Pages, paged
from concivis.twinning import finding, profiles
from concivis.twinning.api import door
from concivis.twinning.api.office import place_called
from concivis.twinning.models import PartnerProfile

router = Router(tags=["finder"])
READ = HubToken(Scope.FINDER_READ)
LARGEST = 100_000_000
FARTHEST = 20_100  # km: more than half way round the earth


class FinderQuery(Schema):
    place: str | None = Field(
        None, max_length=16, description="for whom: a public id; absent: the hub's city"
    )
    country: str | None = Field(None, pattern="^[A-Z]{2}$")
    domestic: bool | None = None
    looking: bool = Field(False, description="only places that look for a partner")
    min_km: int | None = Field(None, ge=0, le=FARTHEST)
    max_km: int | None = Field(None, ge=0, le=FARTHEST)
    min_population: int | None = Field(None, ge=0, le=LARGEST)
    max_population: int | None = Field(None, ge=0, le=LARGEST)
    field: list[str] = Field(
        [], max_length=20, description="codes of fields of twinning that should be offered"
    )
    limit: int = Field(20, ge=1, le=finding.MOST)


class ReasonRow(Schema):
    kind: str
    sentence: str = Field(description="in English")
    share: float = Field(description="of all that speaks for and against, 0 to 1")
    speaks_for: bool


class CandidateRow(Schema):
    id: str = Field(description="public id of the place")
    name: str
    country: str
    population: int | None
    score: float
    reasons: list[ReasonRow]


class ProfileRow(Schema):
    id: str
    url: str
    place: str = Field(description="public id")
    name: str
    country: str
    text: str
    language: str = Field(description="BCP 47, of `text`")
    fields: list[str]
    countries: list[str] = Field(description="where the partner should lie; empty: anywhere")
    languages: list[str]
    smallest: int | None
    largest: int | None
    expires_on: dt.date


class ProfilePage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[ProfileRow]


@router.get(
    "/hub/finder",
    response={200: list[CandidateRow], **REFUSALS},
    operation_id="find_partners",
    auth=READ,
)
def candidates(request: Any, query: Query[FinderQuery]) -> list[dict[str, Any]]:
    """The best candidates, best first, each with what speaks for and against. 404 until the finder was prepared."""
    place = place_called(query.place) if query.place else request.hub.place
    asked = finding.Asked(
        country=query.country or "",
        min_km=query.min_km,
        max_km=query.max_km,
        min_population=query.min_population,
        max_population=query.max_population,
        domestic=query.domestic,
        looking=query.looking,
        fields=tuple(query.field),
    )
    found = finding.ranked(place, asked)
    if found is None:
        raise HttpError(404, "The partner finder is being prepared. Ask again in some minutes.")
    return _told(place, found[: query.limit])


@router.get(
    "/partner-profiles", response={200: ProfilePage, **door.INVALID}, operation_id="list_partner_profiles"
)
def partner_profiles(request: HttpRequest, query: Query[Pages]) -> dict[str, Any]:
    """Municipalities that look for a partner, the latest first. Everybody may read."""
    found = profiles.with_all(profiles.open_profiles())
    page = Paginator(found, query.page_size).get_page(query.page)
    rows = [_profile(each) for each in page.object_list]
    return paged(page, rows, "/api/v1/partner-profiles", query.dict())


def _told(place: Place, found: list[Any]) -> list[dict[str, Any]]:
    from django.utils import translation

    from concivis.twinning import (
        explaining_matches as explaining,
    )  # its libraries load when the finder is asked

    known = Place.objects.in_bulk([each.id for each in found])
    with translation.override("en"):  # as all of the API
        words = explaining.words_for(found)
        return [
            {
                "id": known[each.id].public_id,
                "name": known[each.id].name,
                "country": known[each.id].country_id,
                "population": known[each.id].population,
                "score": each.score,
                "reasons": [
                    {
                        "kind": why.kind,
                        "sentence": why.sentence,
                        "share": why.share,
                        "speaks_for": why.speaks_for,
                    }
                    for why in explaining.explained(each, place.name, words)
                ],
            }
            for each in found
            if each.id in known
        ]


def _profile(profile: PartnerProfile) -> dict[str, Any]:
    place = profile.hub.place
    return {
        "id": profile.public_id,
        "url": settings.BASE_URL + profiles.address(profile),
        "place": place.public_id,
        "name": profile.hub.name,
        "country": place.country_id,
        "text": profile.text,
        "language": profile.language,
        "fields": [term.code for term in profile.fields.all()],
        "countries": profile.countries,
        "languages": profile.languages,
        "smallest": profile.smallest,
        "largest": profile.largest,
        "expires_on": profile.expires_on,
    }
