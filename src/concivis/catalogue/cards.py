"""What a room hands over when it publishes: plain values, so that publishing and rebuilding can be compared."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from concivis.catalogue.enums import Support


@dataclass(frozen=True, kw_only=True)
class Text:
    """What a card says in one language. `keywords` are found by search but not shown."""

    title: str
    summary: str = ""
    keywords: str = ""


@dataclass(frozen=True, kw_only=True)
class CardDraft:
    """One card. `language` is the BCP 47 tag of the source text, "mul" for bare names; ids are primary keys.

    `terms` are of any list of the vocabulary (themes, target groups, goals); `format` is the room's own kind of the
    thing ("festival"); `languages` are what it is carried out in; `picture` is the path of a public picture.
    """

    kind: str
    public_id: str
    path: str
    language: str
    texts: Mapping[str, Text]
    state: str = ""
    hub: int | None = None
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    last_confirmed: dt.date | None = None
    weight: float = 1.0
    organisations: tuple[Mapping[str, str], ...] = ()
    places: frozenset[int] = field(default_factory=frozenset)
    countries: frozenset[str] = field(default_factory=frozenset)
    terms: frozenset[int] = field(default_factory=frozenset)
    format: str = ""
    languages: frozenset[str] = field(default_factory=frozenset)
    needs: frozenset[Support] = field(default_factory=frozenset)
    offers: frozenset[Support] = field(default_factory=frozenset)
    picture: str = ""
