"""What the office does with an enquiry: noted, assigned, answered, closed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk import posting
from concivis.desk.actions.keys import link, new_key
from concivis.desk.actions.noting import KIND, locked, noted, still_open
from concivis.desk.enums import EntryKind, Outcome
from concivis.desk.models import Enquiry, Entry
from concivis.hubs.models import Hub, Membership
from concivis.shell.ids import new_public_id

__all__ = [
    "KIND",
    "add_note",
    "answer",
    "assign",
    "change_enquiry",
    "close",
    "note_enquiry",
    "open_link",
    "reopen",
]

LINK = "{link}"  # in an answer: where the asker follows the enquiry; kept as it is, as the key is not kept


@transaction.atomic
def note_enquiry(*, by: User | None, hub: Hub, **said: Any) -> Enquiry:
    """Somebody called, came or wrote. `said`: columns of `Enquiry`, checked by the form."""
    email = str(said.pop("asker_email", "")).strip().lower()
    enquiry = Enquiry.objects.create(
        public_id=new_public_id(), hub=hub, noted_by=by, asker_email=email, **said
    )
    noted(enquiry, by, "enquiry.noted", event="enquiry.received", channel=str(enquiry.channel))
    return enquiry


@transaction.atomic
def change_enquiry(*, by: User | None, enquiry: Enquiry, **said: Any) -> Enquiry:
    """`said`: columns of `Enquiry`. Raises ValidationError where nothing of the asker may be kept any more."""
    changed = locked(enquiry)
    if changed.forgotten_at:
        raise ValidationError(
            gettext("Nothing of the asker is kept any more; this enquiry cannot be changed.")
        )
    if "asker_email" in said:
        said["asker_email"] = str(said["asker_email"]).strip().lower()
    names = [name for name, value in said.items() if getattr(changed, name) != value]
    if names:
        for name in names:
            setattr(changed, name, said[name])
        changed.save(update_fields=names)
        noted(changed, by, "enquiry.changed", fields=sorted(names))
    return changed


@transaction.atomic
def assign(*, by: User | None, enquiry: Enquiry, to: User | None) -> Enquiry:
    """Raises ValidationError for who is no member of the office."""
    enquiry = still_open(enquiry)
    if to is not None and not Membership.objects.filter(hub=enquiry.hub, user=to).exists():
        raise ValidationError(gettext("Only a member of this office can be given a task."))
    if enquiry.assignee == to:
        return enquiry
    enquiry.assignee = to
    enquiry.save(update_fields=["assignee"])
    noted(enquiry, by, "enquiry.assigned", to=to.pk if to else None)
    if to is not None and to != by:
        posting.to_office(enquiry, "desk/letters/assigned.txt", called="Assignment of enquiry")
    return enquiry


@transaction.atomic
def add_note(*, by: User | None, enquiry: Enquiry, text: str) -> Entry:
    entry = enquiry.entries.create(kind=EntryKind.NOTE, text=text, by=by)
    noted(enquiry, by, "enquiry.note_added")
    return entry


@transaction.atomic
def answer(*, by: User | None, enquiry: Enquiry, text: str, send: bool) -> Entry:
    """What the asker was told; `send`: it is mailed to them, replies go to the office's own address.

    Raises ValidationError for an enquiry that is closed, or without the addresses that sending needs.
    """
    enquiry = still_open(enquiry)
    if send:
        _require_addresses(enquiry)
    entry = enquiry.entries.create(kind=EntryKind.ANSWER, text=text, mailed=send, by=by)
    enquiry.first_answered_at = enquiry.first_answered_at or entry.at
    enquiry.asker_wrote_at = None
    enquiry.save(update_fields=["first_answered_at", "asker_wrote_at"])
    noted(enquiry, by, "enquiry.answered", event="enquiry.answered", mailed=send)
    if send:
        before, found, after = text.partition(LINK)
        posting.to_asker(
            enquiry,
            "desk/letters/answer.txt",
            called=f"Answer {entry.pk} to enquiry",
            before=before,
            after=after,
            link_is_within=bool(found),
        )
    return entry


@transaction.atomic
def close(*, by: User | None, enquiry: Enquiry, outcome: Outcome) -> Enquiry:
    enquiry = still_open(enquiry)
    enquiry.closed_at, enquiry.outcome, enquiry.asker_wrote_at = timezone.now(), outcome, None
    enquiry.save(update_fields=["closed_at", "outcome", "asker_wrote_at"])
    noted(enquiry, by, "enquiry.closed", event="enquiry.closed", outcome=str(outcome))
    return enquiry


@transaction.atomic
def reopen(*, by: User | None, enquiry: Enquiry) -> Enquiry:
    enquiry = locked(enquiry)
    if enquiry.is_open:
        raise ValidationError(gettext("This enquiry is open."))
    enquiry.closed_at, enquiry.outcome = None, ""
    enquiry.save(update_fields=["closed_at", "outcome"])
    noted(enquiry, by, "enquiry.reopened", event="enquiry.reopened")
    return enquiry


@transaction.atomic
def open_link(*, by: User, enquiry: Enquiry) -> str:
    """The address under which the asker follows it, for whoever left no mail address: shown once, to be handed on.

    Raises ValidationError where nothing of the asker is kept any more.
    """
    found = locked(enquiry)
    if found.forgotten_at:
        raise ValidationError(gettext("Nothing of the asker is kept any more."))
    noted(found, by, "enquiry.link_made")
    return link(new_key(found))


def received(enquiry: Enquiry, *, by: User | None = None) -> None:
    """Of what came by itself: the record and the office's programs learn of it, and the desk by mail.

    `by`: whoever of the office brought it in, and needs no mail about it.
    """
    noted(enquiry, by, "enquiry.received", event="enquiry.received", channel=str(enquiry.channel))
    if by is None:
        posting.to_office(enquiry, "desk/letters/received.txt", called="Notice of enquiry")


def _require_addresses(enquiry: Enquiry) -> None:
    if not enquiry.asker_email:
        raise ValidationError(
            gettext("No mail address of the asker is known. Note the answer without sending it.")
        )
    if not enquiry.hub.contact_email:
        raise ValidationError(
            gettext("Your office has no mail address for replies. Write one into the settings first.")
        )
