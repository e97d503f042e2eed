"""Who is invited, what they answer, and who came."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.desk.actions.meetings.noting import locked, noted, require_open
from concivis.desk.meetings.enums import Answer, InvitedAs
from concivis.desk.models import AgendaItem, Guest, Meeting, MeetingKey
from concivis.desk.models.meetings import MOST_PEOPLE
from concivis.directory.models import Organisation
from concivis.hubs.letters import interface_language
from concivis.initiatives.actions.owners import letter_language
from concivis.initiatives.models import Initiative
from concivis.shell import keys
from concivis.shell.ids import new_public_id

MOST_GUESTS = 2000
MOST_PROPOSALS = 3  # of one guest that wait for the office
KEPT = timedelta(days=366)  # after the meeting; then nobody knows any more who it was


@dataclass(frozen=True)
class Reply:
    answer: Answer
    people: int = 1
    needs: str = ""


@transaction.atomic
def add_initiatives(*, by: User, meeting: Meeting, initiatives: Iterable[Initiative]) -> int:
    """Their owners are put on the list; who is on it already is not added twice. Returns how many were new."""
    return _add(
        by,
        meeting,
        [
            Guest(
                invited_as=InvitedAs.INITIATIVE,
                name=each.title[:200],
                email=each.owner_email,
                language=letter_language(each),
                initiative=each,
            )
            for each in initiatives
        ],
    )


@transaction.atomic
def add_organisations(*, by: User, meeting: Meeting, organisations: Iterable[Organisation]) -> int:
    """As `add_initiatives`, with the mail addresses of the organisations themselves."""
    language = interface_language(meeting.hub.language)
    return _add(
        by,
        meeting,
        [
            Guest(
                invited_as=InvitedAs.ORGANISATION,
                name=each.name[:200],
                email=each.email,
                language=language,
                organisation=each,
            )
            for each in organisations
        ],
    )


@transaction.atomic
def add_person(
    *, by: User, meeting: Meeting, name: str, email: str = "", language: str, consent_how: str = ""
) -> Guest:
    """Raises ValidationError for a mail address without the person's consent, or one that is on the list."""
    email = email.strip().lower()
    _require_consent(email, consent_how)
    _require_new(meeting, email)
    guest = Guest(
        invited_as=InvitedAs.PERSON,
        name=name,
        email=email,
        language=language,
        consent_how=consent_how.strip(),
    )
    _add(by, meeting, [guest])
    return guest


@transaction.atomic
def change_guest(
    *, by: User, guest: Guest, name: str, email: str, language: str, consent_how: str = ""
) -> Guest:
    """Raises as `add_person`. Links mailed to an earlier address open nothing any more."""
    found = Guest.objects.select_for_update(of=("self",)).select_related("meeting__hub").get(pk=guest.pk)
    email = email.strip().lower()
    if found.invited_as == InvitedAs.PERSON:
        _require_consent(email, consent_how)
    if email != found.email:
        _require_new(found.meeting, email)
        found.keys.all().delete()
        found.asked_at = found.told_sequence = None
    found.name, found.email, found.language, found.consent_how = name, email, language, consent_how.strip()
    found.save(update_fields=["name", "email", "language", "consent_how", "asked_at", "told_sequence"])
    noted(found.meeting, by, "meeting.guest_changed")
    return found


@transaction.atomic
def remove_guest(*, by: User, guest: Guest) -> None:
    """Off the list, with the links that were mailed."""
    noted(guest.meeting, by, "meeting.guest_removed")
    guest.delete()


@transaction.atomic
def answer(*, by: User | None, guest: Guest, reply: Reply) -> Guest:
    """`by` None: the guest, with the mailed link; else the office, who was told by telephone.

    Raises ValidationError for a meeting that is cancelled or over, and for a number of people out of range.
    """
    found = Guest.objects.select_for_update(of=("self",)).select_related("meeting__hub").get(pk=guest.pk)
    require_open(found.meeting)
    if not 1 <= reply.people <= MOST_PEOPLE:
        raise ValidationError(
            {
                "people": gettext("Between 1 and %(most)s people can come with one invitation.")
                % {"most": MOST_PEOPLE}
            }
        )
    comes = reply.answer != Answer.NO
    found.answer, found.answered_at = reply.answer, timezone.now()
    found.answered_sequence = found.meeting.sequence
    found.people, found.needs = (reply.people, reply.needs.strip()) if comes else (1, "")
    found.save(update_fields=["answer", "answered_at", "answered_sequence", "people", "needs"])
    noted(found.meeting, by, "meeting.answered", answer=str(reply.answer))
    return found


