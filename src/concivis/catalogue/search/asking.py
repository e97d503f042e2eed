"""From what was typed to what is asked of the index."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from concivis.catalogue.radar.countries import mentions
from concivis.catalogue.radar.words import words
from concivis.catalogue.search.expressions import Expression, Tag, Word, either, every
from concivis.catalogue.search.lexicon import Meaning, Words, meanings, small_words, vocabulary
from concivis.catalogue.stems import SHORTEST, stem
from concivis.catalogue.tags import tag
from concivis.places.names import fold

LONGEST = 300  # characters that are read
MOST_WORDS = 12
LONGEST_PHRASE = 4  # words of a name
BEGINS_FROM = 3  # letters of a word that may go on; the last one, perhaps half typed, from two
OTHER_LABELS = 6  # of a term in other languages, looked for in texts too

Selection = Mapping[str, Sequence[str]]
"""Facet (see `catalogue.tags`) → values, any of which will do. What stands after a point in a facet's name parts
several questions to one facet, each of which must be met."""


@dataclass(frozen=True)
class Concept:
    """One thing asked for: the words as typed, or what they mean."""

    typed: str  # folded
    words: Sequence[Sequence[Word]]  # for each word its forms
    meaning: Meaning | None = None
    labels: Sequence[str] = ()  # the same thing in other words, folded

    def expression(self) -> Expression:
        spelt = every(either(forms) for forms in self.words if forms)  # type: ignore[misc]
        told = [_phrase(label) for label in self.labels]
        tags = [Tag(word) for word in self.meaning.tags] if self.meaning else []
        found = either([part for part in (spelt, *told, *tags) if part is not None])
        assert found is not None  # a concept has at least one word
        return found


@dataclass(frozen=True)
class Asked:
    concepts: Sequence[Concept] = ()
    selection: Selection = field(default_factory=dict)

    def expression(self, *, without: str = "", any_concept: bool = False) -> Expression | None:
        """`without`: a facet whose selection is left out; `any_concept`: one of the things will do."""
        things = [concept.expression() for concept in self.concepts]
        wanted = [either(things)] if any_concept else things
        chosen = [
            either(Tag(tag(facet, value)) for value in values)
            for facet, values in self.selection.items()
            if facet != without
        ]
        return every(part for part in (*wanted, *chosen) if part is not None)

    @property
    def beginnings(self) -> list[Word]:
        """Every form of every word: what is marked in the texts."""
        spelt = [form for concept in self.concepts for forms in concept.words for form in forms]
        told = [
            Word(word, len(word) >= SHORTEST)
            for concept in self.concepts
            for label in concept.labels
            for word in label.split()
            if word not in small_words()
        ]
        return list(dict.fromkeys([*spelt, *told]))


def ask(text: str, selection: Selection | None = None, *, language: str = "en") -> Asked:
    """`language`: the reader's, whose endings are taken off words. Two queries where there are words, else none."""
    chosen = {facet: list(values) for facet, values in (selection or {}).items() if values}
    return Asked(tuple(concepts(text, language)), chosen)


def concepts(text: str, language: str) -> list[Concept]:
    typed = _words(text[:LONGEST])
    if not typed:
        return []
    folded = [fold(word) for word in typed]
    terms = vocabulary()
    known = meanings({" ".join(folded[i:j]) for i, j in _windows(len(folded))}, terms)
    for word, codes in _spoken_of(typed).items():
        meaning = known.setdefault(word, Meaning())
        meaning.countries.extend(code for code in codes if code not in meaning.countries)
    found, at = [], 0
    while at < len(folded):
        end = next(
            (
                j
                for j in range(min(at + LONGEST_PHRASE, len(folded)), at, -1)
                if " ".join(folded[at:j]) in known
            ),
            at + 1,
        )
        last = end == len(folded)
        found.append(_concept(typed[at:end], known.get(" ".join(folded[at:end])), terms, language, last=last))
        at = end
    telling = [one for one in found if one.typed not in small_words() or _is_certain(one)]
    return telling or found


def _spoken_of(typed: Sequence[str]) -> dict[str, list[str]]:
    """Folded words that speak of a country without naming it, as adjectives do ("ghanaisch"), with its code."""
    read = words(" ".join(typed).title())  # in search fields capitals say nothing
    if len(read) != len(typed):
        return {}
    return {
        fold(typed[each.first]): list(each.codes)
        for each in mentions(read, None)
        if each.first == each.last and not each.is_doubtful
    }


def _words(text: str) -> list[str]:
    """As typed, each one word also when folded, at most so many."""
    pieces = [piece for word in re.split(r"\s+", text) for piece in _pieces(word)]
    return pieces[:MOST_WORDS]


def _pieces(word: str) -> list[str]:
    folded = fold(word)
    return [word] if folded and " " not in folded else folded.split()


def _windows(length: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(length) for j in range(i + 1, min(i + LONGEST_PHRASE, length) + 1)]


def _concept(
    typed: Sequence[str], meaning: Meaning | None, known: Words, language: str, *, last: bool
) -> Concept:
    phrase = " ".join(map(fold, typed))
    spelt = [
        _forms(word, language, last=last and position == len(typed) - 1)
        for position, word in enumerate(typed)
    ]
    labels = [label for term in (meaning.terms if meaning else []) for label in known.labels.get(term, ())]
    others = [label for label in dict.fromkeys(labels) if label != phrase]
    return Concept(phrase, spelt, meaning, others[:OTHER_LABELS])


def _forms(word: str, language: str, *, last: bool) -> list[Word]:
    folded = fold(word)
    root = stem(word, language)
    forms = [Word(folded, len(folded) >= (2 if last else BEGINS_FROM))]
    return forms if root == folded else [*forms, Word(root, True)]


def _phrase(label: str) -> Expression | None:
    words = [word for word in label.split() if word not in small_words()]
    return every(Word(word, len(word) >= SHORTEST) for word in words)


def _is_certain(concept: Concept) -> bool:
    """A small word that is also the name of a country; there is hardly a word that is not also a village."""
    return concept.meaning is not None and bool(concept.meaning.countries)
