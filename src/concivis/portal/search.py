"""One search as an address names it: the page, the other formats and the API share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language, gettext, ngettext

from concivis.catalogue import search as catalogue
from concivis.catalogue.models import Card as CatalogueCard
from concivis.places.countries import country_name
from concivis.places.queries import Suggestion, suggest
from concivis.portal import cards
from concivis.portal.facets import Choice, Facet
from concivis.shell.parts import Card
from concivis.shell.templatetags.shell import number
from concivis.twinning.queries import link_counts
from concivis.vocabulary.models import Term

PER_PAGE = 20
PLACES = 4
LONGEST = 200  # characters of the words


@dataclass
class Search:
    query: QueryDict
    fixed: Mapping[str, Sequence[str]] = field(
        default_factory=dict
    )  # facet → keys that the page itself selects
    size: int = PER_PAGE

    @classmethod
    def of(cls, request: HttpRequest) -> "Search":
        return cls(request.GET)

    @property
    def words(self) -> str:
        return " ".join(self.query.get("q", "").replace("\0", "").split())[:LONGEST]

    @property
    def sort(self) -> str:
        asked = self.query.get("sort", "")
        return asked if asked in catalogue.SORTS else "relevance"

    @cached_property
    def choice(self) -> Choice:
        return Choice(self.query, self.fixed)

    @cached_property
    def found(self) -> catalogue.Found:
        return catalogue.find(
            self.words, self.choice.selection, language=get_language() or "en", sort=self.sort
        )

    @cached_property
    def page(self) -> Page[int]:
        asked = self.query.get("page", "")
        numbers: Paginator[int] = Paginator(self.found.ids, self.size)
        return numbers.get_page(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1)

    @cached_property
    def rows(self) -> list[CatalogueCard]:
        return catalogue.page_of(self.found, self.page.number, self.size)

    @cached_property
    def cards(self) -> list[Card]:
        words = self.found.asked.beginnings
        return [cards.found(row, words) for row in self.rows]

    @cached_property
    def facets(self) -> list[Facet]:
        return self.choice.facets(self.found.counts(), more=self.found.more)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.choice.values)

    @property
    def total(self) -> str:
        return number(self.found.total) + ("+" if self.found.more else "")

    @property
    def title(self) -> str:
        """“Search: ghana · Initiatives”."""
        said = [self.words, *(chip.value for chip in self.choice.chips)]
        told = " · ".join(word for word in said if word)
        return f"{gettext('Search')}: {told}" if told else gettext("Search")

    @property
    def state(self) -> str:
        """What a screen reader is told of the list."""
        if self.found.more:
            return gettext("More than %(n)s entries") % {"n": number(self.found.total)}
        return ngettext("%(n)s entry", "%(n)s entries", self.found.total) % {"n": number(self.found.total)}

    @property
    def proposal_url(self) -> str:
        """The same search for the words proposed."""
        again = self.query.copy()
        again.pop("page", None)
        again["q"] = self.found.proposal
        return f"?{again.urlencode()}"

    @property
    def unfiltered_url(self) -> str:
        return f"?{urlencode({'q': self.words})}" if self.words else "?"

    # --- what the words mean beside the cards --------------------------------------------------------------

    @cached_property
    def answers(self) -> list[Card]:
        """Pages about what was named: countries, themes, places. On the first page of an unfiltered search only."""
        if not self.words or self.is_narrowed or self.page.number > 1:
            return []
        meanings = [concept.meaning for concept in self.found.asked.concepts if concept.meaning]
        countries = dict.fromkeys(code for meaning in meanings for code in meaning.countries)
        terms = dict.fromkeys(term for meaning in meanings for term in meaning.terms)
        return [
            *(_country(code) for code in countries),
            *(_term(term) for term in Term.objects.filter(pk__in=terms).with_labels()),
            *_places(self.words),
        ]


def _country(code: str) -> Card:
    return Card(
        title=country_name(code),
        url=reverse("portal:country", args=[code]),
        kicker=gettext("Country"),
        summary=gettext("Everything that is done there, and the partnerships of its places."),
    )


def _term(term: Term) -> Card:
    return Card(
        title=term.label,
        url=reverse("portal:theme", args=[term.code]),
        kicker=gettext("Theme"),
        summary=term.description,
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
