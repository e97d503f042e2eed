"""The words found, marked in the texts. Everything that comes out went through escape()."""

import re
from collections.abc import Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from concivis.catalogue.search.expressions import Word
from concivis.places.names import fold

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u064b-\u0652][^\W_]*)*")
SHORT = 240  # characters of an excerpt
BEFORE = 60  # of them before the first hit


def marked(text: str, words: Sequence[Word]) -> SafeString:
    """`text` as HTML with <mark> around the words that were looked for."""
    return mark_safe("".join(_pieces(text, words)))  # noqa: S308 - every piece is escaped


def excerpt(text: str, words: Sequence[Word], length: int = SHORT) -> SafeString:
    """About `length` characters around the first hit, else of the beginning, cut between words."""
    if len(text) <= length:
        return marked(text, words)
    first = next((match.start() for match in WORD.finditer(text) if _is_hit(match[0], words)), 0)
    start = 0 if first < length - BEFORE else text.rfind(" ", 0, max(first - BEFORE, 1)) + 1
    end = len(text) if start + length >= len(text) else text.rfind(" ", start + 1, start + length)
    end = end if end > start else start + length
    cut = marked(text[start:end].strip(), words)
    return mark_safe(f"{'… ' if start else ''}{cut}{' …' if end < len(text) else ''}")  # noqa: S308 - see above


def _pieces(text: str, words: Sequence[Word]) -> Iterator[str]:
    at = 0
    for match in WORD.finditer(text):
        if words and _is_hit(match[0], words):
            yield escape(text[at : match.start()])
            yield f"<mark>{escape(match[0])}</mark>"
            at = match.end()
    yield escape(text[at:])


def _is_hit(word: str, words: Sequence[Word]) -> bool:
    folded = fold(word)
    return any(folded.startswith(sought.text) if sought.begins else folded == sought.text for sought in words)
