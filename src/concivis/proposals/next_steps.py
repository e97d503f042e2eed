"""What comes next with a proposal, and by when: a sentence for the page of everybody and the one of its authors."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concivis.proposals.enums import State
from concivis.proposals.models import Proposal
from concivis.proposals.queries import current_rules


@dataclass(frozen=True)
class Next:
    """`by`: the day until which it should have happened; None where no rule sets one."""

    sentence: str
    by: dt.date | None = None

    @property
    def is_late(self) -> bool:
        return self.by is not None and self.by < timezone.localdate()


def of(proposal: Proposal) -> Next | None:
    """None where nothing comes any more, or not here. The hub and the rules must be fetched; one query before
    publication."""
    if proposal.is_historical:
        return None
    match proposal.state:
        case State.DRAFT:
            return Next(_("Its author confirms the mail address."))
        case State.IDEA:
            return Next(_asked_back(proposal))
        case State.SPONSORING:
            return Next(_("Enough first supporters confirm."), proposal.sponsors_until)
        case State.REVIEW:
            return Next(
                _("The office publishes it, asks back, or rejects it with a reason."), _review_by(proposal)
            )
        case State.PUBLISHED:
            return _collecting(proposal)
        case State.CLOSED:
            return _after_closing(proposal)
        case State.HANDED_OVER:
            return Next(_("The city answers."), proposal.answer_due_on)
        case State.ANSWERED:
            return Next(_("It is decided, or the city says what it does."))
        case State.DECIDED:
            return Next(_("What was decided is carried out; measures say who does it and by when."))
    return None


def said(next_: Next) -> str:
    """The sentence with its day."""
    if next_.by is None:
        return next_.sentence
    return _("%(what)s By %(day)s.") % {"what": next_.sentence, "day": date_format(next_.by)}


def _asked_back(proposal: Proposal) -> str:
    if proposal.question:
        return _("The office has asked something: its authors answer and send it again.")
    return _("Its authors finish writing and send it.")


def _review_by(proposal: Proposal) -> dt.date | None:
    rules = current_rules(proposal.hub)
    if rules is None or proposal.submitted_at is None:
        return None
    return proposal.submitted_at.date() + dt.timedelta(days=rules.review_days)


def _collecting(proposal: Proposal) -> Next:
    if proposal.paused_at:
        return Next(proposal.paused_note or _("The office has paused it; signing goes on later."))
    if not proposal.is_collecting:
        return Next(_("The last signatures are counted."))
    return Next(_("It can be signed until the end of the last day."), proposal.closes_on)


def _after_closing(proposal: Proposal) -> Next | None:
    """Where no threshold was reached, nothing follows by the rules."""
    tally = getattr(proposal, "tally", None)
    steps = [step.number for step in proposal.rules.steps.all()] if proposal.rules else []
    if steps and (tally is None or tally.counts < min(steps)):
        return None
    return Next(_("The office hands it over to whoever decides about it."))
