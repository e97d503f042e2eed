"""What the actions of the journey, the objectives and the plan are called in the record, and what webhooks may hear."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concivis.hubs import record_words, webhooks
from concivis.twinning.actions.objectives import AGREED_EVENT
from concivis.twinning.enums import PlanState, ProofKind
from concivis.twinning.journey import label_of

# `step` is a step's title, `side` the place of the side that acted
WORDS: Mapping[str, Promise] = {
    "journey.started": _("began the ten steps of a partnership"),
    "journey.step_done": _("called a step done: {step}"),
    "journey.step_skipped": _("left a step out: {step}"),
    "journey.step_reopened": _("opened a step again: {step}"),
    "journey.step_due": _("changed until when a step is to be walked: {step}"),
    "journey.step_responsible": _("changed who looks after a step: {step}"),
    "journey.hub_step_added": _("added a step of the office’s own: {title}"),
    "journey.hub_step_retired": _("retired a step of the office’s own: {title}"),
    "proof.added": _("added evidence ({kind}) to the step: {step}"),
    "proof.removed": _("took evidence ({kind}) away from the step: {step}"),
    "objective.proposed": _("proposed a common objective for {side}"),
    "objective.approved": _("approved a common objective for {side}"),
    AGREED_EVENT: _("gave the last approval: a common objective is agreed by all sides"),
    "objective.withdrawn": _("withdrew a proposed objective for {side}"),
    "objective.closed": _("wrote down what came of a common objective"),
    "plan.added": _("added a line to the plan for {year}"),
    "plan.changed": _("changed a line of the plan for {year}"),
    "plan.state": _("marked a line of the plan for {year}: {state}"),
    "plan.removed": _("removed a line of the plan for {year}"),
    "review.held": _("wrote the yearly review of {year}"),
    "review.changed": _("changed the yearly review of {year}"),
    "review.approved": _("approved the yearly review of {year} for {side}"),
}


def register() -> None:
    for action, words in WORDS.items():
        record_words.register(action, _spoken(words))
    webhooks.register_event(AGREED_EVENT, _("A common objective is agreed by all sides"))


def _spoken(words: Promise) -> Callable[[Mapping[str, Any]], str]:
    def speak(details: Mapping[str, Any]) -> str:
        return str(words).format_map(
            defaultdict(lambda: "…", {key: _told(key, details[key]) for key in details})
        )

    return speak


def _told(key: str, value: Any) -> Any:
    """A detail in words."""
    if key == "step":
        return _title(str(value))
    if key == "kind" and value in ProofKind.values:
        return ProofKind(value).label
    if key == "state" and value in PlanState.values:
        return PlanState(value).label
    return value


def _title(step: str) -> str:
    """Of a template's step by its code; a hub's own step was written down by its title."""
    try:
        return label_of(step, get_language() or "en")
    except KeyError:
        return step
