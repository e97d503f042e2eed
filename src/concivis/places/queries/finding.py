"""Places that a name or a position may mean."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.db.models import Q

from concivis.places.enums import NameKind
from concivis.places.models import Place, PlaceName
from concivis.places.names import fold
from concivis.places.sizes import NAME_TIERS
from concivis.shell.chunks import chunks

EARTH_RADIUS = 6371.0088  # km, mean
KM_PER_DEGREE = 111.2  # of latitude
CHUNK = 900  # values of one IN (…)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant. `is_main`: the name asked for is its main one; `distance_km`: from where was asked."""

    place: Place  # with its region
    is_main: bool = True
    distance_km: float | None = None


def candidates(
    name: str,
    *,
    country: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> list[Candidate]:
    """The places of just this name, nearest first where a position is given, else largest first. Two queries."""
    found = candidates_by_name([name], countries=[country] if country else None)[name]
    if latitude is None or longitude is None:
        return found
    measured = [Candidate(one.place, one.is_main, _from(latitude, longitude, one.place)) for one in found]
    return sorted(measured, key=lambda one: (one.distance_km is None, one.distance_km or 0.0))


def candidates_by_name(
    names: Collection[str], *, countries: Collection[str] | None = None
) -> dict[str, list[Candidate]]:
    """For each name the places called so, largest first. About one query per 900 names and one per 900 places."""
    folded = {name: fold(name) for name in names}
    bearers = _bearers(set(folded.values()) - {""}, countries)
    places = _places({place for places in bearers.values() for place in places})
    return {
        name: sorted(
            (Candidate(places[id], is_main) for id, is_main in bearers.get(key, {}).items()),
            key=lambda one: (-(one.place.population or 0), not one.is_main, one.place.pk),
        )
        for name, key in folded.items()
    }


def nearby(latitude: float, longitude: float, km: float) -> list[Candidate]:
    """Places within `km` kilometres, nearest first. One query on the position index; meant for tens of kilometres."""
    north = km / KM_PER_DEGREE
    south_edge, north_edge = latitude - north, latitude + north
    box = Q(latitude__range=(south_edge, north_edge)) & _longitudes(longitude, north_edge, south_edge, km)
    near = [
        Candidate(place, True, _from(latitude, longitude, place))
        for place in Place.objects.filter(box).select_related("region")
    ]
    return sorted(
        (one for one in near if one.distance_km is not None and one.distance_km <= km),
        key=lambda one: one.distance_km or 0.0,
    )


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Along the great circle on a sphere (haversine formula), within half a per cent of the ellipsoid."""
    up = radians(other_latitude - latitude) / 2
    across = radians(other_longitude - longitude) / 2
    chord = sin(up) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(across) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(chord)))


def _from(latitude: float, longitude: float, place: Place) -> float | None:
    if place.latitude is None or place.longitude is None:
        return None
    return distance_km(latitude, longitude, place.latitude, place.longitude)


def _longitudes(longitude: float, north_edge: float, south_edge: float, km: float) -> Q:
    """The meridians to look between; all of them at a pole, two ranges across the date line."""
    widest = max(abs(north_edge), abs(south_edge))
    if widest >= 89.9:
        return Q()
    reach = km / (KM_PER_DEGREE * cos(radians(widest)))
    west, east = longitude - reach, longitude + reach
    within = Q(longitude__range=(west, east))
    if west < -180:
        within |= Q(longitude__gte=west + 360)
    if east > 180:
        within |= Q(longitude__lte=east - 360)
    return within


def _bearers(folded: Collection[str], countries: Collection[str] | None) -> dict[str, dict[int, bool]]:
    """Folded name → place id → whether it is the place's main name."""
    bearers: dict[str, dict[int, bool]] = defaultdict(dict)
    for chunk in chunks(folded, CHUNK):
        rows = PlaceName.objects.filter(tier__in=NAME_TIERS, folded__in=chunk)
        if countries is not None:
            rows = rows.filter(country_code__in=countries)
        for name, place, kind in rows.values_list("folded", "place", "kind"):
            bearers[name][place] = bearers[name].get(place, False) or kind == NameKind.MAIN
    return bearers


def _places(ids: Collection[int]) -> dict[int, Place]:
    places: dict[int, Place] = {}
    for chunk in chunks(ids, CHUNK):
        places |= Place.objects.select_related("region").in_bulk(list(chunk))
    return places
