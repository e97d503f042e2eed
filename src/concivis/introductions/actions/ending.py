"""How an introduction ends: withdrawn, not answered in time, or with what came of it."""

from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.directory.models import Organisation
from concivis.introductions.actions.answering import blank_contacts
from concivis.introductions.actions.noting import locked, mail, noted, sides_of
from concivis.introductions.entries import INITIATIVE, ORGANISATION, of_side, pair_of
from concivis.introductions.enums import OPEN, Answer, Outcome, State
from concivis.introductions.models import Introduction, Side

CONTACTS_KEPT_DAYS = 365  # after the introduction; the letters have them, too
PORTION = 500


@transaction.atomic
def withdraw(*, by: User | None, introduction: Introduction, side: Side | None = None) -> Introduction:
    """The office, or the side that asked, takes it back. Raises ValidationError once both have agreed or it ended."""
    found = locked(introduction)
    if found.state not in OPEN:
        raise ValidationError(_("It is over already, so there is nothing to withdraw."))
    if side is not None and (side.position or found.is_by_office):
        raise ValidationError(_("Only who asked can withdraw it. You can decline."))
    _end(found, State.WITHDRAWN)
    noted(found, by, "introduction.withdrawn")
    return found


@transaction.atomic
def remind(*, by: User, introduction: Introduction) -> Introduction:
    """Writes once more, and only once, to who has not answered. Raises ValidationError where that is not possible."""
    found = locked(introduction)
    if not found.is_open:
        raise ValidationError(_("Nobody has anything to answer any more."))
    if found.reminded_at:
        raise ValidationError(_("They were reminded already. One reminder is enough."))
    found.reminded_at = timezone.now()
    found.save()
    for side in sides_of(found):
        if side.answer == Answer.WAITING:
            mail(side, "introductions/letters/reminder.txt", called="Reminder of introduction")
    noted(found, by, "introduction.reminded")
    return found


@transaction.atomic
def say_outcome(
    *, by: User | None, introduction: Introduction, outcome: Outcome, note: str = "", side: Side | None = None
) -> Introduction:
    """What came of it, said by the office or by one `side`; it may be said anew. Raises ValidationError before both
    have agreed."""
    found = locked(introduction)
    if found.state != State.INTRODUCED:
        raise ValidationError(_("Nothing can have come of it before both have agreed."))
    if side is not None:
        own = next(each for each in sides_of(found) if each.pk == side.pk)
        own.outcome = outcome
        own.save(update_fields=["outcome"])
    found.outcome, found.outcome_at = outcome, timezone.now()
    found.outcome_note = note.strip() or found.outcome_note
    found.clean_fields(exclude=["asked_by", "asked_by_hub"])
    found.save()
    noted(found, by, "introduction.outcome", event=True, outcome=str(outcome))
    return found


def end_overdue() -> int:
    """Ends what nobody answered in time, and what one of the entries of is gone; how many."""
    over = Introduction.objects.open().filter(
        Q(expires_at__lte=timezone.now())
        | Q(pk__in=Side.objects.filter(initiative=None, organisation=None).values("introduction"))
        | Q(
            pk__in=Side.objects.exclude(initiative=None)
            .exclude(initiative__state="published")
            .values("introduction")
        )
    )
    return sum(_ended_now(each) for each in over.order_by("pk")[:PORTION])


def end_if_over(introduction: Introduction) -> bool:
    """Ends it where its time is over or an entry is gone; whether that was so. The row must be locked."""
    if introduction.state not in OPEN:
        return False
    is_gone = any(of_side(side) is None for side in sides_of(introduction))
    if not is_gone and introduction.expires_at > timezone.now():
        return False
    _end(introduction, State.WITHDRAWN if is_gone else State.EXPIRED)
    noted(introduction, None, "introduction.withdrawn" if is_gone else "introduction.expired")
    return True


def forget_contacts() -> int:
    """Blanks what people agreed to show, a year after the introduction; on how many sides."""
    before = timezone.now() - timedelta(days=CONTACTS_KEPT_DAYS)
    old = Side.objects.filter(introduction__introduced_at__lt=before).exclude(
        contact_name="", contact_email="", contact_phone="", email=""
    )
    return old.update(contact_name="", contact_email="", contact_phone="", email="")


def follow_merge(organisations: Sequence[Organisation]) -> None:
    """After a merge or its undo: pairs are named by what the sides are now; two sides that became one are ended."""
    touched = Introduction.objects.filter(
        pk__in=Side.objects.filter(organisation__in=organisations).values("introduction")
    )
    for row in touched.order_by("pk"):
        found = locked(row)
        first, second = sides_of(found)
        pair = pair_of(*(_id_of(side) or f"gone:{side.pk}" for side in (first, second)))
        is_one = found.state in OPEN and (_id_of(first) == _id_of(second))
        is_double = Introduction.objects.open().filter(pair=pair).exclude(pk=found.pk).exists()
        if found.state in OPEN and (is_one or is_double):
            _end(found, State.WITHDRAWN, quietly=True)
            noted(found, None, "introduction.withdrawn")
        Introduction.objects.filter(pk=found.pk).update(pair=pair)


@transaction.atomic
def _ended_now(introduction: Introduction) -> bool:
    return end_if_over(locked(introduction))


def _end(introduction: Introduction, state: State, *, quietly: bool = False) -> None:
    introduction.state, introduction.ended_at = state, timezone.now()
    introduction.save()
    if not quietly:
        for side in sides_of(introduction):
            if side.has_agreed and of_side(side):
                mail(side, "introductions/letters/ended.txt", called="End of introduction")
    blank_contacts(introduction)


def _id_of(side: Side) -> str:
    if side.initiative:
        return f"{INITIATIVE}:{side.initiative.public_id}"
    return f"{ORGANISATION}:{side.organisation.public_id}" if side.organisation else ""
