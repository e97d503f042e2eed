"""All candidates before one asker: their scores, and what each family of signals adds to them."""

from functools import cached_property

import numpy as np

from concivis.twinning.matching.closer_look import NO_LOOK, CloserLook
from concivis.twinning.matching.columns import Positions, Singles
from concivis.twinning.matching.ground import Ground
from concivis.twinning.matching.reasons import Kind
from concivis.twinning.matching.shapes import Curves, contributions, picked, scores
from concivis.twinning.matching.signals import KINDS, Spreads, signals
from concivis.twinning.matching.view import View

SHORTLIST = 200  # candidates, the foremost by the curves, that the closer look puts in order


class Sheet:
    def __init__(self, ground: Ground, view: View, curves: Curves, look: CloserLook = NO_LOOK) -> None:
        self.ground, self.view, self.curves, self.look = ground, view, curves, look

    @cached_property
    def spreads(self) -> tuple[Spreads, Spreads]:
        """The signals of both blocks."""
        names = frozenset(self.curves) | frozenset(self.look.names)
        linked, others = self.ground.blocks
        return signals(self.view, linked, names), signals(self.view, others, names)

    @cached_property
    def scores(self) -> Singles:
        """Per place of the gazetteer, by the curves."""
        found = np.empty(len(self.ground.gazetteer), dtype=np.float32)
        for spreads, block in zip(self.spreads, self.ground.blocks, strict=True):
            found[block.places] = scores(spreads, self.curves, block)
        return found

    def looked_at(self, places: Positions) -> Singles:
        """Shape (places, look.names): what the closer look adds for each signal."""
        return self.look.contributions(self.table(places, self.look.names))

    def table(self, places: Positions, names: tuple[str, ...]) -> Singles:
        """Shape (places, names): the signals of these places (positions in the gazetteer)."""
        found = np.empty((len(places), len(names)), dtype=np.float32)
        for spreads, part in zip(self.spreads, self._parts(places), strict=True):
            rows = self.ground.row[places[part]]
            for column, name in enumerate(names):
                found[part, column] = picked(spreads[name], rows)
        return found

    def whole(self, places: Positions, scores: Singles) -> Singles:
        """Per place, its part of `scores` (which are of all places) and what the closer look adds."""
        found: Singles = scores[places] + self.looked_at(places).sum(axis=1)
        return found

    def by_kind(self, places: Positions) -> list[dict[Kind, float]]:
        """Per place (a position in the gazetteer), what each family of signals adds to its score."""
        found: list[dict[Kind, float]] = [{} for _ in places]
        for spreads, chosen in zip(self.spreads, self._parts(places), strict=True):
            for name, values in contributions(spreads, self.curves, self.ground.row[places[chosen]]).items():
                _add(found, chosen, KINDS[name], values)
        for name, values in zip(self.look.names, self.looked_at(places).T, strict=True):
            _add(found, np.arange(len(places), dtype=np.int32), KINDS[name], values)
        return found

    def _parts(self, places: Positions) -> tuple[Positions, Positions]:
        """Which of them have links, which not."""
        has_links = self.ground.ties.index[places] >= 0
        return np.flatnonzero(has_links).astype(np.int32), np.flatnonzero(~has_links).astype(np.int32)


def _add(found: list[dict[Kind, float]], chosen: Positions, kind: Kind, values: Singles) -> None:
    for at, value in zip(chosen.tolist(), values.tolist(), strict=True):
        found[at][kind] = found[at].get(kind, 0.0) + value


def in_order(sheet: Sheet, found: Singles, n: int) -> Positions:
    """The `n` foremost by `found`, the scores of all places; the shortlist among them in the order of a closer look."""
    best = foremost(found, n)
    near = best[:SHORTLIST]
    order = np.argsort(-sheet.whole(near, found), kind="stable")
    return np.concatenate([near[order], best[SHORTLIST:]])


def foremost(found: Singles, n: int) -> Positions:
    """Positions of the `n` largest finite scores, largest first; of equals the first in the columns."""
    finite = np.flatnonzero(np.isfinite(found))
    if len(finite) > n:
        edge = np.partition(found[finite], len(finite) - n)[len(finite) - n] if n else np.inf
        finite = finite[found[finite] >= edge]
    order = np.argsort(-found[finite], kind="stable")
    return finite[order][:n].astype(np.int32)
