"""The steps that a hub adds to its journeys, and the order in which a journey shows its steps."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.twinning.actions.checking import check_fields
from concivis.twinning.enums import StepState
from concivis.twinning.journey import CURRENT, template
from concivis.twinning.models import HubStep, Journey, Step

OUT_OF_THE_WAY = 1000  # positions while the steps change places: no two may share one


@transaction.atomic
def add_hub_step(
    *, by: User | None, hub: Hub, title: str, aim: str = "", language: str, after: str = ""
) -> HubStep:
    """A step of the hub's own in all its journeys, those already begun too. `after`: a step's code; "": at the end.

    Raises ValidationError by field.
    """
    step = HubStep(hub=hub, title=title.strip(), aim=aim.strip(), language=language, after=after)
    if after and after not in {each.code for each in template(CURRENT).steps}:
        raise ValidationError({"after": gettext("Choose one of the ten steps.")})
    check_fields(step, "title", "aim", "language")
    step.save()
    for journey in Journey.objects.filter(partnership__hub=hub).select_for_update(of=("self",)):
        last = journey.steps.order_by("-position").values_list("position", flat=True).first() or 0
        Step.objects.create(journey=journey, own=step, position=last + 1)
        put_in_order(journey)
    _note(step, by, "journey.hub_step_added")
    return step


@transaction.atomic
def retire_hub_step(*, by: User | None, step: HubStep) -> None:
    """Takes the step out of what begins from now on, and out of journeys where nothing was done for it yet.

    Where it has evidence, or was done or left out, it stays.
    """
    step = HubStep.objects.select_for_update(of=("self",)).select_related("hub").get(pk=step.pk)
    if step.retired_at is not None:
        return
    step.retired_at = timezone.now()
    step.save(update_fields=["retired_at"])
    untouched = step.steps.filter(state=StepState.OPEN, proofs__isnull=True)
    Step.objects.filter(pk__in=list(untouched.values_list("pk", flat=True))).delete()
    _note(step, by, "journey.hub_step_retired")


def put_in_order(journey: Journey) -> None:
    """Numbers the steps anew: the template's in its order, after each the hub's own that follow it."""
    steps = list(journey.steps.select_related("own"))
    order = _order(steps, [step.code for step in template(journey.template).steps])
    if [step.position for step in order] == list(range(1, len(order) + 1)):
        return
    journey.steps.update(position=F("position") + OUT_OF_THE_WAY)
    for position, step in enumerate(order, 1):
        step.position = position
    Step.objects.bulk_update(order, ["position"])


def _order(steps: Iterable[Step], codes: Sequence[str]) -> list[Step]:
    rank = {code: n for n, code in enumerate(codes)}

    def place(step: Step) -> tuple[int, int]:
        if step.own is None:
            return rank[step.code], 0
        return rank.get(step.own.after, len(codes)), step.own.pk

    return sorted(steps, key=place)


def _note(step: HubStep, by: User | None, action: str) -> None:
    record.write(
        hub=step.hub, by=by, action=action, kind="step", object_id=str(step.pk), details={"title": step.title}
    )
