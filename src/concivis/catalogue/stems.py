"""Stems of words, by the language they are written in."""

from functools import cache, lru_cache
from threading import Lock
from typing import Any

import snowballstemmer

from concivis.places.names import fold

ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
SHORTEST = 4  # letters of a stem worth looking for
_one_at_a_time = Lock()  # a stemmer keeps the word it works on in itself


def can_stem(language: str) -> bool:
    return language.split("-")[0].lower() in ALGORITHMS


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The folded stem of a word as it is written; the folded word where there is none, or hardly a letter is left."""
    folded = fold(word)
    base = language.split("-")[0].lower()
    if base not in ALGORITHMS or " " in folded:
        return folded
    with _one_at_a_time:
        found = fold(_stemmer(base).stemWord(word.lower()))
    return found if len(found) >= SHORTEST and " " not in found else folded


@cache
def _stemmer(base: str) -> Any:
    return snowballstemmer.stemmer(ALGORITHMS[base])
