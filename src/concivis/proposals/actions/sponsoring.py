"""First supporters: before the office looks at a proposal, some people have to stand behind it.

The link to share holds a key that is computed from the proposal, so that its authors see it again whenever they look;
who opens it leaves a mail address, and the button behind the mailed link counts. One person counts once.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.models import today_in
from concivis.proposals import identity
from concivis.proposals.actions.authors import (
    KEY_DAYS,
    PAGES,
    letter_language,
    mail,
    mail_authors,
    new_key,
)
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.actions.publishing import sponsors_missing, submit
from concivis.proposals.actions.writing import mail_address
from concivis.proposals.deadlines import end_of
from concivis.proposals.enums import Event, Purpose, Rejection, State
from concivis.proposals.models import Proposal, ProposalKey, Sponsor
from concivis.proposals.queries import current_rules

MAILS_TO_ONE = 3  # with a link, to one person about one proposal
KEY_LENGTH = 24


def share_key(proposal: Proposal) -> str:
    """What stands in the address of the page for first supporters."""
    mark = salted_hmac("concivis.proposals.sponsoring", proposal.public_id, algorithm="sha256").hexdigest()
    return f"{proposal.public_id}-{mark[:KEY_LENGTH]}"


def find_shared(written: str) -> Proposal | None:
    """The proposal whose first supporters are looked for under this address. One query."""
    public_id, _dash, _mark = written.partition("-")
    found = Proposal.objects.select_related("hub__place__country").filter(public_id=public_id).first()
    if found is None or not constant_time_compare(share_key(found), written):
        return None
    return found


@transaction.atomic
def send_off(*, by: User | None, proposal: Proposal) -> Proposal:
    """The authors have finished: it goes to the office, or first looks for supporters, by the rules of the hub."""
    sent = locked(proposal)
    if sent.state not in (State.IDEA, State.SPONSORING):
        raise ValidationError(gettext("This proposal is with the office already, or it has ended."))
    if not sponsors_missing(sent):
        return submit(by=by, proposal=sent)
    if sent.state == State.IDEA:
        rules = current_rules(sent.hub)
        sent.state = State.SPONSORING
        sent.sponsors_until = today_in(sent.hub) + timedelta(days=rules.sponsor_days if rules else 0)
        sent.save()
        noted(sent, by, "proposal.sponsoring")
        mail_authors(
            sent,
            "proposals/letters/sponsoring.txt",
            called="First supporters of proposal",
            needed=rules.sponsors if rules else 0,
        )
    return sent


@transaction.atomic
def ask_sponsor(*, proposal: Proposal, name: str, email: str, language: str) -> None:
    """Mails a link to who wants to support it. Answers the same for whom it knows already: nobody learns who supports
    a proposal. Raises ValidationError by field."""
    of = locked(proposal)
    require_sponsoring(of)
    address = mail_address(email, "email")
    if address == of.author_email:
        raise ValidationError({"email": gettext("You wrote the proposal; others have to support it.")})
    person = identity.by_mail(of.public_id, address)
    sponsor, _new = Sponsor.objects.get_or_create(
        proposal=of,
        person=person,
        defaults={"name": name.strip()[:120], "email": address, "language": language},
    )
    mailed = sponsor.keys.filter(made_at__gt=timezone.now() - timedelta(days=1)).count()
    if mailed >= MAILS_TO_ONE:
        return
    known = sponsor.confirmed_at is not None
    mail(
        of,
        "proposals/letters/sponsor_again.txt" if known else "proposals/letters/sponsor.txt",
        to=sponsor.email,
        language=sponsor.language or letter_language(of),
        link=PAGES[Purpose.SPONSOR],
        key=new_key(of, Purpose.SPONSOR, sponsor=sponsor),
        called="Link to support proposal",
        days=KEY_DAYS[Purpose.SPONSOR],
    )


@transaction.atomic
def confirm_sponsor(*, key: ProposalKey) -> Proposal:
    """The button behind the mailed link. When enough people have pressed theirs, the office gets the proposal.

    Pressing twice changes nothing. Raises ValidationError where it is too late.
    """
    of = locked(key.proposal)
    sponsor = of.sponsors.filter(pk=key.sponsor_id or 0).first()
    if sponsor is None or not key.is_open:
        raise ValidationError(gettext("This link has expired."))
    if sponsor.confirmed_at is not None:
        return of
    require_sponsoring(of)
    sponsor.confirmed_at = timezone.now()
    sponsor.save(update_fields=["confirmed_at"])
    if sponsors_missing(of):
        return of
    happened(of, Event.SPONSORED, None)
    noted(of, None, "proposal.sponsored")
    return submit(by=None, proposal=of)


def require_sponsoring(proposal: Proposal) -> None:
    """Raises ValidationError where no first supporters are looked for any more."""
    if proposal.state != State.SPONSORING or is_over(proposal):
        raise ValidationError(gettext("First supporters are no longer looked for. Thank you for looking."))


def is_over(proposal: Proposal) -> bool:
    """The time for finding first supporters ends with the local day."""
    until = proposal.sponsors_until
    return until is not None and end_of(until, proposal.hub.timezone) <= timezone.now()


def end_overdue() -> int:
    """Ends proposals that did not find their first supporters in time, with that reason; how many."""
    rows = Proposal.objects.select_related("hub").filter(
        state=State.SPONSORING, sponsors_until__lte=timezone.now() + timedelta(days=1)
    )
    return sum(_expire(each) for each in rows if is_over(each))


@transaction.atomic
def _expire(proposal: Proposal) -> bool:
    of = locked(proposal)
    if of.state != State.SPONSORING:
        return False
    of.state, of.rejection, of.ended_on = State.REJECTED, Rejection.NO_SPONSORS, today_in(of.hub)
    of.save()
    happened(of, Event.REJECTED, None)
    noted(of, None, "proposal.expired")
    mail_authors(of, "proposals/letters/expired.txt", called="End of proposal")
    return True
