"""What the office does to a published proposal: hides it, pauses it, corrects a word."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.letters import interface_language
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.deadlines import end_of
from concivis.proposals.enums import Event, Rejection
from concivis.proposals.models import Correction, Proposal
from concivis.shell.content import source_changed


@transaction.atomic
def hide(*, by: User | None, proposal: Proposal, reason: str, note: str = "") -> Proposal:
    """Nobody reads or signs it until it is shown again; its signatures stay. Raises ValidationError by field."""
    hidden = _published(proposal)
    if hidden.hidden_at is not None:
        raise ValidationError(gettext("It is hidden already."))
    if reason not in Rejection.values:
        raise ValidationError({"reason": gettext("Choose one of the reasons.")})
    hidden.hidden_at, hidden.hidden_reason = timezone.now(), reason
    hidden.save()
    happened(hidden, Event.HIDDEN, by, note=note.strip()[:4000], language=hidden.hub.language)
    noted(hidden, by, "proposal.hidden", {"reason": reason}, event="proposal.changed")
    return hidden


@transaction.atomic
def show(*, by: User | None, proposal: Proposal) -> Proposal:
    shown = _published(proposal)
    if shown.hidden_at is None:
        raise ValidationError(gettext("It is not hidden."))
    shown.hidden_at, shown.hidden_reason = None, ""
    shown.save()
    happened(shown, Event.SHOWN, by)
    noted(shown, by, "proposal.shown", event="proposal.changed")
    return shown


@transaction.atomic
def pause(*, by: User | None, proposal: Proposal, note: str) -> Proposal:
    """Nobody signs until it goes on; the note is public. Raises ValidationError by field."""
    paused = locked(proposal)
    if not paused.is_collecting:
        raise ValidationError(gettext("Only a proposal that collects signatures can be paused."))
    if not note.strip():
        raise ValidationError({"note": gettext("Say why: everybody reads it.")})
    paused.paused_at, paused.paused_note = timezone.now(), note.strip()[:500]
    paused.save()
    happened(paused, Event.PAUSED, by, note=paused.paused_note, language=paused.hub.language)
    noted(paused, by, "proposal.paused", event="proposal.changed")
    return paused


@transaction.atomic
def resume(*, by: User | None, proposal: Proposal) -> Proposal:
    """It goes on. The days on which nobody could sign are added to its deadline, a begun one as a whole, and the
    timeline says so: a pause takes nothing from who collects, and no deadline moves silently (decision 0014)."""
    resumed = locked(proposal)
    if resumed.paused_at is None or resumed.closes_on is None:
        raise ValidationError(gettext("It is not paused."))
    days = days_paused(resumed)
    resumed.closes_on += timedelta(days=days)
    resumed.closes_at = end_of(resumed.closes_on, resumed.hub.timezone)
    resumed.paused_at, resumed.paused_note = None, ""
    resumed.save()
    language = interface_language(resumed.hub.language)
    with translation.override(language):
        note = gettext("The new deadline is the end of %(day)s.") % {"day": date_format(resumed.closes_on)}
    happened(resumed, Event.RESUMED, by, note=note, language=language)
    noted(resumed, by, "proposal.resumed", {"days": days}, event="proposal.changed")
    return resumed


def days_paused(proposal: Proposal) -> int:
    """Days of a pause that lasts until now; one that was begun counts as a whole."""
    assert proposal.paused_at is not None
    passed = timezone.now() - proposal.paused_at
    return max(1, -(-passed // timedelta(days=1)))


@transaction.atomic
def correct(
    *,
    by: User | None,
    proposal: Proposal,
    field: str,
    after: str,
    reason: str,
    revision: int | None = None,
) -> Proposal:
    """A word put right after publication; what stood there before, and why it was changed, are public. Raises
    `EditConflict`, ValidationError by field."""
    corrected = locked(proposal, revision)
    if corrected.published_at is None:
        raise ValidationError(gettext("Before it is published, its authors change the text themselves."))
    if field not in Proposal.TRANSLATED:
        raise ValidationError({"field": gettext("Choose what is corrected.")})
    if not reason.strip():
        raise ValidationError({"reason": gettext("Say why: everybody reads it.")})
    _require_text(field, after)
    before, texts = getattr(corrected, field), corrected.source_texts()
    setattr(corrected, field, after.strip())
    if not source_changed(corrected, texts):
        raise ValidationError({"after": gettext("Nothing is changed.")})
    corrected.save()
    Correction.objects.create(
        proposal=corrected, field=field, language=corrected.language, before=before, after=after.strip(),
        reason=reason.strip()[:300], made_by=by,
    )  # fmt: skip
    happened(corrected, Event.CORRECTED, by, note=reason.strip()[:300], language=corrected.hub.language)
    noted(corrected, by, "proposal.corrected", event="proposal.corrected")
    return corrected


def _require_text(field: str, text: str) -> None:
    most = Proposal._meta.get_field(field).max_length  # type: ignore[union-attr]
    if not text.strip() or (most and len(text) > most):
        words = gettext("Write between 1 and %(n)s characters.")
        raise ValidationError({"after": words % {"n": most}})


def _published(proposal: Proposal) -> Proposal:
    found = locked(proposal)
    if found.published_at is None:
        raise ValidationError(gettext("It was never published."))
    return found
