"""Curves learnt from choices: which of all places became the partner (a conditional logit).

McFadden (1974), "Conditional logit analysis of qualitative choice behavior": the chance that a place becomes the
partner is its exp(score) over the sum of all places' exp(score). Of the places not chosen a sample stands for all,
each weighted by the number it stands for. Curves are held smooth by a penalty on their second differences
(Eilers & Marx 1996, P-splines) and small by one on their values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse
from scipy.optimize import minimize

from concivis.twinning.matching.columns import Floats, Positions, Singles, Truths
from concivis.twinning.matching.shapes import Curve

KNOTS = 12
CLOSEST = 1 / 60  # of a signal's range: knots closer than that are one
STIFFNESS = 8.0  # penalty on second differences
SMALLNESS = 2.0  # penalty on values
ITERATIONS = 70


@dataclass(frozen=True)
class Choices:
    """Rows are candidates before an asker; rows of one asker follow each other.

    `signals` has one column per name, NaN = unknown; `weight` says how many candidates a row stands for."""

    names: tuple[str, ...]
    signals: Singles  # (rows, names)
    asker: Positions  # (rows,), ascending from 0
    chosen: Truths
    weight: Singles

    @classmethod
    def joined(cls, parts: "Sequence[Choices]") -> "Choices":
        """The askers of all parts, which have the same names."""
        before = np.cumsum([0, *(part.asker[-1] + 1 for part in parts)]).tolist()
        askers = [part.asker + start for part, start in zip(parts, before, strict=False)]
        return cls(
            parts[0].names,
            np.concatenate([part.signals for part in parts]),
            np.concatenate(askers).astype(np.int32),
            np.concatenate([part.chosen for part in parts]),
            np.concatenate([part.weight for part in parts]),
        )


def curves_of(choices: Choices) -> dict[str, Curve]:
    """The most likely curves; the mean contribution of each over all candidates is 0."""
    knots = [knots_of(column, choices.chosen) for column in choices.signals.T]
    design = _design(choices.signals, knots)
    values = _most_likely(choices, design, _penalty(knots))
    starts = np.cumsum([0] + [len(each) + 1 for each in knots])
    parts = [values[start:end] for start, end in pairwise(starts)]
    found = {}
    for name, column, places, part in zip(choices.names, choices.signals.T, knots, parts, strict=True):
        found[name] = _centred(places, part, column, choices.weight)
    return found


def knots_of(signal: Singles, chosen: Truths) -> Floats:
    """Ascending, where the partners chosen are dense and over the whole range; rounded, to be read."""
    known = np.isfinite(signal)
    if not known.any():
        return np.array([0.0, 1.0])
    low, high = float(signal[known].min()), float(signal[known].max())
    steps = np.linspace(0, 1, KNOTS)
    everywhere = np.quantile(signal[known], steps)[1:-1:2]
    some = signal[known & chosen]
    dense = np.quantile(some, 0.02 + 0.96 * steps)[::2] if len(some) else everywhere
    wanted = np.unique(np.concatenate([[low], everywhere, dense, [high]]).round(4))
    kept = [wanted[0]]
    for knot in wanted[1:]:
        if knot - kept[-1] > (high - low) * CLOSEST:
            kept.append(knot)
    return np.array(kept if len(kept) > 1 else [kept[0], kept[0] + 1.0])


def _design(signals: Singles, knots: list[Floats]) -> Any:
    """CSR (rows, values of all curves): each signal lies between two knots, or is unknown (a value of its own)."""
    rows, count = len(signals), len(knots)
    columns = np.empty((rows, 2 * count), dtype=np.int32)
    shares = np.empty((rows, 2 * count), dtype=np.float32)
    start = 0
    for number, places in enumerate(knots):
        left, part = _between(signals[:, number], places)
        unknown = left == len(places)
        columns[:, 2 * number] = start + left
        columns[:, 2 * number + 1] = start + np.where(unknown, left, left + 1)
        shares[:, 2 * number], shares[:, 2 * number + 1] = 1 - part, part
        start += len(places) + 1
    pointers = np.arange(0, columns.size + 1, 2 * count)
    return scipy.sparse.csr_array((shares.ravel(), columns.ravel(), pointers), shape=(rows, start))


def _between(signal: Singles, knots: Floats) -> tuple[Positions, Singles]:
    """The knot to the left and how far towards the next; len(knots) and 0 where unknown."""
    known = np.isfinite(signal)
    filled = np.where(known, signal, knots[0])
    left = np.clip(np.searchsorted(knots, filled, side="right") - 1, 0, len(knots) - 2)
    part = np.clip((filled - knots[left]) / (knots[left + 1] - knots[left]), 0, 1)
    return np.where(known, left, len(knots)).astype(np.int32), np.where(known, part, 0).astype(np.float32)


def _penalty(knots: list[Floats]) -> Any:
    blocks = []
    for places in knots:
        size = len(places)
        bends = np.zeros((max(size - 2, 0), size + 1))
        for row in range(size - 2):
            bends[row, row : row + 3] = 1, -2, 1
        blocks.append(STIFFNESS * bends.T @ bends + SMALLNESS * np.eye(size + 1))
    return scipy.sparse.block_diag(blocks, format="csr")


class Likelihood:
    """Of the choices made, under any score of the rows."""

    def __init__(self, choices: Choices) -> None:
        self._asker = choices.asker
        self._chosen, self._rest = np.flatnonzero(choices.chosen), np.flatnonzero(~choices.chosen)
        self._who, self._others = choices.asker[self._chosen], choices.asker[self._rest]
        self._starts = np.searchsorted(choices.asker, np.arange(choices.asker[-1] + 1))
        self._log_weight = np.log(choices.weight[self._rest])

    def of(self, score: Floats) -> tuple[float, Singles]:
        """Its negative logarithm, and the slope of that per row."""
        score = score - np.maximum.reduceat(score, self._starts)[self._asker]
        rivals = np.exp(score[self._rest] + self._log_weight)
        ours = np.exp(score[self._chosen])
        total = np.bincount(self._others, rivals, len(self._starts))[self._who] + ours
        slope = np.empty(len(score), dtype=np.float32)
        slope[self._chosen] = ours / total - 1
        slope[self._rest] = rivals * np.bincount(self._who, 1 / total, len(self._starts))[self._others]
        return float(np.log(total).sum() - score[self._chosen].sum()), slope


def _most_likely(choices: Choices, design: Any, penalty: Any) -> Floats:
    """Values of all curves, one after another, that maximise the penalised likelihood (it has one maximum)."""
    likelihood, count = Likelihood(choices), int(choices.chosen.sum())

    def loss(values: Floats) -> tuple[float, Floats]:
        worth, slope = likelihood.of((design @ values.astype(np.float32)).astype(np.float64))
        pull = penalty @ values
        return (worth + values @ pull / 2) / count, (design.T @ slope + pull) / count

    start = np.zeros(design.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS, "maxcor": 20})
    best: Floats = found.x
    return best


def _centred(knots: Floats, values: Floats, signal: Singles, weight: Singles) -> Curve:
    """Moved so that an average candidate gets 0: a constant changes no ranking."""
    known = np.isfinite(signal)
    here = np.where(known, np.interp(np.where(known, signal, knots[0]), knots, values[:-1]), values[-1])
    mean = float(np.average(here, weights=weight))
    # A value never met in learning is held at an average candidate's.
    unknown = 0.0 if known.all() else float(values[-1] - mean)
    shown = np.round(values[:-1] - mean, 4)
    return Curve(tuple(knots.tolist()), tuple(shown.tolist()), round(unknown, 4))
