"""Entries of one office that may be the same organisation, for the page on which it merges them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from concivis.directory.models import NotTheSame, Organisation
from concivis.directory.queries import Known, Reason
from concivis.hubs.models import Hub
from concivis.places.names import fold

LEAST = 0.55  # lower than a merge of its own accord would want: a person decides
MOST_SHARING = 40  # a word that more entries share tells nothing
MOST_PAIRS = 200


@dataclass(frozen=True)
class Pair:
    first: Organisation  # the older entry, which a merge keeps unless the office says otherwise
    second: Organisation
    confidence: float
    reasons: tuple[Reason, ...]


def pairs(hub: Hub) -> list[Pair]:
    """The most likely first, at most MOST_PAIRS. Three queries.

    Only entries that share the beginning of a telling word, a register number or a website are compared.
    """
    known = Known(hub)
    settled = set(NotTheSame.objects.filter(first__hub=hub).values_list("first", "second"))
    found: dict[tuple[int, int], Pair] = {}
    for first, second in _candidates(known):
        if (first, second) not in settled and (pair := _compared(known, first, second)):
            found[first, second] = pair
    return sorted(found.values(), key=lambda pair: (-pair.confidence, pair.first.pk))[:MOST_PAIRS]


def _candidates(known: Known) -> Iterator[tuple[int, int]]:
    blocks: dict[tuple[str, str], set[int]] = defaultdict(set)
    for key, owner in zip(known.keys, known.owners, strict=True):
        for word in key.split():
            if len(word) >= 3:
                blocks["word", word[:4]].add(owner)
    for pk, each in known.organisations.items():
        if each.register_number:
            blocks["number", fold(each.register_number).replace(" ", "")].add(pk)
        if each.website:
            blocks["website", each.website.split("//")[-1].removeprefix("www.").rstrip("/")].add(pk)
    seen: set[tuple[int, int]] = set()
    for owners in blocks.values():
        if 2 <= len(owners) <= MOST_SHARING:
            for pair in combinations(sorted(owners), 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _compared(known: Known, first: int, second: int) -> Pair | None:
    one, other = known.organisations[first], known.organisations[second]
    similar = known.compared(one, other)
    if similar is None or similar.confidence < LEAST:
        return None
    return Pair(one, other, similar.confidence, similar.reasons)
