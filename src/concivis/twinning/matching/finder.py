"""The partner finder: for any place a ranking of all others, with the reasons it is made of."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from concivis.twinning.matching import storage
from concivis.twinning.matching.asker import Stranger
from concivis.twinning.matching.columns import Edges, Nodes, PlaceId, Positions
from concivis.twinning.matching.explaining import facts
from concivis.twinning.matching.filters import Filters
from concivis.twinning.matching.gazetteer import Gazetteer
from concivis.twinning.matching.ground import Ground
from concivis.twinning.matching.reasons import Candidate, Kind, Reason, ResidentTies, WantedFields
from concivis.twinning.matching.shapes import Weights
from concivis.twinning.matching.sheet import SHORTLIST, Sheet, in_order
from concivis.twinning.matching.ties import CountryLinks
from concivis.twinning.matching.view import View

FIELDS_WEIGHT = 1.0  # of all wanted fields together; stated, not learnt: no list of links tells fields
RESIDENTS_WEIGHT = (
    1.0  # of residents' ties to a town, at most; stated, not learnt: no list of links tells them
)
RESIDENTS_IN_FULL = 100  # families from which on they add all of it; below, by the logarithm
PEOPLE_OF_A_FAMILY = 3
SHEETS = 4  # kept: who turns the filters, or compares, asks for no new ranking


Stated = dict[int, list[Reason]]
"""By position in the columns: what the caller knows of a candidate beside the network."""


class Finder:
    """Build one with `Finder.fit`, keep it with `save`, get it back in a moment with `load`."""

    def __init__(self, ground: Ground, weights: Weights) -> None:
        self.ground, self.weights = ground, weights
        ids: list[PlaceId] = ground.gazetteer.ids.tolist()
        self._position = {place: position for position, place in enumerate(ids)}
        self._sheet = lru_cache(SHEETS)(self._new_sheet)

    @classmethod
    def fit(
        cls, nodes: Nodes, edges: Edges, weights: Weights | None = None, known: CountryLinks | None = None
    ) -> "Finder":
        """Places with and without links; without `weights`, those which the package brings.

        `known`: links between countries counted elsewhere, for a network too small to tell which countries are close.

        Loops and repeated links are dropped. ValueError for a link to a place not among `nodes`."""
        gazetteer = Gazetteer.of(nodes)
        return cls(Ground.of(gazetteer, edges.positions(nodes), known), weights or Weights.load())

    def save(self, folder: Path) -> None:
        """A folder of arrays, which every process that loads it shares. Replaces what was there."""
        storage.save(self.ground, self.weights, folder)

    @classmethod
    def load(cls, folder: Path) -> "Finder":
        return cls(*storage.load(folder))

    def __contains__(self, place: object) -> bool:
        return place in self._position

    def __len__(self) -> int:
        return len(self._position)

    def rank(
        self,
        place: PlaceId | Stranger,
        n: int,
        *,
        country: str | Collection[str] | None = None,
        min_km: float | None = None,
        max_km: float | None = None,
        min_population: int | None = None,
        max_population: int | None = None,
        domestic: bool | None = None,
        only: Collection[PlaceId] | None = None,
        wanted: Mapping[PlaceId, float] | None = None,
        residents: Mapping[PlaceId, ResidentTies] | None = None,
    ) -> list[Candidate]:
        """The `n` best candidates, best first; never the place itself nor those it is linked with.

        `domestic`: True only the own country, False only others. `only`: of these ids alone, e.g. those that look
        for a partner. `wanted`: per candidate the share (0 to 1) of the wanted fields that it offers, 0 where it
        has no entry. `residents`: what organisations in the asker's city state of their ties to a candidate. Both
        are added on top of what was learnt, and say so among the reasons. A candidate of unknown position or size
        fails a filter by distance or size. KeyError for an unknown id."""
        filters = Filters.of(country, min_km, max_km, min_population, max_population, domestic)
        sheet, stated = self._sheet(place), self._stated(wanted or {}, residents or {})
        found = sheet.scores.copy()
        for candidate, reasons in stated.items():
            found[candidate] += sum(reason.contribution for reason in reasons)
        found[~filters.admitted(self.ground.gazetteer, sheet.view.asker)] = -np.inf
        found[self._excluded(sheet.view, place)] = -np.inf
        if only is not None:
            found[~self._among(only)] = -np.inf
        best = in_order(sheet, found, max(n, SHORTLIST))[:n]
        return self._candidates(sheet, best, stated)

    def compare(
        self,
        place: PlaceId | Stranger,
        candidates: Sequence[PlaceId],
        *,
        residents: Mapping[PlaceId, ResidentTies] | None = None,
    ) -> list[Candidate]:
        """These candidates side by side, in the order given, with the same kinds of reasons for each."""
        sheet, by_kind = self._sheet(place), list(Kind)
        rows = self._candidates(sheet, self._all_at(candidates), self._stated({}, residents or {}))
        return [
            row._replace(reasons=tuple(sorted(row.reasons, key=lambda each: by_kind.index(each.kind))))
            for row in rows
        ]

    def _new_sheet(self, place: PlaceId | Stranger) -> Sheet:
        view = self._view(place)
        partners = len(view.asker.partners)
        return Sheet(self.ground, view, self.weights.of(partners), self.weights.look_of(partners))

    def _view(self, place: PlaceId | Stranger) -> View:
        if isinstance(place, Stranger):
            return self.ground.stranger(place, self._all_at(place.partners))
        return self.ground.resident(self.position(place))

    def position(self, place: PlaceId) -> int:
        """Of a place in the columns. KeyError for one that is not there."""
        if place not in self._position:
            raise KeyError(f"The finder does not know the place {place!r}.")
        return self._position[place]

    def _all_at(self, places: Collection[PlaceId]) -> Positions:
        return np.array([self.position(place) for place in places], dtype=np.int32)

    def _among(self, only: Collection[PlaceId]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        admitted = np.zeros(len(self), dtype=np.bool_)
        admitted[self._all_at(only)] = True
        return admitted

    def _excluded(self, view: View, place: PlaceId | Stranger) -> Positions:
        partners = self.ground.ties.linked[view.asker.partners]
        if isinstance(place, Stranger):
            return np.concatenate([partners, self._all_at(place.partners)])
        return np.append(partners, np.int32(view.asker.place))

    def _stated(self, wanted: Mapping[PlaceId, float], residents: Mapping[PlaceId, ResidentTies]) -> Stated:
        found: Stated = {}
        for candidate, share in wanted.items():
            reason = Reason(Kind.FIELDS, FIELDS_WEIGHT * share, WantedFields(share))
            found.setdefault(self.position(candidate), []).append(reason)
        for candidate, ties in residents.items():
            reason = Reason(Kind.RESIDENTS, RESIDENTS_WEIGHT * share_of_residents(ties), ties)
            found.setdefault(self.position(candidate), []).append(reason)
        return found

    def _candidates(self, sheet: Sheet, places: Positions, stated: Stated) -> list[Candidate]:
        scores = sheet.whole(places, sheet.scores).tolist()
        found = zip(places.tolist(), scores, sheet.by_kind(places), strict=True)
        return [
            self._candidate(sheet.view, place, score, kinds, stated.get(place, []))
            for place, score, kinds in found
        ]

    def _candidate(
        self, view: View, place: int, score: float, kinds: dict[Kind, float], stated: list[Reason]
    ) -> Candidate:
        reasons = [Reason(kind, added, facts(view, kind, place)) for kind, added in kinds.items()]
        reasons += stated
        reasons.sort(key=lambda each: -abs(each.contribution))
        score += sum(reason.contribution for reason in stated)
        return Candidate(self.ground.gazetteer.ids[place].item(), score, tuple(reasons))


def share_of_residents(ties: ResidentTies) -> float:
    """0 to 1, by the logarithm of the families stated, or of a third of the people; a tie without number counts one."""
    families = max(ties.families or 0, (ties.people or 0) / PEOPLE_OF_A_FAMILY, 1)
    return float(min(1.0, np.log1p(families) / np.log1p(RESIDENTS_IN_FULL)))
