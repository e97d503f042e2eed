"""Candidates in two blocks, those with links and those without: most signals cost only the first."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from concivis.twinning.matching.columns import Positions, Singles
from concivis.twinning.matching.gazetteer import Gazetteer
from concivis.twinning.matching.ties import Ties


@dataclass(frozen=True)
class Block:
    """Columns of candidates. In the block of linked places the i-th row is the i-th of `Ties.linked`."""

    linked: bool
    places: Positions  # positions in the gazetteer
    points: Singles
    country: Positions
    region: Positions
    size: Singles
    rank: Singles  # log of one plus the number of larger linked places of its country
    cells: tuple[Positions, ...]  # per width of Ties.surroundings

    @classmethod
    def of(cls, gazetteer: Gazetteer, ties: Ties, rank: Singles, linked: bool) -> "Block":
        places = np.flatnonzero((ties.index >= 0) == linked).astype(np.int32)
        return cls(
            linked,
            places,
            gazetteer.points[places],
            gazetteer.country[places],
            gazetteer.region[places],
            gazetteer.size[places],
            rank[places],
            tuple(around.cell[places] for around in ties.surroundings),
        )

    @cached_property
    def same(self) -> Positions:
        """For a number that all candidates of the block share."""
        return np.zeros(len(self), dtype=np.int32)

    def __len__(self) -> int:
        return len(self.places)


def ranks_in_country(size: Singles, country: Positions, ties: Ties) -> Singles:
    """Per place: log(1 + the number of larger linked places of its country); NaN for unknown size or country.

    Linked places only, so that a table of all the villages of the world leaves the ranks as they are."""
    ranks = np.full(len(size), np.nan, dtype=np.float32)
    known = np.flatnonzero(np.isfinite(size) & (country >= 0))
    order = known[np.argsort(country[known], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(country[order])) + 1) if len(order) else []
    for places in groups:
        yardstick = size[places[ties.index[places] >= 0]]
        ranks[places] = rank_among(size[places], np.sort(yardstick))
    return ranks


def rank_among(sizes: Singles, ascending: Singles) -> Singles:
    larger = len(ascending) - np.searchsorted(ascending, sizes, side="right")
    return np.log1p(larger).astype(np.float32)
