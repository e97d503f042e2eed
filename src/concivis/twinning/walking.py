"""A journey in words, for its pages: how each step stands, what counts for it, what was given."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from concivis.twinning import journey
from concivis.twinning.access import Tie
from concivis.twinning.enums import ProofKind, StepState
from concivis.twinning.models import Contact, Proof, Step
from concivis.twinning.telling import web_address

TONES = {StepState.DONE: "good", StepState.SKIPPED: "over"}


@dataclass(frozen=True)
class StepTold:
    pk: int
    number: int
    title: str
    language: str  # BCP 47 of the title and the aim where they are the hub's own words, else ""
    aim: str
    state: str
    state_label: str
    tone: str
    due_on: dt.date | None
    overdue: bool
    responsible: str
    proof_count: int
    reason: str
    counting: Sequence[tuple[str, str]]  # (kind of evidence, what counts)


@dataclass(frozen=True)
class ProofTold:
    pk: int
    kind: str
    title: str
    text: str
    url: str
    document: str  # public id of the document, "" for none
    document_name: str
    date: dt.date
    author: str
    place: str  # of the side that gave it; "" for the keeper's office
    removable: bool


@dataclass(frozen=True)
class Progress:
    done: int
    skipped: int
    total: int

    @property
    def text(self) -> str:
        """“4 of 10 steps are done, 1 is left out.”"""
        said = gettext("%(done)s of %(total)s steps are done") % {"done": self.done, "total": self.total}
        if self.skipped:
            said += ", " + gettext("left out: %(skipped)s") % {"skipped": self.skipped}
        return said


def progress(steps: Iterable[Step]) -> Progress:
    states = [step.state for step in steps]
    return Progress(states.count(StepState.DONE), states.count(StepState.SKIPPED), len(states))


def told(step: Step, tie: Tie, on: dt.date) -> StepTold:
    """`step` as `journeys.steps_of` reads it. No query."""
    language = get_language() or "en"
    counting: list[tuple[str, str]] = []
    if step.own is None:
        model = journey.template(step.journey.template).step(step.code)
        aim = journey.in_language(model.aim, language)
        counting = [(str(c.kind.label), journey.in_language(c.text, language)) for c in model.evidence]
    else:
        aim = step.own.aim
    is_open = step.state == StepState.OPEN
    return StepTold(
        pk=step.pk,
        number=step.position,
        title=journey.label(step, language),
        language=step.own.language if step.own else "",
        aim=aim,
        state=step.state,
        state_label=str(step.get_state_display()),
        tone=TONES.get(StepState(step.state), "neutral"),
        due_on=step.due_on if is_open else None,
        overdue=is_open and step.due_on is not None and step.due_on < on,
        responsible=person(step.responsible, tie),
        proof_count=getattr(step, "proof_count", 0),
        reason=step.reason,
        counting=counting,
    )


def person(contact: Contact | None, tie: Tie) -> str:
    """“A. Name, Hamm”. To the other side's office only the role, unless the person agreed to be named publicly."""
    if contact is None:
        return ""
    known = tie.keeps or contact.name_public or contact.side_id == (tie.side.pk if tie.side else None)
    named = contact.name if known else str(contact.get_role_display())
    return f"{named}, {contact.side.place.name}"


def proofs(step: Step, sides: Iterable[int], edits: bool) -> list[ProofTold]:
    """The evidence of a step. `sides`: those the reader acts for; `edits`: the reader may edit for the keeper.
    One query."""
    own = set(sides)
    found = step.proofs.select_related("side__place", "document", "added_by")
    return [_proof(proof, proof.side_id in own or (edits and proof.side_id is None)) for proof in found]


def _proof(proof: Proof, removable: bool) -> ProofTold:
    author = proof.added_by.name if proof.added_by else proof.added_as
    return ProofTold(
        pk=proof.pk,
        kind=str(ProofKind(proof.kind).label),
        title=proof.title,
        text=proof.text,
        url=web_address(proof.url),
        document=proof.document.public_id if proof.document else "",
        document_name=proof.document.title if proof.document else "",
        date=proof.date,
        author=author,
        place=proof.side.place.name if proof.side else "",
        removable=removable,
    )
