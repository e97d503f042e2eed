"""Finds the places of thousands of ends at once: a few bulk lookups, then `matching` decides one by one."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from concivis.exchange.matching import (
    AROUND,
    Candidate,
    Decision,
    How,
    Neighbour,
    Query,
    by_name,
    by_surroundings,
)
from concivis.exchange.namings import naming
from concivis.exchange.notes import Note
from concivis.exchange.records import End

EARTH_KM = 6371.0
HORIZON = 60.0  # km within which a place of the country must lie for coordinates to be in it


@dataclass(frozen=True)
class Positions:
    """Columns of equal length, of all places whose position is known; degrees."""

    places: NDArray[np.int64]
    latitudes: NDArray[np.float64]
    longitudes: NDArray[np.float64]
    countries: NDArray[np.str_]


class Gazetteer(Protocol):
    """What is asked of the places; each method answers for all at once."""

    def named(self, names: Collection[str]) -> Mapping[str, Sequence[Candidate]]:
        """Every place that bears one of these folded names, in any spelling."""

    def identified(self, geonames: Collection[int], wikidata: Collection[str]) -> Mapping[int | str, int]:
        """Place by GeoNames number and by Wikidata item."""

    def positions(self) -> Positions: ...

    def described(self, places: Collection[int]) -> Mapping[int, tuple[Candidate, tuple[str, ...]]]:
        """These places with all their folded spellings."""

    def country(self, text: str) -> tuple[str, str]:
        """(ISO code or "", what the text says about the region)."""


def resolve(
    ends: Sequence[End], gazetteer: Gazetteer, progress: Callable[[int], None] | None = None
) -> list[Decision]:
    """A decision for each end, in order. Equal ends must have been collapsed before."""
    step = progress or (lambda _done: None)
    decisions: dict[int, Decision] = dict(_by_ids(ends, gazetteer))
    open_ends = [index for index in range(len(ends)) if index not in decisions]
    surroundings = _Surroundings(gazetteer.positions())
    queries = {index: _query(ends[index], gazetteer, surroundings) for index in open_ends}
    named = gazetteer.named({name for query in queries.values() for name in query.naming.all})
    step(len(decisions))
    for index in open_ends:
        decision = by_name(queries[index], lambda name: named.get(name, ()))
        if decision:
            decisions[index] = decision
    step(len(decisions))
    left = [index for index in open_ends if index not in decisions]
    decisions |= _looked_around({index: queries[index] for index in left}, named, gazetteer, surroundings)
    step(len(ends))
    return [_with_country(decisions[index], queries.get(index)) for index in range(len(ends))]


def _by_ids(ends: Sequence[End], gazetteer: Gazetteer) -> Iterable[tuple[int, Decision]]:
    numbers = {end.geonames_id for end in ends if end.geonames_id}
    items = {end.wikidata_id for end in ends if end.wikidata_id}
    known = gazetteer.identified(numbers, items) if numbers or items else {}
    for index, end in enumerate(ends):
        place = known.get(end.geonames_id or 0) or known.get(end.wikidata_id)
        if place:
            yield index, Decision(How.ID, place)


def _query(end: End, gazetteer: Gazetteer, surroundings: "_Surroundings") -> Query:
    """Without a known country, that of the coordinates counts."""
    code, admin = gazetteer.country(end.country)
    is_unknown = bool(end.country) and not code
    if not code and end.has_position:
        code = surroundings.nearest_country(end)
    return Query(
        end=end,
        naming=naming(end.name, f"{end.admin},{admin}", code),
        country=code,
        is_country_unknown=is_unknown,
    )


def _looked_around(
    queries: Mapping[int, Query],
    named: Mapping[str, Sequence[Candidate]],
    gazetteer: Gazetteer,
    surroundings: "_Surroundings",
) -> dict[int, Decision]:
    around = {index: surroundings.around(query.end) for index, query in queries.items()}
    described = gazetteer.described({place for places in around.values() for place, _km in places})
    decisions = {}
    for index, query in queries.items():
        placed = replace(query, countries_around=surroundings.countries(query.end))
        neighbours = [
            Neighbour(described[place][0], km, described[place][1])
            for place, km in around[index]
            if place in described
        ]
        decisions[index] = by_surroundings(placed, lambda name: named.get(name, ()), neighbours)
    return decisions


def _with_country(decision: Decision, query: Query | None) -> Decision:
    """Carries the country along, and says so where the file's name of it was not understood."""
    if query is None:
        return decision
    notes = decision.notes
    if query.is_country_unknown:
        notes = (Note("country_unknown", {"text": query.end.country[:60]}), *notes)
    return replace(decision, country=query.country, notes=notes)


class _Surroundings:
    """Nearest-neighbour search on the sphere: chords of the unit sphere in a k-d tree."""

    def __init__(self, positions: Positions) -> None:
        from scipy.spatial import cKDTree  # takes half a second to load: only where an import runs

        self._positions = positions
        self._tree = (
            cKDTree(_on_sphere(positions.latitudes, positions.longitudes)) if len(positions.places) else None
        )

    def around(self, end: End, km: float = AROUND) -> list[tuple[int, float]]:
        """(place, km) of the places within `km` of the end's coordinates."""
        if self._tree is None or not end.has_position:
            return []
        spot = _on_sphere(np.array([end.latitude]), np.array([end.longitude]))[0]
        hits = self._tree.query_ball_point(spot, _chord(km))
        chords = np.linalg.norm(self._tree.data[hits] - spot, axis=1)
        distances = 2 * EARTH_KM * np.arcsin(np.minimum(chords / 2, 1))
        return [
            (int(self._positions.places[hit]), float(distance))
            for hit, distance in zip(hits, distances, strict=True)
        ]

    def nearest_country(self, end: End) -> str:
        if self._tree is None:
            return ""
        _distance, hit = self._tree.query(_on_sphere(np.array([end.latitude]), np.array([end.longitude]))[0])
        return str(self._positions.countries[hit])

    def countries(self, end: End) -> frozenset[str]:
        """Countries of the places within the horizon; empty at sea and in deserts."""
        if self._tree is None or not end.has_position:
            return frozenset()
        spot = _on_sphere(np.array([end.latitude]), np.array([end.longitude]))[0]
        hits = self._tree.query_ball_point(spot, _chord(HORIZON))
        return frozenset(str(country) for country in self._positions.countries[hits])


def _on_sphere(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> NDArray[np.float64]:
    phi, lam = np.radians(latitudes.astype(float)), np.radians(longitudes.astype(float))
    return np.column_stack((np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)))


def _chord(km: float) -> float:
    return float(2 * np.sin(km / EARTH_KM / 2))
