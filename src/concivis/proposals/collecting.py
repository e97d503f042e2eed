"""Whether a proposal can be signed now, and until when what was begun may be confirmed.

The deadline is the end of the last day in the hub's time zone, as one moment (`closes_at`) fixed on publication: a hub
that moves to another zone moves no deadline. What was begun before may be confirmed for `rules.confirm_hours` after it
was begun. Once somebody has seen the deadline pass (`deadline_seen_at`), a clock that jumps back opens nothing again.
"""

import datetime as dt
from enum import Enum

from django.utils.translation import gettext_lazy as _

from concivis.proposals.enums import State
from concivis.proposals.models import Proposal

ATTEMPT_KEPT = dt.timedelta(days=7)  # then what was begun is deleted


class Shut(Enum):
    """Why it cannot be signed: a sentence for whoever wanted to."""

    NOT_YET = _("Signatures are not collected yet.")
    PAUSED = _("Collecting is paused. Please come back later: nothing that was signed is lost.")
    ENDED = _("Collecting has ended.")
    ELSEWHERE = _("It was made on another platform, and cannot be signed here.")


def shut(proposal: Proposal, now: dt.datetime) -> Shut | None:
    """None while it can be signed."""
    if proposal.is_historical:
        return Shut.ELSEWHERE
    if proposal.published_at is None or proposal.closes_at is None:
        return Shut.NOT_YET
    past = proposal.deadline_seen_at is not None or now >= proposal.closes_at
    if past or proposal.state != State.PUBLISHED or proposal.hidden_at is not None:
        return Shut.ENDED
    return Shut.PAUSED if proposal.paused_at is not None else None


def confirm_until(proposal: Proposal, begun_at: dt.datetime) -> dt.datetime:
    """The first moment at which what was begun then can no longer be confirmed."""
    assert proposal.closes_at and proposal.rules
    hours = dt.timedelta(hours=proposal.rules.confirm_hours)
    return min(begun_at + ATTEMPT_KEPT, max(proposal.closes_at, begun_at + hours))


def settles_at(proposal: Proposal) -> dt.datetime:
    """From when on nothing more can come in."""
    assert proposal.closes_at and proposal.rules
    return proposal.closes_at + dt.timedelta(hours=proposal.rules.confirm_hours)
