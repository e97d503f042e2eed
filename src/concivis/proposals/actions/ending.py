"""Withdrawing a proposal, and asking the office to put a word right after it was published."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import letters
from concivis.hubs.models import today_in
from concivis.hubs.permissions import Permission
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.actions.publishing import office_link
from concivis.proposals.enums import Event, State
from concivis.proposals.models import Proposal

WITHDRAWABLE = (State.IDEA, State.SPONSORING, State.REVIEW, State.PUBLISHED, State.CLOSED)
LONGEST_REQUEST = 2000


@transaction.atomic
def withdraw(*, by: User | None, proposal: Proposal) -> Proposal:
    """Its authors take it back. What was public stays readable and says so; nobody can sign it any more.

    Raises ValidationError once it was handed over: from then on it is the city's to answer.
    """
    of = locked(proposal)
    if of.state == State.WITHDRAWN:
        return of
    if of.state not in WITHDRAWABLE:
        raise ValidationError(gettext("It was handed over already, or it has ended; it cannot be withdrawn."))
    of.state, of.ended_on = State.WITHDRAWN, today_in(of.hub)
    of.paused_at, of.paused_note, of.reviewer, of.reviewer_until = None, "", None, None
    if of.published_at and of.closed_at is None:
        of.closed_at = timezone.now()
    of.save()
    happened(of, Event.WITHDRAWN, by)
    noted(of, by, "proposal.withdrawn", event="proposal.withdrawn" if of.is_public else "")
    return of


def ask_correction(*, proposal: Proposal, wish: str) -> int:
    """An author tells the office what should be put right; how many letters went out."""
    text = wish.strip()[:LONGEST_REQUEST]
    if not text:
        raise ValidationError({"wish": gettext("Say what should stand there instead.")})
    return letters.send_to_office(
        hub=proposal.hub,
        permission=Permission.WORK_ON_PROPOSALS,
        template="proposals/letters/correction_wished.txt",
        context={"proposal": proposal, "hub": proposal.hub, "wish": text, "link": office_link(proposal)},
        called=f"Wish for a correction of proposal {proposal.public_id}",
    )
