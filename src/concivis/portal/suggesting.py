"""What the search field proposes while somebody types: countries, themes, places, and cards by their titles."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext

from concivis.catalogue import kinds, queries
from concivis.catalogue.models import Card
from concivis.catalogue.search.expressions import Word, every
from concivis.catalogue.search.lexicon import vocabulary
from concivis.catalogue.search.matching import rows
from concivis.places.countries import codes_beginning, country_name
from concivis.places.names import fold
from concivis.places.queries import suggest as places
from concivis.portal.cards import address, told
from concivis.vocabulary.models import Term

SHORTEST = 2  # letters
COUNTRIES, THEMES, PLACES, CARDS = 2, 3, 4, 6
LOOKED_AT = 200  # the newest cards with such a title, of which the weightiest are proposed


@dataclass(frozen=True)
class Proposal:
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    label: str
    proposals: list[Proposal]


def suggest(words: str) -> list[Group]:
    """Groups that have something. About a dozen queries, however much there is."""
    folded = fold(words)
    if len(folded) < SHORTEST:
        return []
    groups = [
        Group(gettext("Countries"), list(_countries(words))),
        Group(gettext("Themes"), list(_themes(folded))),
        Group(gettext("Entries"), list(_cards(folded))),
        Group(gettext("Places"), list(_places(words))),
    ]
    return [group for group in groups if group.proposals]


def _countries(words: str) -> Iterator[Proposal]:
    named = sorted((country_name(code), code) for code in codes_beginning(words))
    for name, code in named[:COUNTRIES]:
        yield Proposal(name, reverse("portal:country", args=[code]))


def _themes(folded: str) -> Iterator[Proposal]:
    beginning = {
        term: phrase
        for phrase, terms in vocabulary().terms.items()
        if phrase.startswith(folded)
        for term in terms
    }
    found = Term.objects.filter(pk__in=list(beginning)[:50], retired=False).with_labels()
    exact_first = sorted(found, key=lambda term: (not fold(term.label).startswith(folded), term.label))
    for term in exact_first[:THEMES]:
        yield Proposal(term.label, reverse("portal:theme", args=[term.code]))


def _cards(folded: str) -> Iterator[Proposal]:
    words = folded.split()[:8]
    last = words.pop()
    asked = every([*(Word(word, title=True) for word in words), Word(last, begins=True, title=True)])
    weightiest = sorted(rows(asked, ranked=False, most=LOOKED_AT), key=lambda row: -row.weight)[:CARDS]
    loaded = queries.cards().in_bulk([row.id for row in weightiest])
    yield from (_card(loaded[row.id]) for row in weightiest if row.id in loaded)


def _card(card: Card) -> Proposal:
    return Proposal(told(card).title, address(card), str(kinds.kind(card.kind).one))


def _places(words: str) -> Iterator[Proposal]:
    for place in places(words, limit=PLACES):
        url = reverse("twinning:place", args=[place.public_id, slugify(place.name) or "-"])
        yield Proposal(place.name, url, place.where)
