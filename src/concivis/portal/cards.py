"""Catalogue cards and hubs as the cards that a page draws."""

from collections.abc import Sequence

from django.urls import get_script_prefix
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from concivis.catalogue import kinds
from concivis.catalogue.models import Card as CatalogueCard
from concivis.catalogue.models import CardText
from concivis.catalogue.search import excerpt, marked
from concivis.catalogue.search.expressions import Word
from concivis.hubs.models import Hub
from concivis.shell.parts import Card
from concivis.shell.templatetags.shell import absolute_url, state_tone


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


def found(card: CatalogueCard, words: Sequence[Word] = ()) -> Card:
    """A search result with the `words` marked; `catalogue.queries.cards` loads what it reads."""
    text, kind = told(card), kinds.kind(card.kind)
    return Card(
        title=marked(text.title, words),
        url=address(card),
        kicker=str(kind.one),
        summary=excerpt(text.summary, words),
        meta=list(_meta(card)),
        badge="" if card.state in kind.quiet_states else str(kind.states.get(card.state, card.state)),
        tone=state_tone(card.state),
        language="" if text.language in {"mul", get_language()} else text.language,
    )


def told(card: CatalogueCard) -> CardText:
    """The text in the reader's language, else the source's."""
    texts = {text.language: text for text in card.texts.all()}
    return texts.get(get_language() or "en") or texts.get(card.language) or next(iter(texts.values()))


def address(card: CatalogueCard) -> str:
    return f"{get_script_prefix()}{get_language() or 'en'}{card.path}"


def full_address(card: CatalogueCard) -> str:
    return absolute_url(address(card))


def _meta(card: CatalogueCard) -> list[str]:
    lines = [", ".join(sorted(country.name for country in card.countries.all())[:4])]
    if card.from_date:
        lines.append(str(card.from_date.year))
    if card.hub and card.kind != "hub":
        lines.append(card.hub.name)
    if card.last_confirmed:
        lines.append(
            gettext("confirmed %(date)s") % {"date": date_format(card.last_confirmed, "YEAR_MONTH_FORMAT")}
        )
    return [line for line in lines if line]
