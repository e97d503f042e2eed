"""What the words of a text speak for: themes, target groups, goals, and ideas that seven languages share."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from threading import Lock
from typing import NamedTuple

from concivis.catalogue.radar.words import DATA, LANGUAGES, Word, all_stopwords, keys, words
from concivis.vocabulary.files import SHIPPED, SchemeFile, read_folder


class Tag(StrEnum):
    """The kinds of controlled tags. The value is also the vocabulary's scheme where there is one."""

    THEME = "theme"
    GROUP = "target-group"
    GOAL = "sdg"
    COUNTRY = "country"
    PLACE = "place"
    LANGUAGE = "language"
    IDEA = "idea"  # one line of data/concepts.tsv; never shown as a tag


SCHEMES = {Tag.THEME, Tag.GROUP, Tag.GOAL}
WEAK = 0.35  # what a word that speaks weakly for a tag is worth beside one that stands for it
FOREIGN = 0.6  # …and one found in a language that is not the text's
LONGER = 1.3  # …and a phrase of several words beside one
HEAD, MODIFIER = 0.85, 0.7  # …and the last and first parts of a compound
SHORTEST_PART = 4  # letters of a part of a compound
SHORTEST_COMPOUND = 8


class Meaning(NamedTuple):
    kind: Tag
    code: str
    weight: float


class Phrase(NamedTuple):
    """One spelling of a meaning: the spellings each of its words may take."""

    words: tuple[frozenset[str], ...]
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Hit:
    """A meaning, and the words that have it: positions `first` to `last` among the words of the text."""

    meaning: Meaning
    first: int
    last: int
    key: str  # the same words again count once


@dataclass(frozen=True)
class Lexicon:
    """Read only once filled; `parents` has the broader theme of a theme."""

    phrases: dict[str, dict[str, list[Phrase]]]  # by language and a spelling of the first word
    parents: dict[str, str] = field(default_factory=dict)
    codes: dict[Tag, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, schemes: Iterable[SchemeFile], *, with_ideas: bool = True) -> "Lexicon":
        """From the vocabulary's schemes; of the shipped list of ideas, those tags that the schemes hold."""
        read = [scheme for scheme in schemes if scheme.scheme in SCHEMES]
        codes = {Tag(scheme.scheme): frozenset(term.code for term in scheme.terms) for scheme in read}
        named = [
            (language, text, meaning) for scheme in read for language, text, meaning in _of_scheme(scheme)
        ]
        if with_ideas:
            known = frozenset().union(*codes.values()) if codes else frozenset()
            named += [each for each in _of_ideas() if each[2].kind is Tag.IDEA or each[2].code in known]
        parents = {term.code: term.parent for scheme in read for term in scheme.terms if term.parent}
        return cls(_shared_out(named), parents, codes)

    def hits(self, found: list[Word], language: str | None) -> Iterator[Hit]:
        """Every meaning at its longest phrase. Without a known language all languages are looked up."""
        for tongue in (language,) if language else LANGUAGES:
            spelt = [keys(word.raw, word.folded, tongue) for word in found]
            weight = 1.0 if language else FOREIGN
            position = 0
            while position < len(found):
                length, matched = self._at(spelt, position, tongue)
                if not matched and tongue == "de":
                    matched = self._parts(found[position], tongue)
                    length = 1
                for meaning, key in matched:
                    yield Hit(
                        meaning._replace(weight=meaning.weight * weight),
                        position,
                        position + max(length, 1) - 1,
                        key,
                    )
                position += max(length, 1)

    def _at(
        self, spelt: list[tuple[str, ...]], position: int, language: str
    ) -> tuple[int, list[tuple[Meaning, str]]]:
        """How many words the longest phrase takes, and what it means."""
        longest, matched = 0, dict[tuple[Tag, str], tuple[Meaning, str]]()
        for number, key in enumerate(spelt[position]):
            if number and longest == 1:  # the word as it stands beats what only looks like it without endings
                break
            for phrase in self.phrases.get(language, {}).get(key, ()):
                length = len(phrase.words)
                if length < longest or position + length > len(spelt):
                    continue
                if length > 1 and not _all_meet(phrase.words, spelt[position : position + length]):
                    continue
                if length > longest:
                    longest, matched = length, {}
                name = (phrase.meaning.kind, phrase.meaning.code)
                if name not in matched or matched[name][0].weight < phrase.meaning.weight:
                    matched[name] = (
                        phrase.meaning,
                        min(phrase.words[0], key=len) if length == 1 else str(phrase.words),
                    )
        return longest, list(matched.values())

    def _parts(self, word: Word, language: str) -> list[tuple[Meaning, str]]:
        """The known words with which a compound begins and ends."""
        if len(word.folded) < SHORTEST_COMPOUND:
            return []
        found: list[tuple[Meaning, str]] = []
        for text, share in ((self._end(word, language), HEAD), (self._beginning(word, language), MODIFIER)):
            for phrase in self.phrases[language].get(text, ()) if text else ():
                if len(phrase.words) == 1:
                    meaning = phrase.meaning
                    found.append((meaning._replace(weight=meaning.weight * share), text))
        return found

    def _beginning(self, word: Word, language: str) -> str:
        for length in range(len(word.folded) - 3, SHORTEST_PART - 1, -1):
            if self._stands_alone(part := word.folded[:length], language):
                return part
        return ""

    def _end(self, word: Word, language: str) -> str:
        for start in range(3, len(word.folded) - SHORTEST_PART + 1):
            part = word.folded[start:]
            for key in keys(part, part, language):
                if len(key) >= SHORTEST_PART and self._stands_alone(key, language):
                    return key
        return ""

    def _stands_alone(self, key: str, language: str) -> bool:
        return any(len(phrase.words) == 1 for phrase in self.phrases.get(language, {}).get(key, ()))


