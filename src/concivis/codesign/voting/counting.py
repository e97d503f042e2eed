"""Counting votes: pure, ballots in, orders out. How it is counted stands in docs/codesign-voting.md.

Dots: the sum of the dots; equal sums share a place. Ranking: the method of Schulze, with winning votes and with what a
ballot leaves out ranked equal behind all that it ranks: Markus Schulze, “A new monotonic, clone-independent,
reversal symmetric, and condorcet-consistent single-winner election method”, Social Choice and Welfare 36 (2011),
267–303, https://doi.org/10.1007/s00355-010-0475-4.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Option = TypeVar("Option", bound=int)


@dataclass(frozen=True)
class Placed(Generic[Option]):
    """`place` counts from one; those that share it are tied. `votes`: dots, or how many others it beats."""

    option: Option
    place: int
    votes: int
    tied: bool


def by_dots(options: Sequence[Option], ballots: Iterable[Mapping[Option, int]]) -> list[Placed[Option]]:
    """Most dots first; those with as many keep the order of `options`."""
    sums = dict.fromkeys(options, 0)
    for ballot in ballots:
        for option, dots in ballot.items():
            sums[option] += dots
    return _placed(options, sums)


def by_ranking(options: Sequence[Option], ballots: Iterable[Sequence[Option]]) -> list[Placed[Option]]:
    """Each ballot names options, the best first. Best option first; `votes`: how many others it is preferred to."""
    strengths = _strongest_paths(options, _preferences(options, ballots))
    beaten = {
        one: sum(strengths[one, other] > strengths[other, one] for other in options if other != one)
        for one in options
    }
    return _placed(options, beaten)


def _preferences(
    options: Sequence[Option], ballots: Iterable[Sequence[Option]]
) -> dict[tuple[Option, Option], int]:
    """How many ballots put the first of a pair before the second."""
    found = {(one, other): 0 for one in options for other in options if one != other}
    for ballot in ballots:
        ranked = list(ballot)
        left_out = [option for option in options if option not in set(ranked)]
        for at, better in enumerate(ranked):
            for worse in [*ranked[at + 1 :], *left_out]:
                found[better, worse] += 1
    return found


def _strongest_paths(
    options: Sequence[Option], preferences: Mapping[tuple[Option, Option], int]
) -> dict[tuple[Option, Option], int]:
    """The strength of the strongest path between each pair: as strong as its weakest link (section 2.3.1)."""
    paths = {
        (one, other): votes if votes > preferences[other, one] else 0
        for (one, other), votes in preferences.items()
    }
    for through in options:
        for start in options:
            for end in options:
                if len({through, start, end}) == 3:
                    detour = min(paths[start, through], paths[through, end])
                    paths[start, end] = max(paths[start, end], detour)
    return paths


def _placed(options: Sequence[Option], votes: Mapping[Option, int]) -> list[Placed[Option]]:
    """By votes; what is equal shares a place, and the places behind it are left out (1, 1, 3).

    In Schulze's order who beats more others never stands behind who beats fewer: the relation is transitive."""
    ordered = sorted(options, key=lambda option: -votes[option])
    return [
        Placed(
            option,
            1 + sum(votes[other] > votes[option] for other in options),
            votes[option],
            sum(votes[other] == votes[option] for other in options) > 1,
        )
        for option in ordered
    ]
