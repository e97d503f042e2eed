"""The office's answer to an entry: public, a question, or a refusal with its reason."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.models import today_in
from concivis.initiatives.actions.noting import locked, noted
from concivis.initiatives.actions.owners import mail_owner
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import Initiative

WAITING = (ReviewState.SUBMITTED, ReviewState.ASKED_BACK, ReviewState.DECLINED)


@transaction.atomic
def publish(*, by: User | None, initiative: Initiative, tell_owner: bool = True) -> Initiative:
    """Everybody sees it from now on, as soon as the hub is public. Its owner is told, with a link to look after it."""
    shown = locked(initiative)
    _require(shown, *WAITING)
    first = shown.published_at is None
    shown.published_at = shown.published_at or timezone.now()
    shown.last_confirmed = today_in(shown.hub)
    _answered(shown, by, ReviewState.PUBLISHED, "")
    noted(shown, by, "initiative.published", event="initiative.published")
    if tell_owner and first:
        mail_owner(shown, "initiatives/letters/published.txt", called="Publication of initiative")
    return shown


@transaction.atomic
def ask_back(*, by: User, initiative: Initiative, question: str) -> Initiative:
    """Mails the question with a link by which the owner answers and edits. Raises ValidationError by field."""
    asked = locked(initiative)
    _require(asked, ReviewState.SUBMITTED, ReviewState.ASKED_BACK)
    question = _said(question, "question", gettext("Write what you would like to know."))
    if not asked.owner_email:
        raise ValidationError(
            gettext("Nobody looks after this entry, so there is nobody to ask. Name an owner.")
        )
    asked.answer_note = ""
    _answered(asked, by, ReviewState.ASKED_BACK, question)
    noted(asked, by, "initiative.asked_back")
    mail_owner(asked, "initiatives/letters/asked_back.txt", called="Question about initiative")
    return asked


@transaction.atomic
def answer(*, by: User | None, initiative: Initiative, text: str) -> Initiative:
    """The owner has answered the question: the office looks again."""
    told = locked(initiative)
    _require(told, ReviewState.ASKED_BACK)
    told.state, told.answer_note, told.submitted_at = (
        ReviewState.SUBMITTED,
        text.strip()[:2000],
        timezone.now(),
    )
    told.save()
    noted(told, by, "initiative.answered")
    return told


@transaction.atomic
def decline(*, by: User, initiative: Initiative, reason: str) -> Initiative:
    """It does not become public; the reason is mailed. Raises ValidationError by field."""
    declined = locked(initiative)
    _require(declined, ReviewState.SUBMITTED, ReviewState.ASKED_BACK)
    reason = _said(reason, "reason", gettext("Say why, so that people understand and can do better."))
    _answered(declined, by, ReviewState.DECLINED, reason)
    noted(declined, by, "initiative.declined")
    mail_owner(declined, "initiatives/letters/declined.txt", called="Refusal of initiative")
    return declined


@transaction.atomic
def mark_seen(*, by: User, initiative: Initiative) -> Initiative:
    """The office has looked at what the owner changed."""
    seen = locked(initiative)
    if seen.changed_unseen:
        seen.changed_unseen = False
        seen.save(update_fields=["changed_unseen"])
        noted(seen, by, "initiative.seen")
    return seen


def _require(initiative: Initiative, *states: ReviewState) -> None:
    if initiative.state not in states:
        words = gettext("This is not possible now: the entry is “%(state)s”.")
        raise ValidationError(words % {"state": initiative.get_state_display()})


def _answered(initiative: Initiative, by: User | None, state: ReviewState, note: str) -> None:
    said: dict[str, Any] = {
        "state": state,
        "review_note": note,
        "reviewed_by": by,
        "reviewed_at": timezone.now(),
    }
    for name, value in said.items():
        setattr(initiative, name, value)
    initiative.save()


def _said(text: str, field: str, objection: str) -> str:
    if not text.strip():
        raise ValidationError({field: objection})
    return text.strip()[:2000]
