"""What the city says: its answer, that the proposer was heard, the debate, the decision, and what became of it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.models import today_in
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.enums import OUTCOMES, Event, State, Verdict
from concivis.proposals.models import Answer, Proposal
from concivis.shell.content import Origin, put_translation, require_language
from concivis.shell.ids import new_public_id

# while signatures are still collected, a number of them may already lead to an answer: the state then stays
ANSWERABLE = (State.PUBLISHED, State.CLOSED, State.HANDED_OVER, State.ANSWERED)
DECIDABLE = (State.CLOSED, State.HANDED_OVER, State.ANSWERED)
ENDABLE = (
    State.CLOSED, State.HANDED_OVER, State.ANSWERED, State.DECIDED, State.PARTLY_REALISED, State.NOT_REALISED
)  # fmt: skip
TALKS = {Event.HEARD: "proposal.heard", Event.DEBATED: "proposal.debated"}


@transaction.atomic
def answer(
    *, by: User | None, proposal: Proposal, verdict: str, text: str, body: str, on: dt.date, language: str
) -> Answer:
    """The city's answer, public at once. Raises ValidationError by field."""
    found = _in(proposal, ANSWERABLE)
    made = _say(by, found, verdict, text, body, on, language, is_decision=False)
    found.answered_on = found.answered_on or on
    if found.state != State.PUBLISHED:
        found.state = State.ANSWERED
    found.save()
    happened(found, Event.ANSWERED, by, note=f"{made.body}: {made.get_verdict_display()}", language="")
    noted(found, by, "proposal.answered", {"verdict": verdict}, event="proposal.answered")
    return made


@transaction.atomic
def decide(
    *, by: User | None, proposal: Proposal, verdict: str, text: str, body: str, on: dt.date, language: str
) -> Answer:
    """What the council, or who decides, decided. Raises ValidationError by field."""
    found = _in(proposal, DECIDABLE)
    made = _say(by, found, verdict, text, body, on, language, is_decision=True)
    found.state, found.decided_on = State.DECIDED, on
    found.save()
    happened(found, Event.DECIDED, by, note=f"{made.body}: {made.get_verdict_display()}", language="")
    noted(found, by, "proposal.decided", {"verdict": verdict}, event="proposal.decided")
    return made


@transaction.atomic
def translate(*, by: User | None, answer: Answer, language: str, text: str, by_machine: bool = False) -> None:
    """The reasons in another language; saying it again replaces what stood there."""
    found = locked(answer.proposal)
    tag = require_language(language)
    if tag == answer.language:
        raise ValidationError({"language": gettext("It is written in this language.")})
    if not text.strip():
        raise ValidationError({"text": gettext("Write the reasons.")})
    origin = Origin.MACHINE if by_machine else Origin.HUMAN
    put_translation(answer, tag, {"text": text.strip()[:20_000]}, origin)
    noted(found, by, "proposal.answer_translated", {"language": tag})


@transaction.atomic
def note_talk(
    *, by: User | None, proposal: Proposal, event: Event, on: dt.date, note: str, language: str
) -> Proposal:
    """The proposer was heard, or the council debated. Raises ValidationError by field."""
    found = _in(proposal, (*ANSWERABLE, State.DECIDED))
    _past(found, on)
    at = dt.datetime.combine(on, dt.time(12), ZoneInfo(found.hub.timezone))
    happened(found, event, by, note=note.strip()[:4000], language=require_language(language), at=at)
    noted(found, by, TALKS[event], event="proposal.changed")
    return found


@transaction.atomic
def end(
    *, by: User | None, proposal: Proposal, outcome: str, on: dt.date, note: str = "", language: str = ""
) -> Proposal:
    """Realised, in part, or not; the last two say why. May be said again, when more becomes of it. Raises
    ValidationError by field."""
    found = _in(proposal, ENDABLE)
    if outcome not in OUTCOMES:
        raise ValidationError({"outcome": gettext("Choose what became of it.")})
    if outcome != State.REALISED and not note.strip():
        raise ValidationError({"note": gettext("Say why: everybody reads it.")})
    _past(found, on)
    found.state, found.ended_on, found.outcome_note = State(outcome), on, note.strip()[:4000]
    found.save()
    happened(found, Event.ENDED, by, note=found.outcome_note, language=language or found.hub.language)
    noted(found, by, "proposal.ended", {"outcome": outcome}, event="proposal.ended")
    return found


def _say(
    by: User | None, proposal: Proposal, verdict: str, text: str, body: str, on: dt.date, language: str,
    *, is_decision: bool,
) -> Answer:  # fmt: skip
    wrong: dict[str, str] = {}
    if verdict not in Verdict.values:
        wrong["verdict"] = gettext("Choose one of the answers.")
    if not text.strip():
        wrong["text"] = gettext("Give the reasons: everybody reads them.")
    if not body.strip():
        wrong["body"] = gettext("Say who answers.")
    if wrong:
        raise ValidationError(wrong)
    _past(proposal, on)
    return Answer.objects.create(
        public_id=new_public_id(), proposal=proposal, is_decision=is_decision, verdict=verdict,
        text=text.strip()[:20_000], body=body.strip()[:200], given_on=on, language=require_language(language),
        made_by=by,
    )  # fmt: skip


def _past(proposal: Proposal, on: dt.date) -> None:
    if on > today_in(proposal.hub):
        raise ValidationError({"on": gettext("This day has not come yet.")})
    if proposal.published_at and on < proposal.published_at.date():
        raise ValidationError({"on": gettext("On this day it was not published yet.")})


def _in(proposal: Proposal, states: tuple[State, ...]) -> Proposal:
    found = locked(proposal)
    if found.state not in states:
        words = gettext("This is not possible now: the proposal is “%(state)s”.")
        raise ValidationError(words % {"state": found.get_state_display()})
    return found
