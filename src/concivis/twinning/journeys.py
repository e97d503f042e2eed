"""Every reused read of journeys: the steps of one, the next step of many."""

import datetime as dt

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from concivis.hubs.models import Hub, today_in
from concivis.twinning import journey
from concivis.twinning.enums import PartnershipState, StepState
from concivis.twinning.models import Journey, Partnership, Step

# a partnership in one of these walks no further: nothing of it is overdue
RESTING = (PartnershipState.SUSPENDED, PartnershipState.ENDED)


def today_of(partnership: Partnership) -> dt.date:
    """The day it is in the office that keeps the partnership."""
    return today_in(partnership.hub) if partnership.hub else timezone.localdate()


def journey_of(partnership: Partnership) -> Journey | None:
    """One query."""
    return Journey.objects.filter(partnership=partnership).first()


def steps_of(partnership: Partnership) -> QuerySet[Step]:
    """The steps in their order, with journey, own step and who is responsible; `proof_count` on each. One query."""
    steps = Step.objects.filter(journey__partnership=partnership).select_related(
        "journey", "own", "responsible__side__place"
    )
    return steps.annotate(proof_count=Count("proofs")).order_by("position")


def with_next_step(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """With the next open step of each on it, None where there is none: `next_code` (of the template; "" for a step of
    the hub), `next_title` (of the hub's step), `next_due`. No query of its own. Words: `next_label`."""
    following = Step.objects.filter(journey__partnership=OuterRef("pk"), state=StepState.OPEN).order_by(
        "position"
    )
    return partnerships.annotate(
        next_code=Subquery(following.values("code")[:1]),
        next_title=Subquery(following.values("own__title")[:1]),
        next_due=Subquery(following.values("due_on")[:1]),
        next_template=Subquery(following.values("journey__template")[:1]),
    )


def steps_overdue(hub: Hub, on: dt.date | None = None) -> QuerySet[Step]:
    """Open steps of what `hub` keeps that were due before `on` (today), the longest first; not of what rests."""
    day = on or today_in(hub)
    steps = Step.objects.filter(journey__partnership__hub=hub, state=StepState.OPEN, due_on__lt=day)
    return (
        steps.exclude(journey__partnership__state__in=RESTING)
        .select_related("journey__partnership", "own", "responsible")
        .order_by("due_on", "pk")
    )


def next_label(partnership: Partnership, language: str) -> str:
    """The title of the next open step of one of `with_next_step`; empty where there is none. No query."""
    code, own = getattr(partnership, "next_code", None), getattr(partnership, "next_title", None)
    if not code:
        return own or ""
    return journey.label_of(code, language, getattr(partnership, "next_template", journey.CURRENT))
