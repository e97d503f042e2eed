"""The bound of the error that the documents state."""

import random

import pytest

from concivis.reach.sketch import BYTES, STANDARD_ERROR, merged


def identifiers(many: int, seed: int = 1) -> list[int]:
    drawn = random.Random(seed)
    return [drawn.getrandbits(64) for _ in range(many)]


@pytest.mark.parametrize("many", [100, 1_000, 5_000, 20_000])
def test_the_error_is_what_is_stated(many):
    """Twenty days each: the mean square is that of the standard error, with some room, and no day is far off."""
    errors = [merged(None, identifiers(many, seed))[1] / many - 1 for seed in range(20)]
    assert (sum(error**2 for error in errors) / len(errors)) ** 0.5 < 1.4 * STANDARD_ERROR
    assert max(map(abs, errors)) < 4 * STANDARD_ERROR


@pytest.mark.parametrize("many", [1, 2, 10, 50])
def test_small_numbers_are_nearly_exact(many):
    assert abs(merged(None, identifiers(many))[1] - many) <= 1


def test_whoever_comes_again_is_not_counted_again():
    seen = identifiers(500)
    registers, once = merged(None, seen)
    assert merged(registers, seen) == (registers, once)


def test_several_processes_make_the_same_sketch_as_one():
    seen = identifiers(900)
    half, _count = merged(None, seen[:500])
    assert merged(half, seen[300:]) == merged(None, seen)


def test_a_sketch_has_one_size_whoever_came():
    assert {len(merged(None, identifiers(many))[0]) for many in (1, 1000)} == {BYTES}
