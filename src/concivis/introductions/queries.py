"""Who already does this: findings of the radar, as public cards."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from concivis.catalogue import radar
from concivis.catalogue.models import Card
from concivis.catalogue.queries import cards
from concivis.introductions import index

LEAST = 0.6  # of less the radar promises more than it keeps, see docs/decisions/0011-radar.md
SPARE = 10  # asked for besides, in place of what was withdrawn since the index was built


@dataclass(frozen=True)
class Alike:
    card: Card
    finding: radar.Finding


def findings_for(entry: radar.Entry, n: int = 5, *, hubs: Collection[str] = ()) -> list[Alike]:
    """The `n` public cards most like the entry, in these hubs or in all; never itself. Empty without an index."""
    known = index.current()
    if known is None:
        return []
    found = [each for each in known.find(entry, n + SPARE, hubs=hubs) if each.confidence >= LEAST]
    by_id = _cards([each.id for each in found])
    return [Alike(by_id[each.id], each) for each in found if each.id in by_id][:n]


def findings_for_card(kind: str, public_id: str, n: int = 5) -> list[Alike]:
    """The same for a public card; empty where there is none."""
    if not index.is_there():
        return []
    card = cards(kinds=[kind]).filter(public_id=public_id).first()
    return findings_for(index.entry_of(card), n) if card else []


def _cards(ids: Collection[str]) -> dict[str, Card]:
    wanted = Q(pk__in=[])
    for kind, _colon, public_id in (each.partition(":") for each in ids):
        wanted |= Q(kind=kind, public_id=public_id)
    return {index.identity_of(card): card for card in cards().filter(wanted)} if ids else {}
