"""All candidates before one asker: their scores, and what each family of signals adds to them."""

from functools import cached_property

import numpy as np

from concivis.twinning.matching.columns import Singles
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

    def by_kind(self, place: int) -> dict[Kind, float]:
        """What each family of signals adds to the score of a place (a position in the gazetteer)."""
        spreads = self.spreads[0 if self.ground.ties.index[place] >= 0 else 1]
        kinds: dict[Kind, float] = {}
        for name, added in contributions(spreads, self.curves, self.ground.row[[place]]).items():
            kinds[KINDS[name]] = kinds.get(KINDS[name], 0.0) + float(added[0])
        return kinds
