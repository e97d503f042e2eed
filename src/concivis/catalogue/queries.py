"""Reading cards: the only way search, feeds and maps across rooms read the house."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Prefetch, QuerySet

from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.enums import Support
from concivis.catalogue.models import Card, CardText
from concivis.places.names import fold


@dataclass(frozen=True)
class Hits:
    """One page of a search: `total` of all pages, `cards` with texts and places prefetched, best first."""

    total: int
    cards: list[Card]


def cards(*, kinds: Collection[str] = (), hub: int | None = None) -> QuerySet[Card]:
    """Cards with their texts and places: three queries."""
    found = Card.objects.prefetch_related(
        Prefetch("texts", CardText.objects.defer("folded")), "places__country"
    )
    if kinds:
        found = found.filter(kind__in=kinds)
    if hub is not None:
        found = found.filter(hub=hub)
    return found.order_by("-weight", "pk")


def search(text: str, *, kinds: Collection[str] = (), limit: int = 20, offset: int = 0) -> Hits:
    """Cards whose texts hold every word of `text`, the last one as a beginning. Four queries, or none."""
    words = fold(text).split()[:12]
    if not words:
        return Hits(0, [])
    ranked = (
        _ranked_postgres(words, kinds) if connection.vendor == "postgresql" else _ranked_sqlite(words, kinds)
    )
    sql, parameters = ranked
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS found", parameters)  # noqa: S608 - our own SQL
        total = cursor.fetchone()[0]
        cursor.execute(
            f"{sql} ORDER BY score, weight DESC, id LIMIT %s OFFSET %s", [*parameters, limit, offset]
        )
        order = [row[0] for row in cursor.fetchall()]
    by_id = cards().in_bulk(order)
    return Hits(total, [by_id[pk] for pk in order])


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


def _ranked_sqlite(words: list[str], kinds: Collection[str]) -> tuple[str, list[str]]:
    match = " ".join(f'"{word}"' for word in words) + "*"
    return (
        "SELECT c.id AS id, c.weight AS weight, min(f.score) AS score "  # noqa: S608
        "FROM (SELECT rowid, rank AS score FROM catalogue_fts WHERE catalogue_fts MATCH %s) f "
        "JOIN catalogue_cardtext t ON t.id = f.rowid JOIN catalogue_card c ON c.id = t.card_id "
        f"WHERE 1 = 1{_kinds(kinds)} GROUP BY c.id",
        [match, *kinds],
    )


def _ranked_postgres(words: list[str], kinds: Collection[str]) -> tuple[str, list[str]]:
    match = " & ".join(f"'{word}'" for word in words) + ":*"
    return (
        "SELECT c.id AS id, c.weight AS weight, "  # noqa: S608
        "min(-ts_rank(to_tsvector('simple', t.folded), to_tsquery('simple', %s))) AS score "
        "FROM catalogue_cardtext t JOIN catalogue_card c ON c.id = t.card_id "
        f"WHERE to_tsvector('simple', t.folded) @@ to_tsquery('simple', %s){_kinds(kinds)} GROUP BY c.id, c.weight",
        [match, match, *kinds],
    )


def _kinds(kinds: Collection[str]) -> str:
    return f" AND c.kind IN ({', '.join(['%s'] * len(kinds))})" if kinds else ""
