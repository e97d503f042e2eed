"""One side says yes or no. With the second yes both are introduced: only then is anybody's contact handed on."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.introductions.actions.noting import locked, mail, noted, other_side, sides_of
from concivis.introductions.entries import of_side
from concivis.introductions.enums import Answer, State
from concivis.introductions.models import Introduction, Side

if TYPE_CHECKING:
    from concivis.introductions.actions.asking import Contact


@transaction.atomic
def agree(*, by: User | None, side: Side, contact: "Contact") -> Introduction:
    """The side agrees that the other one gets `contact`. Raises ValidationError where there is nothing to answer."""
    contact = contact.checked()
    introduction, own = _waiting(side)
    own.answer, own.answered_at = Answer.AGREED, timezone.now()
    own.contact_name, own.contact_email, own.contact_phone = contact.name, contact.email, contact.phone
    own.clean_fields(exclude=["introduction", "initiative", "organisation", "hub"])
    own.save()
    if all(each.has_agreed for each in sides_of(introduction)):
        introduction.state, introduction.introduced_at = State.INTRODUCED, timezone.now()
        introduction.save()
        for each in sides_of(introduction):
            mail(each, "introductions/letters/introduced.txt", called="Introduction")
        noted(introduction, by, "introduction.introduced", event=True)
    else:
        introduction.state = State.ACCEPTED
        introduction.save()
        noted(introduction, by, "introduction.accepted")
    return introduction


@transaction.atomic
def decline(*, by: User | None, side: Side, note: str = "") -> Introduction:
    """The side would rather not. `note` is for the offices alone; the other side learns only that it is not wanted."""
    introduction, own = _waiting(side)
    own.answer, own.answered_at, own.answer_note = Answer.DECLINED, timezone.now(), note.strip()
    own.clean_fields(exclude=["introduction", "initiative", "organisation", "hub"])
    own.save()
    introduction.state, introduction.ended_at = State.DECLINED, timezone.now()
    introduction.save()
    other = other_side(introduction, own)
    if other.has_agreed:
        mail(other, "introductions/letters/ended.txt", called="End of introduction")
    blank_contacts(introduction)
    noted(introduction, by, "introduction.declined", event=True)
    return introduction


def blank_contacts(introduction: Introduction) -> None:
    """What was agreed to be shown is of no use any more."""
    introduction.sides.update(contact_name="", contact_email="", contact_phone="")
    for side in sides_of(introduction):
        side.contact_name = side.contact_email = side.contact_phone = ""


def _waiting(side: Side) -> tuple[Introduction, Side]:
    introduction = locked(side.introduction)
    own = next(each for each in sides_of(introduction) if each.pk == side.pk)
    if not introduction.is_open:
        raise ValidationError(_("There is nothing to answer any more."))
    if own.answer != Answer.WAITING:
        raise ValidationError(_("You have answered already."))
    if any(of_side(each) is None for each in sides_of(introduction)):
        raise ValidationError(
            _("One of the two entries is not public any more, so there is nobody to introduce.")
        )
    return introduction, own
