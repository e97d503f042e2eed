"""Who is told what becomes of a proposal, and the letters about its steps.

A step is told a while after it was noted, so that what is noted together (closed, handed over) goes in one letter, and
what was taken back at once in none. There is at most one letter a day about a proposal: later steps wait for the next
morning. Neither following nor leaving writes the record: it would hold who follows what for ever, and at a surge all of
them would wait for its one last line.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.hubs import letters
from concivis.hubs.permissions import Permission
from concivis.mailings import actions as mailings
from concivis.mailings.actions import Recipient
from concivis.proposals.enums import Event
from concivis.proposals.models import CoAuthor, Follower, Happening, Proposal, Signature
from concivis.shell import keys

KIND, OFFICE_KIND = "proposal.steps", "proposal.office"
AUTHOR = "author"  # the reference of a letter to who wrote the proposal: there is nothing to leave
KEY_DAYS = 7
ASKED_AGAIN_AFTER = dt.timedelta(minutes=10)  # a form must not become a way to fill somebody's mailbox
QUIET = dt.timedelta(minutes=30)
MORNING = dt.time(8)  # of the hub, for what waits for another day
PORTION = 2000  # signers taken over in one transaction
SALT = "proposals.follower"

TOLD = (
    Event.CORRECTED,
    Event.REACHED,
    Event.CLOSED,
    Event.WITHDRAWN,
    Event.HANDED_OVER,
    Event.ANSWERED,
    Event.HEARD,
    Event.DEBATED,
    Event.DECIDED,
    Event.MEASURE,
    Event.ENDED,
)
"""What followers and authors are told by these letters. What comes before (sent back, not admitted, published) is
between the office and the author: the actions that do it write to them."""


# --- following and leaving ---------------------------------------------------------------------------------------


def may_be_followed(proposal: Proposal) -> bool:
    """The hub must be fetched. Of a proposal of another platform nothing more is learnt."""
    return proposal.is_public and not proposal.is_historical


@transaction.atomic
def follow(*, proposal: Proposal, email: str, language: str) -> Follower | None:
    """Mails a link that confirms. Whoever asks learns nothing of whether the address follows already.

    Within ten minutes the same wish is mailed once; None then. Raises ValidationError where nothing can be followed.
    """
    if not may_be_followed(proposal):
        raise ValidationError(gettext("There is nothing to follow here."))
    email, now = email.strip().lower(), timezone.now()
    follower = Follower.objects.select_for_update().filter(proposal=proposal, email=email).first()
    if follower and follower.asked_at > now - ASKED_AGAIN_AFTER:
        return None
    follower = follower or Follower(proposal=proposal, email=email)
    follower.language, follower.asked_at = language, now
    if follower.confirmed_at is None:
        key = keys.new()
        follower.key_hash = keys.hashed(key)
        follower.save()
        _mail(
            follower,
            "proposals/letters/confirm_following.txt",
            confirm_url=lambda: _absolute("proposals:following", key),
        )
    else:
        follower.save()
        _mail(follower, "proposals/letters/known_follower.txt", leave_url=lambda: leave_url(follower))
    return follower


def find_by_key(key: str) -> Follower | None:
    """Who waits for this mailed key; None if the key is unknown, used, or too old."""
    since = timezone.now() - dt.timedelta(days=KEY_DAYS)
    waiting = Follower.objects.select_related("proposal__hub").filter(confirmed_at=None, asked_at__gt=since)
    return waiting.filter(key_hash=keys.hashed(key)).first()


@transaction.atomic
def confirm(*, follower: Follower) -> Follower:
    """From now on steps are told. A second time changes nothing."""
    follower = Follower.objects.select_for_update().select_related("proposal__hub").get(pk=follower.pk)
    if follower.confirmed_at is None:
        follower.confirmed_at, follower.key_hash = timezone.now(), None
        follower.save(update_fields=["confirmed_at", "key_hash"])
    return follower


@transaction.atomic
def leave(*, follower: Follower) -> None:
    """Forgets the address; what is under way to it is not sent."""
    follower.delete()


def find_by_token(token: str) -> Follower | None:
    """None for a token that we did not make, or of who has left."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Follower.objects.select_related("proposal__hub").filter(pk=pk).first()


def leave_url(follower: Follower) -> str:
    """In every letter: signed, so that nothing needs to be kept."""
    return _absolute("proposals:leave", signing.dumps(follower.pk, salt=SALT))


# --- signers who asked for news ----------------------------------------------------------------------------------


def take_over_signers() -> int:
    """Makes followers of those who asked for news when they signed: a job, as signing waits for nothing. How many."""
    taken = 0
    while portion := _take_portion():
        taken += portion
    return taken


