"""What a source says about a place, before it becomes rows."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from concivis.places.enums import NameKind
from concivis.places.names import fold
from concivis.places.sizes import weight_of

MAIN, WORD = NameKind.MAIN.value, NameKind.WORD.value  # plain texts, as the tables want them
LONGEST = 200  # characters of a name or of its folded form that the tables hold


class NameFacts(NamedTuple):
    name: str
    language: str = ""  # BCP 47; empty: not known
    kind: str = NameKind.ALTERNATE.value


class PlaceFacts(NamedTuple):
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
    names: Iterable[NameFacts] = ()  # without the main name

    @property
    def weight(self) -> int:
        return weight_of(self.population, self.geonames_id)


def searchable(name: str, others: Iterable[NameFacts] = ()) -> list[tuple[str, NameFacts]]:
    """The main name, the other names and the words inside the main name, each after its folded form.

    Of names of one language that fold alike one is kept: the main name, else the one that starts with a capital and
    has its accents. Names too long for the tables are left out.
    """
    main = NameFacts(name[:LONGEST], "", MAIN)
    kept = {("", fold(main.name)[:LONGEST]): main}
    for other in others:
        spelling = other.name
        folded = fold(spelling)[:LONGEST]
        if not folded or len(spelling) > LONGEST:
            continue
        key = (other.language, folded)
        rival = kept.setdefault(key, other)
        if rival is not other and rival is not main and _looks(other) > _looks(rival):
            kept[key] = other
    for word, folded in _inner_words(main.name):
        kept.setdefault(("", folded), NameFacts(word, "", WORD))
    return [(folded, facts) for (_language, folded), facts in kept.items()]


def _looks(facts: NameFacts) -> tuple[bool, bool, bool]:
    return facts.kind == NameKind.PREFERRED.value, facts.name[:1].isupper(), not facts.name.isascii()


def _inner_words(name: str) -> Iterator[tuple[str, str]]:
    """ "Halle (Saale)" gives "Saale"; every word but the first begins one. Single letters begin none."""
    words = name.replace("-", " ").replace("(", " ").split()
    for start in range(1, len(words)):
        rest = " ".join(words[start:]).rstrip(")")
        folded = fold(rest)
        if len(folded) > 1:
            yield rest, folded
