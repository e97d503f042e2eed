"""Common objectives: proposed by one side, agreed once every side has approved. Their text is never changed."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.shell.ids import new_public_id
from concivis.twinning.actions.checking import check_fields
from concivis.twinning.actions.noting import note_side, tell_offices, tell_others
from concivis.twinning.enums import ObjectiveState
from concivis.twinning.journeys import today_of
from concivis.twinning.models import Approval, Objective, Partnership
from concivis.twinning.policies import Acting

AGREED_EVENT = "objective.agreed"
REPLACEABLE = (ObjectiveState.PROPOSED, ObjectiveState.AGREED)


@transaction.atomic
def propose_objective(
    *,
    acting: Acting,
    partnership: Partnership,
    text: str,
    measure: str,
    language: str,
    due_on: dt.date,
    replaces: Objective | None = None,
) -> Objective:
    """A proposal of one side, which thereby approves it. `replaces`: the objective whose place it takes once agreed.

    Raises ValidationError by field: an empty text or measure, a day that has passed.
    """
    require_side(acting, partnership)
    objective = Objective(
        public_id=new_public_id(),
        partnership=partnership,
        text=text.strip(),
        measure=measure.strip(),
        language=language,
        due_on=due_on,
        proposed_side=acting.side,
        proposed_by=acting.by,
        proposed_as=acting.named,
        replaces=replaces,
    )
    if due_on < today_of(partnership):
        raise ValidationError({"due_on": gettext("This day has passed. An objective lies ahead.")})
    if replaces is not None:
        _require_replaceable(replaces, partnership)
    check_fields(objective, "text", "measure", "language")
    objective.save()
    note_side(acting, "objective.proposed", objective=objective.public_id)
    tell_others(acting, "objective.proposed", objective=objective.public_id)
    approve(acting=acting, objective=objective)
    return objective


@transaction.atomic
def approve(*, acting: Acting, objective: Objective) -> Objective:
    """A side's approval; the objective is agreed with the last side's. Approving again changes nothing.

    Raises ValidationError for an objective that was withdrawn, replaced or closed.
    """
    objective = _locked(objective)
    require_side(acting, objective.partnership)
    if objective.state not in REPLACEABLE:
        raise ValidationError(gettext("This objective is no longer open. Load the page again."))
    given = {"given_by": acting.by, "given_as": acting.named}
    _, new = Approval.objects.get_or_create(side=acting.side, objective=objective, defaults=given)
    if new and acting.side.pk != objective.proposed_side_id:
        note_side(acting, "objective.approved", objective=objective.public_id)
        tell_others(acting, "objective.approved", objective=objective.public_id)
    if objective.state == ObjectiveState.PROPOSED and not awaited(objective):
        _agree(acting, objective)
    return objective


@transaction.atomic
def withdraw_objective(*, acting: Acting, objective: Objective) -> Objective:
    """Takes a proposal back: only the side that made it, only before it is agreed."""
    objective = _locked(objective)
    if objective.proposed_side_id != acting.side.pk:
        raise ValidationError(gettext("Only the side that proposed this objective can withdraw it."))
    if objective.state != ObjectiveState.PROPOSED:
        raise ValidationError(gettext("Only a proposal can be withdrawn; this one is decided."))
    objective.state = ObjectiveState.WITHDRAWN
    objective.replaces = None  # the older one may be replaced by another proposal
    objective.save(update_fields=["state", "replaces"])
    note_side(acting, "objective.withdrawn", objective=objective.public_id)
    tell_others(acting, "objective.withdrawn", objective=objective.public_id)
    return objective


@transaction.atomic
def close_objective(*, acting: Acting, objective: Objective, reached: bool, result: str) -> Objective:
    """Says what came of an agreed objective. Raises ValidationError without a result or for one not in force."""
    objective = _locked(objective)
    require_side(acting, objective.partnership)
    if objective.state != ObjectiveState.AGREED:
        raise ValidationError(gettext("Only an objective that all sides agreed on can be closed."))
    objective.result = result.strip()
    if not objective.result:
        raise ValidationError({"result": gettext("Say in a few words what came of it.")})
    objective.state = ObjectiveState.REACHED if reached else ObjectiveState.MISSED
    check_fields(objective, "result")
    objective.save(update_fields=["state", "result"])
    note_side(acting, "objective.closed", objective=objective.public_id, reached=reached)
    tell_others(acting, "objective.closed", objective=objective.public_id, reached=reached)
    return objective


def require_side(acting: Acting, partnership: Partnership) -> None:
    """Raises ValidationError unless the side that is acted for belongs to `partnership`."""
    if acting.side.partnership_id != partnership.pk:
        raise ValidationError(gettext("This side does not belong to the partnership."))


def awaited(objective: Objective) -> list[int]:
    """The sides (their ids, in order) whose approval is still to come. One query."""
    sides = objective.partnership.sides.exclude(approvals__objective=objective)
    return list(sides.order_by("position").values_list("pk", flat=True))


def _locked(objective: Objective) -> Objective:
    objectives = Objective.objects.select_for_update(of=("self",))
    return objectives.select_related("partnership__hub").get(pk=objective.pk)


def _require_replaceable(older: Objective, partnership: Partnership) -> None:
    older = _locked(older)
    if older.partnership_id != partnership.pk or older.state not in REPLACEABLE:
        raise ValidationError(gettext("Only an objective that is proposed or agreed can be replaced."))
    if Objective.objects.filter(replaces=older).exists():
        raise ValidationError(
            gettext("Another proposal would already replace this objective. Answer that one.")
        )


def _agree(acting: Acting, objective: Objective) -> None:
    objective.state = ObjectiveState.AGREED
    objective.save(update_fields=["state"])
    if objective.replaces_id is not None:
        older = Objective.objects.filter(pk=objective.replaces_id, state__in=REPLACEABLE)
        older.update(state=ObjectiveState.REPLACED)
    note_side(acting, AGREED_EVENT, objective=objective.public_id)
    tell_offices(objective.partnership, AGREED_EVENT, objective=objective.public_id)
