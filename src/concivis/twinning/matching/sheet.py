"""All candidates before one asker: their scores, and what each family of signals adds to them."""

from functools import cached_property

import numpy as np

from concivis.twinning.matching.columns import Positions, Singles
from concivis.twinning.matching.ground import Ground
from concivis.twinning.matching.reasons import Kind
from concivis.twinning.matching.shapes import Curves, contributions, scores
from concivis.twinning.matching.signals import KINDS, Spreads, signals
from concivis.twinning.matching.view import View


class Sheet:
    def __init__(self, ground: Ground, view: View, curves: Curves) -> None:
        self.ground, self.view, self.curves = ground, view, curves

    @cached_property
    def spreads(self) -> tuple[Spreads, Spreads]:
        """The signals of both blocks."""
        names = frozenset(self.curves)
        linked, others = self.ground.blocks
        return signals(self.view, linked, names), signals(self.view, others, names)

    @cached_property
    def scores(self) -> Singles:
        """Per place of the gazetteer."""
        found = np.empty(len(self.ground.gazetteer), dtype=np.float32)
        for spreads, block in zip(self.spreads, self.ground.blocks, strict=True):
            found[block.places] = scores(spreads, self.curves, block)
        return found

    def by_kind(self, places: Positions) -> list[dict[Kind, float]]:
        """Per place (a position in the gazetteer), what each family of signals adds to its score."""
        found: list[dict[Kind, float]] = [{} for _ in places]
        has_links = self.ground.ties.index[places] >= 0
        for spreads, part in zip(self.spreads, (has_links, ~has_links), strict=True):
            chosen = np.flatnonzero(part)
            added = contributions(spreads, self.curves, self.ground.row[places[chosen]])
            for name, values in added.items():
                for at, value in zip(chosen.tolist(), values.tolist(), strict=True):
                    found[at][KINDS[name]] = found[at].get(KINDS[name], 0.0) + value
        return found
