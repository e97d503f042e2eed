"""The end of collecting: the deadline passes, then what was begun in time may still be confirmed, then it is closed.

Both moments are `closes_at`, fixed on publication, and what follows from the rules; neither the hub's time zone nor a
clock that jumps back moves what has been seen to pass. A pause holds both up, as its days are added to the deadline.
"""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from concivis.proposals import counting, numbers
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.collecting import settles_at
from concivis.proposals.enums import Event, State
from concivis.proposals.models import Proposal


def see_deadlines(now: dt.datetime | None = None) -> int:
    """Notes of each whose deadline has passed that it has: nothing is begun any more. How many. One query for none."""
    now = now or timezone.now()
    return sum(
        see_deadline(proposal, now)
        for proposal in _running().filter(closes_at__lte=now, deadline_seen_at=None)
    )


def close_due(now: dt.datetime | None = None) -> int:
    """Closes what can no longer be confirmed, nor is under way: a little later than that; how many."""
    now = now or timezone.now()
    due = _running().filter(deadline_seen_at__isnull=False).select_related("rules")
    return sum(close(proposal, now) for proposal in due if _settled(proposal, now))


@transaction.atomic
def see_deadline(proposal: Proposal, now: dt.datetime) -> bool:
    found = locked(proposal)
    if found.deadline_seen_at or not _runs(found) or found.closes_at is None or found.closes_at > now:
        return False
    found.deadline_seen_at = now
    found.save(update_fields=["deadline_seen_at"])
    noted(found, None, "proposal.collecting_ended")
    return True


@transaction.atomic
def close(proposal: Proposal, now: dt.datetime) -> bool:
    """With the numbers counted from the rows, and every threshold that they reach."""
    found = locked(proposal)
    if not _runs(found) or not _settled(found, now):
        return False
    tally = numbers.recount(found)
    counting.reach_crossed([found.pk])
    found.refresh_from_db()
    found.state, found.closed_at = State.CLOSED, now
    found.save(update_fields=["state", "closed_at"])
    happened(found, Event.CLOSED, None, number=tally.counts)
    noted(found, None, "proposal.closed", {"signatures": tally.counts}, event="proposal.closed")
    return True


def _running() -> QuerySet[Proposal]:
    return Proposal.objects.filter(state=State.PUBLISHED, paused_at=None, is_historical=False)


def _settled(proposal: Proposal, now: dt.datetime) -> bool:
    return settles_at(proposal) + numbers.SETTLED <= now


def _runs(proposal: Proposal) -> bool:
    return proposal.state == State.PUBLISHED and proposal.paused_at is None
