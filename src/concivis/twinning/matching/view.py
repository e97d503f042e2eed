"""The network as one asker sees it: computed once per ranking, read by the signals of both blocks."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from concivis.twinning.matching.asker import Asker
from concivis.twinning.matching.columns import Positions, Singles
from concivis.twinning.matching.gazetteer import Gazetteer
from concivis.twinning.matching.sphere import kilometres, nearness
from concivis.twinning.matching.ties import DAMPED, WIDTHS, Ties

STEPS = 5
KEPT = 0.7  # of a walker after each further step
ROUGH = 1e-3  # added before the logarithm of chains, so that "none" is finite
FAINT = 0.05


@dataclass(frozen=True)
class Near:
    """What is near the asker at one width. Weighted by nearness; the asker's own links are left out."""

    volume: float  # ends of links of towns near the asker
    into: Singles  # per linked place: links of towns near the asker into it
    between: Singles  # per cell: links of towns near the asker into towns near it
    mine: Singles  # per cell: partners of the asker near it


class View:
    """Arrays are per linked place (see `Ties.linked`) unless they say otherwise."""

    def __init__(self, gazetteer: Gazetteer, ties: Ties, language_table: Singles, asker: Asker) -> None:
        self.gazetteer, self.ties, self.asker = gazetteer, ties, asker
        self._language_table = language_table
        self._near: dict[int, Near] = {}

    @cached_property
    def partners(self) -> Singles:
        """1 for a partner of the asker, else 0."""
        found = np.zeros(len(self.ties.linked), dtype=np.float32)
        found[self.asker.partners] = 1
        return found

    @cached_property
    def taste(self) -> np.float32:
        """Mean log size of the asker's partners; NaN where none is known."""
        sizes = self.gazetteer.size[self.ties.linked[self.asker.partners]]
        known = sizes[np.isfinite(sizes)]
        return np.float32(known.mean() if known.size else np.nan)

    @cached_property
    def languages(self) -> Singles:
        """Per country (the last: unknown): 1 where a language is shared."""
        found: Singles = self._language_table[self.asker.country]
        return found

    @cached_property
    def likeness(self) -> Singles:
        """Per place of the gazetteer: similarity of the names."""
        return self.gazetteer.spellings.likeness(self.asker.name)

    @cached_property
    def country_links(self) -> Singles:
        """Per country: log(1 + links with the asker's)."""
        found: Singles = np.log1p(self.ties.country_links[self.asker.country]).astype(np.float32)
        return found

    @cached_property
    def mine_by_country(self) -> Singles:
        return self._mine(self.ties.country, len(self.gazetteer.countries))

    @cached_property
    def mine_by_region(self) -> Singles:
        return self._mine(self.ties.region, len(self.gazetteer.region_codes))

    def _mine(self, groups: Positions, count: int) -> Singles:
        """Partners of the asker per group, the unknown group last and empty."""
        found = np.zeros(count + 1, dtype=np.float32)
        np.add.at(found, groups[self.asker.partners], 1)
        found[-1] = 0
        return found

    @cached_property
    def into_country(self) -> Singles:
        return self._into(self.ties.country, self.asker.country)

    @cached_property
    def into_region(self) -> Singles:
        return self._into(self.ties.region, self.asker.region)

    def _into(self, groups: Positions, group: int) -> Singles:
        """Partners of each linked place in the asker's group."""
        found: Singles = self.ties.adjacency @ ((groups == group) & (group >= 0)).astype(np.float32)
        return found

    @cached_property
    def region_lift(self) -> Singles:
        return self.ties.region_lift(self.asker.region, self.asker.country, self.gazetteer.region_country)

    @cached_property
    def region_links(self) -> Singles:
        """Per region: ends of links from the asker's into it; -1 stands for an unknown region."""
        found: Singles = self.ties.region_links[[self.asker.region]].toarray().reshape(-1)
        return found

    @cached_property
    def paths(self) -> dict[str, Singles]:
        """Adamic & Adar (2003), Social Networks 25(3); chains of three degree-normalised: Kovács et al. (2019),
        Nature Communications 10:1240; the walk is a personalised PageRank cut after STEPS steps."""
        ties, mine = self.ties, self.partners
        root = 1 / np.sqrt(ties.degree)
        few = 1 / np.log(np.maximum(ties.degree, 2))
        start = mine / np.float32(max(len(self.asker.partners), 1)) / ties.degree
        shared, shared_few, two, at = (
            ties.adjacency @ np.stack([mine, mine * few, mine * root, start], axis=1)
        ).T
        walk = self._walk(at)
        factors, angle = self._factors()
        return {
            "shared partners": shared,
            "shared partners, few first": shared_few,
            "chains of three": np.log(ties.adjacency @ (two * root) / ROUGH + 1),
            "walk": np.log(walk * 1e5 / FAINT + 1),
            "walk per link": np.log(walk / ties.degree * 1e5 / FAINT + 1),
            "factors": factors,
            "angle of factors": angle,
        }

    def _walk(self, at: Singles) -> Singles:
        """Chance of meeting each place on a walk from the asker, from the second step (`at`) on."""
        found = np.float32(KEPT) * at
        for step in range(2, STEPS + 1):
            at = self.ties.adjacency @ (at / self.ties.degree)
            found = found + np.float32(KEPT**step) * at
        return found

    def _factors(self) -> tuple[Singles, Singles]:
        """Inner product (× 100) and cosine of the asker's and each place's latent factors."""
        ties, partners = self.ties, self.asker.partners
        scale = 1 / np.sqrt(ties.degree[partners] + DAMPED) / np.sqrt(np.float32(len(partners) + DAMPED))
        mine = scale @ ties.factors[partners]  # what the eigenvectors say of anyone with these partners
        product = ties.factors @ mine
        lengths = ties.lengths * np.linalg.norm(mine)
        return product * 100, product / np.maximum(lengths, 1e-6)

    @cached_property
    def distances(self) -> Singles:
        """km to each linked place; NaN where either is unplaced."""
        return kilometres(self.gazetteer.points[self.ties.linked], self.asker.point)

    def within(self, reach: float) -> Positions:
        """Linked places, but the asker, not more than `reach` km away; positions among them, ascending."""
        near = np.flatnonzero(self.distances <= reach).astype(np.int32)
        found: Positions = near[near != self.asker.linked]
        return found

    def near(self, number: int) -> Near:
        """At the width WIDTHS[number]."""
        if number not in self._near:
            weights = nearness(self.distances, WIDTHS[number])
            if self.asker.linked >= 0:
                weights[self.asker.linked] = 0
            ties, around = self.ties, self.ties.surroundings[number]
            links = ties.adjacency @ weights
            self._near[number] = Near(
                float(weights @ ties.degree), links, around.around(links), around.around(self.partners)
            )
        return self._near[number]
