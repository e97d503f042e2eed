"""The places of the database, asked in bulk."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache, cached_property

import numpy as np

from concivis.exchange.matching import Candidate
from concivis.exchange.resolving import Positions
from concivis.places import countries
from concivis.places.enums import NameKind, PlaceKind
from concivis.places.models import Country, Place, PlaceName
from concivis.places.names import fold
from concivis.places.sizes import NAME_TIERS
from concivis.shell.chunks import chunks

CHUNK = 900  # values of one IN (…)
BODIES = frozenset({PlaceKind.PROVINCE, PlaceKind.REGION, PlaceKind.ASSOCIATION})


class DatabaseGazetteer:
    """Answers `resolving.Gazetteer` with about one query per nine hundred names or places."""

    def __init__(self) -> None:
        self._known: dict[int, Candidate] = {}
        self._country = cache(_country)

    def named(self, names: Collection[str]) -> Mapping[str, Sequence[Candidate]]:
        bearers: dict[str, dict[int, bool]] = defaultdict(dict)
        for chunk in chunks(names, CHUNK):
            rows = PlaceName.objects.filter(tier__in=NAME_TIERS, folded__in=chunk)
            for folded, kind, place in rows.values_list("folded", "kind", "place"):
                bearers[folded][place] = bearers[folded].get(place, False) or kind == NameKind.MAIN
        self._fetch({place for places in bearers.values() for place in places})
        return {
            name: [self._as(place, is_main=is_main) for place, is_main in places.items()]
            for name, places in bearers.items()
        }

    def identified(self, geonames: Collection[int], wikidata: Collection[str]) -> Mapping[int | str, int]:
        found: dict[int | str, int] = {}
        for numbers in chunks(geonames, CHUNK):
            by_number = Place.objects.filter(geonames_id__in=numbers).values_list("geonames_id", "pk")
            found.update((number, pk) for number, pk in by_number if number)
        for items in chunks(wikidata, CHUNK):
            by_item = Place.objects.filter(wikidata_id__in=items).values_list("wikidata_id", "pk")
            found.update((item, pk) for item, pk in by_item if item)
        return found

    def positions(self) -> Positions:
        rows = Place.objects.filter(latitude__isnull=False).order_by()
        columns = list(zip(*rows.values_list("pk", "latitude", "longitude", "country_id"), strict=True))
        pks, latitudes, longitudes, codes = columns or ((), (), (), ())
        return Positions(
            np.array(pks, dtype=np.int64),
            np.array(latitudes, dtype=np.float64),
            np.array(longitudes, dtype=np.float64),
            np.array(codes, dtype="U2"),
        )

    def described(self, places: Collection[int]) -> Mapping[int, tuple[Candidate, tuple[str, ...]]]:
        self._fetch(places)
        spellings: dict[int, set[str]] = defaultdict(set)
        for chunk in chunks(places, CHUNK):
            rows = PlaceName.objects.filter(place__in=chunk).exclude(kind=NameKind.WORD)
            for place, folded in rows.values_list("place", "folded"):
                spellings[place].add(folded)
        return {
            place: (self._known[place], tuple(spellings[place])) for place in places if place in self._known
        }

    def country(self, text: str) -> tuple[str, str]:
        return self._country(text)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Codes of those that places can be created in."""
        return frozenset(Country.objects.values_list("pk", flat=True))

    def _fetch(self, places: Collection[int]) -> None:
        columns = ("pk", "name", "country_id", "latitude", "longitude", "population", "region__name", "kind")
        for chunk in chunks((place for place in places if place not in self._known), CHUNK):
            rows = Place.objects.filter(pk__in=chunk).values_list(*columns)
            for pk, name, country, latitude, longitude, population, region, kind in rows:
                self._known[pk] = Candidate(
                    pk, name, country, latitude, longitude, population or 0,
                    fold(region or ""), True, kind in BODIES,
                )  # fmt: skip

    def _as(self, place: int, *, is_main: bool) -> Candidate:
        known = self._known[place]
        if is_main:
            return known
        return Candidate(
            known.place, known.name, known.country, known.latitude, known.longitude, known.population,
            known.region, False, known.is_body,
        )  # fmt: skip


def _country(text: str) -> tuple[str, str]:
    """("GB", "Scotland") from “Scotland, United Kingdom”; ("GE", "") from “Georgia (country)”; "" if not understood."""
    bare = text.split("(")[0].strip().removeprefix("in ").strip()
    if not bare:
        return "", ""
    code = countries.country_code(bare)
    if code:
        return code, ""
    around, _, last = bare.rpartition(",")
    return (countries.country_code(last.strip()) or "" if around else ""), around.strip()
