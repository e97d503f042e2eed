"""A journey half walked, for the demo: evidence from real pages; what is made up says that it is an example."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from concivis.hubs.models import today_in
from concivis.twinning.actions import journey, objectives
from concivis.twinning.enums import ProofKind
from concivis.twinning.models import Journey, Partnership, Source
from concivis.twinning.policies import Acting

EXAMPLE = "Example of the demonstration"


def half_way(tie: Partnership, facts: Mapping[str, Any], sources: Mapping[str, Source]) -> None:
    """Begins the ten steps `days_ago`, and proposes an objective on which the other side's word is awaited.

    Does nothing where the journey has begun. The days count from today, so that a demo is never out of date.
    """
    if tie.hub is None or Journey.objects.filter(partnership=tie).exists():
        return
    today = today_in(tie.hub)
    begun = journey.start_journey(by=None, partnership=tie, on=today - dt.timedelta(facts["days_ago"]))
    steps = {step.code: step for step in begun.steps.all()}
    for proof in facts["proofs"]:
        source = sources.get(proof.get("source", ""))
        journey.add_proof(
            step=steps[proof["step"]],
            kind=ProofKind(proof["kind"]),
            title=proof["title"],
            text=proof.get("text", ""),
            url=source.url if source else "",
            date=dt.date.fromisoformat(proof["date"]) if "date" in proof else today,
        )
    for code in facts["done"]:
        journey.finish_step(by=None, step=steps[code])
    own = tie.sides.get(place=tie.hub.place_id)
    wanted = facts["objective"]
    objectives.propose_objective(
        acting=Acting(own, None, named=EXAMPLE),
        partnership=tie,
        text=wanted["text"],
        measure=wanted["measure"],
        language="en",
        due_on=today + dt.timedelta(wanted["days_ahead"]),
    )
