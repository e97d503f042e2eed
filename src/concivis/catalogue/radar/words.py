"""Words of a text in their places, and what is left of a word when its endings are taken away."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from concivis.catalogue.stems import bare
from concivis.places.names import fold

DATA = Path(__file__).parent / "data"
LANGUAGES = ("de", "en", "fr", "it", "ro", "tr", "uk")
SNOWBALL = {"de", "en", "fr", "it", "ro", "tr"}
LONGEST_TEXT = 20_000  # characters that are read; what stands further down adds nothing to a card
LONGEST_WORD = 60
SHORTEST_STEM = 3
WORD = re.compile(r"[^\W_](?:[\w\u0300-\u036f\u0483-\u0487\u064b-\u0652\u00ad\u200c\u200d\u2060]*\w)?")
SENTENCE_END = re.compile(r"[.!?…:;\n„“”\"«»(]\s*[„“\"«(]?\s*$")
UKRAINIAN_ENDINGS = """
    ами ями ого ому ими ім их ої ою ею єю ові еві єві ів їв ам ям ах ях ий ій их ия ія а я о е є и і ї у ю ь
    ою ем єм ом ість ості істю ння ття ська ське ські ський ських ському ського ською ати ити іти яти ути
    ає ує ить ять уть ють ємо имо емо єте али или ала ила ав ив
"""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it stands at `start` to `end` of the text."""

    start: int
    end: int
    raw: str
    folded: str
    is_capital: bool
    opens: bool  # the first of a sentence, where a capital says nothing


def words(text: str) -> list[Word]:
    """The words of the first LONGEST_TEXT characters; elision and Turkish endings after an apostrophe stand alone."""
    return list(_words(text[:LONGEST_TEXT]))


def _words(text: str) -> Iterator[Word]:
    end = 0
    for found in WORD.finditer(text):
        raw = found.group()
        folded = fold(raw)
        if not folded or len(raw) > LONGEST_WORD:
            continue
        opens = (
            found.start() == 0 or bool(SENTENCE_END.search(text[max(end - 1, 0) : found.start()])) or not end
        )
        end = found.end()
        yield Word(found.start(), end, raw, folded, raw[0].isupper(), opens)


def keys(raw: str, folded: str, language: str) -> tuple[str, ...]:
    """The spellings under which a word is compared: as it stands, and without its endings."""
    return _keys(raw.replace("İ", "i").lower() if language == "tr" else raw.lower(), folded, language)


@lru_cache(maxsize=100_000)
def _keys(lower: str, folded: str, language: str) -> tuple[str, ...]:
    if language == "uk":
        found = [folded, _ukrainian(folded)]
    elif language in SNOWBALL:
        found = [folded, fold(bare(lower, language))]
        found += [] if folded == lower else [fold(bare(folded, language))]
    else:
        found = [folded]
    return tuple(dict.fromkeys(key for key in found if len(key) >= SHORTEST_STEM or key == folded))


def stem(raw: str, folded: str, language: str) -> str:
    """The one spelling under which a word is counted."""
    return keys(raw, folded, language)[-1]


def _ukrainian(word: str) -> str:
    """Snowball has no Ukrainian: the longest known ending goes, where at least four letters stay."""
    for ending in _ukrainian_endings():
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word[: -len(ending)]
    return word


@cache
def _ukrainian_endings() -> list[str]:
    return sorted({fold(ending) for ending in UKRAINIAN_ENDINGS.split()}, key=len, reverse=True)


@cache
def stopwords() -> dict[str, frozenset[str]]:
    """By language, folded."""
    return _listed("stopwords.tsv")


@cache
def not_towns() -> dict[str, frozenset[str]]:
    """By language, folded: words that some town is called too."""
    return _listed("not_towns.tsv")


def _listed(name: str) -> dict[str, frozenset[str]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {language: frozenset(map(fold, listed.split())) for language, listed in rows}


@cache
def all_stopwords() -> frozenset[str]:
    return frozenset[str]().union(*stopwords().values())


def ours(language: str | None) -> str | None:
    """The one of our languages that a BCP 47 tag means, or None."""
    primary = (language or "").replace("_", "-").split("-")[0].lower()
    return primary if primary in LANGUAGES else None


def guess_language(found: list[Word]) -> str | None:
    """By the small words, and letters, used only to read a text whose language nobody stated; None in doubt."""
    counts = Counter(
        language for word in found[:400] for language, small in stopwords().items() if word.folded in small
    )
    counts.update(_by_letters(found))
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


OWN_LETTERS = (("uk", "іїєґ"), ("tr", "ışğ"), ("ro", "țșţşă"), ("de", "äß"), ("fr", "êœèû"))


def _by_letters(found: list[Word]) -> Iterator[str]:
    """A language once for each of the letters that hardly another of ours has, and twice for the first."""
    text = "".join(word.raw for word in found[:400]).lower()
    for language, letters in OWN_LETTERS:
        seen = [letter for letter in letters if letter in text]
        yield from [language] * (len(seen) + bool(seen))


def grams(text: str) -> frozenset[int]:
    """The four-letter pieces of a text's words, as numbers below 65,536."""
    pieces: set[int] = set()
    for word in fold(text[:400]).split():
        if len(word) >= 4 and word not in all_stopwords():
            padded = f" {word} "
            pieces.update(_number(padded[at : at + 4]) for at in range(len(padded) - 3))
    return frozenset(pieces)


def _number(piece: str) -> int:
    """The same in every process, unlike hash()."""
    value = 2166136261
    for character in piece:
        value = ((value ^ ord(character)) * 16777619) & 0xFFFFFFFF
    return (value >> 16) ^ (value & 0xFFFF)
