"""The weekly look of the radar: what it finds for each hub, kept in a table, so that the office's page is quick."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from concivis.catalogue import radar
from concivis.catalogue.models import Card
from concivis.catalogue.queries import cards
from concivis.hubs.models import Hub
from concivis.introductions import index, reasons
from concivis.introductions.actions.judging import lessons_of
from concivis.introductions.entries import pair_of
from concivis.introductions.models import Found, Lessons
from concivis.introductions.queries import LEAST, taught_in

MOST_CARDS = 5_000  # of a hub, those changed last: a minute of one processor
OF_EACH = 4  # findings of one card within the hub, and as many across hubs
MOST_KEPT = 500  # of a hub, the likeliest
CHUNK = 200
EVERY = timedelta(days=7)


def look_where_due() -> int:
    """Looks for each public hub where the last look is a week ago; how many."""
    recent = Lessons.objects.filter(looked_at__gt=timezone.now() - EVERY).values("hub")
    due = Hub.objects.filter(is_published=True).exclude(pk__in=recent).order_by("pk")
    return sum(look(hub) is not None for hub in due)


def look(hub: Hub) -> int | None:
    """Finds anew for one hub; how many stand in the table now. None, and nothing changes, without an index.

    What the office judged stays, found again or not. A few queries per two hundred cards.
    """
    known = index.current()
    if known is None:
        return None
    best: dict[str, tuple[str, radar.Finding]] = {}
    for own, finding in _all_of(hub, known):
        pair = pair_of(own, finding.id)
        if pair not in best or finding.likeness > best[pair][1].likeness:
            best[pair] = (own, finding)
    likeliest = sorted(best.items(), key=lambda each: -each[1][1].likeness)[:MOST_KEPT]
    public = _public({finding.id for _pair, (_own, finding) in likeliest})
    rows = [_row(hub, pair, own, finding) for pair, (own, finding) in likeliest if finding.id in public]
    _keep(hub, rows)
    return len(rows)


def _all_of(hub: Hub, known: radar.Index) -> Iterator[tuple[str, radar.Finding]]:
    taught = taught_in(hub.slug)
    own = cards(kinds=index.INTRODUCED).filter(hub=hub).order_by("-changed_at", "pk")
    for card in own[:MOST_CARDS].iterator(CHUNK):
        profile = known.reader.profile(index.entry_of(card))
        within = known.find(profile, OF_EACH, hubs={hub.slug}, kinds=index.INTRODUCED, taught=taught)
        across = known.find(profile, OF_EACH, not_hubs={hub.slug}, kinds=index.INTRODUCED, taught=taught)
        for finding in [*within, *across]:
            if finding.confidence >= LEAST:
                yield profile.id, finding


def _public(ids: Collection[str]) -> set[str]:
    """Those that still have a card."""
    found: set[str] = set()
    ordered = sorted(each.partition(":")[2] for each in ids)
    for start in range(0, len(ordered), CHUNK):
        rows = Card.objects.filter(kind__in=index.INTRODUCED, public_id__in=ordered[start : start + CHUNK])
        found |= {f"{kind}:{public_id}" for kind, public_id in rows.values_list("kind", "public_id")}
    return found


def _row(hub: Hub, pair: str, own: str, finding: radar.Finding) -> Found:
    own_kind, _colon, own_id = own.partition(":")
    other_kind, _colon, other_id = finding.id.partition(":")
    return Found(
        hub=hub,
        pair=pair,
        own_kind=own_kind,
        own_id=own_id,
        other_kind=other_kind,
        other_id=other_id,
        is_within=finding.hub == hub.slug,
        kind=finding.kind.value,
        confidence=finding.confidence,
        likeness=finding.likeness,
        reasons=reasons.as_json(finding.reasons),
    )


@transaction.atomic
def _keep(hub: Hub, rows: list[Found]) -> None:
    """Judged rows keep the reasons they were judged by; of the others, what is not found any more goes."""
    lessons = lessons_of(hub)
    lessons.looked_at = timezone.now()
    lessons.save(update_fields=["looked_at"])
    Found.objects.filter(hub=hub, verdict="").exclude(pair__in=[row.pair for row in rows]).delete()
    judged = set(Found.objects.filter(hub=hub).exclude(verdict="").values_list("pair", flat=True))
    Found.objects.bulk_create(
        [row for row in rows if row.pair not in judged],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["hub", "pair"],
        update_fields=[
            "own_kind", "own_id", "other_kind", "other_id", "is_within", "kind", "confidence", "likeness", "reasons",
            "found_at",
        ],
    )  # fmt: skip
