"""The office looks at a proposal: one person at a time, who asks, publishes or rejects.

Whoever takes it keeps it for some minutes. A colleague sees that, and may take it over knowingly; two never decide at
once, because each step locks the row and asks who holds it.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.models import today_in
from concivis.proposals import showing
from concivis.proposals.actions import publishing
from concivis.proposals.actions.authors import mail_author, mail_authors
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.enums import NEVER_LISTED, Event, Rejection, State
from concivis.proposals.models import Proposal

MINUTES = 30  # for which a proposal is kept; each step of the reviewer begins them anew
MOST_MINUTES = 240


class HeldBy(ValidationError):
    """A colleague looks at it now."""

    def __init__(self, proposal: Proposal) -> None:
        colleague = proposal.reviewer.name if proposal.reviewer else gettext("somebody")
        self.colleague = colleague
        super().__init__(
            gettext("%(name)s looks at it now. Ask them, or take it over.") % {"name": colleague}, code="held"
        )


def held_by_other(proposal: Proposal, by: User | None) -> bool:
    """Whether somebody else has it in hand at this moment."""
    return (
        proposal.reviewer_id is not None
        and (by is None or proposal.reviewer_id != by.pk)
        and proposal.reviewer_until is not None
        and proposal.reviewer_until > timezone.now()
    )


@transaction.atomic
def claim(*, by: User, proposal: Proposal, minutes: int = MINUTES, take_over: bool = False) -> Proposal:
    """`by` has it for `minutes`. Raises `HeldBy` where a colleague has, unless it is taken over knowingly."""
    found = _in_review(proposal)
    others = held_by_other(found, by)
    if others and not take_over:
        raise HeldBy(found)
    found.reviewer = by
    found.reviewer_until = timezone.now() + timedelta(minutes=min(minutes, MOST_MINUTES))
    found.save(update_fields=["reviewer", "reviewer_until"])
    noted(found, by, "proposal.taken_over" if others else "proposal.claimed")
    return found


@transaction.atomic
def release(*, by: User, proposal: Proposal) -> Proposal:
    """Somebody else may look at it. Only who holds it gives it back; otherwise nothing happens."""
    found = _in_review(proposal)
    if found.reviewer_id == by.pk:
        found.reviewer, found.reviewer_until = None, None
        found.save(update_fields=["reviewer", "reviewer_until"])
        noted(found, by, "proposal.released")
    return found


@transaction.atomic
def ask(*, by: User | None, proposal: Proposal, question: str) -> Proposal:
    """Back to who wrote it, with a question by mail; they change it and send it again. Raises ValidationError."""
    asked = _to_decide(proposal, by)
    if not question.strip():
        raise ValidationError({"question": gettext("Write what you would like to know.")})
    if not asked.author_email:
        raise ValidationError(gettext("There is no mail address to ask at."))
    asked.state, asked.question = State.IDEA, question.strip()[:2000]
    _given_back(asked)
    happened(asked, Event.SENT_BACK, by, is_public=False)
    noted(asked, by, "proposal.asked")
    mail_authors(asked, "proposals/letters/asked.txt", called="Question about proposal")
    return asked


@transaction.atomic
def publish(*, by: User | None, proposal: Proposal, revision: int | None = None) -> Proposal:
    """As `publishing.publish`, unless a colleague has it in hand."""
    _to_decide(proposal, by)
    return publishing.publish(by=by, proposal=proposal, revision=revision)


@transaction.atomic
def reject(
    *,
    by: User | None,
    proposal: Proposal,
    reason: str,
    note: str = "",
    same_as: Proposal | None = None,
    listed: bool = False,
) -> Proposal:
    """Not admitted, for one of the public reasons. Raises ValidationError by field.

    `listed`: everybody reads title, reason and note on the list of what was not admitted; never for a reason of
    `NEVER_LISTED`.
    """
    rejected = _to_decide(proposal, by)
    if reason not in Rejection.values:
        raise ValidationError({"reason": gettext("Choose one of the reasons.")})
    if same_as is not None and same_as.hub_id != rejected.hub_id:
        raise ValidationError({"same_as": gettext("There is no such proposal.")})
    rejected.state, rejected.rejection, rejected.rejection_note = State.REJECTED, reason, note.strip()[:2000]
    rejected.same_as, rejected.question = same_as, ""
    rejected.ended_on = today_in(rejected.hub)
    rejected.rejection_listed = listed and reason not in NEVER_LISTED
    _given_back(rejected)
    happened(rejected, Event.REJECTED, by, note=rejected.rejection_note, language=rejected.hub.language)
    noted(rejected, by, "proposal.rejected", {"reason": reason})
    mail_author(
        rejected, "proposals/letters/rejected.txt", called="Rejection of proposal",
        reason=lambda: rejected.get_rejection_display(), same_url=lambda: showing.same_as_url(rejected),
    )  # fmt: skip
    return rejected


@transaction.atomic
def list_rejection(*, by: User | None, proposal: Proposal, listed: bool) -> Proposal:
    """Puts a proposal that was not admitted on the public list, or takes it off. Raises ValidationError."""
    found = locked(proposal)
    if found.state != State.REJECTED or found.published_at is not None:
        raise ValidationError(
            gettext("Only a proposal that was never published and not admitted stands there.")
        )
    if listed and found.rejection in NEVER_LISTED:
        raise ValidationError(gettext("For this reason a title is never made public."))
    if found.rejection_listed != listed:
        found.rejection_listed = listed
        found.save(update_fields=["rejection_listed", "changed_at"])
        noted(found, by, "proposal.rejection_listed" if listed else "proposal.rejection_unlisted")
    return found


def _in_review(proposal: Proposal) -> Proposal:
    found = locked(proposal)
    if found.state != State.REVIEW:
        words = gettext("This is not possible now: the proposal is “%(state)s”.")
        raise ValidationError(words % {"state": found.get_state_display()})
    return found


def _to_decide(proposal: Proposal, by: User | None) -> Proposal:
    found = _in_review(proposal)
    if held_by_other(found, by):
        raise HeldBy(found)
    return found


def _given_back(proposal: Proposal) -> None:
    proposal.reviewer, proposal.reviewer_until = None, None
    proposal.save()
