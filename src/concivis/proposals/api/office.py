"""Proposals as their office works on them: the review, answers and measures, the check against the register."""

import datetime as dt
from typing import Annotated, Any, Literal

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404
from ninja import Field, Query, Router, Schema, Status

from concivis.hubs.api_auth import HubToken
from concivis.hubs.api_fields import Day, Language, Line
from concivis.hubs.api_writing import CONFLICTS, REFUSALS, actor, writing
from concivis.hubs.scopes import Scope
from concivis.proposals import package
from concivis.proposals.actions import answering, checking, measures, reviewing
from concivis.proposals.actions.measures import MeasureFacts
from concivis.proposals.enums import Check, MeasureState, Rejection, State, Verdict
from concivis.proposals.models import Measure, Proposal
from concivis.shell.api import Pages, paged
from concivis.shell.templatetags.shell import absolute_url

router = Router(tags=["office"])
READ, WRITE = HubToken(Scope.PROPOSALS_READ), HubToken(Scope.PROPOSALS_WRITE)
CHECK = HubToken(Scope.SIGNATURES_CHECK)
PATH = "/hub/proposals"
ONE = PATH + "/{public_id}"
AT_ONCE = 1000  # signatures, or answers of the register

Words = Annotated[str, Field(min_length=1, max_length=20_000)]
Note = Annotated[str, Field(max_length=2000)]
Revision = Annotated[int, Field(ge=0, le=2_000_000_000)]


class ProposalPages(Pages):
    state: State | None = None


class OfficeProposal(Schema):
    id: str
    url: str
    title: str
    language: str
    state: str
    revision: int = Field(
        description="send it back with a change, so that nobody's work is overwritten unseen"
    )
    submitted_at: dt.datetime | None
    published_at: dt.datetime | None
    closes_on: dt.date | None
    handed_over_on: dt.date | None
    answer_due_on: dt.date | None
    answered_on: dt.date | None
    decided_on: dt.date | None
    ended_on: dt.date | None
    rejection: str
    hidden: bool
    paused: bool
    signatures: int = Field(description="what a threshold is compared with: by the rules, and on paper")
    on_paper: int
    valid: int = Field(description="said valid by the register")
    invalid: int
    support_from_others: int
    counted_at: dt.datetime | None


class OfficeProposalPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[OfficeProposal]


class MeasureOut(Schema):
    id: str
    title: str
    language: str
    responsible: str
    due_on: dt.date | None
    state: str
    result: str
    revision: int


class AnswerOut(Schema):
    id: str
    is_decision: bool
    verdict: str
    text: str
    body: str
    given_on: dt.date
    language: str


class OfficeProposalDetail(OfficeProposal):
    summary: str
    body: str
    answers: list[AnswerOut]
    measures: list[MeasureOut]


class Publication(Schema):
    revision: Revision | None = None


class RejectionIn(Schema):
    reason: Rejection
    note: Note = ""
    listed: bool = Field(
        default=False, description="whether title, reason and note stand on the public list of the hub"
    )


class QuestionIn(Schema):
    question: Annotated[str, Field(min_length=1, max_length=2000)]


class ProposalAnswerIn(Schema):
    is_decision: bool = False
    verdict: Verdict
    text: Words
    body: Line
    on: Day
    language: Language


class MeasureIn(Schema):
    title: Line
    language: Language
    responsible: Annotated[str, Field(max_length=200)] = ""
    due_on: Day | None = None
    state: MeasureState = MeasureState.PLANNED
    result: Note = ""


class MeasureChange(MeasureIn):
    revision: Revision


class Outcome(Schema):
    outcome: Literal["realised", "partly", "not_realised"]
    on: Day
    note: Annotated[str, Field(max_length=4000)] = ""
    language: Language


class Asked(Schema):
    after: Annotated[int, Field(ge=0, le=2**62)] = 0
    again: bool = False


class Signatures(Schema):
    columns: list[str]
    rows: list[list[str | int | None]]
    after: int | None = Field(description="send it to get the next; null: these were the last")