@transaction.atomic
def _take_portion() -> int:
    """A wish and its follower move in one transaction: killed before its end, the wish stands."""
    wishes = Signature.objects.filter(wants_news=True, withdrawn_at=None).order_by("signed_at")
    found = list(wishes.select_for_update(skip_locked=True, no_key=True)[:PORTION])
    Follower.objects.bulk_create(
        [
            Follower(
                proposal_id=each.proposal_id,
                email=each.email.strip().lower(),
                language=letters.interface_language(each.language),
                confirmed_at=each.signed_at,  # the address was confirmed by signing
            )
            for each in found
            if each.email
        ],
        ignore_conflicts=True,
    )
    Signature.objects.filter(pk__in=[each.pk for each in found]).update(wants_news=False)
    return len(found)


# --- telling -----------------------------------------------------------------------------------------------------


def tell(proposal: Proposal, happening: Happening) -> None:
    """Notes that a step is to be told, inside its transaction; `tell_due` does it. A second call changes nothing.

    The office learns of a reached number of signatures at once. Both go through the mailings: what was committed is
    sent, once.
    """
    if happening.event not in TOLD or not happening.is_public or proposal.is_historical:
        return
    due = timezone.now() + QUIET
    if not Happening.objects.filter(pk=happening.pk, tell_at=None).update(tell_at=due):
        return
    happening.tell_at = due
    if happening.event == Event.REACHED:
        _tell_office(proposal, happening)


def tell_due() -> int:
    """Opens the letters that are due: a job. How many."""
    waiting = Happening.objects.filter(tell_at__lte=timezone.now(), told_at=None)
    proposals = waiting.order_by("proposal").values_list("proposal", flat=True).distinct()
    return sum(_tell_of(pk) for pk in list(proposals))


@transaction.atomic
def _tell_of(proposal_pk: int) -> bool:
    """The rows and their letter move in one transaction, and the letter is named by the first of them: whoever does
    the same at the same time finds nothing, or the name taken."""
    now = timezone.now()
    proposal = Proposal.objects.select_related("hub", "author").get(pk=proposal_pk)
    rows = Happening.objects.filter(proposal=proposal, tell_at__lte=now, told_at=None)
    steps = list(rows.select_for_update(skip_locked=True).order_by("at", "pk"))
    if not steps:
        return False
    mine = Happening.objects.filter(pk__in=[step.pk for step in steps])
    if _told_today(proposal, now):
        mine.update(tell_at=_next_morning(proposal, now))
        return False
    mine.update(told_at=now, told_with=steps[0])
    if next(_recipients(proposal), None) is None:
        return False
    mailings.open_mailing(
        by=None, hub=proposal.hub, kind=KIND, object_id=str(steps[0].pk), recipients=_recipients(proposal)
    )
    return True


def _told_today(proposal: Proposal, now: dt.datetime) -> bool:
    today = dt.datetime.combine(_here(proposal, now).date(), dt.time(), ZoneInfo(proposal.hub.timezone))
    return Happening.objects.filter(proposal=proposal, told_at__gte=today).exists()


def _next_morning(proposal: Proposal, now: dt.datetime) -> dt.datetime:
    tomorrow = _here(proposal, now).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, MORNING, ZoneInfo(proposal.hub.timezone))


def _here(proposal: Proposal, now: dt.datetime) -> dt.datetime:
    return now.astimezone(ZoneInfo(proposal.hub.timezone))


def _recipients(proposal: Proposal) -> Iterator[Recipient]:
    """The authors, then who follows; an address that is both gets the first."""
    own = letters.interface_language(proposal.hub.language)
    address = proposal.author_email or (proposal.author.email if proposal.author else "")
    if address:
        yield Recipient(address, proposal.author_language or own, AUTHOR)
    for other in CoAuthor.objects.filter(proposal=proposal, joined_at__isnull=False).exclude(email=""):
        yield Recipient(other.email, other.language or own, AUTHOR)
    for each in Follower.objects.filter(proposal=proposal, confirmed_at__isnull=False).iterator(PORTION):
        yield Recipient(each.email, each.language, str(each.pk))


def _tell_office(proposal: Proposal, happening: Happening) -> None:
    hub = proposal.hub
    people = letters.office_people(hub, Permission.WORK_ON_PROPOSALS)
    if people:
        own = letters.interface_language(hub.language)
        recipients = [Recipient(each.email, each.language or own) for each in people]
        mailings.open_mailing(
            by=None, hub=hub, kind=OFFICE_KIND, object_id=str(happening.pk), recipients=recipients
        )


def _mail(follower: Follower, template: str, **context: Any) -> None:
    letters.send(
        to=follower.email,
        language=follower.language,
        template=template,
        context={"proposal": follower.proposal, "days": KEY_DAYS, **context},
        called=f"Letter to follower {follower.pk}",
    )


def _absolute(name: str, key: str) -> str:
    return settings.BASE_URL + reverse(name, args=[key])
