"""Words that nobody wrote, and what was probably meant: compared with the words of all cards, of the names of countries
and of the vocabulary."""

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from concivis.catalogue.models import CardWord
from concivis.catalogue.search.asking import Concept
from concivis.catalogue.search.lexicon import words_known
from concivis.catalogue.search.matching import is_there
from concivis.places.countries import spellings
from concivis.places.names import fold

SHORTEST = 4  # letters of a word that we dare to correct
LONGER = 8  # from here on two letters may be wrong
TRUSTED = 2  # letters at the beginning, or one more at the end
MOST_COMPARED = 4_000
PROPOSED = 5


def corrected(concepts: Sequence[Concept]) -> str:
    """The words with those that nothing holds replaced; empty where nothing is wrong or nothing fits.

    A query for each word, three more for each that is replaced.
    """
    words = [_right(concept) for concept in concepts]
    if None in words:
        return ""
    typed = [concept.typed for concept in concepts]
    return " ".join(word for word in words if word) if words != typed else ""


def _right(concept: Concept) -> str | None:
    """The same where some card has it; None where no word is like it."""
    if concept.meaning is not None or is_there(concept.expression()):
        return concept.typed
    return _nearest(concept.typed)


def _nearest(word: str) -> str | None:
    if len(word) < SHORTEST or " " in word:
        return None
    wrong = 2 if len(word) >= LONGER else 1
    alike = process.extract(
        word,
        sorted(_candidates(word) - {word}),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=wrong,
        limit=PROPOSED,
    )
    return min(alike, key=lambda hit: (hit[1], hit[0] not in _names(), hit[0]))[0] if alike else None


def _candidates(word: str) -> set[str]:
    columns = CardWord.objects.values_list("word", flat=True)
    beginning = columns.filter(word__begins=word[:TRUSTED])[:MOST_COMPARED]
    end = columns.filter(backwards__begins=word[::-1][: TRUSTED + 1])[:MOST_COMPARED]
    return {*beginning, *end, *_names(), *words_known()}


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(part for name in spellings() for part in fold(name).split() if len(part) >= SHORTEST)
