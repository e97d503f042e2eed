"""Reading cards: the only way search, feeds and maps across rooms read the house."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.enums import Support
from concivis.catalogue.models import Card


def cards(*, kinds: Collection[str] = (), hub: int | None = None) -> QuerySet[Card]:
    """Cards with their hub, texts, places, countries and terms: five queries."""
    found = Card.objects.select_related("hub").prefetch_related("texts", "places", "countries", "terms")
    if kinds:
        found = found.filter(kind__in=kinds)
    if hub is not None:
        found = found.filter(hub=hub)
    return found.order_by("-weight", "pk")


def stored_drafts() -> Iterator[CardDraft]:
    """The table as drafts, without times: what a rebuild is compared with."""
    for card in Card.objects.prefetch_related("texts", "places", "countries", "terms").iterator(1000):
        yield CardDraft(
            kind=card.kind,
            public_id=card.public_id,
            path=card.path,
            language=card.language,
            texts={text.language: Text(title=text.title, summary=text.summary) for text in card.texts.all()},
            state=card.state,
            hub=card.hub_id,
            from_date=card.from_date,
            to_date=card.to_date,
            last_confirmed=card.last_confirmed,
            weight=card.weight,
            organisations=tuple(card.organisations),
            places=frozenset(place.pk for place in card.places.all()),
            countries=frozenset(country.pk for country in card.countries.all()),
            terms=frozenset(term.pk for term in card.terms.all()),
            format=card.format,
            languages=frozenset(card.languages),
            needs=frozenset(map(Support, card.needs)),
            offers=frozenset(map(Support, card.offers)),
            picture=card.picture,
        )
