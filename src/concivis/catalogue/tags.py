"""The facts of a card as words of the full-text index, so that filters cost what a word costs.

A tag is a facet's prefix and a value: `xcgh` is the country GH. Tags stand in a column of their own, so that no text
can pretend to be one.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

PREFIXES = {
    "kind": "xk",
    "hub": "xh",
    "country": "xc",
    "place": "xp",
    "term": "xt",
    "language": "xl",
    "state": "xs",  # "initiative.running": states and formats are words of their kind
    "format": "xf",
    "need": "xn",
    "offer": "xo",
    "year": "xy",  # of the beginning
}
FACETS = {prefix: facet for facet, prefix in PREFIXES.items()}
# "q" begins the code of a character that no index takes for part of a word
UNSAFE, ESCAPED = re.compile("[^a-pr-z0-9]"), re.compile("q([0-9a-f]{4})")


def tag(facet: str, value: object) -> str:
    """The word for `value`; case is lost, and what lies beyond the code points of four digits is cut off."""
    return PREFIXES[base_of(facet)] + UNSAFE.sub(
        lambda found: f"q{ord(found[0]) & 0xFFFF:04x}", str(value).lower()
    )


def base_of(facet: str) -> str:
    """ "term.theme" and "term.goal" are two questions to the facet "term"."""
    return facet.partition(".")[0]


def value_of(word: str) -> tuple[str, str]:
    """(facet, value) of a tag, in lower case; countries in upper case as everywhere."""
    facet = FACETS[word[:2]]
    value = ESCAPED.sub(lambda found: chr(int(found[1], 16)), word[2:])
    return facet, value.upper() if facet == "country" else value


def tags_of(
    *,
    kind: str,
    hub: int | None,
    state: str,
    format: str,
    from_date: dt.date | None,
    **many: Iterable[object],
) -> str:
    """All tags of a card, parted by spaces; `many` holds the values of every other facet by its name."""
    return " ".join(_tags(kind, hub, state, format, from_date, many))


def _tags(
    kind: str,
    hub: int | None,
    state: str,
    format: str,
    from_date: dt.date | None,
    many: dict[str, Iterable[object]],
) -> Iterator[str]:
    yield tag("kind", kind)
    if hub is not None:
        yield tag("hub", hub)
    if state:
        yield tag("state", f"{kind}.{state}")
    if format:
        yield tag("format", f"{kind}.{format}")
    if from_date is not None:
        yield tag("year", from_date.year)
    for facet, values in many.items():
        yield from sorted(tag(facet, value) for value in values)
