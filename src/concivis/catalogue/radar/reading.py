"""A text read: which tags its words speak for, how surely, and which words those are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp

from babel import Locale

from concivis.catalogue.radar.countries import mentions
from concivis.catalogue.radar.lexicon import Hit, Lexicon, Tag, shipped
from concivis.catalogue.radar.places import Lookup, place_mentions
from concivis.catalogue.radar.words import (
    LANGUAGES,
    Word,
    all_stopwords,
    guess_language,
    not_towns,
    ours,
    stem,
    stopwords,
    words,
)
from concivis.places.names import fold

TITLE = 1.4  # what a word of the first line is worth beside one further down
SATURATION = {Tag.THEME: 0.75, Tag.GROUP: 0.9, Tag.GOAL: 0.45, Tag.IDEA: 1.2}
BROADER = 0.3  # of a theme's certainty goes to the broader one
SHORTEST_COUNTED = 3  # letters of a word that ranks
LEAST = 0.05

Certainties = Mapping[str, float]
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Reading:
    """Certainties from 0 to 1 by kind and code; `spans` has the characters that led there; `stems` their counts."""

    language: str | None
    certainties: Mapping[Tag, Certainties]
    spans: Mapping[tuple[Tag, str], Spans]
    stems: Mapping[str, float]


def read(
    text: str, language: str | None = None, *, lexicon: Lexicon | None = None, places: Lookup | None = None
) -> Reading:
    """Reads the first 20,000 characters. The first line counts as the title."""
    lexicon = lexicon or shipped()
    found = words(text)
    tongue = ours(language) if language else guess_language(found)
    title_end = text.find("\n") if "\n" in text else 0
    scores, spans = _meanings(found, tongue, lexicon, title_end)
    certainties: dict[Tag, dict[str, float]] = {
        kind: {code: 1 - exp(-SATURATION[kind] * score) for code, score in scores[kind].items()}
        for kind in SATURATION
    }
    _lift_to_broader(certainties[Tag.THEME], lexicon)
    certainties[Tag.COUNTRY] = _countries(found, tongue, spans)
    certainties[Tag.PLACE] = (
        _places(found, tongue, places, lexicon, certainties[Tag.COUNTRY], spans) if places else {}
    )
    certainties[Tag.LANGUAGE] = _languages(found, tongue, spans)
    return Reading(
        tongue,
        {
            kind: {code: sure for code, sure in by.items() if sure >= LEAST}
            for kind, by in certainties.items()
        },
        {name: tuple(dict.fromkeys(each)) for name, each in spans.items()},
        _stems(found, tongue),
    )


Found = dict[tuple[Tag, str], list[tuple[int, int]]]


def _meanings(
    found: list[Word], language: str | None, lexicon: Lexicon, title_end: int
) -> tuple[dict[Tag, dict[str, float]], Found]:
    """Each distinct phrase counts once for a tag, at its best place."""
    best: dict[tuple[Tag, str, str], float] = {}
    spans: Found = defaultdict(list)
    for hit in lexicon.hits(found, language):
        meaning = hit.meaning
        worth = meaning.weight * (TITLE if found[hit.first].start < title_end else 1.0)
        name = (meaning.kind, meaning.code, hit.key)
        best[name] = max(best.get(name, 0.0), worth)
        spans[meaning.kind, meaning.code].append(_span(found, hit))
    scores: dict[Tag, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (kind, code, _key), worth in best.items():
        scores[kind][code] += worth
    return scores, spans


def _span(found: list[Word], hit: Hit) -> tuple[int, int]:
    return found[hit.first].start, found[hit.last].end


def _lift_to_broader(themes: dict[str, float], lexicon: Lexicon) -> None:
    """A broader theme that only its own words speak for stays; one whose narrower theme is named gives way."""
    for code, sure in list(themes.items()):
        parent = lexicon.parents.get(code)
        if parent and themes.get(parent, 0.0) <= sure:
            themes[parent] = min(themes.get(parent, 0.0), BROADER * sure)


def _countries(found: list[Word], language: str | None, spans: Found) -> dict[str, float]:
    """Certainty that at least one mention is meant."""
    doubt: dict[str, float] = {}
    for mention in mentions(found, language):
        for code in mention.codes:
            doubt[code] = doubt.get(code, 1.0) * (1 - mention.certainty)
            spans[Tag.COUNTRY, code].append((found[mention.first].start, found[mention.last].end))
    return {code: 1 - each for code, each in doubt.items()}


def _places(
    found: list[Word],
    language: str | None,
    lookup: Lookup,
    lexicon: Lexicon,
    countries: dict[str, float],
    spans: Found,
) -> dict[str, float]:
    """The towns; their countries gain certainty from them."""
    named = dict(countries)
    places: dict[str, float] = {}
    common = _common(found, language, lexicon)
    for mention in place_mentions(found, language, lookup, named, common):
        span = (found[mention.first].start, found[mention.last].end)
        places[mention.place.id] = max(places.get(mention.place.id, 0.0), mention.certainty)
        spans[Tag.PLACE, mention.place.id].append(span)
        code = mention.place.country
        spans[Tag.COUNTRY, code].append(span)
        countries[code] = 1 - (1 - countries.get(code, 0.0)) * (1 - 0.9 * mention.certainty)
    return places


def _common(found: list[Word], language: str | None, lexicon: Lexicon) -> frozenset[str]:
    """Words of the text that are known as words, or as countries."""
    listed = not_towns()[language] if language else frozenset[str]().union(*not_towns().values())
    return (
        listed
        | frozenset(found[hit.first].folded for hit in lexicon.hits(found, language) if hit.first == hit.last)
        | frozenset(
            found[at].folded
            for mention in mentions(found, language)
            for at in range(mention.first, mention.last + 1)
        )
    )


def _languages(found: list[Word], language: str | None, spans: Found) -> dict[str, float]:
    names = _language_names()
    spoken: dict[str, float] = {}
    for word in found:
        code = names.get((language, word.folded)) if language else None
        if code and (word.is_capital or language in {"fr", "it", "ro", "uk"}):
            spoken[code] = 0.7
            spans[Tag.LANGUAGE, code].append((word.start, word.end))
    return spoken


@cache
def _language_names() -> dict[tuple[str, str], str]:
    """CLDR's names of languages by language and folded name, those of one word."""
    return {
        (language, fold(name)): code
        for language in LANGUAGES
        for code, name in Locale.parse(language).languages.items()
        if len(code) == 2 and " " not in fold(name)
    }


def _stems(found: list[Word], language: str | None) -> dict[str, float]:
    small = stopwords()[language] if language else all_stopwords()
    counts: dict[str, float] = {}
    for word in found[:600]:
        if len(word.folded) >= SHORTEST_COUNTED and word.folded not in small and not word.folded.isdigit():
            key = stem(word.raw, word.folded, language or "")
            counts[key] = min(counts.get(key, 0.0) + 1.0, 2.0)
    return counts
