"""Search over all cards: what was typed becomes an expression (asking), which the full-text index answers (matching);
`find` looks again where nothing was found, and counts facets."""

from concivis.catalogue.search.asking import Asked, Selection, ask
from concivis.catalogue.search.facets import Counts
from concivis.catalogue.search.finding import SORTS, Found, all_cards, find, page_of
from concivis.catalogue.search.marking import excerpt, marked
from concivis.catalogue.search.matching import MOST

__all__ = [
    "MOST", "SORTS", "Asked", "Counts", "Found", "Selection", "all_cards", "ask", "excerpt", "find", "marked",
    "page_of",
]  # fmt: skip
