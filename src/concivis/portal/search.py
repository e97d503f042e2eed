"""Search over everything public: places by any of their names, and cards by their texts."""

from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext

from concivis.catalogue import queries as catalogue
from concivis.places.queries import Suggestion, suggest
from concivis.portal import cards
from concivis.shell.parts import Card
from concivis.twinning.queries import link_counts

CARDS_PER_PAGE = 20
PLACES = 8


@dataclass(frozen=True)
class Found:
    """`places` stand on the first page only; `page` pages through the cards."""

    places: list[Card] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    page: Page[int] | None = None
    total: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.places or self.cards)


def find(words: str, *, page: int = 1) -> Found:
    """What matches `words`; nothing for an empty text. About ten queries."""
    if not words.strip():
        return Found()
    offset = (max(page, 1) - 1) * CARDS_PER_PAGE
    hits = catalogue.search(words, limit=CARDS_PER_PAGE, offset=offset)
    numbers: Paginator[int] = Paginator(range(hits.total), CARDS_PER_PAGE)
    return Found(
        places=_places(words) if page <= 1 else [],
        cards=[cards.found(card) for card in hits.cards],
        page=numbers.get_page(page),
        total=hits.total,
    )


def _places(words: str) -> list[Card]:
    suggestions = suggest(words, limit=PLACES)
    links = link_counts([suggestion.id for suggestion in suggestions])
    return [_place(suggestion, links.get(suggestion.id, 0)) for suggestion in suggestions]


def _place(suggestion: Suggestion, links: int) -> Card:
    known = (
        ngettext("%(n)d partnership", "%(n)d partnerships", links) % {"n": links}
        if links
        else gettext("no partnership known here")
    )
    return Card(
        title=suggestion.name,
        url=reverse("twinning:place", args=[suggestion.public_id, slugify(suggestion.name) or "-"]),
        kicker=suggestion.where,
        summary=gettext("also written %(name)s") % {"name": suggestion.matched} if suggestion.matched else "",
        meta=[known],
    )
