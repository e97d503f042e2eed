"""The score: a sum of one curve per signal (a generalised additive model, Hastie & Tibshirani 1986).

So the share of each signal in a score is a number, not an estimate."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from concivis.twinning.matching.blocks import Block
from concivis.twinning.matching.closer_look import NO_LOOK, CloserLook, Tree
from concivis.twinning.matching.columns import Positions, Singles
from concivis.twinning.matching.signals import KINDS, NEED_LINKS, Spread, Spreads

STEPS = 512  # of the table in which a curve is looked up
SHIPPED = Path(__file__).with_name("weights.json")


@dataclass(frozen=True)
class Curve:
    """Straight lines between knots, level beyond them. 0 is the score of an average candidate."""

    knots: tuple[float, ...]  # ascending, two or more
    values: tuple[float, ...]
    unknown: float  # where the signal is NaN

    def __call__(self, signal: Singles) -> Singles:
        """Contributions, read from a table of STEPS equal steps: several times faster than interpolation."""
        scaled = (signal - np.float32(self.knots[0])) * np.float32(self._steepness) + np.float32(0.5)
        with np.errstate(invalid="ignore"):
            step = np.clip(scaled, 0, STEPS - 1).astype(np.int16)
        step[np.isnan(signal)] = STEPS
        found: Singles = self._table[step]
        return found

    @property
    def _steepness(self) -> float:
        return (STEPS - 1) / (self.knots[-1] - self.knots[0])

    @cached_property
    def _table(self) -> Singles:
        grid = np.linspace(self.knots[0], self.knots[-1], STEPS)
        return np.append(np.interp(grid, self.knots, self.values), self.unknown).astype(np.float32)


Curves = Mapping[str, Curve]


@dataclass(frozen=True)
class Weights:
    """One set of curves for askers with links, one for those without; and what they were learnt from."""

    with_links: Curves
    without_links: Curves
    learnt: Mapping[str, Any]
    look: CloserLook = NO_LOOK  # at the foremost candidates, for askers with links

    def __post_init__(self) -> None:
        unknown = (self.with_links.keys() | self.without_links.keys() | set(self.look.names)) - KINDS.keys()
        if unknown:
            raise ValueError(f"The weights name signals that nobody computes: {', '.join(sorted(unknown))}.")
        if empty := self.without_links.keys() & NEED_LINKS:
            raise ValueError(f"Without links these signals say nothing: {', '.join(sorted(empty))}.")

    def of(self, partners: int) -> Curves:
        return self.with_links if partners else self.without_links

    def look_of(self, partners: int) -> CloserLook:
        return self.look if partners else NO_LOOK

    def save(self, path: Path = SHIPPED) -> None:
        sets = {"with links": self.with_links, "without links": self.without_links}
        lines = [f'"learnt": {json.dumps(dict(self.learnt), ensure_ascii=False)}']
        lines += [f'"{name}": {{\n{_lines(curves)}\n}}' for name, curves in sets.items()]
        lines.append(f'"closer look": [\n{_tree_lines(self.look)}\n]')
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path = SHIPPED) -> "Weights":
        """ValueError if the file names a signal that this version does not know."""
        read = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            _curves(read["with links"]),
            _curves(read["without links"]),
            read["learnt"],
            _look(read.get("closer look", [])),
        )


def _lines(curves: Curves) -> str:
    """One line per curve, so that two sets of weights can be compared."""
    return ",\n".join(
        f'"{name}": {json.dumps({"knots": curve.knots, "values": curve.values, "unknown": curve.unknown})}'
        for name, curve in curves.items()
    )


def _curves(read: dict[str, Any]) -> Curves:
    return {
        name: Curve(tuple(one["knots"]), tuple(one["values"]), one["unknown"]) for name, one in read.items()
    }


def _tree_lines(look: CloserLook) -> str:
    """One line per tree."""
    return ",\n".join(
        json.dumps({"asks": tree.signals, "above": tree.bounds, "values": tree.values}, ensure_ascii=False)
        for tree in look.trees
    )


def _look(read: list[dict[str, Any]]) -> CloserLook:
    return CloserLook(tuple(Tree(*(tuple(one[key]) for key in ("asks", "above", "values"))) for one in read))


def scores(spreads: Spreads, curves: Curves, block: Block) -> Singles:
    """Per candidate the sum of its contributions. Signals with the same index are added before they are spread."""
    total = np.zeros(len(block), dtype=np.float32)
    by_index: dict[int, tuple[Positions, Singles]] = {}
    for name, curve in curves.items():
        values, index = spreads[name]
        if index is None:
            total += curve(values)
        elif id(index) in by_index:
            by_index[id(index)][1][:] += curve(values)
        else:
            by_index[id(index)] = (index, curve(values))
    for index, summed in by_index.values():
        total += summed[index] if len(summed) > 1 else summed[0]
    return total


def contributions(spreads: Spreads, curves: Curves, rows: Positions) -> dict[str, Singles]:
    """Per signal what it adds to the score of each of these rows of the block."""
    return {name: curve(picked(spreads[name], rows)) for name, curve in curves.items()}


def picked(spread: Spread, rows: Positions) -> Singles:
    values, where = spread
    return values[rows] if where is None else values[where[rows]]
