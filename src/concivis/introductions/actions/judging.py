"""What the office says of a finding, and what the radar learns from it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from concivis.accounts.models import User
from concivis.catalogue import radar
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.introductions.enums import Verdict
from concivis.introductions.models import Found, Lessons
from concivis.introductions.reasons import reasons_of

KIND = "finding"


@transaction.atomic
def judge(*, by: User | None, found: Found, verdict: Verdict) -> list[radar.Change]:
    """Confirms or dismisses a finding; what the radar learnt, the largest change first. Said again, it counts once."""
    row = Found.objects.select_for_update(of=("self",)).select_related("hub").get(pk=found.pk)
    if row.verdict == verdict:
        return []
    row.verdict, row.judged_at, row.judged_by = verdict, timezone.now(), by
    row.save()
    _noted(row.hub, by, f"finding.{verdict}", f"{row.own_id} {row.other_id}")
    return _learn_anew(row.hub)


@transaction.atomic
def take_back(*, by: User | None, found: Found) -> list[radar.Change]:
    """The finding is undecided again, and teaches nothing."""
    row = Found.objects.select_for_update(of=("self",)).select_related("hub").get(pk=found.pk)
    if not row.verdict:
        return []
    row.verdict, row.judged_at, row.judged_by = "", None, None
    row.save()
    _noted(row.hub, by, "finding.taken_back", f"{row.own_id} {row.other_id}")
    return _learn_anew(row.hub)


@transaction.atomic
def forget_lessons(*, by: User | None, hub: Hub) -> None:
    """The radar weighs as at the beginning; verdicts stand, but teach nothing any more."""
    lessons = lessons_of(hub)
    lessons.weights, lessons.learns_since = {}, timezone.now()
    lessons.save()
    _noted(hub, by, "radar.lessons_forgotten", hub.public_id)


def lessons_of(hub: Hub) -> Lessons:
    """The hub's row, locked until the transaction ends."""
    Lessons.objects.get_or_create(hub=hub)
    return Lessons.objects.select_for_update().get(hub=hub)


def verdicts_of(rows: Iterable[Found]) -> list[radar.Verdict]:
    return [
        radar.Verdict.on(
            ((reason.kind, reason.contribution) for reason in reasons_of(row)),
            is_confirmed=row.verdict == Verdict.CONFIRMED,
        )
        for row in rows
    ]


def _learn_anew(hub: Hub) -> list[radar.Change]:
    """From all verdicts since the last reset, so that taking one back leaves no trace."""
    lessons = lessons_of(hub)
    judged = Found.objects.filter(hub=hub).exclude(verdict="").order_by("judged_at", "pk")
    if lessons.learns_since:
        judged = judged.filter(judged_at__gt=lessons.learns_since)
    weights, _all = radar.learn(verdicts_of(judged), radar.HubWeights())
    before = radar.HubWeights.of_json(lessons.weights)
    lessons.weights = weights.as_json()
    lessons.save()
    return _changes(before, weights)


def _changes(before: radar.HubWeights, after: radar.HubWeights) -> list[radar.Change]:
    kinds = sorted({*before.tallies, *after.tallies})
    found = [
        radar.Change(kind, before.weight(kind), after.weight(kind), *after.tallies.get(kind, radar.Tally()))
        for kind in kinds
        if before.weight(kind) != after.weight(kind)
    ]
    return sorted(found, key=lambda change: -abs(change.after - change.before))


def _noted(hub: Hub, by: User | None, action: str, object_id: str) -> None:
    record.write(hub=hub, by=by, action=action, kind=KIND, object_id=object_id)
