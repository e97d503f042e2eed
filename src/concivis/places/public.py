from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from concivis.places import queries
from concivis.places.countries import codes
from concivis.places.enums import PlaceKind

CACHED_SECONDS = 300
MOST = 20


@require_safe
@cache_control(public=True, max_age=CACHED_SECONDS)
@vary_on_headers("Accept", "Accept-Language")
def suggest(request: HttpRequest) -> HttpResponse:
    """Places for a type-ahead: `?q=`, or the parameter that `?field=` names; `country`, `kind` (may repeat), `limit`.

    A list of options for a listbox; JSON where `format=json` or the Accept header ask for it.
    """
    asked = request.GET
    text = asked.get("q") or asked.get(asked.get("field", ""), "")
    country = asked.get("country", "").upper()
    kinds = [kind for kind in asked.getlist("kind") if kind in PlaceKind.values]
    found = queries.suggest(
        text, country=country if country in codes() else None, kinds=kinds, limit=_limit(request)
    )
    if (
        asked.get("format") == "json"
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    ):
        return JsonResponse({"results": [_json(place) for place in found]})
    context = {"suggestions": found, "text": text.strip(), "list_id": asked.get("field", "place")[:60]}
    return render(request, "places/_suggestions.html", context)


def _limit(request: HttpRequest) -> int:
    limit = request.GET.get("limit", "")
    return max(1, min(int(limit), MOST)) if limit.isascii() and limit.isdigit() and len(limit) < 4 else 10


def _json(place: queries.Suggestion) -> dict[str, object]:
    return {
        "id": place.public_id,
        "name": place.name,
        "matched": place.matched,
        "kind": place.kind,
        "region": place.region,
        "country": place.country,
        "country_name": place.country_name,
        "population": place.population,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
