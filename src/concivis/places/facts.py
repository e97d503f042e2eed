"""What a source says about a place, before it becomes rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from concivis.places.enums import NameKind
from concivis.places.names import fold

LONGEST = 200  # characters of a name or of its folded form that the tables hold


@dataclass(frozen=True, slots=True)
class NameFacts:
    name: str
    language: str = ""  # BCP 47; empty: not known
    kind: str = NameKind.ALTERNATE


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    geonames_id: int
    name: str
    country: str  # ISO 3166-1 alpha-2
    region: str  # admin1 code; empty: not known
    kind: str
    latitude: float | None
    longitude: float | None
    population: int | None  # None: not known
    timezone: str = ""
    wikidata_id: str | None = None
    names: tuple[NameFacts, ...] = ()  # without the main name


def searchable(name: str, others: Iterable[NameFacts] = ()) -> Iterator[tuple[NameFacts, str]]:
    """The rows that a place's names make, each with its folded form: main name, other names, words inside the main name.

    Of names of one language that fold alike only the first is kept; names too long for the tables are left out.
    """
    seen = set()
    for facts in (NameFacts(name[:LONGEST], "", NameKind.MAIN), *others):
        folded = fold(facts.name)[:LONGEST]
        main = facts.kind == NameKind.MAIN
        if not main and (not folded or len(facts.name) > LONGEST or (facts.language, folded) in seen):
            continue
        seen.add((facts.language, folded))
        yield facts, folded
    for word, folded in _inner_words(name):
        if ("", folded) not in seen:
            seen.add(("", folded))
            yield NameFacts(word, "", NameKind.WORD), folded


def _inner_words(name: str) -> Iterator[tuple[str, str]]:
    """ "Halle (Saale)" gives "Saale)"; every word but the first begins one. Single letters begin none."""
    words = name[:LONGEST].replace("-", " ").replace("(", " ").split()
    for start in range(1, len(words)):
        rest = " ".join(words[start:])
        folded = fold(rest)
        if len(folded) > 1:
            yield rest.rstrip(")"), folded