@transaction.atomic
def propose(*, guest: Guest, title: str, length: int | None = None) -> AgendaItem:
    """A guest would like to talk about something; the office takes it in or not.

    Raises ValidationError for a meeting that is not open, and for more than `MOST_PROPOSALS` that wait.
    """
    meeting = locked(guest.meeting)
    require_open(meeting)
    if guest.proposals.filter(is_agreed=False).count() >= MOST_PROPOSALS:
        raise ValidationError(
            gettext("You have proposed enough for now: the office has not looked at it yet.")
        )
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=meeting.items.count() + 1,
        title=title,
        length=length,
        is_agreed=False,
        proposed_by=guest,
    )
    noted(meeting, None, "meeting.proposed")
    return item


@transaction.atomic
def note_attendance(*, by: User, meeting: Meeting, came: Mapping[str, int | None]) -> int:
    """{a guest's public id: how many came; 0: nobody; None: not noted}. Returns how many people came in all.

    Raises ValidationError for a number out of range.
    """
    found = locked(meeting)
    if any(many is not None and not 0 <= many <= MOST_PEOPLE for many in came.values()):
        raise ValidationError(
            gettext("At most %(most)s people come with one invitation.") % {"most": MOST_PEOPLE}
        )
    guests = list(found.guests.filter(public_id__in=list(came)))
    for guest in guests:
        guest.came = came[guest.public_id]
    Guest.objects.bulk_update(guests, ["came"], batch_size=500)
    total = sum(many or 0 for many in found.guests.values_list("came", flat=True))
    noted(found, by, "meeting.attendance_noted", count=total)
    return total


def forget_guests() -> int:
    """Blanks who was invited to meetings of long ago; numbers stay. Returns how many people were forgotten."""
    old = Guest.objects.filter(meeting__ends_at__lt=timezone.now() - KEPT)
    MeetingKey.objects.filter(guest__in=old).delete()
    return old.exclude(name="").update(name="", email="", needs="", consent_how="")


def _add(by: User, meeting: Meeting, guests: Sequence[Guest]) -> int:
    """Also once it is over: somebody came whom nobody had invited."""
    found = locked(meeting)
    if found.is_cancelled:
        raise ValidationError(gettext("This meeting is cancelled."))
    known = set(found.guests.exclude(email="").values_list("email", flat=True))
    initiatives = set(found.guests.exclude(initiative=None).values_list("initiative", flat=True))
    organisations = set(found.guests.exclude(organisation=None).values_list("organisation", flat=True))
    new = []
    for guest in guests:
        guest.email = guest.email.strip().lower()
        if (
            guest.email in known
            or guest.initiative_id in initiatives
            or guest.organisation_id in organisations
        ):
            continue
        guest.public_id, guest.meeting = new_public_id(), found
        known |= {guest.email} if guest.email else set()
        new.append(guest)
    if found.guests.count() + len(new) > MOST_GUESTS:
        raise ValidationError(
            gettext("At most %(most)s can be invited to one meeting.") % {"most": MOST_GUESTS}
        )
    Guest.objects.bulk_create(new)
    if new:
        noted(found, by, "meeting.guests_added", count=len(new))
    return len(new)


def _require_consent(email: str, consent_how: str) -> None:
    if email and not consent_how.strip():
        raise ValidationError(
            {"consent_how": gettext("Note how the person agreed, or leave the mail address out.")}
        )


def _require_new(meeting: Meeting, email: str) -> None:
    if email and meeting.guests.filter(email=email).exists():
        raise ValidationError({"email": gettext("This address is on the list already.")})


def find_key(key: str) -> MeetingKey | None:
    """The row of a key, in force or not, with its guest or task, meeting and hub. One query by the key's hash."""
    if len(key) > keys.LONGEST:
        return None
    rows = MeetingKey.objects.select_related(
        "guest__meeting__hub__place__country",
        "task__meeting__hub__place__country",
        "task__guest",
        "task__assignee",
    )
    return rows.filter(key_hash=keys.hashed(key)).first()