class RegisterAnswer(Schema):
    number: Annotated[int, Field(ge=1, le=2**62)]
    result: Literal["valid", "invalid"]


class RegisterAnswers(Schema):
    answers: Annotated[list[RegisterAnswer], Field(max_length=AT_ONCE)]


class Noted(Schema):
    valid: int
    invalid: int
    same: int
    unknown: int


@router.get(
    PATH, response={200: OfficeProposalPage, **REFUSALS}, operation_id="list_hub_proposals", auth=READ
)
def proposals(request: Any, query: Query[ProposalPages]) -> dict[str, Any]:
    """All of the office, the latest change first. Nothing of who wrote or signed them."""
    found = _all(request).order_by("-changed_at", "-pk")
    if query.state:
        found = found.filter(state=query.state)
    page = Paginator(found, query.page_size).get_page(query.page)
    rows = [_row(each) for each in page.object_list]
    return paged(page, rows, "/api/v1" + PATH, query.dict(exclude_none=True))


@router.get(ONE, response={200: OfficeProposalDetail, **REFUSALS}, operation_id="get_hub_proposal", auth=READ)
def proposal(request: Any, public_id: str) -> dict[str, Any]:
    return _detail(_one(request, public_id))


@router.post(
    ONE + "/publication",
    response={200: OfficeProposalDetail, **CONFLICTS, **REFUSALS},
    operation_id="publish_proposal",
    auth=WRITE,
)
@writing
def publish(request: Any, public_id: str, given: Publication) -> dict[str, Any]:
    """Refused while a colleague looks at it."""
    found = _one(request, public_id)
    reviewing.publish(by=actor(request), proposal=found, revision=given.revision)
    return _detail(_one(request, public_id))


@router.post(
    ONE + "/rejection",
    response={200: OfficeProposalDetail, **REFUSALS},
    operation_id="reject_proposal",
    auth=WRITE,
)
@writing
def reject(request: Any, public_id: str, given: RejectionIn) -> dict[str, Any]:
    """Reason and note are public."""
    found = _one(request, public_id)
    reviewing.reject(by=actor(request), proposal=found, **given.model_dump())
    return _detail(_one(request, public_id))


@router.post(
    ONE + "/question",
    response={200: OfficeProposalDetail, **REFUSALS},
    operation_id="ask_about_proposal",
    auth=WRITE,
)
@writing
def ask(request: Any, public_id: str, given: QuestionIn) -> dict[str, Any]:
    """Its authors get the question by mail, and the proposal is with them."""
    reviewing.ask(by=actor(request), proposal=_one(request, public_id), question=given.question)
    return _detail(_one(request, public_id))


@router.post(
    ONE + "/answers", response={201: AnswerOut, **REFUSALS}, operation_id="answer_proposal", auth=WRITE
)
@writing
def answer(request: Any, public_id: str, given: ProposalAnswerIn) -> Status:
    """The city's answer, or its decision: public at once."""
    said = given.dict()
    act = answering.decide if said.pop("is_decision") else answering.answer
    made = act(by=actor(request), proposal=_one(request, public_id), **said)
    return Status(201, _fields(made, AnswerOut))


@router.post(
    ONE + "/measures", response={201: MeasureOut, **REFUSALS}, operation_id="add_measure", auth=WRITE
)
@writing
def add_measure(request: Any, public_id: str, given: MeasureIn) -> Status:
    facts = MeasureFacts(**given.dict())
    made = measures.add_measure(by=actor(request), proposal=_one(request, public_id), facts=facts)
    return Status(201, _fields(made, MeasureOut))


@router.put(
    ONE + "/measures/{measure}",
    response={200: MeasureOut, **CONFLICTS, **REFUSALS},
    operation_id="change_measure",
    auth=WRITE,
)
@writing
def change_measure(request: Any, public_id: str, measure: str, given: MeasureChange) -> dict[str, Any]:
    found: Measure | None = _one(request, public_id).measures.filter(public_id=_plain(measure)).first()
    if found is None:
        raise Http404
    facts = MeasureFacts(**given.dict(exclude={"revision"}))
    changed = measures.change_measure(by=actor(request), measure=found, facts=facts, revision=given.revision)
    return _fields(changed, MeasureOut)


