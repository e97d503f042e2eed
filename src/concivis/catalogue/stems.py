"""Stems of words, by the language they are written in."""

import threading
from functools import lru_cache

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
_own = threading.local()  # a stemmer keeps the word it works on in itself


def can_stem(language: str) -> bool:
    return language.split("-")[0].lower() in ALGORITHMS


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """The folded stem of a word as it is written; the folded word where there is none, or hardly a letter is left."""
    folded = fold(word)
    base = language.split("-")[0].lower()
    if base not in ALGORITHMS or " " in folded:
        return folded
    found = fold(bare(word.lower(), base))
    return found if len(found) >= SHORTEST and " " not in found else folded


def bare(word: str, base: str) -> str:
    """What the algorithm of a language ("de", one of ALGORITHMS) leaves of a word in small letters."""
    stemmers = _own.__dict__
    if base not in stemmers:
        stemmers[base] = snowballstemmer.stemmer(ALGORITHMS[base])
    return str(stemmers[base].stemWord(word))
