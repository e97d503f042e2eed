"""What happened in a hub, as its public cards tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from concivis.catalogue.models import Card
from concivis.hubs.models import Hub
from concivis.newsletter.enums import Section
from concivis.newsletter.interests import facets_of

KINDS_NOT_TOLD = ("hub",)  # the office itself is no news of the office


@dataclass(frozen=True)
class Happening:
    """A card that is new, or has changed. `texts`: {language: (heading, text)}."""

    card: int  # its key
    section: Section
    kind: str
    public_id: str
    path: str
    facets: Mapping[str, Any]
    texts: Mapping[str, tuple[str, str]]


def between(hub: Hub | None, since: datetime, until: datetime) -> list[Happening]:
    """What was published or changed in a hub, or on the whole installation, from `since` (included) to `until` (not);
    new things first, then by weight. Five queries."""
    cards = Card.objects.filter(changed_at__gte=since, changed_at__lt=until).exclude(kind__in=KINDS_NOT_TOLD)
    if hub is not None:
        cards = cards.filter(hub=hub)
    complete = cards.select_related("hub").prefetch_related("countries", "places", "terms", "texts")
    found = complete.order_by("-weight", "-changed_at", "pk")
    told = [_happening(card, since) for card in found]
    return sorted(told, key=lambda each: each.section != Section.NEW)


def _happening(card: Card, since: datetime) -> Happening:
    return Happening(
        card=card.pk,
        section=Section.NEW if card.published_at >= since else Section.CHANGED,
        kind=card.kind,
        public_id=card.public_id,
        path=card.path,
        facets=facets_of(card),
        texts={text.language: (text.title, text.summary) for text in card.texts.all()},
    )
