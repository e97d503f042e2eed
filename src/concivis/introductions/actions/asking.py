"""Somebody asks for an introduction: one side the other, or the office both."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.hubs import letters
from concivis.hubs.models import Hub
from concivis.initiatives.actions.owners import LETTERS_A_DAY, letter_language, new_key
from concivis.initiatives.enums import Purpose
from concivis.introductions.actions.answering import agree
from concivis.introductions.actions.noting import locked, mail, noted, sides_of
from concivis.introductions.entries import Entry, of_address, pair_of
from concivis.introductions.enums import OPEN, Answer, State
from concivis.introductions.models import Introduction, Side
from concivis.shell.ids import new_public_id

ANSWER_DAYS = 30  # then it has expired
PEACE_DAYS = 180  # after a no, only an office may ask again
ASKED_A_DAY = 5  # by one entry


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What of a person the other side gets once both have agreed: just what that person wrote here."""

    name: str = ""
    email: str = ""
    phone: str = ""

    def checked(self) -> "Contact":
        """Raises ValidationError by field: without a way to be reached there is nothing to introduce."""
        found = Contact(name=self.name.strip(), email=self.email.strip(), phone=self.phone.strip())
        if not (found.email or found.phone):
            raise ValidationError(
                {"email": _("Write a mail address or a telephone number, so that you can be reached.")}
            )
        if found.email:
            try:
                validate_email(found.email)
            except ValidationError as error:
                raise ValidationError({"email": error.messages}) from error
        return found


def ask(
    *, by: User | None, asker: Entry, asked: Entry, contact: Contact, message: str = "", language: str = ""
) -> Introduction:
    """`asker` would like to be introduced to `asked`, and agrees that they get `contact`.

    Where the other side, or the office, has asked for the same already, this is the answer: both are introduced.
    """
    contact = contact.checked()
    try:
        with transaction.atomic():
            return _asked(by, asker, asked, contact, message, language)
    except IntegrityError:  # the other side asked at the same moment, and was first
        with transaction.atomic():
            return _asked(by, asker, asked, contact, message, language)


@transaction.atomic
def broker(*, by: User, hub: Hub, first: Entry, second: Entry, message: str = "") -> Introduction:
    """The office asks both. Raises ValidationError unless one of them is its own."""
    if hub.pk not in {entry.hub.pk for entry in (first, second) if entry.hub}:
        raise ValidationError(_("At least one of the two must be of this city."))
    _require_two(first, second)
    if found := _open_one(first, second):
        raise ValidationError(_already(found))
    made = _made(first, second, message, hub.language, by=by, office=hub)
    for side in sides_of(made):
        mail(side, "introductions/letters/asked.txt", called="Introduction")
    noted(made, by, "introduction.brokered", event=True)
    return made


@transaction.atomic
def invite_to_ask(*, email: str, asked: Entry) -> None:
    """Mails who looks after an entry with this address a link to ask `asked`; says to nobody whether anybody does."""
    day_ago = timezone.now() - timedelta(days=1)
    for initiative in of_address(email):
        if initiative.keys.filter(made_at__gt=day_ago).count() >= LETTERS_A_DAY:
            continue
        key = new_key(initiative, Purpose.EDIT)

        def link(key: str = key) -> str:
            page = reverse("introductions:mine_ask", args=[key, asked.kind, asked.public_id])
            return settings.BASE_URL + page

        letters.send(
            to=initiative.owner_email,
            language=letter_language(initiative),
            template="introductions/letters/link.txt",
            context={"title": initiative.title, "other": asked.title, "link": link, "hub": initiative.hub},
            called=f"Link to ask for an introduction, initiative {initiative.public_id}",
        )


def _asked(
    by: User | None, asker: Entry, asked: Entry, contact: Contact, message: str, language: str
) -> Introduction:
    _require_two(asker, asked)
    if found := _open_one(asker, asked):
        own = next(side for side in sides_of(found) if _stands_for(side, asker))
        if own.answer != Answer.WAITING:
            raise ValidationError(_already(found))
        return agree(by=by, side=own, contact=contact)
    _require_peace(asker, asked)
    made = _made(asker, asked, message, language, by=by)
    own, other = sides_of(made)
    own.answer, own.answered_at = Answer.AGREED, timezone.now()
    own.contact_name, own.contact_email, own.contact_phone = contact.name, contact.email, contact.phone
    own.save()
    mail(other, "introductions/letters/asked.txt", called="Introduction")
    noted(made, by, "introduction.asked", event=True)
    return made


def _require_two(first: Entry, second: Entry) -> None:
    if first.id == second.id:
        raise ValidationError(_("These are one and the same entry."))
    for entry in (first, second):
        if not entry.email:
            raise ValidationError(
                _("Nobody who could answer looks after “%(title)s”. Ask the office of the city.")
                % {"title": entry.title}
            )
    if first.email.lower() == second.email.lower():
        raise ValidationError(_("One and the same person looks after both entries."))


def _require_peace(asker: Entry, asked: Entry) -> None:
    now, pair = timezone.now(), pair_of(asker.id, asked.id)
    earlier = Introduction.objects.filter(pair=pair).exclude(state__in=OPEN).first()
    if earlier and earlier.introduced_at:
        raise ValidationError(_already(earlier))
    if earlier and earlier.state == State.DECLINED and earlier.ended_at > now - timedelta(days=PEACE_DAYS):  # type: ignore[operator]
        raise ValidationError(
            _(
                "This was asked before, and one side would rather not. If it is important, write to the office."
            )
        )
    own = Side.objects.filter(position=0, initiative=asker.initiative, organisation=asker.organisation)
    recent = own.filter(introduction__asked_at__gt=now - timedelta(days=1), introduction__asked_by_hub=None)
    if recent.count() >= ASKED_A_DAY:
        raise ValidationError(_("You have asked several today. Wait for their answers, and go on tomorrow."))


def _open_one(first: Entry, second: Entry) -> Introduction | None:
    """The open introduction of the two, locked; one whose time is over is ended now."""
    from concivis.introductions.actions.ending import end_if_over

    row = Introduction.objects.open().filter(pair=pair_of(first.id, second.id)).first()
    if row is None:
        return None
    found = locked(row)
    return None if found.state not in OPEN or end_if_over(found) else found


def _already(found: Introduction) -> str:
    day = date_format(timezone.localtime(found.introduced_at or found.asked_at))
    if found.introduced_at:
        return _("The two were introduced on %(day)s already. The contact is in the letter of that day.") % {
            "day": day
        }
    return _("This was asked on %(day)s already. As soon as it is answered, you get a mail.") % {"day": day}


def _made(
    first: Entry, second: Entry, message: str, language: str, *, by: User | None, office: Hub | None = None
) -> Introduction:
    now = timezone.now()
    made = Introduction(
        public_id=new_public_id(),
        pair=pair_of(first.id, second.id),
        message=message.strip(),
        message_language=language,
        asked_by=by,
        asked_by_hub=office,
        asked_at=now,
        expires_at=now + timedelta(days=ANSWER_DAYS),
    )
    made.clean_fields(exclude=["asked_by", "asked_by_hub"])
    made.save()
    for position, entry in enumerate((first, second)):
        Side.objects.create(
            introduction=made,
            position=position,
            initiative=entry.initiative,
            organisation=entry.organisation,
            hub=entry.hub,
            title=entry.title,
            language=entry.language,
            email=entry.email,
        )
    return Introduction.objects.with_sides().get(pk=made.pk)


def _stands_for(side: Side, entry: Entry) -> bool:
    return (side.initiative, side.organisation) == (entry.initiative, entry.organisation)
