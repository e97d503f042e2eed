"""How many of the cards found have which fact, counted in the tags that the search has read anyway."""

from collections import Counter
from collections.abc import Iterable, Mapping

from concivis.catalogue.search.asking import Asked
from concivis.catalogue.search.matching import Row, rows
from concivis.catalogue.tags import PREFIXES, base_of, value_of

Counts = Mapping[str, Mapping[str, int]]  # facet → value → cards, most first


def counted(asked: Asked, found: Iterable[Row], *, any_concept: bool = False) -> Counts:
    """Under the current selection; the values of a facet that is itself selected as if it were not, so that another can
    be chosen beside. One query for each facet selected.
    """
    counts = dict(_counted(found))
    for facet in asked.selection:
        others = rows(asked.expression(without=facet, any_concept=any_concept), ranked=False)
        counts[facet] = _counted(others).get(base_of(facet), {})
    return counts


def _counted(found: Iterable[Row]) -> dict[str, dict[str, int]]:
    words = Counter(" ".join(row.tags for row in found).split())
    counts: dict[str, dict[str, int]] = {facet: {} for facet in PREFIXES}
    for word, count in words.most_common():
        facet, value = value_of(word)
        counts[facet][value] = count
    return counts
