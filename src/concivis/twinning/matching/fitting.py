"""Curves learnt from choices: which of all places became the partner (a conditional logit).

McFadden (1974), "Conditional logit analysis of qualitative choice behavior": the chance that a place becomes the
partner is its exp(score) over the sum of all places' exp(score). Of the places not chosen a sample stands for all,
each weighted by the number it stands for. Curves are held smooth by a penalty on their second differences
(Eilers & Marx 1996, P-splines) and small by one on their values. What pairs of signals say together is learnt in the
same run, as surfaces between a few knots, held small.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse
from scipy.optimize import minimize

from concivis.twinning.matching.columns import Floats, Positions, Singles, Truths
from concivis.twinning.matching.shapes import Curve, Shape, named
from concivis.twinning.matching.signals import Pair
from concivis.twinning.matching.surfaces import Surface

KNOTS = 12
CLOSEST = 1 / 60  # of a signal's range: knots closer than that are one
STIFFNESS = 8.0  # penalty on second differences
SMALLNESS = 2.0  # penalty on values
GRID = (0.02, 0.3, 0.6, 0.85, 0.98)  # quantiles among strong candidates, where a surface has its knots
TOGETHER = 6.0  # penalty on the values of surfaces
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


def shapes_of(choices: Choices, pairs: Sequence[Pair] = ()) -> dict[str, Shape]:
    """The most likely curves and surfaces; the mean contribution of each over all candidates is 0."""
    knots = [knots_of(column, choices.chosen) for column in choices.signals.T]
    grids = {pair: grid for pair in pairs if (grid := _grid(choices, pair))}
    tensors = [_tensor(_both(choices, pair), grid) for pair, grid in grids.items()]
    areas = [len(one) * len(other) for one, other in grids.values()]
    design = scipy.sparse.hstack([_design(choices.signals, knots), *tensors], format="csr")
    held = [TOGETHER * scipy.sparse.eye_array(area) for area in areas]
    values = _most_likely(choices, design, scipy.sparse.block_diag([_penalty(knots), *held], format="csr"))
    starts = np.cumsum([0, *(len(each) + 1 for each in knots), *areas])
    parts = [values[start:end] for start, end in pairwise(starts)]
    found: dict[str, Shape] = {}
    for name, column, places, part in zip(
        choices.names, choices.signals.T, knots, parts[: len(knots)], strict=True
    ):
        found[name] = _centred(places, part, column, choices.weight)
    for (pair, grid), tensor, part in zip(grids.items(), tensors, parts[len(knots) :], strict=True):
        is_known = all(found[name].unknown == 0 for name in pair)
        found[named(pair)] = _centred_surface(grid, part, tensor, choices.weight, is_known)
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


def _both(choices: Choices, pair: Pair) -> Singles:
    return choices.signals[:, [choices.names.index(name) for name in pair]]


def _grid(choices: Choices, pair: Pair) -> tuple[Floats, Floats] | None:
    """Knots of both signals; None where one of them hardly varies, so that there is nothing to learn."""
    strong = _both(choices, pair)[choices.weight == 1]
    known = [column[np.isfinite(column)] for column in strong.T]
    if not all(len(each) for each in known):
        return None
    one, other = (np.unique(np.quantile(each, GRID).round(4)).astype(np.float64) for each in known)
    return (one, other) if min(len(one), len(other)) > 1 else None


def _tensor(signals: Singles, grid: tuple[Floats, Floats]) -> Any:
    """CSR (rows, knots of the one × knots of the other): each row lies between four corners, or is unknown: nothing."""
    (left, part), (below, rise) = (
        _between(column, knots) for column, knots in zip(signals.T, grid, strict=True)
    )
    across = len(grid[1])
    known = (left < len(grid[0])) & (below < across)
    corner = np.where(known, left * across + below, 0)
    columns = corner[:, None] + np.array([0, 1, across, across + 1])
    shares = np.stack([(1 - part) * (1 - rise), (1 - part) * rise, part * (1 - rise), part * rise], axis=1)
    values = (shares * known[:, None]).astype(np.float32)
    pointers = np.arange(0, columns.size + 1, 4)
    shape = (len(signals), len(grid[0]) * across)
    return scipy.sparse.csr_array((values.ravel(), columns.ravel().astype(np.int32), pointers), shape=shape)


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


def _most_likely(choices: Choices, design: Any, penalty: Any) -> Floats:
    """Values of all curves, one after another, that maximise the penalised likelihood (it has one maximum)."""
    chosen = np.flatnonzero(choices.chosen)
    rest = np.flatnonzero(~choices.chosen)
    who, others = choices.asker[chosen], choices.asker[rest]
    starts = np.searchsorted(choices.asker, np.arange(choices.asker[-1] + 1))
    log_weight = np.log(choices.weight[rest])

    def loss(values: Floats) -> tuple[float, Floats]:
        score = (design @ values.astype(np.float32)).astype(np.float64)
        score -= np.maximum.reduceat(score, starts)[choices.asker]
        rivals = np.exp(score[rest] + log_weight)
        ours = np.exp(score[chosen])
        total = np.bincount(others, rivals, len(starts))[who] + ours
        slope = np.empty(len(score), dtype=np.float32)
        slope[chosen] = ours / total - 1
        slope[rest] = rivals * np.bincount(who, 1 / total, len(starts))[others]
        pull = penalty @ values
        worth = np.log(total).sum() - score[chosen].sum() + values @ pull / 2
        return worth / len(chosen), (design.T @ slope + pull) / len(chosen)

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


def _centred_surface(
    grid: tuple[Floats, Floats], values: Floats, tensor: Any, weight: Singles, is_known: bool
) -> Surface:
    """As `_centred`; rows of which a signal is unknown had no value of their own: they get none but the mean."""
    mean = float(np.average(tensor @ values, weights=weight))
    shown = np.round(values - mean, 4).reshape(len(grid[0]), len(grid[1]))
    one, other = (tuple(knots.tolist()) for knots in grid)
    unknown = 0.0 if is_known else round(-mean, 4)
    return Surface((one, other), tuple(map(tuple, shown.tolist())), unknown)
