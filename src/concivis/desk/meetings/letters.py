"""Letters to one guest each, for `mailings.kinds`."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from concivis.desk.actions.meetings.inviting import new_guest_key
from concivis.desk.meetings import calendar, words
from concivis.desk.meetings.enums import LetterKind, MinutesFor
from concivis.desk.models import Guest, Meeting
from concivis.mailings import kinds
from concivis.mailings.models import Letter

TEMPLATES = {
    LetterKind.INVITATION: "desk/meetings/letters/invitation.txt",
    LetterKind.UPDATE: "desk/meetings/letters/update.txt",
    LetterKind.CANCELLATION: "desk/meetings/letters/cancellation.txt",
    LetterKind.MINUTES: "desk/meetings/letters/minutes.txt",
}
ENTRY = "meeting.ics"


def register() -> None:
    for kind in LetterKind:
        kinds.register(kind.value, compose)


def compose(letter: Letter) -> EmailMultiAlternatives | None:
    """None for who is not on the list any more, or for whom the letter tells nothing new."""
    kind = LetterKind(letter.mailing.kind)
    guest = _guest(letter)
    if guest is None or not _is_news(kind, guest):
        return None
    link = settings.BASE_URL + reverse("desk:answer", args=[new_guest_key(guest)])
    message = _written(kind, guest, link)
    if kind != LetterKind.MINUTES:
        _attach(message, guest.meeting, calendar.invitation(guest.meeting, guest, link))
        Guest.objects.filter(pk=guest.pk).update(told_sequence=guest.meeting.sequence)
    return message


def _guest(letter: Letter) -> Guest | None:
    rows = Guest.objects.select_related("meeting__hub")
    return rows.filter(public_id=letter.reference, email=letter.address).first()


def _is_news(kind: LetterKind, guest: Guest) -> bool:
    """Mailings may wait for a mail server, and be overtaken by what happens meanwhile."""
    meeting = guest.meeting
    match kind:
        case LetterKind.INVITATION:
            return meeting.is_open
        case LetterKind.UPDATE:
            return meeting.is_open and guest.told_sequence not in (None, meeting.sequence)
        case LetterKind.CANCELLATION:
            return meeting.is_cancelled and guest.told_sequence is not None
        case LetterKind.MINUTES:
            return meeting.minutes_for != MinutesFor.NOBODY


def _written(kind: LetterKind, guest: Guest, link: str) -> EmailMultiAlternatives:
    meeting = guest.meeting
    context: dict[str, Any] = {
        "meeting": meeting,
        "hub": meeting.hub,
        "guest": guest,
        "when": words.when(meeting),
        "agenda": meeting.items.filter(is_agreed=True),
        "languages": words.languages(meeting),
        "link": link,
    }
    subject, _line, text = render_to_string(TEMPLATES[kind], context).strip().partition("\n\n")
    headers = {"Auto-Submitted": "auto-generated"}  # RFC 3834
    if meeting.hub.contact_email:
        headers["Reply-To"] = meeting.hub.contact_email
    return EmailMultiAlternatives(
        " ".join(subject.split()), text.strip() + "\n", to=[guest.email], headers=headers
    )


def _attach(message: EmailMultiAlternatives, meeting: Meeting, entry: bytes) -> None:
    """Twice: mail programs that know invitations read the alternative, the others show a file to open."""
    method = calendar.CANCEL if meeting.is_cancelled else calendar.REQUEST
    message.attach_alternative(entry.decode(), f"text/calendar; method={method}")
    message.attach(ENTRY, entry, "application/ics")
