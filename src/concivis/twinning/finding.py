"""The partner finder for the pages: the fitted finder of this installation, asked and remembered.

The finder is fitted by a job (`actions.finder`) and kept as a folder in the data directory; a request only reads it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.cache import caches
from django.utils.functional import SimpleLazyObject

from concivis.directory.queries import ties_of_city
from concivis.hubs.record import data_version
from concivis.places.models import Place
from concivis.twinning import queries
from concivis.twinning.models import FigureSnapshot, PartnerProfile, Side
from concivis.twinning.profiles import looking_places, open_profiles

if TYPE_CHECKING:
    from concivis.twinning import matching
    from concivis.twinning.matching.reasons import Candidate, ResidentTies
else:  # its libraries take a second to load, which the first page of a server should not wait for
    matching = SimpleLazyObject(lambda: import_module("concivis.twinning.matching"))

SCOPE = "finder"  # of the row that says when the finder was fitted, and from what
MOST = 100  # candidates in a list
FEW_LINKS = 1000  # with fewer, the ties between countries are read from the public lists, too
COUNTRY_TIES = Path(__file__).with_name("data") / "country_ties.json"
MEASURED = Path(__file__).with_name("data") / "finder_rates.json"
KEPT_FOR = 600  # seconds; keyed by the data version anyway

_lock = threading.Lock()
_kept: dict[str, Any] = {"stamp": None, "finder": None}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What comes into question. Kilometres and people: both limits included; None: no limit."""

    country: str = ""
    min_km: int | None = None
    max_km: int | None = None
    min_population: int | None = None
    max_population: int | None = None
    domestic: bool | None = None
    looking: bool = False
    fields: tuple[str, ...] = ()


def folder() -> Path:
    return Path(settings.DATA) / "finder"


def weights_file() -> Path:
    """What this installation learnt of its own links (`learn_finder`); where absent, the weights that ship hold."""
    return Path(settings.DATA) / "finder_weights.json"


def current_finder() -> matching.Finder | None:
    """The fitted finder, kept in the process as long as its folder stays; None before the first was fitted."""
    try:
        stamp = (folder() / "finder.json").stat().st_mtime_ns
    except OSError:
        return None
    with _lock:
        if _kept["stamp"] != (str(folder()), stamp):
            try:
                _kept["finder"] = matching.Finder.load(folder())
            except (OSError, ValueError, KeyError):  # replaced while we read, or of another version
                _kept["finder"] = None
            _kept["stamp"] = (str(folder()), stamp)
        kept: matching.Finder | None = _kept["finder"]
        return kept


def country_ties() -> dict[tuple[str, str], int]:
    """How many partnerships join two countries in the public lists: {("DE", "FR"): number}."""
    content = json.loads(COUNTRY_TIES.read_text(encoding="utf-8"))
    pairs = ((pair.split("-"), links) for pair, links in content["links"].items())
    return {(one, other): links for (one, other), links in pairs}


@cache
def measured() -> dict[str, dict[str, float]] | None:
    """How often the finder was right when links were hidden: {"with_links" | "without_links": {"hit@20", …}}."""
    if not MEASURED.exists():
        return None
    read: dict[str, dict[str, float]] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return read


def snapshot() -> FigureSnapshot | None:
    """From how many places and links the finder was fitted, and when. One query."""
    return queries.snapshot(SCOPE)


def ranked(place: Place, asked: Asked) -> list[Candidate] | None:
    """The best MOST candidates, best first; None where no finder is there yet. Remembered by data version."""
    finder = current_finder()
    if finder is None:
        return None
    key = _key("ranked", place.pk, asked)
    found: list[Candidate] | None = caches["memory"].get(key)
    if found is None:
        found = _rank(finder, place, asked)
        caches["memory"].set(key, found, KEPT_FOR)
    return found


def _rank(finder: matching.Finder, place: Place, asked: Asked) -> list[Candidate]:
    partners = set(partners_of(place))
    only = [pk for pk in looking_places() if pk in finder and pk != place.pk] if asked.looking else None
    if only is not None and not only:
        return []
    wanted: dict[int | str, float] = {
        pk: share for pk, share in offered(asked.fields).items() if pk in finder
    }
    found = finder.rank(
        asker(finder, place, partners),
        MOST + len(partners),
        country=asked.country or None,
        min_km=asked.min_km,
        max_km=asked.max_km,
        min_population=asked.min_population,
        max_population=asked.max_population,
        domestic=asked.domestic,
        only=only,
        wanted=wanted or None,
        residents=residents_of(finder, place),
    )
    return [each for each in found if each.id not in partners][:MOST]


def compared(place: Place, others: Collection[Place]) -> dict[int, Candidate] | None:
    """{primary key: candidate with its reasons, the same kinds for each}; None without a finder."""
    finder = current_finder()
    if finder is None:
        return None
    known = [other.pk for other in others if other.pk in finder and other.pk != place.pk]
    if not known:
        return {}
    asking = asker(finder, place, set(partners_of(place)))
    rows = finder.compare(asking, known, residents=residents_of(finder, place, known))
    return {int(row.id): row for row in rows}


def residents_of(
    finder: matching.Finder, place: Place, among: Collection[int] | None = None
) -> dict[int | str, ResidentTies]:
    """What the public organisations of the place's offices state of their ties to other towns. One query."""
    return {
        other: matching.ResidentTies(ties.organisations, ties.families, ties.people)
        for other, ties in ties_of_city(place).items()
        if other in finder and other != place.pk and (among is None or other in among)
    }


def asker(finder: matching.Finder, place: Place, partners: Collection[int]) -> Any:
    """The place as the finder knows it; a stranger where it was fitted before the place came."""
    if place.pk in finder:
        return place.pk
    facts: dict[str, Any] = {}
    if place.latitude is not None and place.longitude is not None:
        facts = {"latitude": place.latitude, "longitude": place.longitude}
    return matching.Stranger(
        name=place.name,
        country=place.country_id,
        population=place.population or 0,
        region=place.region.code if place.region else "",
        partners=[pk for pk in partners if pk in finder],
        **facts,
    )


def partners_of(place: Place) -> list[int]:
    """Primary keys of the places with which this one has a public tie. One query."""
    ties = Side.objects.filter(place=place, partnership__in=queries.public().values("pk")).values(
        "partnership"
    )
    others = Side.objects.filter(partnership__in=ties).exclude(place=place)
    return list(others.values_list("place", flat=True).distinct())


def offered(fields: Collection[str]) -> Mapping[int, float]:
    """{place: the share of these fields that it looks for, or works on with a partner}. Two queries."""
    if not fields:
        return {}
    found: dict[int, set[str]] = {}
    profiles = PartnerProfile.fields.through.objects.filter(
        partnerprofile__in=open_profiles().values("pk"), term__scheme="field", term__code__in=fields
    )
    for place, code in profiles.values_list("partnerprofile__hub__place", "term__code"):
        found.setdefault(place, set()).add(code)
    ties = Side.objects.filter(
        partnership__in=queries.public().values("pk"),
        partnership__fields__scheme="field",
        partnership__fields__code__in=fields,
    )
    for place, code in ties.values_list("place", "partnership__fields__code"):
        found.setdefault(place, set()).add(code)
    return {place: len(codes) / len(set(fields)) for place, codes in found.items()}


def _key(what: str, place: int, asked: Asked) -> str:
    known = repr((what, _kept["stamp"], data_version(), place, asked))
    return f"finder:{blake2s(known.encode(), digest_size=16).hexdigest()}"
