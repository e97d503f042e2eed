"""The sending of letters to many: in portions, by any number of workers, resumed after a crash, none sent twice.

A worker takes a portion in hand for `CLAIM` (`claim`, `next_attempt_at`), writes each letter, offers it, writes down
that it is handed over, and hands it over (`transport` says why in this order). A worker that was killed leaves its
portion to be due again when the claim has run out; a slow one whose claim has run out finds at the moment of writing
down that the letter is no longer its own, and lets it be.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation

from concivis.mailings import actions, kinds
from concivis.mailings.enums import LetterState, MailingState
from concivis.mailings.models import Letter, Mailing
from concivis.mailings.transport import Refused, Transport, Unreachable, connect

log = logging.getLogger(__name__)

PORTION = 100
CLAIM = timedelta(minutes=2)  # longer than a portion takes
WAITS = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))
"""Before the second attempt at a letter, the third …; after the last it counts as refused."""
UNWRITTEN_IN_A_ROW = 20  # at the end of a portion: the mailing stops instead of burning through all
ADDRESSES_KEPT = timedelta(days=30)  # after the mailing's end, for questions about it
NO_RECEIPT = "no receipt"
NOT_WRITTEN = "not written"


class NotWritten(Exception):
    """The room could not write the letter; why is in the log."""


def send_due() -> int:
    """Sends what is due of every mailing; returns how many letters left. A mail server that is away is tried again
    with the next call."""
    sent = 0
    for mailing in Mailing.objects.filter(state=MailingState.SENDING).select_related("hub").order_by("pk"):
        try:
            sent += _send_mailing(mailing)
        except Unreachable as error:
            log.warning("The mail server did not answer (%s); the letters wait.", error)
            return sent
    return sent


def forget_addresses() -> int:
    """Blanks the addresses of mailings that ended long ago; how many."""
    ended = Mailing.objects.filter(ended_at__lt=timezone.now() - ADDRESSES_KEPT)
    return Letter.objects.filter(mailing__in=ended).exclude(address="").update(address="", reference="")


def _send_mailing(mailing: Mailing) -> int:
    sent = unwritten = 0
    with connect() as transport:
        for portion in _portions(mailing):
            for letter in portion:
                try:
                    sent += _deliver(letter, transport)
                    unwritten = 0
                except NotWritten:
                    unwritten += 1
            if unwritten >= UNWRITTEN_IN_A_ROW:
                actions.stop(mailing=mailing)
    if not mailing.letters.filter(state=LetterState.DUE).exists():
        actions.finish(mailing=mailing)
    return sent


def _portions(mailing: Mailing) -> Iterator[list[Letter]]:
    """What is due, a portion at a time, in our hand; ends when nothing is, or somebody stopped the mailing."""
    while Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING).exists():
        claim, now = uuid4(), timezone.now()
        due = mailing.letters.filter(state=LetterState.DUE, next_attempt_at__lte=now)
        found = list(due.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:PORTION])
        if not found:
            return
        mine = mailing.letters.filter(pk__in=found, state=LetterState.DUE, next_attempt_at__lte=now)
        if mine.update(claim=claim, next_attempt_at=now + CLAIM):
            yield _in_hand(mailing, claim)


def _in_hand(mailing: Mailing, claim: UUID) -> list[Letter]:
    letters = list(Letter.objects.filter(mailing=mailing, claim=claim).order_by("pk"))
    for letter in letters:
        letter.mailing = mailing
    return letters


def _deliver(letter: Letter, transport: Transport) -> bool:
    """Whether the letter left. Raises `Unreachable`, with the letter due again at once."""
    message = _message(letter)
    if message is None:
        _note(letter, state=LetterState.NOT_WANTED)
        return False
    try:
        transport.offer(message)
        if not _note(letter, state=LetterState.HANDED_OVER, handed_over_at=timezone.now()):
            return False
        if not transport.hand_over():
            _correct(letter, answer=NO_RECEIPT)
    except Refused as error:
        _refused(letter, error)
        return False
    except Unreachable:
        _give_back(letter)
        raise
    return True


def _message(letter: Letter) -> EmailMessage | None:
    try:
        with translation.override(letter.language):
            message = kinds.compose(letter)
    except Exception as error:  # whatever one room's letter meets must not stop the others
        log.exception("Letter %s could not be written", letter.pk)
        _note(letter, state=LetterState.REFUSED, answer=NOT_WRITTEN)
        raise NotWritten from error
    if message is not None:
        message.extra_headers["Message-ID"] = f"<{letter.message_id.hex}@{settings.MAIL_DOMAIN}>"
    return message


def _refused(letter: Letter, error: Refused) -> None:
    """Tried again later, if the server asks for it, some times."""
    again = not error.for_good and letter.attempts < len(WAITS)
    _correct(
        letter,
        state=LetterState.DUE if again else LetterState.REFUSED,
        next_attempt_at=timezone.now() + WAITS[letter.attempts] if again else letter.next_attempt_at,
        attempts=letter.attempts + 1,
        answer=str(error.code),
        handed_over_at=None,
    )


def _give_back(letter: Letter) -> None:
    """A server that is away is no letter's fault: the attempt does not count."""
    _correct(letter, state=LetterState.DUE, next_attempt_at=timezone.now(), handed_over_at=None)


def _note(letter: Letter, **changes: object) -> bool:
    """Writes the letter's fate down, if it is still in our hand."""
    ours = Letter.objects.filter(pk=letter.pk, claim=letter.claim, state=LetterState.DUE)
    return ours.update(**changes) == 1


def _correct(letter: Letter, **changes: object) -> None:
    """What the server said after we wrote down. Nobody else takes a letter that is not due."""
    Letter.objects.filter(pk=letter.pk, claim=letter.claim).update(**changes)
