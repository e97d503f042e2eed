"""Withdrawing a proposal, and putting a word right after it was published."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import letters
from concivis.hubs.models import today_in
from concivis.hubs.permissions import Permission
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.actions.publishing import office_link
from concivis.proposals.actions.writing import check_texts
from concivis.proposals.enums import ENDS, Event, State
from concivis.proposals.models import Correction, Proposal
from concivis.shell import content

WITHDRAWABLE = (State.IDEA, State.SPONSORING, State.REVIEW, State.PUBLISHED, State.CLOSED)
LONGEST_REQUEST = 2000


@transaction.atomic
def withdraw(*, by: User | None, proposal: Proposal) -> Proposal:
    """Its authors take it back. What was public stays readable and says so; nobody can sign it any more.

    Raises ValidationError once it was handed over: from then on it is the city's to answer.
    """
    of = locked(proposal)
    if of.state == State.WITHDRAWN:
        return of
    if of.state not in WITHDRAWABLE:
        raise ValidationError(gettext("It was handed over already, or it has ended; it cannot be withdrawn."))
    of.state, of.ended_on = State.WITHDRAWN, today_in(of.hub)
    of.paused_at, of.paused_note, of.reviewer, of.reviewer_until = None, "", None, None
    if of.published_at and of.closed_at is None:
        of.closed_at = timezone.now()
    of.save()
    happened(of, Event.WITHDRAWN, by)
    noted(of, by, "proposal.withdrawn", event="proposal.withdrawn" if of.is_public else "")
    return of


@transaction.atomic
def correct(
    *,
    by: User,
    proposal: Proposal,
    field: str,
    after: str,
    reason: str,
    language: str = "",
    revision: int | None = None,
) -> Correction:
    """Puts a text right after publication; what stood there, and why it was changed, stay public.

    `language`: of a translation; the original's otherwise. Raises `EditConflict`, ValidationError by field.
    """
    of = locked(proposal, revision)
    if of.published_at is None or of.state in ENDS:
        raise ValidationError(gettext("Only the text of a published proposal is put right this way."))
    if field not in Proposal.TRANSLATED:
        raise ValidationError({"field": gettext("Choose what is to be put right.")})
    if not reason.strip():
        raise ValidationError({"reason": gettext("Say why: everybody who signed reads it.")})
    language = content.require_language(language or of.language)
    target = of if language == of.language else of.translations.filter(language=language).first()
    if target is None:
        raise ValidationError({"language": gettext("There is no translation in this language.")})
    before, after = str(getattr(target, field)), after.strip()
    if before == after:
        raise ValidationError({"after": gettext("This is what stands there already.")})
    texts = {name: str(getattr(target, name)) for name in Proposal.TRANSLATED} | {field: after}
    check_texts(texts["title"], texts["summary"] or of.summary, texts["body"])
    setattr(target, field, after)
    if target is of:
        of.text_revision += 1
    target.save()
    made = Correction.objects.create(
        proposal=of, field=field, language=language, before=before, after=after, reason=reason.strip()[:300],
        made_by=by,
    )  # fmt: skip
    happened(of, Event.CORRECTED, by, note=made.reason, language=of.hub.language)
    noted(of, by, "proposal.corrected", {"field": field}, event="proposal.corrected" if of.is_public else "")
    return made


def ask_correction(*, proposal: Proposal, wish: str) -> int:
    """An author tells the office what should be put right; how many letters went out."""
    text = wish.strip()[:LONGEST_REQUEST]
    if not text:
        raise ValidationError({"wish": gettext("Say what should stand there instead.")})
    return letters.send_to_office(
        hub=proposal.hub,
        permission=Permission.WORK_ON_PROPOSALS,
        template="proposals/letters/correction_wished.txt",
        context={"proposal": proposal, "hub": proposal.hub, "wish": text, "link": office_link(proposal)},
        called=f"Wish for a correction of proposal {proposal.public_id}",
    )
