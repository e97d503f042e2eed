"""What the city does because of a proposal: added, changed, removed; each step is told."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs.models import today_in
from concivis.proposals.actions.noting import happened, locked, noted
from concivis.proposals.enums import Event, MeasureState, State
from concivis.proposals.models import Measure, Proposal
from concivis.shell.conflicts import EditConflict
from concivis.shell.content import Origin, put_translation, require_language, source_changed
from concivis.shell.ids import new_public_id

AFTER = (
    State.CLOSED, State.HANDED_OVER, State.ANSWERED, State.DECIDED, State.REALISED, State.PARTLY_REALISED,
    State.NOT_REALISED,
)  # fmt: skip


@dataclass(frozen=True)
class MeasureFacts:
    title: str
    language: str
    responsible: str = ""
    due_on: date | None = None
    state: str = MeasureState.PLANNED
    result: str = ""


@transaction.atomic
def add_measure(*, by: User | None, proposal: Proposal, facts: MeasureFacts) -> Measure:
    """Raises ValidationError by field."""
    found = _after(proposal)
    made = Measure(public_id=new_public_id(), proposal=found)
    _put(made, facts)
    made.save()
    _tell(found, by, made)
    noted(found, by, "proposal.measure_added", event="proposal.measure")
    return made


@transaction.atomic
def change_measure(
    *, by: User | None, measure: Measure, facts: MeasureFacts, revision: int | None = None
) -> Measure:
    """A new state or result is told. Raises `EditConflict`, ValidationError by field."""
    found = _after(measure.proposal)
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    row.proposal = found
    if revision is not None and row.revision != revision:
        raise EditConflict(row.revision)
    before, texts = (row.state, row.result), row.source_texts()
    _put(row, facts)
    source_changed(row, texts)
    row.revision += 1
    row.save()
    if (row.state, row.result) != before:
        _tell(found, by, row)
    noted(found, by, "proposal.measure_changed", event="proposal.measure")
    return row


@transaction.atomic
def translate_measure(
    *,
    by: User | None,
    measure: Measure,
    language: str,
    title: str,
    result: str = "",
    by_machine: bool = False,
) -> None:
    """In another language; saying it again replaces what stood there. Raises ValidationError by field."""
    found = locked(measure.proposal)
    tag = require_language(language)
    if tag == measure.language:
        raise ValidationError({"language": gettext("It is written in this language.")})
    if not title.strip():
        raise ValidationError({"title": gettext("Say what is done.")})
    origin = Origin.MACHINE if by_machine else Origin.HUMAN
    put_translation(measure, tag, {"title": title.strip()[:200], "result": result.strip()[:2000]}, origin)
    noted(found, by, "proposal.measure_translated", {"language": tag})


@transaction.atomic
def remove_measure(*, by: User | None, measure: Measure) -> None:
    """One that was entered by mistake; one that is given up is changed to that, with its reason."""
    found = _after(measure.proposal)
    Measure.objects.filter(pk=measure.pk).delete()
    noted(found, by, "proposal.measure_removed")


def _put(measure: Measure, facts: MeasureFacts) -> None:
    if not facts.title.strip():
        raise ValidationError({"title": gettext("Say what is done.")})
    if facts.state not in MeasureState.values:
        raise ValidationError({"state": gettext("Choose how it stands.")})
    if facts.state == MeasureState.DROPPED and not facts.result.strip():
        raise ValidationError({"result": gettext("Say why it is given up: everybody reads it.")})
    if measure.state != facts.state or measure.state_on is None:
        measure.state_on = today_in(measure.proposal.hub)
    measure.title, measure.language = facts.title.strip()[:200], require_language(facts.language)
    measure.responsible, measure.due_on = facts.responsible.strip()[:200], facts.due_on
    measure.state, measure.result = facts.state, facts.result.strip()[:2000]


def _tell(proposal: Proposal, by: User | None, measure: Measure) -> None:
    said = f"{measure.title} – {measure.result}" if measure.result else measure.title
    happened(proposal, Event.MEASURE, by, note=said, language=measure.language)


def _after(proposal: Proposal) -> Proposal:
    found = locked(proposal)
    if found.state not in AFTER:
        raise ValidationError(gettext("Measures follow once collecting has ended."))
    return found
