"""The facets of the search as an address names them, and as a page lists them.

In addresses hubs, places and terms go by their public words; the index knows them by their keys.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import kinds
from concivis.catalogue.enums import Support
from concivis.catalogue.search import Counts
from concivis.catalogue.search.lexicon import vocabulary
from concivis.hubs.models import Hub
from concivis.places.countries import country_name
from concivis.places.models import Place
from concivis.shell.parts import Chip, without
from concivis.shell.templatetags.shell import language_name, number
from concivis.vocabulary.models import Term

MOST_VALUES = 30  # of one facet that a search heeds
LONGEST_VALUE = 60
SHOWN = 6  # values of a facet; the rest folds away
MOST_SHOWN = 40
NOTHING = "-"  # the key of a value that nobody knows: finds nothing, and its chip can be taken away

# parameter of the address → facet of the index
PARAMETERS = {
    "kind": "kind",
    "hub": "hub",
    "country": "country",
    "place": "place",
    "theme": "term",
    "term": "term",
    "target": "term",
    "goal": "term",
    "field": "term",
    "language": "language",
    "state": "state",
    "format": "format",
    "need": "need",
    "offer": "offer",
    "year": "year",
}
SCHEMES = {"theme": "theme", "target": "target-group", "goal": "sdg", "field": "field"}
LABELS: Mapping[str, str | Promise] = {
    "kind": _("What"),
    "country": _("Country"),
    "theme": _("Theme"),
    "term": _("Theme"),
    "target": _("For whom"),
    "need": _("Needs"),
    "offer": _("Offers"),
    "hub": _("City’s office"),
    "place": _("Place"),
    "state": _("State"),
    "format": _("Format"),
    "language": _("Language"),
    "field": _("Field of twinning"),
    "goal": _("Goal of the United Nations"),
    "year": _("Since the year"),
}
IN_ORDER = ("goal", "year")  # not by the number of cards


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    number: int
    count: str  # "1,204", or "1,204+" where only so many were counted
    chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: Sequence[Option]

    @property
    def first(self) -> Sequence[Option]:
        return self.options[:SHOWN]

    @property
    def rest(self) -> Sequence[Option]:
        return self.options[SHOWN:]

    @property
    def chosen(self) -> int:
        return sum(option.chosen for option in self.options)


@dataclass
class Choice:
    """What an address selects. Reads hubs, places and terms at most once each."""

    query: QueryDict
    fixed: Mapping[str, Sequence[str]] = field(default_factory=dict)  # facet → keys, set by the page itself

    @cached_property
    def values(self) -> dict[str, list[str]]:
        """Parameter → values as the address has them."""
        given = {
            name: [value[:LONGEST_VALUE] for value in self.query.getlist(name) if value][:MOST_VALUES]
            for name in PARAMETERS
        }
        return {name: values for name, values in given.items() if values}

    @cached_property
    def selection(self) -> dict[str, list[str]]:
        """Facet of the index → keys. Parameters of several lists of terms must all be met, by any value of each."""
        chosen: dict[str, list[str]] = {facet: list(keys) for facet, keys in self.fixed.items()}
        for name, values in self.values.items():
            keys = [key for value in values for key in self._keys(name, value)]
            facet = PARAMETERS[name]
            chosen[f"term.{name}" if facet == "term" else facet] = keys
        return chosen

    @cached_property
    def chips(self) -> list[Chip]:
        return [
            Chip(
                str(LABELS[name]),
                self.label(name, self._keys(name, value)[0], value),
                without(self.query, name, value),
            )
            for name, values in self.values.items()
            for value in values
        ]

    def facets(self, counts: Counts, *, more: bool) -> list[Facet]:
        """With a value at least, in the order of LABELS. At most three queries."""
        self._load(counts)
        found = (
            Facet(name, str(label), list(self._options(name, counts, more))) for name, label in LABELS.items()
        )
        return [facet for facet in found if facet.options]

    def label(self, name: str, key: str, fallback: str = "") -> str:
        say: dict[str, Callable[[str], str]] = {
            "kind": lambda value: str(kinds.kind(value).many),
            "hub": lambda value: self._hubs[value].name if value in self._hubs else fallback,
            "country": country_name,
            "place": lambda value: self._places[value].name if value in self._places else fallback,
            "language": language_name,
            "state": lambda value: _of_kind(value, "states"),
            "format": lambda value: _of_kind(value, "formats"),
            "need": _support,
            "offer": _support,
        }
        if PARAMETERS[name] == "term":
            return self._terms[key].label if key in self._terms else fallback
        return say[name](key) if name in say else key

    def _options(self, name: str, counts: Counts, more: bool) -> Iterator[Option]:
        if name == "term":
            return  # only for addresses: its values are those of the lists
        facet = PARAMETERS[name]
        counted = counts.get(f"term.{name}" if f"term.{name}" in counts else facet, {})
        chosen = set(self.values.get(name, ()))
        if name in SCHEMES:
            counted = {
                key: count
                for key, count in counted.items()
                if key in self._terms and self._terms[key].scheme_id == SCHEMES[name]
            }
        keys = list(counted)[:MOST_SHOWN]
        if name == "goal":
            keys.sort(key=lambda key: self._terms[key].position)
        elif name == "year":
            keys.sort(reverse=True)
        made = [self._option(name, key, counted[key], chosen, more) for key in keys]
        known = {option.value for option in made}
        lost = [
            Option(value, self.label(name, self._keys(name, value)[0], value), 0, "0", True)
            for value in chosen - known
        ]
        # what is chosen stands first, so that it never hides under "more"
        yield from sorted(
            (option for option in [*made, *lost] if option.label), key=lambda one: not one.chosen
        )

    def _option(self, name: str, key: str, count: int, chosen: set[str], more: bool) -> Option:
        value = self._value(name, key)
        return Option(
            value, self.label(name, key), count, _said(count) + ("+" if more else ""), value in chosen
        )

    # --- keys of the index and words of an address ---------------------------------------------------------

    def _keys(self, name: str, value: str) -> list[str]:
        """One, except that a term's word may stand in several lists."""
        if name == "hub":
            found = [key for key, hub in self._hubs.items() if hub.slug == value]
        elif name == "place":
            found = [key for key, place in self._places.items() if place.public_id == value]
        elif PARAMETERS[name] == "term":
            lists = [SCHEMES[name]] if name in SCHEMES else SCHEMES.values()
            found = [
                key for key, term in self._terms.items() if term.code == value and term.scheme_id in lists
            ]
        else:
            found = [value.upper() if name == "country" else value]
        return found or [NOTHING]

    def _value(self, name: str, key: str) -> str:
        if name == "hub":
            return self._hubs[key].slug if key in self._hubs else ""
        if name == "place":
            return self._places[key].public_id if key in self._places else ""
        return self._terms[key].code if name in SCHEMES else key

    @cached_property
    def _hubs(self) -> dict[str, Hub]:
        slugs = self.values.get("hub", [])
        return (
            {str(hub.pk): hub for hub in Hub.objects.filter(slug__in=slugs, is_published=True)}
            if slugs
            else {}
        )

    @cached_property
    def _places(self) -> dict[str, Place]:
        ids = self.values.get("place", [])
        return {str(place.pk): place for place in Place.objects.filter(public_id__in=ids)} if ids else {}

    @cached_property
    def _terms(self) -> dict[str, Term]:
        return _terms_in(get_language() or "en", vocabulary().mark)

    def _load(self, counts: Counts) -> None:
        hubs = list(counts.get("hub", {}))[:MOST_SHOWN]
        places = list(counts.get("place", {}))[:MOST_SHOWN]
        self._hubs.update({str(hub.pk): hub for hub in Hub.objects.filter(pk__in=hubs, is_published=True)})
        self._places.update({str(place.pk): place for place in Place.objects.filter(pk__in=places)})


@lru_cache(maxsize=16)
def _terms_in(language: str, mark: tuple[object, ...]) -> dict[str, Term]:
    """All terms with their labels in the active `language`, by key; kept as long as the vocabulary is the same."""
    return {str(term.pk): term for term in Term.objects.filter(scheme__in=SCHEMES.values()).with_labels()}


def _of_kind(value: str, words: str) -> str:
    """ "initiative.running" in the words of its kind."""
    name, _dot, word = value.partition(".")
    return str(getattr(kinds.kind(name), words).get(word, word))


def _said(count: int) -> str:
    return str(count) if count < 1000 else number(count)


def _support(value: str) -> str:
    return str(Support(value).label) if value in Support.values else value
