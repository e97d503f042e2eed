"""In the shape of UK petitions (`petitions.json`, `<id>.json`, `count.json`): their names and structure, our values.

What they have no word for keeps ours (`consultative_count`, `counted_at`); what we do not know is null. Identifiers are
texts here. Documented in docs/formats/petitions.md.
"""

import datetime as dt
from typing import Any

from concivis.proposals import page_parts, showing
from concivis.proposals.enums import Event, State, Threshold
from concivis.proposals.models import Happening, Proposal
from concivis.shell import markdown
from concivis.shell.templatetags.shell import absolute_url

STATES = {State.PUBLISHED: "open", State.REJECTED: "rejected", State.WITHDRAWN: "stopped"}
REACHED_AT = {
    Threshold.ANSWER: "response_threshold_reached_at",
    Threshold.HEARING: "hearing_threshold_reached_at",
    Threshold.DEBATE: "debate_threshold_reached_at",
    Threshold.VOTE: "vote_threshold_reached_at",
}


def petition(proposal: Proposal, self_url: str) -> dict[str, Any]:
    """One of a list; fetched by `queries.for_list`, its public steps by `queries.with_steps`."""
    return {
        "type": "petition",
        "id": proposal.public_id,
        "links": {"self": self_url},
        "attributes": attributes(proposal),
    }


def whole(proposal: Proposal, self_url: str) -> dict[str, Any]:
    """One alone, with its numbers by district as far as they are told."""
    one = petition(proposal, self_url)
    one["attributes"] |= {"signatures_by_region": regions(proposal)}
    one.pop("links")
    return {"links": {"self": self_url}, "data": one}


def attributes(proposal: Proposal) -> dict[str, Any]:
    counted = showing.tally(proposal)
    steps: list[Happening] = list(proposal.public_steps)  # type: ignore[attr-defined]
    numbers = {step.threshold: step.number for step in proposal.rules.steps.all()} if proposal.rules else {}
    reached = {step.threshold: step.at for step in steps if step.event == Event.REACHED}
    return {
        "action": proposal.title,
        "background": proposal.summary,
        "additional_details": markdown.to_text(proposal.body),
        "language": proposal.language,
        "state": STATES.get(State(proposal.state), "closed"),
        "outcome": proposal.state,
        "url": absolute_url(proposal.get_absolute_url()),
        "signature_count": counted.counts,
        "consultative_count": counted.consultative,
        "counted_at": _moment(counted.counted_at),
        "created_at": _moment(proposal.created_at),
        "updated_at": _moment(proposal.changed_at),
        "opened_at": _moment(proposal.published_at),
        "closed_at": _moment(proposal.closed_at or proposal.closes_at),
        "rejected_at": _last(steps, Event.REJECTED),
        "moderation_threshold_reached_at": _last(steps, Event.SPONSORED),
        "threshold_for_response": numbers.get(Threshold.ANSWER),
        "threshold_for_debate": numbers.get(Threshold.DEBATE),
        **{name: _moment(reached.get(threshold)) for threshold, name in REACHED_AT.items()},
        "government_response_at": _day(proposal.answered_on),
        "debate_outcome_at": _last(steps, Event.DEBATED),
        "creator_name": showing.authors(proposal) or None,
        "rejection": _rejection(proposal),
        "government_response": None,
        "debate": None,
        "topics": [term.code for term in proposal.labelled_terms],  # type: ignore[attr-defined]
    }


def regions(proposal: Proposal) -> list[dict[str, Any]]:
    """Districts of which the number is told."""
    told = page_parts.told_areas(proposal)
    return [
        {"id": code, "name": name, "signature_count": count}
        for code, name, count in told
        if count is not None
    ]


def _rejection(proposal: Proposal) -> dict[str, str] | None:
    if proposal.state != State.REJECTED:
        return None
    details = "\n".join(filter(None, [page_parts.reason(proposal), proposal.rejection_note]))
    return {"code": proposal.rejection, "details": details}


def _last(steps: list[Happening], event: Event) -> str | None:
    found = [step.at for step in steps if step.event == event]
    return _moment(found[-1]) if found else None


def _moment(at: dt.datetime | None) -> str | None:
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def _day(on: dt.date | None) -> str | None:
    return on.isoformat() if on else None
