"""The score: a sum of one curve per signal and one surface per chosen pair of signals (a generalised additive model
with pairwise interactions: Hastie & Tibshirani 1986; Lou, Caruana, Gehrke & Hooker 2013).

So the share of each signal, and of each pair, in a score is a number, not an estimate."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from concivis.twinning.matching.blocks import Block
from concivis.twinning.matching.columns import Positions, Singles
from concivis.twinning.matching.reasons import Kind
from concivis.twinning.matching.signals import KINDS, NEED_LINKS, Pair, Spread, Spreads
from concivis.twinning.matching.surfaces import Surface, joined

AND = " × "  # between the names of a pair
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


Shape = Curve | Surface
Shapes = Mapping[str, Shape]
"""By the name of the signal; surfaces by both names, see `named`."""


def named(pair: Pair) -> str:
    return AND.join(pair)


def parts(name: str) -> list[str]:
    """The signals that a curve or a surface reads."""
    return name.split(AND)


def kind_of(name: str) -> Kind:
    """The family to which a contribution is added: a pair's is its first signal's."""
    return KINDS[parts(name)[0]]


def read_by(shapes: Iterable[str]) -> frozenset[str]:
    """All signals that these curves and surfaces read."""
    return frozenset(part for name in shapes for part in parts(name))


@dataclass(frozen=True)
class Weights:
    """One set of curves and surfaces for askers with links, one for those without; and what they were learnt from."""

    with_links: Shapes
    without_links: Shapes
    learnt: Mapping[str, Any]

    def __post_init__(self) -> None:
        unknown = read_by([*self.with_links, *self.without_links]) - KINDS.keys()
        if unknown:
            raise ValueError(f"The weights name signals that nobody computes: {', '.join(sorted(unknown))}.")
        if empty := read_by(self.without_links) & NEED_LINKS:
            raise ValueError(f"Without links these signals say nothing: {', '.join(sorted(empty))}.")

    def of(self, partners: int) -> Shapes:
        return self.with_links if partners else self.without_links

    def save(self, path: Path = SHIPPED) -> None:
        sets = {"with links": self.with_links, "without links": self.without_links}
        lines = [f'"learnt": {json.dumps(dict(self.learnt), ensure_ascii=False)}']
        lines += [f'"{name}": {{\n{_lines(shapes)}\n}}' for name, shapes in sets.items()]
        path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path = SHIPPED) -> "Weights":
        """ValueError if the file names a signal that this version does not know."""
        read = json.loads(path.read_text(encoding="utf-8"))
        return cls(_shapes(read["with links"]), _shapes(read["without links"]), read["learnt"])


def _lines(shapes: Shapes) -> str:
    """One line each, so that two sets of weights can be compared."""
    return ",\n".join(
        f'"{name}": {json.dumps({"knots": shape.knots, "values": shape.values, "unknown": shape.unknown})}'
        for name, shape in shapes.items()
    )


def _shapes(read: dict[str, Any]) -> Shapes:
    return {name: (_surface if AND in name else _curve)(one) for name, one in read.items()}


def _curve(one: dict[str, Any]) -> Curve:
    return Curve(tuple(one["knots"]), tuple(one["values"]), one["unknown"])


def _surface(one: dict[str, Any]) -> Surface:
    first, second = map(tuple, one["knots"])
    return Surface((first, second), tuple(map(tuple, one["values"])), one["unknown"])


def scores(spreads: Spreads, shapes: Shapes, block: Block) -> Singles:
    """Per candidate the sum of its contributions. Those with the same index are added before they are spread."""
    total = np.zeros(len(block), dtype=np.float32)
    by_index: dict[int, tuple[Positions, Singles]] = {}
    for name, shape in shapes.items():
        values, index = _added(spreads, name, shape)
        if index is None:
            total += values
        elif id(index) in by_index:
            by_index[id(index)][1][:] += values
        else:
            by_index[id(index)] = (index, values)
    for index, summed in by_index.values():
        total += summed[index] if len(summed) > 1 else summed[0]
    return total


def _added(spreads: Spreads, name: str, shape: Shape) -> Spread:
    """What one curve or surface adds."""
    if isinstance(shape, Curve):
        return Spread(shape(spreads[name].values), spreads[name].where)
    one, other = parts(name)
    first, second, where = joined(spreads[one], spreads[other])
    return Spread(shape(first, second), where)


def contributions(spreads: Spreads, shapes: Shapes, rows: Positions) -> dict[str, Singles]:
    """Per curve and surface what it adds to the score of each of these rows of the block."""
    return {
        name: shape(*(picked(spreads[part], rows) for part in parts(name))) for name, shape in shapes.items()
    }


def picked(spread: Spread, rows: Positions) -> Singles:
    values, where = spread
    return values[rows] if where is None else values[where[rows]]
