"""When a step of the journey may be called done: what it needs beside evidence. One small rule for each such step."""

import datetime as dt
from collections.abc import Callable, Mapping

from django.db.models import Q
from django.utils.translation import gettext

from concivis.twinning.enums import ObjectiveState, PlanState
from concivis.twinning.models import Contact, Partnership, Step

# an objective in one of these was agreed by all sides
AGREED = (ObjectiveState.AGREED, ObjectiveState.REACHED, ObjectiveState.MISSED)
YEARS_OF_A_PLAN = 2

Rule = Callable[[Partnership], str]


def missing(step: Step, on: dt.date) -> list[str]:
    """Sentences saying what the step still needs before it is done; empty if nothing. At most three queries."""
    found = [_evidence(step)]
    partnership = step.journey.partnership
    if step.code == "team":
        found.append(_successor(partnership, on))
    elif step.code in RULES:
        found.append(RULES[step.code](partnership))
    return [sentence for sentence in found if sentence]


def _evidence(step: Step) -> str:
    if step.proofs.exists():
        return ""
    return gettext("Add at least one piece of evidence: a file, a link, a decision, an event or a note.")


def _objective(partnership: Partnership) -> str:
    """Common objectives are those that every side approved."""
    if partnership.objectives.filter(state__in=AGREED).exists():
        return ""
    return gettext(
        "No common objective is agreed by all sides yet: propose one, and let the other side agree."
    )


def _successor(partnership: Partnership, on: dt.date) -> str:
    """A team outlives the person who leads it: somebody of it has a named successor, and both are still there."""
    there = Q(left_on__isnull=True) | Q(left_on__gt=on)
    successor_there = Q(successor__left_on__isnull=True) | Q(successor__left_on__gt=on)
    team = Contact.objects.filter(there, side__partnership=partnership, in_team=True)
    if team.filter(successor_there, successor__isnull=False).exists():
        return ""
    return gettext("Name a member of the team and who would take over from them, under “People”.")


def _plan(partnership: Partnership) -> str:
    years = partnership.plan.exclude(state=PlanState.DROPPED).order_by().values("year").distinct().count()
    if years >= YEARS_OF_A_PLAN:
        return ""
    return gettext("The plan must cover at least two years: add lines to it under “Objectives and plan”.")


def _budget(partnership: Partnership) -> str:
    if partnership.plan.filter(budget__isnull=False).exclude(state=PlanState.DROPPED).exists():
        return ""
    return gettext("Give at least one line of the plan a budget, under “Objectives and plan”.")


RULES: Mapping[str, Rule] = {"objectives": _objective, "plan": _plan, "funding": _budget}
