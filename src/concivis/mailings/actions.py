"""Opening, stopping and calling off a letter to many. `sending` does the sending."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.mailings import tasks
from concivis.mailings.enums import MailingState
from concivis.mailings.models import Letter, Mailing
from concivis.shell.chunks import chunks
from concivis.shell.ids import new_public_id

CHUNK = 2000


@dataclass(frozen=True)
class Recipient:
    """`reference` tells the room that writes the letter who this is."""

    address: str
    language: str
    reference: str = ""


@transaction.atomic
def open_mailing(
    *, by: User | None, hub: Hub | None, kind: str, object_id: str, recipients: Iterable[Recipient]
) -> Mailing:
    """Writes down to whom the letter goes, each address once, and lets the sending begin once committed.

    Raises ValidationError if this letter has been opened before: whoever clicks twice sends once.
    """
    if Mailing.objects.filter(kind=kind, object_id=object_id).exists():
        raise ValidationError(gettext("This letter is being sent already."))
    mailing = Mailing.objects.create(
        public_id=new_public_id(), hub=hub, kind=kind, object_id=object_id, opened_by=by
    )
    for chunk in chunks(recipients, CHUNK):
        Letter.objects.bulk_create((_letter(mailing, each) for each in chunk), ignore_conflicts=True)
    _note(mailing, "mailing.opened", by, count=mailing.letters.count())
    transaction.on_commit(partial(tasks.send_due.enqueue))
    return mailing


@transaction.atomic
def pause(*, by: User, mailing: Mailing) -> Mailing:
    """No further letter leaves; what a worker has in hand this second may still go."""
    return _move(mailing, by, (MailingState.SENDING,), MailingState.PAUSED, "mailing.paused")


@transaction.atomic
def resume(*, by: User, mailing: Mailing) -> Mailing:
    mailing = _move(mailing, by, (MailingState.PAUSED,), MailingState.SENDING, "mailing.resumed")
    transaction.on_commit(partial(tasks.send_due.enqueue))
    return mailing


@transaction.atomic
def cancel(*, by: User | None, mailing: Mailing) -> Mailing:
    """For good: those who have not got it yet never will."""
    open_states = (MailingState.SENDING, MailingState.PAUSED)
    return _move(mailing, by, open_states, MailingState.CANCELLED, "mailing.cancelled")


@transaction.atomic
def stop(*, mailing: Mailing) -> None:
    """As `pause`, by the system: its letters cannot be written."""
    if Mailing.objects.filter(pk=mailing.pk, state=MailingState.SENDING).exists():
        _move(mailing, None, (MailingState.SENDING,), MailingState.PAUSED, "mailing.paused")


@transaction.atomic
def finish(*, mailing: Mailing) -> Mailing:
    """Nothing is due any more. Called by the sending; a second call changes nothing."""
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.state != MailingState.SENDING:
        return mailing
    return _move(mailing, None, (MailingState.SENDING,), MailingState.FINISHED, "mailing.finished")


def _move(
    mailing: Mailing, by: User | None, states: tuple[str, ...], state: MailingState, action: str
) -> Mailing:
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.state not in states:
        raise ValidationError(
            gettext("This letter is %(state)s.") % {"state": MailingState(mailing.state).label}
        )
    mailing.state = state
    mailing.ended_at = timezone.now() if state in (MailingState.CANCELLED, MailingState.FINISHED) else None
    mailing.save(update_fields=["state", "ended_at"])
    _note(mailing, action, by)
    return mailing


def _letter(mailing: Mailing, recipient: Recipient) -> Letter:
    return Letter(
        mailing=mailing,
        address=recipient.address.strip().lower(),
        language=recipient.language,
        reference=recipient.reference,
    )


def _note(mailing: Mailing, action: str, by: User | None, **details: int) -> None:
    record.write(
        hub=mailing.hub,
        by=by,
        action=action,
        kind="mailing",
        object_id=mailing.public_id,
        details={"of": mailing.kind, "id": mailing.object_id, **details},
    )
