"""Publishing and withdrawing cards. Callers hold the transaction and write the record line of their own action."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from concivis.catalogue import sources
from concivis.catalogue.cards import CardDraft
from concivis.catalogue.indexing import Entry, index_of, words_of
from concivis.catalogue.models import Card, CardIndex, CardText, CardWord
from concivis.hubs.models import Hub
from concivis.shell import bulk
from concivis.shell.chunks import chunks

CHUNK = 1000
TEXT = ("card_id", "language", "title", "summary")
INDEX = ("card_id", *Entry._fields)
UPDATED = (
    "hub",
    "path",
    "state",
    "language",
    "from_date",
    "to_date",
    "last_confirmed",
    "weight",
    "organisations",
    "format",
    "languages",
    "needs",
    "offers",
    "picture",
    "changed_at",
)


def publish(draft: CardDraft) -> None:
    """Makes the card what `draft` says, new or not. What belongs to a hub that is not public is withdrawn instead."""
    publish_many([draft])


@transaction.atomic
def publish_many(drafts: Iterable[CardDraft]) -> int:
    """`publish` for many, in a dozen statements per thousand. Returns how many."""
    return sum(_publish_chunk(chunk) for chunk in chunks(drafts, CHUNK))


@transaction.atomic
def withdraw(kind: str, public_ids: Collection[str]) -> int:
    """Takes the cards away. Returns how many there were; ids without a card are no error."""
    withdrawn = 0
    for chunk in chunks(public_ids, CHUNK):
        _, per_model = Card.objects.filter(kind=kind, public_id__in=chunk).delete()
        withdrawn += per_model.get(Card._meta.label, 0)
    return withdrawn


@dataclass(frozen=True)
class RebuildOutcome:
    published: int
    withdrawn: int


@transaction.atomic
def rebuild() -> RebuildOutcome:
    """Makes the whole table what the rooms say it should be."""
    published = withdrawn = 0
    for kind, iterate_drafts in sources.registered().items():
        wanted: set[str] = set()
        for chunk in chunks(iterate_drafts(), CHUNK):
            published += _publish_chunk(chunk)
            wanted.update(draft.public_id for draft in chunk)
        stored = set(Card.objects.filter(kind=kind).values_list("public_id", flat=True))
        withdrawn += withdraw(kind, stored - wanted)
    return RebuildOutcome(published, withdrawn)


@transaction.atomic
def withdraw_of_hub(hub: Hub) -> None:
    """Takes away every card of a hub, of whatever kind: nothing of it is public any more."""
    Card.objects.filter(hub=hub).delete()


def _publish_chunk(given: Sequence[CardDraft]) -> int:
    drafts = _without_private(given)
    now = timezone.now()
    cards = [
        Card(
            kind=draft.kind,
            public_id=draft.public_id,
            hub_id=draft.hub,
            path=draft.path,
            state=draft.state,
            language=draft.language,
            from_date=draft.from_date,
            to_date=draft.to_date,
            last_confirmed=draft.last_confirmed,
            weight=draft.weight,
            organisations=list(draft.organisations),
            format=draft.format,
            languages=sorted(draft.languages),
            needs=sorted(draft.needs),
            offers=sorted(draft.offers),
            picture=draft.picture,
            published_at=now,
            changed_at=now,
        )
        for draft in drafts
    ]
    Card.objects.bulk_create(
        cards, update_conflicts=True, unique_fields=("kind", "public_id"), update_fields=UPDATED
    )
    pairs = list(zip(cards, drafts, strict=True))
    CardText.objects.filter(card__in=cards).delete()
    bulk.insert(CardText, TEXT, [text for card, draft in pairs for text in _texts(card, draft)])
    _index(pairs)
    _relink(
        Card.places.through,
        "place_id",
        [(card.pk, pk) for card, draft in pairs for pk in draft.places],
        cards,
    )
    _relink(
        Card.countries.through,
        "country_id",
        [(card.pk, code) for card, draft in pairs for code in draft.countries],
        cards,
    )
    _relink(
        Card.terms.through, "term_id", [(card.pk, pk) for card, draft in pairs for pk in draft.terms], cards
    )
    return len(drafts)


def _without_private(drafts: Sequence[CardDraft]) -> Sequence[CardDraft]:
    """The last of several locks: a room that forgets to ask whether its hub is public publishes nothing."""
    hubs = {draft.hub for draft in drafts if draft.hub is not None}
    private = (
        set(Hub.objects.filter(pk__in=hubs, is_published=False).values_list("pk", flat=True))
        if hubs
        else set()
    )
    for draft in drafts:
        if draft.hub in private:
            withdraw(draft.kind, [draft.public_id])
    return [draft for draft in drafts if draft.hub not in private] if private else drafts


def _index(pairs: Sequence[tuple[Card, CardDraft]]) -> None:
    entries = [index_of(draft) for _, draft in pairs]
    CardIndex.objects.filter(card__in=[card for card, _ in pairs]).delete()
    bulk.insert(
        CardIndex, INDEX, [(card.pk, *entry) for (card, _), entry in zip(pairs, entries, strict=True)]
    )
    CardWord.objects.bulk_create(
        # in order, so that two publications at once wait for each other instead of blocking each other
        [CardWord(word=word, backwards=word[::-1]) for word in sorted(words_of(entries))],
        ignore_conflicts=True,
        batch_size=CHUNK,
    )


def _texts(card: Card, draft: CardDraft) -> Iterator[tuple[int, str, str, str]]:
    """Values of `TEXT`."""
    for language, text in draft.texts.items():
        yield card.pk, language, text.title, text.summary


def _relink(
    through: type[models.Model], column: str, links: list[tuple[int, Any]], cards: Sequence[Card]
) -> None:
    through._default_manager.filter(card__in=cards).delete()
    bulk.insert(through, ("card_id", column), links)
