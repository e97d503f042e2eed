"""The journey of a partnership: beginning it, its evidence, its steps done, left out and opened again."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.twinning import steps as rules
from concivis.twinning.actions.checking import check_fields
from concivis.twinning.actions.documents import add_document
from concivis.twinning.actions.journey_order import put_in_order
from concivis.twinning.actions.noting import note, note_side, tell_others
from concivis.twinning.enums import DocumentKind, ProofKind, StepState
from concivis.twinning.journey import CURRENT, template
from concivis.twinning.journeys import today_of
from concivis.twinning.models import Contact, Document, Journey, Partnership, Proof, Step
from concivis.twinning.policies import Acting

WEB = ("https://", "http://")


@transaction.atomic
def start_journey(*, by: User | None, partnership: Partnership, on: dt.date | None = None) -> Journey:
    """Begins the ten steps, and the hub's own, due from the day `on` (today) as the template suggests.

    Raises ValidationError where no office keeps the partnership or the journey has begun.
    """
    partnership = (
        Partnership.objects.select_for_update(of=("self",)).select_related("hub").get(pk=partnership.pk)
    )
    if partnership.hub is None:
        raise ValidationError(gettext("No office keeps this partnership. Take it over first."))
    if Journey.objects.filter(partnership=partnership).exists():
        raise ValidationError(gettext("The ten steps have already begun."))
    begin = on or today_of(partnership)
    journey = Journey.objects.create(partnership=partnership, template=CURRENT, started_by=by)
    Step.objects.bulk_create(
        Step(journey=journey, code=step.code, position=n, due_on=begin + dt.timedelta(days=step.days))
        for n, step in enumerate(template().steps, 1)
    )
    own = partnership.hub.journey_steps.filter(retired_at__isnull=True)
    first_free = len(template().steps) + 1
    Step.objects.bulk_create(
        Step(journey=journey, own=each, position=n) for n, each in enumerate(own, first_free)
    )
    put_in_order(journey)
    note(partnership, "journey.started", by=by, template=CURRENT)
    return journey


# --- evidence ----------------------------------------------------------------------------------------------


@transaction.atomic
def add_proof(
    *,
    step: Step,
    kind: ProofKind,
    title: str,
    date: dt.date,
    by: User | None = None,
    acting: Acting | None = None,
    text: str = "",
    url: str = "",
    document: Document | None = None,
    upload: File[bytes] | None = None,
) -> Proof:
    """Evidence for a step, of the side that `acting` acts for, or of the keeper (`by`) without a side.

    `upload` becomes a document of the partnership, called as the evidence. Raises ValidationError by field: a date in
    the future, a file that is no document, a link without an address.
    """
    partnership = step.journey.partnership
    side = acting.side if acting else None
    if side is not None and side.partnership_id != partnership.pk:
        raise ValidationError(gettext("This side does not belong to the partnership."))
    proof = Proof(
        step=step,
        side=side,
        kind=kind,
        title=title.strip(),
        text=text.strip(),
        url=url.strip(),
        document=document,
        date=date,
        added_by=acting.by if acting else by,
        added_as=acting.named if acting else "",
    )
    _require_sound(proof, partnership, has_file=upload is not None)
    if upload is not None:
        proof.document = _kept(proof, partnership, upload)
    proof.save()
    _note(partnership, "proof.added", by, acting, step=str(step), kind=str(kind))
    if acting:
        tell_others(acting, "proof.added", position=step.position, kind=str(kind))
    return proof


@transaction.atomic
def remove_proof(*, proof: Proof, by: User | None = None, acting: Acting | None = None) -> None:
    """Takes evidence away: a side its own, the keeper also what stands without a side. A document stays.

    Raises ValidationError for evidence of another side, and for the last one of a step that is done.
    """
    step = Step.objects.select_for_update(of=("self",)).get(pk=proof.step_id)
    own = acting.side.pk if acting else None
    if proof.side_id is not None and proof.side_id != own:
        raise ValidationError(gettext("Only the side that gave this evidence can take it away."))
    if step.state == StepState.DONE and not step.proofs.exclude(pk=proof.pk).exists():
        raise ValidationError(
            gettext("This is the only evidence of a step that is done. Open the step again first.")
        )
    kind = proof.kind
    proof.delete()
    _note(step.journey.partnership, "proof.removed", by, acting, step=str(step), kind=str(kind))


def _kept(proof: Proof, partnership: Partnership, upload: File[bytes]) -> Document:
    kind = DocumentKind.DECISION if proof.kind == ProofKind.DECISION else DocumentKind.OTHER
    try:
        return add_document(
            by=proof.added_by,
            partnership=partnership,
            upload=upload,
            title=proof.title,
            kind=kind,
            side=proof.side,
        )
    except ValidationError as error:
        raise ValidationError({"file": error.messages}) from error


def _require_sound(proof: Proof, partnership: Partnership, *, has_file: bool) -> None:
    if not proof.title:
        raise ValidationError({"title": gettext("Say in a few words what it shows.")})
    if proof.date > today_of(partnership):
        raise ValidationError(
            {"date": gettext("This day has not come yet. Evidence is of something that happened.")}
        )
    if proof.kind == ProofKind.FILE and proof.document is None and not has_file:
        raise ValidationError({"file": gettext("Choose the file.")})
    if proof.document is not None and proof.document.partnership_id != partnership.pk:
        raise ValidationError({"document": gettext("This document belongs to another partnership.")})
    if proof.kind == ProofKind.LINK and not proof.url:
        raise ValidationError({"url": gettext("Give the address of the page.")})
    if proof.url and not proof.url.lower().startswith(WEB):
        raise ValidationError({"url": gettext("The address must begin with https:// or http://")})
    if proof.kind == ProofKind.NOTE and not proof.text:
        raise ValidationError({"text": gettext("Write the note.")})
    check_fields(proof, "kind", "title", "text", "url")


# --- the steps ---------------------------------------------------------------------------------------------


@transaction.atomic
def finish_step(*, by: User | None, step: Step) -> Step:
    """Calls a step done. Raises ValidationError with a sentence for each thing that is missing (`steps.missing`)."""
    step = _open_step(step)
    if sentences := rules.missing(step, today_of(step.journey.partnership)):
        raise ValidationError(sentences)
    return _set(step, StepState.DONE, by, "journey.step_done")


@transaction.atomic
def skip_step(*, by: User | None, step: Step, reason: str) -> Step:
    """Leaves a step out, saying why. Raises ValidationError without a reason."""
    step = _open_step(step)
    step.reason = reason.strip()
    if not step.reason:
        raise ValidationError({"reason": gettext("Say why this step is left out: others will ask.")})
    check_fields(step, "reason")
    return _set(step, StepState.SKIPPED, by, "journey.step_skipped")


@transaction.atomic
def reopen_step(*, by: User | None, step: Step) -> Step:
    """Opens a step again that was done or left out. Raises ValidationError for an open one."""
    step = _locked(step)
    if step.state == StepState.OPEN:
        raise ValidationError(gettext("This step is open."))
    step.reason = ""
    return _set(step, StepState.OPEN, by, "journey.step_reopened")


@transaction.atomic
def set_due(*, by: User | None, step: Step, date: dt.date | None) -> Step:
    """The day by which the step is to be walked; None: no day."""
    step = _locked(step)
    if step.due_on != date:
        step.due_on = date
        step.save(update_fields=["due_on"])
        _note_step(step, "journey.step_due", by, due=date.isoformat() if date else "")
    return step


@transaction.atomic
def set_responsible(*, by: User | None, step: Step, contact: Contact | None) -> Step:
    """Who looks after the step: a contact of either side, or nobody."""
    step = _locked(step)
    if contact is not None and contact.side.partnership_id != step.journey.partnership_id:
        raise ValidationError(gettext("This person does not belong to the partnership."))
    if step.responsible_id != (contact.pk if contact else None):
        step.responsible = contact
        step.save(update_fields=["responsible"])
        _note_step(step, "journey.step_responsible", by)
    return step


def _locked(step: Step) -> Step:
    steps = Step.objects.select_for_update(of=("self",))
    return steps.select_related("journey__partnership__hub", "own").get(pk=step.pk)


def _open_step(step: Step) -> Step:
    step = _locked(step)
    if step.state != StepState.OPEN:
        raise ValidationError(gettext("This step is no longer open: somebody has dealt with it meanwhile."))
    return step


def _set(step: Step, state: StepState, by: User | None, action: str) -> Step:
    finished = state != StepState.OPEN
    step.state = state
    step.finished_at = timezone.now() if finished else None
    step.finished_by = by if finished else None
    step.save(update_fields=["state", "reason", "finished_at", "finished_by"])
    _note_step(step, action, by)
    return step


def _note_step(step: Step, action: str, by: User | None, **details: str) -> None:
    note(step.journey.partnership, action, by=by, step=str(step), **details)


def _note(
    partnership: Partnership, action: str, by: User | None, acting: Acting | None, **details: str
) -> None:
    if acting:
        note_side(acting, action, **details)
    else:
        note(partnership, action, by=by, **details)
