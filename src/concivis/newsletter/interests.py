"""What a subscriber wants to hear of, as a query over cards: {"kind": ["initiative"], "country": ["GH", "MX"]}.

The values of one key are alternatives, the keys narrow each other; no interests: everything. They are the parameters of
the search page, so that any search can be subscribed to.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.http import QueryDict

from concivis.catalogue.models import Card

KEYS = ("kind", "country", "term")
TERM_PARAMETERS = ("term", "theme", "target", "goal", "field")  # what the search calls words of its lists
LONGEST = 40  # of values of a key


@dataclass(frozen=True)
class Interests:
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, Iterable[str]]) -> "Interests":
        """From what a subscription or a form holds: known keys only, each value once, sorted."""
        kept = {key: tuple(sorted({str(value) for value in stored.get(key, ())}))[:LONGEST] for key in KEYS}
        return cls({key: values for key, values in kept.items() if values})

    @classmethod
    def from_query(cls, query: QueryDict) -> "Interests":
        wanted = {key: query.getlist(key) for key in KEYS}
        wanted["term"] = [value for name in TERM_PARAMETERS for value in query.getlist(name)]
        return cls.of({key: filter(None, values) for key, values in wanted.items()})

    def stored(self) -> dict[str, list[str]]:
        return {key: list(values) for key, values in self.wanted.items()}

    @property
    def key(self) -> str:
        """Equal for equal interests."""
        return sha256(json.dumps(self.stored(), sort_keys=True).encode()).hexdigest()

    def match(self, facets: Mapping[str, Collection[str]]) -> bool:
        return all(not set(values).isdisjoint(facets.get(key, ())) for key, values in self.wanted.items())


def facets_of(card: Card) -> dict[str, Any]:
    """What interests ask of a card. Reads its prefetched countries and terms."""
    return {
        "kind": [card.kind],
        "country": sorted({country.pk for country in card.countries.all()}),
        "term": sorted({term.code for term in card.terms.all()}),
    }
