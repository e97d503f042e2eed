"""What two signals say together, beyond what each says alone: one more exact term of the score per pair."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from concivis.twinning.matching.columns import Positions, Singles
from concivis.twinning.matching.signals import Spread

STEPS = 96  # along each side of the table in which a surface is looked up
Values = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Surface:
    """Bilinear between the knots of two signals, level beyond them. 0 is the score of an average candidate."""

    knots: tuple[tuple[float, ...], tuple[float, ...]]  # of each signal: ascending, two or more
    values: Values  # a row per knot of the first
    unknown: float  # where either signal is NaN

    def __call__(self, first: Singles, second: Singles) -> Singles:
        """Contributions, read from a table; a side of one number counts for all of the other."""
        row, column = (
            _steps(signal, knots) for signal, knots in zip((first, second), self.knots, strict=True)
        )
        found: Singles = self._table[row * np.int32(STEPS + 1) + column]
        return found

    @cached_property
    def _table(self) -> Singles:
        """(STEPS + 1)²: the last row and column are for the unknown."""
        one, other = (np.linspace(knots[0], knots[-1], STEPS) for knots in self.knots)
        down = np.array([np.interp(one, self.knots[0], column) for column in zip(*self.values, strict=True)])
        table = np.full((STEPS + 1, STEPS + 1), self.unknown, dtype=np.float32)
        table[:-1, :-1] = [np.interp(other, self.knots[1], row) for row in down.T]
        return table.ravel()


def _steps(signal: Singles, knots: tuple[float, ...]) -> Positions:
    scaled = (signal - np.float32(knots[0])) * np.float32((STEPS - 1) / (knots[-1] - knots[0])) + np.float32(
        0.5
    )
    with np.errstate(invalid="ignore"):
        step: Positions = np.clip(scaled, 0, STEPS - 1).astype(np.int32)
    step[np.isnan(signal)] = STEPS
    return step


def joined(first: Spread, second: Spread) -> tuple[Singles, Singles, Positions | None]:
    """Both signals over one index, as short as it can be: per candidate only where they have none in common."""
    if first.where is second.where:
        return first.values, second.values, first.where
    if first.where is not None and len(first.values) == 1:
        return first.values, second.values, second.where
    if second.where is not None and len(second.values) == 1:
        return first.values, second.values, first.where
    return first.per_candidate(), second.per_candidate(), None