@router.put(
    ONE + "/outcome",
    response={200: OfficeProposalDetail, **REFUSALS},
    operation_id="end_proposal",
    auth=WRITE,
)
@writing
def outcome(request: Any, public_id: str, given: Outcome) -> dict[str, Any]:
    """What became of it: public, and who follows it is told."""
    answering.end(by=actor(request), proposal=_one(request, public_id), **given.dict())
    return _detail(_one(request, public_id))


@router.post(
    ONE + "/signatures-to-check",
    response={200: Signatures, **REFUSALS},
    operation_id="fetch_signatures_to_check",
    auth=CHECK,
)
@writing
def to_check(request: Any, public_id: str, given: Asked) -> dict[str, Any]:
    """A thousand at once: a number and what the rules ask of signers. The record keeps each request; hence POST."""
    found = _one(request, public_id)
    columns = package.columns(found)
    rows = checking.fetch_some(
        by=actor(request), proposal=found, after=given.after, most=AT_ONCE, again=given.again
    )
    told = [[_cell(column.value(row)) for column in columns] for row in rows]
    last = rows[-1].pk if len(rows) == AT_ONCE else None
    return {"columns": [column.name for column in columns], "rows": told, "after": last}


@router.post(
    ONE + "/register-answers", response={200: Noted, **REFUSALS}, operation_id="check_signatures", auth=CHECK
)
@writing
def check(request: Any, public_id: str, given: RegisterAnswers) -> dict[str, int]:
    """What the register said. The same answers again change nothing."""
    answers = {each.number: Check(each.result) for each in given.answers}
    return checking.note_answers(by=actor(request), proposal=_one(request, public_id), answers=answers)


def _all(request: Any) -> QuerySet[Proposal]:
    rows: QuerySet[Proposal] = request.hub.proposals.exclude(state=State.DRAFT)
    return rows.select_related("tally", "rules")


def _one(request: Any, public_id: str) -> Proposal:
    found = _all(request).filter(public_id=_plain(public_id)).first()
    if found is None:
        raise Http404
    found.hub = request.hub
    return found


def _plain(public_id: str) -> str:
    return public_id if public_id.isalnum() and len(public_id) <= 16 else ""


def _row(proposal: Proposal) -> dict[str, Any]:
    tally = getattr(proposal, "tally", None)
    names = (
        *("title", "language", "state", "revision", "submitted_at", "published_at", "closes_on", "rejection"),
        *("handed_over_on", "answer_due_on", "answered_on", "decided_on", "ended_on"),
    )
    return {
        **{name: getattr(proposal, name) for name in names},
        "id": proposal.public_id,
        "url": absolute_url(proposal.get_absolute_url()),
        "hidden": proposal.hidden_at is not None,
        "paused": proposal.paused_at is not None,
        "signatures": tally.counts if tally else 0,
        "on_paper": tally.paper if tally else 0,
        "valid": tally.valid if tally else 0,
        "invalid": tally.invalid if tally else 0,
        "support_from_others": tally.consultative if tally else 0,
        "counted_at": tally.counted_at if tally else None,
    }


def _detail(proposal: Proposal) -> dict[str, Any]:
    return {
        **_row(proposal),
        "summary": proposal.summary,
        "body": proposal.body,
        "answers": [_fields(each, AnswerOut) for each in proposal.answers.all()],
        "measures": [_fields(each, MeasureOut) for each in proposal.measures.all()],
    }


def _fields(row: Any, shape: type[Schema]) -> dict[str, Any]:
    return {name: getattr(row, "public_id" if name == "id" else name) for name in shape.model_fields}


def _cell(value: Any) -> str | int | None:
    return value if value is None or isinstance(value, int | str) else str(value)
