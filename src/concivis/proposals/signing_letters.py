"""The letters to who wants to sign: sent beside the requests, in portions, by any number of workers, none twice.

The attempt is the letter. Its key is made when it leaves, so that only the hash is ever written down; how a letter
leaves so that a crash neither repeats nor loses it, `mailings.transport` tells. To who has signed already goes another
letter, with a key to that signature.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from functools import lru_cache
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from concivis.hubs.letters import interface_language
from concivis.mailings.enums import LetterState
from concivis.mailings.transport import Refused, Transport, Unreachable, connect
from concivis.proposals.actions import signing
from concivis.proposals.models import Attempt, Proposal
from concivis.shell import content, keys

log = logging.getLogger(__name__)

PORTION = 50
CLAIM = dt.timedelta(minutes=2)  # longer than a portion takes
WAITS = (dt.timedelta(minutes=2), dt.timedelta(minutes=10), dt.timedelta(hours=1))
"""Before the second attempt at a letter, the third …; after the last it counts as refused."""


def send_due() -> int:
    """Sends what waits; returns how many letters left. A mail server that is away is tried again with the next call."""
    if not _due().exists():
        return 0
    sent = 0
    try:
        with connect() as transport:
            for portion in _portions():
                sent += sum(_deliver(attempt, transport) for attempt in portion)
    except Unreachable as error:
        log.warning("The mail server did not answer (%s); the letters to signers wait.", error)
    return sent


def _due() -> QuerySet[Attempt]:
    return Attempt.objects.filter(letter=LetterState.DUE, held=False, next_attempt_at__lte=timezone.now())


def _portions() -> Iterator[list[Attempt]]:
    """What is due, a portion at a time, in our hand."""
    while found := list(_due().order_by("next_attempt_at").values_list("pk", flat=True)[:PORTION]):
        claim = uuid4()
        if _due().filter(pk__in=found).update(claim=claim, next_attempt_at=timezone.now() + CLAIM):
            mine = Attempt.objects.filter(claim=claim, letter=LetterState.DUE)
            yield list(mine.select_related("proposal__hub").order_by("pk"))


def _deliver(attempt: Attempt, transport: Transport) -> bool:
    """Whether the letter left. Raises `Unreachable`, with the letter due again at once."""
    if timezone.now() >= attempt.confirm_until or attempt.proposal.closed_at:
        _note(attempt, letter=LetterState.NOT_WANTED)
        return False
    key = keys.new()
    try:
        transport.offer(_message(attempt, key))
        if not _note(attempt, letter=LetterState.HANDED_OVER, key_hash=keys.hashed(key)):
            return False
        transport.hand_over()
    except Refused as error:
        _refused(attempt, error)
        return False
    except Unreachable:
        _correct(attempt, letter=LetterState.DUE, next_attempt_at=timezone.now())
        raise
    return True


def _message(attempt: Attempt, key: str) -> EmailMessage:
    language = interface_language(attempt.language or attempt.proposal.hub.language)
    known = signing.standing(attempt.proposal, attempt.person) is not None
    with translation.override(language):
        given = {
            "proposal": attempt.proposal,
            "title": _title(attempt.proposal.public_id, language, attempt.proposal.revision),
            "hub": attempt.proposal.hub,
            "name": attempt.name,
            "known": known,
            "link": settings.BASE_URL + reverse("proposals:signature", args=[key]),
            "page": settings.BASE_URL + reverse("proposals:proposal", args=[attempt.proposal.public_id]),
        }
        text = render_to_string("proposals/letters/sign.txt", given).strip()
    subject, _line, body = text.partition("\n\n")
    return EmailMessage(" ".join(subject.split()), body.lstrip("\n"), None, [attempt.email])


@lru_cache(maxsize=500)
def _title(public_id: str, language: str, revision: int) -> str:
    """As it stands with this revision."""
    found = Proposal.objects.prefetch_related("translations").get(public_id=public_id)
    return content.choose(found, found.translations.all(), [language]).texts["title"]


def _refused(attempt: Attempt, error: Refused) -> None:
    again = not error.for_good and attempt.letter_attempts < len(WAITS)
    _correct(
        attempt,
        letter=LetterState.DUE if again else LetterState.REFUSED,
        next_attempt_at=timezone.now() + WAITS[attempt.letter_attempts] if again else timezone.now(),
        letter_attempts=attempt.letter_attempts + 1,
    )


def _note(attempt: Attempt, **changes: object) -> bool:
    """Writes the letter's fate down, if it is still in our hand."""
    ours = Attempt.objects.filter(pk=attempt.pk, claim=attempt.claim, letter=LetterState.DUE)
    return ours.update(**changes) == 1


def _correct(attempt: Attempt, **changes: object) -> None:
    Attempt.objects.filter(pk=attempt.pk, claim=attempt.claim).update(**changes)
