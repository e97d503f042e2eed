"""Which cards words find, for the wishes of subscribers: the same as the search shows."""

from functools import lru_cache

from concivis.catalogue.search import ask
from concivis.catalogue.search.matching import ids

KEPT = 64  # wishes in words: many subscribers of one letter have the same


@lru_cache(maxsize=KEPT)
def found_by(words: str, language: str, occasion: str) -> frozenset[int]:
    """The keys of the cards that a reader of `language` finds with `words`. `occasion`: the letter for which it is
    asked, as it is looked up once for all its readers. Three queries."""
    return frozenset(ids(ask(words, language=language).expression()))
