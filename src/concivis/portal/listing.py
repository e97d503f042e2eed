"""Cards in other formats: what each column says, and what a feed's entry says."""

from collections.abc import Iterator
from itertools import islice

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import search as catalogue
from concivis.catalogue.models import Card
from concivis.portal.cards import full_address, told
from concivis.portal.search import Search
from concivis.shell.exports import FEEDS, TABLES, Column, Entry, feed_response, table_response
from concivis.shell.templatetags.shell import absolute_url
from concivis.vocabulary.models import Term

MOST = 100_000  # rows of a file; who wants more takes the data of the rooms
ENTRIES = 100  # of a feed: the latest published

COLUMNS: list[Column[Card]] = [
    Column("kind", _("what it is"), lambda card: card.kind),
    Column("id", _("identifier"), lambda card: card.public_id),
    Column("url", _("page"), full_address),
    Column("title", _("title"), lambda card: told(card).title),
    Column("summary", _("summary"), lambda card: told(card).summary),
    Column("text_language", _("language of the texts, BCP 47"), lambda card: told(card).language),
    Column("hub", _("city’s office"), lambda card: card.hub.slug if card.hub else None),
    Column("state", _("state"), lambda card: card.state),
    Column("format", _("format"), lambda card: card.format),
    Column(
        "countries",
        _("countries, ISO 3166-1"),
        lambda card: sorted(country.code for country in card.countries.all()),
    ),
    Column("places", _("places"), lambda card: [place.name for place in card.places.all()]),
    Column(
        "place_ids",
        _("identifiers of the places"),
        lambda card: [place.public_id for place in card.places.all()],
    ),
    Column(
        "terms", _("themes, target groups, goals"), lambda card: [code_of(term) for term in card.terms.all()]
    ),
    Column("languages", _("carried out in, BCP 47"), lambda card: list(card.languages)),
    Column("needs", _("needs"), lambda card: list(card.needs)),
    Column("offers", _("offers"), lambda card: list(card.offers)),
    Column(
        "organisations", _("organisations"), lambda card: [one.get("name", "") for one in card.organisations]
    ),
    Column("from", _("from"), lambda card: card.from_date),
    Column("to", _("to"), lambda card: card.to_date),
    Column("last_confirmed", _("last confirmed"), lambda card: card.last_confirmed),
    Column("changed", _("last changed"), lambda card: card.changed_at),
]


def in_format(
    request: HttpRequest, extension: str, asked: Search, *, page: str, name: str, title: str
) -> HttpResponseBase:
    """What a search finds, as a table or a feed; `page` is the path of the page it belongs to."""
    rows = islice(catalogue.all_cards(asked.found), MOST)
    url = absolute_url(page)
    if extension in TABLES:
        filters = {chip.label: chip.value for chip in asked.choice.chips} | (
            {"q": asked.words} if asked.words else {}
        )
        return table_response(extension, rows, COLUMNS, name, title=title, url=url, filters=filters)
    if extension in FEEDS:
        latest = list(islice(rows, ENTRIES))
        subtitle = gettext("The latest entries")
        return feed_response(request, extension, entries(latest), title=title, url=url, subtitle=subtitle)
    raise Http404


def entries(cards: list[Card]) -> Iterator[Entry]:
    for card in cards:
        text, page = told(card), full_address(card)
        yield Entry(
            id=absolute_url(card.path),
            title=text.title,
            url=page,
            updated=card.changed_at,
            published=card.published_at,
            summary=text.summary,
            author=card.hub.name if card.hub else "",
            language=text.language,
        )


def code_of(term: Term) -> str:
    """ "theme:education"."""
    return f"{term.scheme_id}:{term.code}"
