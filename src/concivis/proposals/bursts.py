"""Where signatures come in faster, or closer together, than by themselves. Pure: numbers in, marks out.

**Bursts in time.** Of each hour the count `n` is compared with `m`, the median of the 24 hours before it. Counts of
independent people are about Poisson distributed, and the square root of such a count has a standard deviation of
about 1/2 whatever its mean (Anscombe 1948). So

    z = 2 · (√(n + 3/8) − √(m + 3/8))

is about the number of standard deviations above what was usual, and an hour is marked where z > 4 and n ≥ 20. A median
bears that up to half of the hours before are themselves part of a burst. A newspaper's article makes a burst, too: a
mark says “look”, never “false”.

**Concentration.** A network or a mail domain is marked where at least 20 signatures came from it and they are more than
a fifth of all. Large mail providers are rightly large: the office judges by the domain's name.
"""

from collections.abc import Sequence
from math import sqrt
from statistics import median

HOURS_BEFORE = 24
LEAST_BEFORE = 6  # hours: with fewer, nobody knows what is usual; before a proposal was published they are 0
LEAST = 20  # signatures: below, chance makes the strangest shapes
DEVIATIONS = 4.0
SHARE = 0.2


def surprise(count: int, usual: float) -> float:
    """How many standard deviations `count` is above `usual`, both per hour."""
    return 2 * (sqrt(count + 3 / 8) - sqrt(usual + 3 / 8))


def marked_hours(counts: Sequence[int]) -> list[bool]:
    """For each of consecutive hours, empty ones as 0, whether it stands out from those before it."""
    found = []
    for at, count in enumerate(counts):
        before = counts[max(0, at - HOURS_BEFORE) : at]
        known = len(before) >= LEAST_BEFORE
        found.append(known and count >= LEAST and surprise(count, median(before)) > DEVIATIONS)
    return found


def marked_share(count: int, total: int) -> bool:
    """Whether so many of `total` from one source want to be looked at."""
    return count >= LEAST and count > SHARE * total
