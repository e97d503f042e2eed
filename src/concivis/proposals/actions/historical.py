"""Proposals of other platforms: recorded as they are told there, many at once, changed when a later file says more,
taken back. Nobody signs them here, nobody is told of them, and their numbers are never counted here."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from concivis.accounts.models import User
from concivis.catalogue import actions as catalogue
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.proposals import cards
from concivis.proposals.enums import OUTCOMES, Event, Rejection, State, Threshold
from concivis.proposals.models import Happening, Proposal, ProposalOrigin, ProposalText
from concivis.shell.chunks import chunks
from concivis.shell.content import Origin as WrittenBy
from concivis.shell.ids import new_public_id

CHUNK = 500
STATES = (
    State.CLOSED,
    State.HANDED_OVER,
    State.ANSWERED,
    State.DECIDED,
    *OUTCOMES,
    State.WITHDRAWN,
    State.REJECTED,
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """`number`, `threshold`: of signatures that were reached."""

    event: Event
    at: dt.datetime
    note: str = ""
    language: str = ""
    threshold: str = ""
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class HistoricalFacts:
    """One proposal as its platform tells it. `given`: its state by the platform's own word; `signatures`: as given."""

    external_id: str
    title: str
    language: str
    state: State
    published_at: dt.datetime
    closed_at: dt.datetime | None = None
    summary: str = ""
    body: str = ""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rejection: str = ""
    rejection_note: str = ""
    answered_on: dt.date | None = None
    address: str = ""
    given: str = ""
    signatures: int | None = None
    areas: Sequence[Mapping[str, Any]] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values, the same for the same facts."""
        return {name: _plain(value) for name, value in asdict(self).items()}

    @classmethod
    def of_json(cls, said: Mapping[str, Any]) -> "HistoricalFacts":
        values = {each.name: said[each.name] for each in fields(cls) if each.name in said}
        values["state"] = State(values["state"])
        for name in ("published_at", "closed_at"):
            values[name] = dt.datetime.fromisoformat(values[name]) if values.get(name) else None
        if values.get("answered_on"):
            values["answered_on"] = dt.date.fromisoformat(values["answered_on"])
        values["steps"] = tuple(
            Step(**{**step, "event": Event(step["event"]), "at": dt.datetime.fromisoformat(step["at"])})
            for step in values.get("steps", ())
        )
        return cls(**values)


@dataclass(frozen=True)
class Source:
    """The platform, and under which terms its content may be shown."""

    hub: Hub
    address: str  # "https://petitions.example"
    licence: str = ""


@dataclass(frozen=True)
class Standing:
    """What is recorded here. `version` changes whenever somebody changes the proposal."""

    public_id: str
    version: str
    said: dict[str, Any]


def objections(facts: HistoricalFacts) -> list[str]:
    """Codes of what stands against recording it: what the tables would refuse."""
    found = []
    if not facts.title:
        found.append("title")
    if facts.state not in STATES:
        found.append("state")
    if (facts.state == State.REJECTED) != (facts.rejection in Rejection.values):
        found.append("rejection")
    if facts.closed_at and facts.closed_at <= facts.published_at:
        found.append("dates")
    return found


def standing(source: Source, external_ids: Collection[str]) -> dict[str, Standing]:
    """{external id: what is recorded}. Three queries for each five hundred."""
    found = {}
    for chunk in chunks(external_ids, CHUNK):
        origins = ProposalOrigin.objects.filter(
            hub=source.hub, source=source.address, external_id__in=chunk
        ).select_related("proposal")
        for origin in origins.prefetch_related("proposal__translations", "proposal__happenings"):
            proposal = origin.proposal
            found[origin.external_id] = Standing(
                proposal.public_id, str(proposal.revision), _facts_of(origin).as_json()
            )
    return found


@transaction.atomic
def record_many(*, by: User | None, source: Source, many: Iterable[HistoricalFacts]) -> list[str]:
    """Their public ids, in order. One line in the record for all of them."""
    made = [_record(source, facts) for facts in many]
    cards.refresh([proposal.pk for proposal in made])
    _noted(by, source, "proposals.recorded", len(made))
    return [proposal.public_id for proposal in made]


@transaction.atomic
def change_many(*, by: User | None, source: Source, many: Mapping[str, HistoricalFacts]) -> None:
    """{public id: what it says now}."""
    changed = []
    for public_id, facts in many.items():
        proposal = Proposal.objects.select_for_update(of=("self",)).get(
            hub=source.hub, public_id=public_id, is_historical=True
        )
        _write(proposal, facts)
        proposal.revision = F("revision") + 1
        proposal.save()
        _write_beside(proposal, source, facts)
        changed.append(proposal.pk)
    cards.refresh(changed)
    _noted(by, source, "proposals.record_changed", len(changed))


@transaction.atomic
def take_back(*, by: User | None, source: Source, versions: Mapping[str, str]) -> set[str]:
    """Deletes those that stand as they were recorded ({public id: version}); which ones went."""
    rows = Proposal.objects.select_for_update(of=("self",)).filter(
        hub=source.hub, is_historical=True, public_id__in=versions
    )
    gone = [each for each in rows if str(each.revision) == versions[each.public_id]]
    catalogue.withdraw(cards.KIND, {each.public_id for each in gone})
    Proposal.objects.filter(pk__in=[each.pk for each in gone]).delete()
    _noted(by, source, "proposals.taken_back", len(gone))
    return {each.public_id for each in gone}


def versions(source: Source, public_ids: Collection[str]) -> dict[str, str]:
    """{public id: version} of those that are there. One query for each five hundred."""
    return {
        public_id: str(revision)
        for chunk in chunks(public_ids, CHUNK)
        for public_id, revision in Proposal.objects.filter(
            hub=source.hub, is_historical=True, public_id__in=chunk
        ).values_list("public_id", "revision")
    }


def _record(source: Source, facts: HistoricalFacts) -> Proposal:
    proposal = Proposal(public_id=new_public_id(), hub=source.hub, is_historical=True)
    _write(proposal, facts)
    proposal.save()
    _write_beside(proposal, source, facts)
    return proposal


def _write(proposal: Proposal, facts: HistoricalFacts) -> None:
    copied = (
        "title", "summary", "body", "language", "state", "published_at", "closed_at", "rejection",
        "rejection_note", "answered_on",
    )  # fmt: skip
    for name in copied:
        setattr(proposal, name, getattr(facts, name))
    proposal.closes_at = facts.closed_at
    proposal.closes_on = facts.closed_at.date() if facts.closed_at else None
    if facts.state in OUTCOMES:
        proposal.ended_on = facts.answered_on or (facts.closed_at or facts.published_at).date()
        proposal.outcome_note = proposal.outcome_note or facts.given


def _write_beside(proposal: Proposal, source: Source, facts: HistoricalFacts) -> None:
    ProposalOrigin.objects.update_or_create(
        proposal=proposal,
        defaults={
            "hub": source.hub,
            "source": source.address,
            "external_id": facts.external_id,
            "address": facts.address,
            "licence": source.licence,
            "state": facts.given,
            "signatures": facts.signatures,
            "areas": list(facts.areas),
            "facts": dict(facts.facts),
            "seen_at": timezone.now(),
        },
    )
    ProposalText.objects.filter(of=proposal).delete()
    ProposalText.objects.bulk_create(
        ProposalText(
            of=proposal,
            language=language,
            origin=WrittenBy.HUMAN,
            of_revision=proposal.text_revision,
            **texts,
        )
        for language, texts in facts.translations.items()
    )
    Happening.objects.filter(proposal=proposal).delete()
    Happening.objects.bulk_create(Happening(proposal=proposal, **vars(step)) for step in facts.steps)


def _facts_of(origin: ProposalOrigin) -> HistoricalFacts:
    proposal = origin.proposal
    texts = ("title", "summary", "body")
    copied = (
        "title", "summary", "body", "language", "published_at", "closed_at", "rejection", "rejection_note",
        "answered_on",
    )  # fmt: skip
    return HistoricalFacts(
        external_id=origin.external_id,
        state=State(proposal.state),
        translations={
            row.language: {name: getattr(row, name) for name in texts} for row in proposal.translations.all()
        },
        address=origin.address,
        given=origin.state,
        signatures=origin.signatures,
        areas=origin.areas,
        facts=origin.facts,
        steps=tuple(
            Step(
                event=Event(row.event), at=row.at, note=row.note, language=row.language,
                threshold=row.threshold, number=row.number,
            )
            for row in proposal.happenings.all()
        ),
        **{name: getattr(proposal, name) for name in copied},
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (State, Event, Threshold)):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value


def _noted(by: User | None, source: Source, action: str, count: int) -> None:
    if count:
        details = {"count": count, "from": source.address}
        record.write(
            hub=source.hub,
            by=by,
            action=action,
            kind=cards.KIND,
            object_id=source.address[:40],
            details=details,
        )
