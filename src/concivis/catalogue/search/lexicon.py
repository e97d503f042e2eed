"""What phrases mean besides their letters: countries and places by any of their names, terms of the vocabulary."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.db.models import Count, Max, Min, Sum
from django.db.models.functions import Length

from concivis.catalogue.tags import tag
from concivis.places.countries import code_named
from concivis.places.models import PlaceName
from concivis.places.names import fold
from concivis.places.sizes import NAME_TIERS
from concivis.vocabulary.models import TermLabel

SMALL_WORDS = Path(__file__).resolve().parent.parent / "data" / "small_words.txt"
NAMESAKES = 8  # places that one name may mean: the largest


@dataclass
class Meaning:
    """Of a phrase: primary keys of places and terms, codes of countries."""

    countries: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    terms: list[int] = field(default_factory=list)

    @property
    def tags(self) -> list[str]:
        values: dict[str, Sequence[object]] = {
            "country": self.countries, "place": self.places, "term": self.terms
        }  # fmt: skip
        return [tag(facet, value) for facet, found in values.items() for value in found]


@dataclass(frozen=True)
class Words:
    """The vocabulary, folded."""

    terms: dict[str, tuple[int, ...]]  # by label and synonym
    labels: dict[int, tuple[str, ...]]  # of a term, in every language
    mark: tuple[object, ...]  # another one for another vocabulary


def meanings(phrases: Collection[str], words: Words) -> dict[str, Meaning]:
    """What folded phrases mean; those that mean nothing are left out. One query."""
    found: dict[str, Meaning] = defaultdict(Meaning)
    for phrase in phrases:
        code = code_named(phrase)
        if code:
            found[phrase].countries.append(code)
        if phrase in words.terms:
            found[phrase].terms.extend(words.terms[phrase])
    for phrase, places in _places(phrases).items():
        found[phrase].places.extend(places)
    return dict(found)


def vocabulary() -> Words:
    """One query where the vocabulary is the one that was read before."""
    mark = TermLabel.objects.aggregate(
        Count("pk"),
        Max("pk"),
        Min("label"),
        Max("label"),
        Max("term"),
        Sum("term"),
        letters=Sum(Length("label")),
    )
    return _vocabulary(tuple(mark.values()))


@lru_cache
def small_words() -> frozenset[str]:
    """Words of questions, in our languages: "who works with Ghana?" asks for Ghana."""
    lines = SMALL_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(word) for line in lines if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=2)
def _vocabulary(mark: tuple[object, ...]) -> Words:
    terms: dict[str, set[int]] = defaultdict(set)
    labels: dict[int, list[str]] = defaultdict(list)
    for term, label, synonyms in TermLabel.objects.values_list("term", "label", "synonyms"):
        labels[term].append(fold(label))
        for phrase in (label, *synonyms):
            terms[fold(phrase)].add(term)
    return Words(
        {phrase: tuple(sorted(found)) for phrase, found in terms.items() if phrase},
        {term: tuple(dict.fromkeys(found)) for term, found in labels.items()},
        mark,
    )


def _places(phrases: Iterable[str]) -> dict[str, list[int]]:
    names = PlaceName.objects.filter(tier__in=NAME_TIERS, folded__in=list(phrases)).order_by("-weight")
    found: dict[str, list[int]] = defaultdict(list)
    for phrase, place in names.values_list("folded", "place"):
        if place not in found[phrase] and len(found[phrase]) < NAMESAKES:
            found[phrase].append(place)
    return found


def words_known() -> frozenset[str]:
    """Single words of labels and synonyms."""
    return _words_known(tuple(vocabulary().terms))


@lru_cache(maxsize=2)
def _words_known(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in re.findall(r"\w{4,30}", phrase))
