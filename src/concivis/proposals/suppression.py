"""Numbers by area of which the small ones are not told, nor can be computed from the others.

A cell under `LEAST` people is not told. Where just one such cell is left, it would be the total less all others: then
the smallest of the others is not told either (complementary suppression), and so on until what is hidden together is
at least `LEAST`, too, or nothing is left to tell.
"""

from collections.abc import Mapping

LEAST = 5


def told(numbers: Mapping[str, int], total: int) -> dict[str, int | None]:
    """{area: number, or None where it is not told}. `total`: of everybody, which the page tells, also those without
    an area; areas of nobody are told as they are."""
    hidden = {area for area, count in numbers.items() if 0 < count < LEAST}
    rest = total - sum(
        numbers.values()
    )  # people without an area: a cell like the others, though it has no name
    while hidden and _recoverable(numbers, hidden, rest):
        others = [area for area, count in numbers.items() if count > 0 and area not in hidden]
        if not others:
            break
        hidden.add(min(others, key=lambda area: (numbers[area], area)))
    return {area: None if area in hidden else count for area, count in numbers.items()}


def _recoverable(numbers: Mapping[str, int], hidden: set[str], rest: int) -> bool:
    """Whether what is hidden follows from the total: one cell alone, or so few people that little is left to guess."""
    cells = len(hidden) + (1 if rest > 0 else 0)
    return cells < 2 or sum(numbers[area] for area in hidden) + max(rest, 0) < LEAST
