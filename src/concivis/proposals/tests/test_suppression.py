"""Numbers by district of which nobody can be found out."""

from itertools import product

from concivis.proposals.suppression import LEAST, told


def test_numbers_of_five_and_more_are_told() -> None:
    assert told({"a": 5, "b": 12}, 17) == {"a": 5, "b": 12}


def test_a_district_where_nobody_signed_is_told() -> None:
    assert told({"a": 0, "b": 12}, 12) == {"a": 0, "b": 12}


def test_one_small_number_takes_the_next_smallest_along_as_it_would_follow_from_the_total() -> None:
    assert told({"a": 3, "b": 9, "c": 12}, 24) == {"a": None, "b": None, "c": 12}


def test_people_without_a_district_may_hide_a_small_number() -> None:
    assert told({"a": 3, "b": 9}, 22) == {"a": None, "b": 9}


def test_small_numbers_that_together_are_too_few_take_another_along() -> None:
    assert told({"a": 1, "b": 2, "c": 30}, 33) == {"a": None, "b": None, "c": None}


def test_whatever_is_hidden_is_never_one_alone_nor_less_than_five_together() -> None:
    for numbers in product([0, 1, 4, 5, 9], repeat=4):
        named = dict(zip("abcd", numbers, strict=True))
        for rest in (0, 1, 7):
            result = told(named, sum(numbers) + rest)
            hidden = [area for area, count in result.items() if count is None]
            shown = [area for area, count in result.items() if count]
            if hidden and shown:
                together = sum(named[area] for area in hidden) + rest
                assert together >= LEAST and len(hidden) + bool(rest) >= 2
