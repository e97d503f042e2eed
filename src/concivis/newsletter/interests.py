"""What a subscriber wants to hear of, as a query over cards: {"kind": ["initiative"], "country": ["GH", "MX"]}.

The values of one key are alternatives, the keys narrow each other; no interests: everything. They are the parameters of
the search page, so that any search can be subscribed to. `q` are words as one types them: who asks for interests says
what they find (`finding`), so that a watch tells of the same cards as the search shows.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.http import QueryDict

from concivis.catalogue.models import Card

KEYS = ("kind", "country", "place", "hub", "term")
WORDS = "q"
LONGEST_WORDS = 200  # characters, as many as the search reads
TERM_PARAMETERS = ("term", "theme", "target", "goal", "field")  # what the search calls words of its lists
LONGEST = 40  # of values of a key


@dataclass(frozen=True)
class Interests:
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, Iterable[str]]) -> "Interests":
        """From what a subscription or a form holds: known keys only, each value once, sorted."""
        kept = {key: tuple(sorted({str(value) for value in stored.get(key, ())}))[:LONGEST] for key in KEYS}
        words = " ".join(" ".join(stored.get(WORDS, ())).replace("\0", "").split())[:LONGEST_WORDS]
        wanted = {**kept, WORDS: (words,) if words else ()}
        return cls({key: values for key, values in wanted.items() if values})

    @classmethod
    def from_query(cls, query: QueryDict) -> "Interests":
        wanted = {key: query.getlist(key) for key in KEYS}
        wanted[WORDS] = [query.get(WORDS, "")]
        wanted["term"] = [value for name in TERM_PARAMETERS for value in query.getlist(name)]
        return cls.of({key: filter(None, values) for key, values in wanted.items()})

    def stored(self) -> dict[str, list[str]]:
        return {key: list(values) for key, values in self.wanted.items()}

    @property
    def key(self) -> str:
        """Equal for equal interests."""
        return sha256(json.dumps(self.stored(), sort_keys=True).encode()).hexdigest()

    @property
    def words(self) -> str:
        return " ".join(self.wanted.get(WORDS, ()))

    def match(self, facets: Mapping[str, Collection[str]], said: Callable[[str], bool]) -> bool:
        """`said`: whether words find the thing; asked only where there are some, and nothing else stands against it."""
        chosen = {key: values for key, values in self.wanted.items() if key != WORDS}
        fits = all(not set(values).isdisjoint(facets.get(key, ())) for key, values in chosen.items())
        return fits and (not self.words or said(self.words))


def facets_of(card: Card) -> dict[str, Any]:
    """What interests ask of a card. Reads its hub and its prefetched countries, places and terms."""
    return {
        "kind": [card.kind],
        "country": sorted({country.pk for country in card.countries.all()}),
        "place": sorted({place.public_id for place in card.places.all()}),
        "hub": [card.hub.slug] if card.hub else [],
        "term": sorted({term.code for term in card.terms.all()}),
    }
