"""What the full-text index holds of a card."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.stems import can_stem, stem
from concivis.catalogue.tags import tags_of
from concivis.places.names import fold

LONGEST = 100_000  # folded characters of one card; PostgreSQL takes a megabyte of words
WORD = re.compile(r"\w+")
SHORTEST_WORD, LONGEST_WORD = 4, 30  # of those that are proposed for a misspelt one


class Entry(NamedTuple):
    """A row of `CardIndex` without its card; the names are those of the columns."""

    weight: float
    last_confirmed: dt.date | None
    tags: str
    title: str
    body: str


def index_of(draft: CardDraft) -> Entry:
    return Entry(
        weight=draft.weight,
        last_confirmed=draft.last_confirmed,
        tags=tags_of(
            kind=draft.kind,
            hub=draft.hub,
            state=draft.state,
            format=draft.format,
            from_date=draft.from_date,
            country=draft.countries,
            place=draft.places,
            term=draft.terms,
            language=draft.languages,
            need=draft.needs,
            offer=draft.offers,
        ),
        title=" ".join(_title(language, text) for language, text in draft.texts.items())[:LONGEST],
        body=" ".join(_body(draft))[:LONGEST],
    )


def words_of(entries: Iterable[Entry]) -> set[str]:
    words = {word for entry in entries for word in f"{entry.title} {entry.body}".split()}
    return {word for word in words if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha()}


def _title(language: str, text: Text) -> str:
    return f"{fold(text.title)} {_stems(text.title, language)}".rstrip()


def _body(draft: CardDraft) -> Iterator[str]:
    for language, text in draft.texts.items():
        yield f"{fold(text.summary)} {fold(text.keywords)} {_stems(text.summary, language)}".strip()
    for organisation in draft.organisations:
        yield fold(organisation.get("name", ""))


def _stems(text: str, language: str) -> str:
    """The stems that no word of the text begins with: the others are found as beginnings ("city": "citi")."""
    if not can_stem(language):
        return ""
    found = ((stem(word, language), fold(word)) for word in dict.fromkeys(WORD.findall(text[:LONGEST])))
    return " ".join(root for root, word in found if not word.startswith(root))
