"""The closer look: pairs of signals that tell more together than each alone, for the foremost candidates.

A tree asks one signal, then by the answer another. What an answer adds to the score is the mean of the leaves it
leaves open less the mean of those open before, and belongs to the signal asked: the answers on a candidate's way add
up to its leaf, so the share of each signal is again a number, not an estimate. A signal that is unknown answers
nothing: there the tree ends for this candidate, and the unknown adds nothing to its score.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from concivis.twinning.matching.columns import Positions, Singles

DEPTH = 2  # signals asked by one tree
INNER = 2**DEPTH - 1
NODES = 2 ** (DEPTH + 1) - 1


@dataclass(frozen=True)
class Tree:
    """Node i leads to 2i + 1 or, where its signal is above its bound, to 2i + 2; where it is unknown, nowhere."""

    signals: tuple[str, ...]  # per inner node
    bounds: tuple[float, ...]
    values: tuple[float, ...]  # per node: mean of the leaves below it, less that of the whole tree


@dataclass(frozen=True)
class CloserLook:
    trees: tuple[Tree, ...]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted({name for tree in self.trees for name in tree.signals}))

    @cached_property
    def _asked(self) -> Positions:
        """Shape (trees, INNER): the signal asked, by its position in `names`."""
        number = {name: position for position, name in enumerate(self.names)}
        found = np.array([[number[name] for name in tree.signals] for tree in self.trees], dtype=np.int32)
        return found.reshape(-1, INNER)

    @cached_property
    def _bounds(self) -> Singles:
        """Shape (trees, INNER)."""
        return np.array([tree.bounds for tree in self.trees], dtype=np.float32).reshape(-1, INNER)

    @cached_property
    def _steps(self) -> Singles:
        """Shape (trees, NODES): what the answer that leads to a node adds."""
        values = np.array([tree.values for tree in self.trees], dtype=np.float32).reshape(-1, NODES)
        steps = values.copy()
        steps[:, 1:] -= values[:, (np.arange(1, NODES) - 1) // 2]
        return steps

    def contributions(self, table: Singles) -> Singles:
        """`table`: candidates × names, in the order of `names`. Shaped as it: what each adds to the score."""
        rows, width = np.arange(len(table))[:, None], len(self.names)
        trees = np.arange(len(self.trees))[None, :]
        node = np.zeros((len(table), len(self.trees)), dtype=np.int32)
        found = np.zeros(len(table) * width)
        for _ in range(DEPTH):
            asked = self._asked[trees, node]
            said = table[rows, asked]
            below = 2 * node + 1 + (said > self._bounds[trees, node])
            steps = np.where(np.isnan(said), 0, self._steps[trees, below])
            found += np.bincount((rows * width + asked).ravel(), steps.ravel(), found.size)
            node = np.where(np.isnan(said), node, below)
        added: Singles = found.reshape(table.shape).astype(np.float32)
        return added


NO_LOOK = CloserLook(())
