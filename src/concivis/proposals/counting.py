"""How many have signed: counted beside the signing, every few seconds, and told “as of”.

A signature writes no number. The process of the background jobs counts: of each proposal that collects, what came up to
a moment a while ago was counted once and is kept (`Tally.base`, up to `counted_to`); what came since is counted each
time, of all proposals in one query. What changes further back (a withdrawal, the office, the register) has the base
counted anew, and so does time; how often is bound by what it costs (`COSTS`), so that a million signatures need no more
of the machine than none. So does a signature that comes after the base and says it came before: the clock of the
machine that took it runs behind. Every night all is counted from the rows.

Several processes may count at once: they write the same numbers. A threshold is reached in one transaction that has
counted the rows exactly, and once: the timeline's constraint.
"""

import logging
import time
from collections import deque
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from concivis.proposals import numbers
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.enums import Event, State
from concivis.proposals.models import Happening, Proposal, Signature, Step, Tally
from concivis.shell import groupcommit
from concivis.shell.chunks import chunks

log = logging.getLogger(__name__)

EVERY = 2.0  # seconds
COSTS = 30  # a base is counted anew after so many times what it took
AT_LEAST = 60.0  # seconds, while somebody signs
Counted = tuple[Tally, dict[str, Any]]
AT_ONCE = 200  # tallies in a transaction
LARGE = 2000  # signatures since the base that are worth a new one
LOOKED_BACK = 1000  # rows, at the first time
_based: dict[int, tuple[float, float]] = {}  # {tally: (when this process counted its base, seconds it took)}
# the newest row of the two rounds before: a row may be seen later than the next
_newest: deque[int] = deque(maxlen=2)


def count_collecting() -> int:
    """How many numbers changed. Three queries where nothing collects, four while nobody signs."""
    collecting = Proposal.objects.filter(state=State.PUBLISHED)
    for proposal in collecting.filter(tally=None):
        Tally.objects.get_or_create(proposal=proposal)
    _see_clocks_behind()
    live = list(Tally.objects.filter(proposal__in=collecting, frozen_at=None))
    if not live:
        return 0
    since = _since(live)
    anew: list[Tally] = []
    standing: list[Tally] = []
    for tally in live:
        (anew if _needs_base(tally, since.get(tally.proposal_id)) else standing).append(tally)
    changed = [tally.proposal_id for tally in anew if _count_base(tally)]
    for some in chunks(_others(standing, since), AT_ONCE):
        changed += groupcommit.run(partial(_write_down, some))
    if changed:
        reach_crossed(changed)
    return len(changed)


def reach_crossed(proposals: list[int]) -> None:
    """Says so of each of these that has come to a number of its rules. Two queries where none has."""
    steps = Step.objects.filter(rules__proposals__in=proposals)
    crossed = steps.filter(
        number__lte=F("rules__proposals__tally__legal") + F("rules__proposals__tally__paper")
    ).values_list("rules__proposals", "threshold")
    told = Happening.objects.filter(proposal__in=proposals, event=Event.REACHED)
    known = set(told.values_list("proposal", "threshold"))
    for proposal, threshold in crossed:
        if (proposal, threshold) not in known:
            reach(Proposal.objects.get(pk=proposal), threshold)


@transaction.atomic
def reach(proposal: Proposal, threshold: str) -> bool:
    """A number of the rules is reached, if the rows say so, too. Once, whoever else sees it; False then."""
    found = locked(proposal)
    if found.state not in (State.PUBLISHED, State.CLOSED) or found.rules is None:
        return False
    if found.happenings.filter(event=Event.REACHED, threshold=threshold).exists():
        return False
    step = found.rules.steps.get(threshold=threshold)
    if numbers.recount(found).counts < step.number:
        return False
    happened(found, Event.REACHED, None, threshold=threshold, number=step.number)
    details = {"threshold": threshold, "number": step.number}
    noted(found, None, "proposal.reached", details, event="proposal.reached")
    return True


def reconcile() -> None:
    """Counts everything from the rows that still has rows. The nightly job."""
    with_rows = Signature.objects.order_by().values("proposal").distinct()
    for proposal in Proposal.objects.filter(pk__in=with_rows).exclude(tally__frozen_at__isnull=False):
        before = Tally.objects.filter(proposal=proposal).first()
        with transaction.atomic():
            after = numbers.recount(proposal)
        if before and proposal.state != State.PUBLISHED and before.counts != after.counts:
            log.error(
                "Proposal %s was said to have %s signatures; its rows say %s.",
                proposal.public_id, before.counts, after.counts,
            )  # fmt: skip


def _see_clocks_behind() -> None:
    """A base is past where a signature came after it and says it came before. One query, two while somebody signs."""
    newest = Signature.objects.aggregate(newest=Max("pk"))["newest"] or 0
    seen = _newest[0] if _newest and _newest[0] <= newest else newest - LOOKED_BACK
    _newest.append(newest)
    if newest == seen:
        return
    late = Signature.objects.filter(pk__gt=seen, signed_at__lte=F("proposal__tally__counted_to"))
    # what was counted with the base itself came at least as long before as `numbers.SETTLED`
    found = list(late.order_by().values_list("proposal", flat=True).distinct())
    if found:
        tallies = Tally.objects.filter(proposal__in=found, reconciled_at__isnull=False)
        groupcommit.run(partial(tallies.update, reconciled_at=None))


def _since(live: list[Tally]) -> dict[int, dict[str, Any]]:
    """What came after each base: {proposal: numbers}. One query."""
    oldest = min((tally.counted_to for tally in live if tally.counted_to), default=None)
    if oldest is None:
        return {}
    rows = Signature.objects.filter(proposal__in=[tally.proposal_id for tally in live])
    # the first bound is for the database, which can guess from a moment how few rows that are
    later = rows.filter(signed_at__gt=oldest).filter(signed_at__gt=F("proposal__tally__counted_to"))
    return numbers.by_proposal(numbers.grouped(later))


def _others(tallies: list[Tally], since: dict[int, dict[str, Any]]) -> Iterator[Counted]:
    """Those that have come to other numbers than are written down."""
    for tally in tallies:
        new = since.get(tally.proposal_id)
        now = numbers.added(tally.base, new) if new else tally.base
        if not numbers.is_kept(tally, now):
            yield tally, now


def _write_down(counted: list[Counted]) -> list[int]:
    """The proposals of which it was still true."""
    return [tally.proposal_id for tally, now in counted if numbers.keep(tally, now)]


def _needs_base(tally: Tally, since: dict[str, Any] | None) -> bool:
    if not tally.base:
        return True
    at, took = _based.get(tally.pk, (float("-inf"), 0.0))
    waited = time.monotonic() - at
    stale = tally.reconciled_at is None
    new = since["legal"] + since["consultative"] if since else 0
    return waited >= COSTS * took and (stale or new > LARGE or (since is not None and waited >= AT_LEAST))


def _count_base(tally: Tally) -> bool:
    before, begun = tally.counted_at, time.monotonic()
    after = groupcommit.run(partial(numbers.recount, tally.proposal))
    now = time.monotonic()
    _based[tally.pk] = (now, now - begun)
    return after.counted_at != before
