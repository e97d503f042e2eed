"""From the authors to the office, and from the office to everybody."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import letters
from concivis.hubs.models import today_in
from concivis.hubs.permissions import Permission
from concivis.proposals.actions.authors import mail_authors
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.deadlines import end_of
from concivis.proposals.enums import Event, State
from concivis.proposals.models import Proposal, Tally
from concivis.proposals.queries import current_rules

WRITABLE = (State.IDEA, State.SPONSORING)


def sponsors_missing(proposal: Proposal) -> int:
    """First supporters still needed by the rules of the hub. Two queries."""
    rules = current_rules(proposal.hub)
    needed = rules.sponsors if rules else 0
    return max(0, needed - proposal.sponsors.filter(confirmed_at__isnull=False).count())


@transaction.atomic
def submit(*, by: User | None, proposal: Proposal) -> Proposal:
    """The office gets it. Raises ValidationError where it is not being written, or lacks first supporters."""
    sent = locked(proposal)
    if sent.state not in WRITABLE:
        raise ValidationError(gettext("This proposal is with the office already, or it has ended."))
    missing = sponsors_missing(sent)
    if missing:
        raise ValidationError(gettext("It still needs first supporters: %(n)s more.") % {"n": missing})
    sent.state, sent.submitted_at, sent.question = State.REVIEW, timezone.now(), ""
    sent.save()
    happened(sent, Event.SUBMITTED, by)
    noted(sent, by, "proposal.submitted")
    mail_authors(sent, "proposals/letters/submitted.txt", called="Receipt of proposal")
    _tell_office(sent)
    return sent


@transaction.atomic
def publish(
    *, by: User | None, proposal: Proposal, revision: int | None = None, tell: bool = True
) -> Proposal:
    """From now on everybody reads it and may sign. It keeps the hub's rules of this day and a deadline by them: the
    end of the last local day. Its text is frozen.

    Raises `EditConflict` unless `revision` stands, ValidationError where the office is not looking at it.
    """
    shown = locked(proposal, revision)
    if shown.state != State.REVIEW:
        raise ValidationError(gettext("Only a proposal that the office looks at can be published."))
    rules = current_rules(shown.hub)
    if rules is None:
        raise ValidationError(gettext("First write down the rules of your city for citizens’ proposals."))
    shown.rules, shown.state, shown.published_at = rules, State.PUBLISHED, timezone.now()
    shown.closes_on = today_in(shown.hub) + timedelta(days=rules.open_days)
    shown.closes_at = end_of(shown.closes_on, shown.hub.timezone)
    shown.reviewer, shown.reviewer_until, shown.question = None, None, ""
    shown.save()
    Tally.objects.get_or_create(proposal=shown, defaults={"counted_at": timezone.now()})
    happened(shown, Event.PUBLISHED, by)
    noted(shown, by, "proposal.published", {"rules": rules.number}, event="proposal.published")
    if tell:
        mail_authors(shown, "proposals/letters/published.txt", called="Publication of proposal")
    return shown


def _tell_office(proposal: Proposal) -> None:
    letters.send_to_office(
        hub=proposal.hub,
        permission=Permission.WORK_ON_PROPOSALS,
        template="proposals/letters/to_review.txt",
        context={
            "proposal": proposal,
            "hub": proposal.hub,
            "link": office_link(proposal),
        },
        called=f"Notice of proposal {proposal.public_id}",
    )


def office_link(proposal: Proposal) -> Callable[[], str]:
    """The address of the office's page about it, made when the letter is written, as it begins with the language."""
    return lambda: (
        settings.BASE_URL + reverse("proposals:office_proposal", args=[proposal.hub.slug, proposal.public_id])
    )
