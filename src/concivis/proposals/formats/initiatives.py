"""Events and thresholds in the words of Estonia's platform (Rahvaalgatus, its openapi.yaml of version 1)."""

import datetime as dt
from typing import Any

from concivis.proposals import showing
from concivis.proposals.enums import BEFORE_PUBLICATION, ENDS, Event, State
from concivis.proposals.models import Happening, Proposal


def phase(proposal: Proposal) -> str:
    """edit, sign, parliament (who decides has it), government (it is carried out), done."""
    state = State(proposal.state)
    if state in ENDS:
        return "done"
    if state in BEFORE_PUBLICATION:
        return "edit"
    if state in (State.PUBLISHED, State.CLOSED):
        return "sign"
    return "government" if state == State.DECIDED else "parliament"


def initiative(proposal: Proposal) -> dict[str, Any]:
    """Fetched by `queries.for_list`."""
    steps = list(proposal.rules.steps.all()) if proposal.rules else []
    return {
        "id": proposal.public_id,
        "for": proposal.hub.slug,
        "title": proposal.title,
        "phase": phase(proposal),
        "publishedAt": _moment(proposal.published_at),
        "signingEndsAt": _moment(proposal.closes_at),
        "signatureCount": showing.tally(proposal).counts,
        "signatureThreshold": steps[0].number if steps else None,
        "signatureThresholds": [{"threshold": step.threshold, "number": step.number} for step in steps],
    }


def event(step: Happening) -> dict[str, Any]:
    """Its proposal must be fetched."""
    return {
        "id": step.pk,
        "initiativeId": step.proposal.public_id,
        "type": step.event,
        "title": str(Event(step.event).label),
        "occurredAt": _moment(step.at),
        "threshold": step.threshold or None,
        "signatureCount": step.number,
        "content": step.note or None,
    }


def _moment(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
