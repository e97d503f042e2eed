"""Catalogue cards and hubs as the cards that a page draws."""

from django.urls import get_script_prefix
from django.utils.translation import get_language, gettext, ngettext

from concivis.catalogue import kinds
from concivis.catalogue.models import Card as CatalogueCard
from concivis.hubs.models import Hub
from concivis.shell.parts import Card


def hub(row: Hub, links: int) -> Card:
    """A public hub with the number of its partnerships; its place's country must be loaded."""
    return Card(
        title=row.name,
        url=row.get_absolute_url(),
        kicker=row.place.country.name,
        summary=row.about,
        meta=[ngettext("%(n)d partnership", "%(n)d partnerships", links) % {"n": links}],
        badge=gettext("example") if row.is_example else "",
        language=row.language if row.about and row.language != get_language() else "",
    )


def found(card: CatalogueCard) -> Card:
    """A search result. The text in the reader's language, else the source's."""
    texts = {text.language: text for text in card.texts.all()}
    language = get_language() or "en"
    text = texts.get(language) or texts.get(card.language) or next(iter(texts.values()))
    kind = kinds.kind(card.kind)
    countries = {place.country.name for place in card.places.all()}
    return Card(
        title=text.title,
        url=f"{get_script_prefix()}{language}{card.path}",
        kicker=str(kind.one),
        summary=text.summary,
        meta=sorted(countries) + ([str(card.from_date.year)] if card.from_date else []),
        badge="" if card.state in kind.quiet_states else str(kind.states.get(card.state, card.state)),
        language="" if text.language in {"mul", language} else text.language,
    )
