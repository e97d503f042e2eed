"""Everything about one country or theme, of all hubs or of one: cards by their kind, and where they are."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from concivis.catalogue import kinds, queries
from concivis.catalogue import search as catalogue
from concivis.catalogue.tags import value_of
from concivis.hubs.models import Hub
from concivis.places.models import Place
from concivis.portal import cards
from concivis.shell.parts import Card
from concivis.shell.templatetags.shell import number

EACH = 6  # cards of a kind; the search has the rest


@dataclass(frozen=True)
class Group:
    label: str
    count: str
    cards: list[Card]
    url: str  # all of them, in the search


@dataclass
class Overview:
    selection: catalogue.Selection
    query: Sequence[tuple[str, str]]  # the same in the words of the search's address
    hub: Hub | None = None

    @cached_property
    def found(self) -> catalogue.Found:
        own = {"hub": [str(self.hub.pk)]} if self.hub else {}
        return catalogue.find("", {**self.selection, **own}, language=get_language() or "en")

    @property
    def search_url(self) -> str:
        return self.search_for()

    def search_for(self, **more: str) -> str:
        own = [("hub", self.hub.slug)] if self.hub else []
        return f"{reverse('portal:search')}?{urlencode([*self.query, *own, *more.items()])}"

    def address_of(self, hub: Hub) -> str:
        """The same of one hub."""
        page, arguments = {
            "country": ("portal:hub_country", [value for _, value in self.query]),
            "term": ("portal:hub_theme", [value for _, value in self.query]),
        }.get(self.query[0][0] if self.query else "", ("portal:hub_world", []))
        return reverse(page, args=[hub.slug, *arguments])

    @cached_property
    def groups(self) -> list[Group]:
        """Kinds in the order of their registration. Five queries beside the search's."""
        members = self._by_kind()
        wanted = [pk for keys in members.values() for pk in keys[:EACH]]
        loaded = queries.cards().in_bulk(wanted)
        known = [name for name in kinds.registered() if name in members]
        return [
            Group(
                label=str(kinds.kind(name).many),
                count=number(len(members[name])) + ("+" if self.found.more else ""),
                cards=[cards.found(loaded[pk]) for pk in members[name][:EACH] if pk in loaded],
                url=self.search_for(kind=name),
            )
            for name in dict.fromkeys([*known, *members])
        ]

    def shows(self, place: Place) -> bool:
        """Whether the map does: of a country's cards only what lies there, of a hub's not the city all begin at."""
        within = self.selection.get("country")
        return (not within or place.country_id in within) and not (self.hub and place.pk == self.hub.place_id)

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Primary keys of places, each with the number of its cards, most first."""
        words = (word for row in self.found.rows for word in row.tags.split() if word.startswith("xp"))
        return {int(value_of(word)[1]): count for word, count in Counter(words).most_common()}

    @cached_property
    def hubs(self) -> list[tuple[Hub, int]]:
        """The public hubs that have something here, most first. One query."""
        words = Counter(word for row in self.found.rows for word in row.tags.split() if word.startswith("xh"))
        counts = {int(value_of(word)[1]): count for word, count in words.most_common()}
        found = Hub.objects.filter(is_published=True).in_bulk(list(counts)[:100])
        return [(found[pk], count) for pk, count in counts.items() if pk in found]

    def _by_kind(self) -> dict[str, list[int]]:
        kind_of = {row.id: value_of(row.tags.split(" ", 1)[0])[1] for row in self.found.rows}
        members: dict[str, list[int]] = defaultdict(list)
        for pk in self.found.ids:
            members[kind_of[pk]].append(pk)
        return members
