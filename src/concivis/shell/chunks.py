"""Many things, some at a time: a database takes only so many values in one statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` items in their order, the last one shorter. Takes from `items` only what is asked for."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
