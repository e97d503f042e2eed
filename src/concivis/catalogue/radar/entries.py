"""What the radar knows of a card: the entry as a caller hands it in, and its profile, by which it is compared."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from concivis.catalogue.radar.lexicon import Lexicon, Tag
from concivis.catalogue.radar.places import Lookup
from concivis.catalogue.radar.reading import Reading, read
from concivis.catalogue.radar.words import grams

DEGREES_PER_CELL = 0.5  # places are looked for nearby in cells of this size


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    id: str
    country: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Ids and codes are the caller's. `texts` by BCP 47 tag. Tags left out are read from the texts, less surely."""

    id: str
    hub: str = ""
    kind: str = ""
    texts: Mapping[str, Text] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    themes: frozenset[str] = frozenset()
    target_groups: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    begins: dt.date | None = None
    ends: dt.date | None = None


Vector = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Profile:
    """An entry as features from 0 to 1. `tags` by kind and code; `spoken` are tags that the author gave."""

    id: str
    hub: str = ""
    kind: str = ""
    tags: Mapping[Tag, Mapping[str, float]] = field(default_factory=dict)
    stems: Mapping[str, float] = field(default_factory=dict)
    grams: frozenset[int] = frozenset()
    needs: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()
    begins: dt.date | None = None
    ends: dt.date | None = None
    point: tuple[float, float] | None = None  # latitude, longitude
    model: str = ""  # which embedder made the vector
    vector: Vector | None = None

    def made_with(self, model: str) -> "Profile":
        return replace(self, model=model)


def profile(
    entry: Entry,
    *,
    lexicon: Lexicon | None = None,
    places: Lookup | None = None,
    vector: Vector | None = None,
) -> Profile:
    """Reads every text of the entry. A kind of tag that the author gave is not read from the text."""
    readings = [
        read(f"{text.title}\n{text.body}", language, lexicon=lexicon, places=places)
        for language, text in entry.texts.items()
    ]
    given = _given(entry)
    tags = {
        kind: given.get(kind) or _surest(reading.certainties[kind] for reading in readings) for kind in Tag
    }
    return Profile(
        id=entry.id,
        hub=entry.hub,
        kind=entry.kind,
        tags={kind: by_code for kind, by_code in tags.items() if by_code},
        stems=_surest(_halved(reading) for reading in readings),
        grams=frozenset().union(*(grams(text.title) for text in entry.texts.values())),
        needs=entry.needs,
        offers=entry.offers,
        begins=entry.begins,
        ends=entry.ends,
        point=_point(entry.places),
        vector=vector,
    )


def _given(entry: Entry) -> dict[Tag, dict[str, float]]:
    countries = entry.countries | {place.country for place in entry.places if place.country}
    given: dict[Tag, Iterable[str]] = {
        Tag.COUNTRY: countries,
        Tag.PLACE: (place.id for place in entry.places),
        Tag.THEME: entry.themes,
        Tag.GROUP: entry.target_groups,
        Tag.GOAL: entry.goals,
        Tag.LANGUAGE: entry.languages,
    }
    return {kind: dict.fromkeys(codes, 1.0) for kind, codes in given.items()}


def _surest(readings: Iterable[Mapping[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for by_code in readings:
        for code, sure in by_code.items():
            found[code] = max(found.get(code, 0.0), sure)
    return found


def _halved(reading: Reading) -> dict[str, float]:
    return {stem: count / 2 for stem, count in reading.stems.items()}


def _point(places: tuple[Place, ...]) -> tuple[float, float] | None:
    points = [
        (place.latitude, place.longitude)
        for place in places
        if place.latitude is not None and place.longitude is not None
    ]
    return points[0] if points else None


def cell(latitude: float, longitude: float) -> tuple[int, int]:
    """The cell of the grid in which a point lies."""
    return int(latitude // DEGREES_PER_CELL), int(longitude // DEGREES_PER_CELL)
