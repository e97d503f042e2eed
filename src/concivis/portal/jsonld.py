"""The lists across rooms in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from concivis.portal.overview import Overview
from concivis.portal.search import Search
from concivis.shell.jsonld import CONTEXT, script
from concivis.shell.parts import Card
from concivis.shell.templatetags.shell import absolute_url


def results(asked: Search) -> SafeString:
    """A page of a search."""
    listed = _items(asked.cards, asked.page.start_index() or 1)
    return script(
        {"@context": CONTEXT, "@type": "SearchResultsPage", "name": asked.title, "mainEntity": listed}
    )


def overview(told: Overview, name: str, path: str, about: dict[str, Any]) -> SafeString:
    """A page about a country or a theme."""
    shown = [card for group in told.groups for card in group.cards]
    page = {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "@id": absolute_url(path),
        "url": absolute_url(path),
        "name": name,
        "about": about,
        "mainEntity": _items(shown, 1),
    }
    return script(page)


def country(code: str, name: str) -> dict[str, Any]:
    return {"@type": "Country", "identifier": code, "name": name}


def theme(codes: Iterable[str], name: str) -> dict[str, Any]:
    return {"@type": "DefinedTerm", "termCode": next(iter(codes)), "name": name}


def _items(cards: Iterable[Card], first: int) -> dict[str, Any]:
    return {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "url": absolute_url(card.url)}
            for position, card in enumerate(cards, first)
        ],
    }
