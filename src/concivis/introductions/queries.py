"""Who already does this: findings of the radar, as public cards."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from concivis.catalogue import radar
from concivis.catalogue.models import Card
from concivis.catalogue.queries import cards
from concivis.introductions import index
from concivis.introductions.entries import Entry, pair_of
from concivis.introductions.enums import Verdict
from concivis.introductions.models import Found, Introduction, IntroductionQuerySet, Lessons, Side

LEAST = 0.6  # of less the radar promises more than it keeps, see docs/decisions/0011-radar.md
SPARE = 10  # asked for besides, in place of what was withdrawn since the index was built


@dataclass(frozen=True)
class Alike:
    card: Card
    finding: radar.Finding


def findings_for(
    entry: radar.Entry,
    n: int = 5,
    *,
    hubs: Collection[str] = (),
    kinds: Collection[str] = index.INTRODUCED,
    only: Collection[radar.Kind] = tuple(radar.Kind),
) -> list[Alike]:
    """The `n` public cards of these kinds most like the entry, in these hubs or in all; never itself. Empty without an
    index. `only`: what they are to the entry.

    As its hub has taught the radar, and without what the hub's office dismissed: two queries more.
    """
    known = index.current()
    if known is None:
        return []
    dismissed = _dismissed(entry)
    asked = n + SPARE + len(dismissed)
    found = [
        each
        for each in known.find(entry, asked, hubs=hubs, kinds=kinds, taught=taught_in(entry.hub))
        if each.kind in only and each.confidence >= LEAST and pair_of(entry.id, each.id) not in dismissed
    ]
    by_id = cards_by_id([each.id for each in found])
    return [Alike(by_id[each.id], each) for each in found if each.id in by_id][:n]


def findings_for_card(
    kind: str,
    public_id: str,
    n: int = 5,
    *,
    kinds: Collection[str] = index.INTRODUCED,
    only: Collection[radar.Kind] = tuple(radar.Kind),
) -> list[Alike]:
    """The same for a public card; empty where there is none."""
    if not index.is_there():
        return []
    card = cards(kinds=[kind]).filter(public_id=public_id).first()
    return findings_for(index.entry_of(card), n, kinds=kinds, only=only) if card else []


def sides_of(entry: Entry) -> QuerySet[Side]:
    return Side.objects.filter(initiative=entry.initiative, organisation=entry.organisation)


def introductions_of(entry: Entry) -> IntroductionQuerySet:
    """All of an entry, the newest first."""
    return Introduction.objects.with_sides().filter(pk__in=sides_of(entry).values("introduction"))


def taught_in(slug: str) -> radar.HubWeights:
    """What the office of a hub has taught the radar. One query."""
    weights = Lessons.objects.filter(hub__slug=slug).values_list("weights", flat=True).first()
    return radar.HubWeights.of_json(weights or {})


def _dismissed(entry: radar.Entry) -> set[str]:
    """The pairs of the entry of which the office of its hub says that they are not alike."""
    if not entry.id:
        return set()
    kind, _colon, public_id = entry.id.partition(":")
    own = Q(own_kind=kind, own_id=public_id) | Q(other_kind=kind, other_id=public_id)
    rows = Found.objects.filter(own, hub__slug=entry.hub, verdict=Verdict.DISMISSED)
    return set(rows.values_list("pair", flat=True))


def cards_by_id(ids: Collection[str]) -> dict[str, Card]:
    wanted = Q(pk__in=[])
    for kind, _colon, public_id in (each.partition(":") for each in ids):
        wanted |= Q(kind=kind, public_id=public_id)
    return {index.identity_of(card): card for card in cards().filter(wanted)} if ids else {}
