"""What two versions of an agreement say differently: article by article, word by word."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from concivis.twinning.agreements import numbered
from concivis.twinning.models import Agreement, Article

TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
SAME, ADDED, REMOVED = "same", "added", "removed"
MOST_PAIRS = 3_000_000  # of equal words and spaces in two texts; a long article of prose has one million


@dataclass(frozen=True)
class Piece:
    kind: str  # SAME, ADDED, REMOVED
    text: str


@dataclass(frozen=True)
class TextChange:
    language: str
    heading: Sequence[Piece]
    body: Sequence[Piece]

    @property
    def changed(self) -> bool:
        return any(piece.kind != SAME for piece in [*self.heading, *self.body])


@dataclass(frozen=True)
class ArticleChange:
    """`kind`: ADDED, REMOVED, or SAME for one that stands in both, changed or not."""

    number: str
    kind: str
    texts: Sequence[TextChange]

    @property
    def changed(self) -> bool:
        return any(text.changed for text in self.texts)


def compare(older: Agreement, newer: Agreement) -> list[ArticleChange]:
    """In the order of the newer version; what only the older one has stands at the end.

    Articles are the same where they have the same code: a new version copies it. Languages: those of both.
    """
    languages = list(dict.fromkeys([*older.languages, *newer.languages]))
    before = {article.code: article for article in older.articles.all()}
    after = {article.code for article in newer.articles.all()}
    found = [
        _change(number, before.get(article.code), article, languages)
        for number, article in numbered(list(newer.articles.all()))
    ]
    gone = [(number, each) for number, each in numbered(list(older.articles.all())) if each.code not in after]
    return [*found, *(_change(number, article, None, languages) for number, article in gone)]


def words(before: str, after: str) -> list[Piece]:
    """The texts as pieces that stand in both, were added or removed.

    A text that says the same word thousands of times would be compared for minutes: it is replaced as a whole.
    """
    if before == after:
        return [Piece(SAME, before)] if before else []
    old, new = TOKENS.findall(before), TOKENS.findall(after)
    if _pairs(old, new) > MOST_PAIRS:
        return [Piece(REMOVED, before), Piece(ADDED, after)]
    pieces: list[Piece] = []
    for step, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(Piece(SAME, "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece(REMOVED, "".join(old[a:b])))
        if d > c:
            pieces.append(Piece(ADDED, "".join(new[c:d])))
    return pieces


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """What comparing them costs: how many pairs of equal ones there are."""
    counts = Counter(new)
    return sum(count * counts[token] for token, count in Counter(old).items())


def _change(
    number: str, before: Article | None, after: Article | None, languages: Sequence[str]
) -> ArticleChange:
    kind = ADDED if before is None else REMOVED if after is None else SAME
    texts = [
        TextChange(
            language,
            words(_said(before, "heading", language), _said(after, "heading", language)),
            words(_said(before, "body", language), _said(after, "body", language)),
        )
        for language in languages
    ]
    return ArticleChange(number, kind, texts)


def _said(article: Article | None, part: str, language: str) -> str:
    return str(getattr(article, part).get(language, "")) if article else ""
