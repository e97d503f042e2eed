"""Counts different visitors without a list of them: HyperLogLog++ (Heule, Nunkesser, Hall 2013), by datasketch.

4,096 registers hold the longest run of zeros that any identifier began with. From them follows about how many different
ones there were: with a standard error of 1.04 / √4096 = 1.6 percent, so within 3.25 percent 95 times in 100, and nearly
exactly below a hundred. No identifier can be read out of them.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

PRECISION = 12
BYTES = 1 << PRECISION
STANDARD_ERROR = 1.04 / BYTES**0.5


def merged(registers: bytes | None, identifiers: Iterable[int]) -> tuple[bytes, int]:
    """The registers with the identifiers (64 random bits each) in them, and how many different ones that makes."""
    sketch = _sketch(registers)
    for identifier in identifiers:
        sketch.update(identifier)
    return sketch.reg.tobytes(), round(sketch.count())


def _sketch(registers: bytes | None) -> Any:
    import numpy as np

    known = None if registers is None else np.frombuffer(registers, dtype=np.int8).copy()
    return _library()(p=PRECISION, reg=known, hashfunc=int)


@lru_cache(maxsize=1)
def _library() -> Any:
    from datasketch import HyperLogLogPlusPlus  # takes a second to load, and only who keeps counts needs it

    return HyperLogLogPlusPlus
