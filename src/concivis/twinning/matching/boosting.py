"""The trees of the closer look, learnt one after another, each from what the score before it got wrong.

Gradient boosting (Friedman 2001, Annals of Statistics 29(5)) of the same likelihood that the curves maximise, here of
the foremost candidates alone. Every tree sees a part of the askers and of the signals, so that they differ.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from concivis.twinning.matching.closer_look import DEPTH, INNER, NODES, CloserLook, Tree
from concivis.twinning.matching.columns import Floats, Positions, Singles, Truths
from concivis.twinning.matching.fitting import Choices, Likelihood

TREES = 300
RATE = 0.07  # of what a tree would change
BINS = 32  # steps in which a signal is read
SOME_ASKERS = 0.7
SOME_SIGNALS = 0.4
DOUBT = 5.0  # added to the curvature: leaves with few choices stay small
LEAST = 5.0  # curvature of a leaf

Bins = NDArray[np.uint8]


def grown(choices: Choices, scores: Singles, seed: int, trees: int = TREES) -> CloserLook:
    """Trees that improve `scores`, which the rows have before."""
    draw, binned, likelihood = np.random.default_rng(seed), Binned.of(choices.signals), Likelihood(choices)
    score, found = scores.astype(np.float64), []
    for _ in range(trees):
        slope = likelihood.of(score)[1].astype(np.float64)
        curvature = np.maximum(np.abs(slope) * np.clip(1 - np.abs(slope), 0.05, 1), 1e-6)
        seen = (draw.random(choices.asker[-1] + 1) < SOME_ASKERS)[choices.asker]
        columns = np.flatnonzero(draw.random(len(choices.names)) < SOME_SIGNALS)
        if len(columns):
            tree = _tree(Task(binned, slope, curvature, seen, np.sort(columns)))
            score += tree.leaves[tree.at]
            found.append(tree.named(choices.names, binned))
    return CloserLook(tuple(found))


@dataclass(frozen=True)
class Binned:
    bins: list[Bins]  # per signal, per row: the number of its edges that lie below
    edges: list[Singles]

    @classmethod
    def of(cls, signals: Singles) -> "Binned":
        edges = [_edges(column) for column in signals.T]
        bins = [
            np.searchsorted(edge, column).astype(np.uint8)
            for edge, column in zip(edges, signals.T, strict=True)
        ]
        for each, column in zip(bins, signals.T, strict=True):
            each[np.isnan(column)] = 0
        return cls(bins, edges)


def _edges(column: Singles) -> Singles:
    known = column[np.isfinite(column)]
    if not len(known):
        return np.zeros(0, dtype=np.float32)
    return np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1]).round(4)).astype(np.float32)


@dataclass(frozen=True)
class Task:
    binned: Binned
    slope: Floats
    curvature: Floats
    seen: Truths
    columns: Positions

    @cached_property
    def own(self) -> Positions:
        return np.flatnonzero(self.seen).astype(np.int32)

    @cached_property
    def slopes(self) -> Floats:
        return self.slope[self.own]

    @cached_property
    def curvatures(self) -> Floats:
        return self.curvature[self.own]

    @cached_property
    def parts(self) -> list[Bins]:
        """Per column, the bins of the rows seen."""
        return [self.binned.bins[column][self.own] for column in self.columns]


@dataclass(frozen=True)
class Grown:
    columns: Positions  # per inner node
    cuts: Positions
    at: Positions  # per row its node
    leaves: Floats  # per node; those of inner nodes are the mean below them

    def named(self, names: tuple[str, ...], binned: Binned) -> Tree:
        bounds = [
            _bound(binned.edges[column], cut) for column, cut in zip(self.columns, self.cuts, strict=True)
        ]
        values = (self.leaves - self.leaves[0]).round(4)
        return Tree(tuple(names[column] for column in self.columns), tuple(bounds), tuple(values.tolist()))


def _bound(edges: Singles, cut: int) -> float:
    return round(float(edges[cut]), 4) if cut < len(edges) else 1e9


def _tree(task: Task) -> Grown:
    columns, cuts = np.zeros(INNER, dtype=np.int32), np.zeros(INNER, dtype=np.int32)
    node = np.zeros(len(task.slope), dtype=np.int32)
    for level in range(DEPTH):
        first = 2**level - 1
        inner = slice(first, 2 * first + 1)
        columns[inner], cuts[inner] = _best(task, node[task.own] - first, first + 1)
        above = np.zeros(len(node), dtype=np.int32)
        for each in range(first, 2 * first + 1):
            rows = np.flatnonzero(node == each)
            above[rows] = task.binned.bins[columns[each]][rows] > cuts[each]
        node = 2 * node + 1 + above
    return Grown(columns, cuts, node, _leaves(task, node))


def _best(task: Task, node: Positions, count: int) -> tuple[Positions, Positions]:
    """Per node the signal and the cut that gain most; a cut beyond all bins where nothing gains."""
    gains = np.zeros(count)
    columns, cuts = np.full(count, task.columns[0], dtype=np.int32), np.full(count, BINS, dtype=np.int32)
    for column, bins in zip(task.columns, task.parts, strict=True):
        key = node * BINS + bins
        slope, curvature = (
            np.bincount(key, each, count * BINS).reshape(count, BINS).cumsum(axis=1)
            for each in (task.slopes, task.curvatures)
        )
        gain = _gain(slope, curvature)
        cut = gain.argmax(axis=1)
        best = gain[np.arange(count), cut]
        better = best > gains
        gains[better], columns[better], cuts[better] = best[better], column, cut[better]
    return columns, cuts


def _gain(slope: Floats, curvature: Floats) -> Floats:
    """Of a cut after each bin, from sums up to it."""
    whole, weight = slope[:, -1:], curvature[:, -1:]
    gain = slope**2 / (curvature + DOUBT) + (whole - slope) ** 2 / (weight - curvature + DOUBT)
    found: Floats = gain - whole**2 / (weight + DOUBT)
    found[(curvature < LEAST) | (weight - curvature < LEAST)] = 0
    return found


def _leaves(task: Task, node: Positions) -> Floats:
    own = node[task.own]
    slope = np.bincount(own, task.slopes, NODES)
    curvature = np.bincount(own, task.curvatures, NODES)
    values = -RATE * slope / (curvature + DOUBT)
    rows = np.bincount(own, minlength=NODES).astype(np.float64)
    for each in range(INNER - 1, -1, -1):
        below = slice(2 * each + 1, 2 * each + 3)
        rows[each] = rows[below].sum()
        values[each] = (values[below] * rows[below]).sum() / max(rows[each], 1)
    return values