def shipped() -> Lexicon:
    """Of the vocabulary that comes with Concivis. The first call costs two seconds of CPU; who calls then waits."""
    with _making:
        return _shipped()


_making = Lock()


@cache
def _shipped() -> Lexicon:
    return Lexicon.of(read_folder(SHIPPED))


def _all_meet(wanted: tuple[frozenset[str], ...], spelt: list[tuple[str, ...]]) -> bool:
    return all(not one.isdisjoint(other) for one, other in zip(wanted, spelt, strict=True))


Named = tuple[str, str, Meaning]  # language, words, meaning
Written = tuple[str, tuple[str, ...]]  # language, folded words
Spellings = dict[Written, dict[tuple[Tag, str], float]]
Variants = dict[Written, tuple[frozenset[str], ...]]


def _of_scheme(scheme: SchemeFile) -> Iterator[Named]:
    kind = Tag(scheme.scheme)
    for term in scheme.terms:
        for language, spelt in term.words.items():
            if language in LANGUAGES:
                for text in (spelt.label, *spelt.synonyms):
                    yield language, text, Meaning(kind, term.code, 1.0)


def _of_ideas() -> Iterator[Named]:
    lines = (DATA / "concepts.tsv").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("#") or not line:
            continue
        idea, tags, *columns = line.split("\t")
        meanings = [Meaning(Tag.IDEA, idea, 1.0), *map(_tag, filter(None, map(str.strip, tags.split(","))))]
        for language, column in zip(LANGUAGES, columns, strict=True):
            for text in column.split(","):
                yield from ((language, text.strip(), meaning) for meaning in meanings if text.strip())


def _tag(written: str) -> Meaning:
    weight = WEAK if written.startswith("~") else 1.0
    code = written.lstrip("~")
    return Meaning(Tag.GROUP if code.startswith("@") else Tag.THEME, code.lstrip("@"), weight)


def _shared_out(named: list[Named]) -> dict[str, dict[str, list[Phrase]]]:
    """The index of phrases; what speaks for many tags of a kind says less for each."""
    spellings: Spellings = defaultdict(dict)
    variants: Variants = {}
    for language, text, meaning in named:
        found = words(text)
        if not found or (len(found) == 1 and found[0].folded in all_stopwords()):
            continue
        name = (language, tuple(word.folded for word in found))
        variants[name] = tuple(frozenset(keys(word.raw, word.folded, language)) for word in found)
        tag = (meaning.kind, meaning.code)
        spellings[name][tag] = max(spellings[name].get(tag, 0.0), meaning.weight)
    return _by_first_word(spellings, variants)


def _by_first_word(spellings: Spellings, variants: Variants) -> dict[str, dict[str, list[Phrase]]]:
    phrases: dict[str, dict[str, list[Phrase]]] = {language: {} for language in LANGUAGES}
    for name, tags in spellings.items():
        language, written = name
        for (kind, code), weight in tags.items():
            total = sum(other for (each, _code), other in tags.items() if each is kind)
            share = weight * (weight / total) ** 0.7 * (LONGER if len(written) > 1 else 1.0)
            phrase = Phrase(variants[name], Meaning(kind, code, share))
            for key in phrase.words[0]:
                phrases[language].setdefault(key, []).append(phrase)
    return phrases
