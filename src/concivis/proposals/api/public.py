"""Public proposals as JSON."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import translation
from ninja import Field, Query, Router, Schema

from concivis.proposals import page_parts, queries, showing
from concivis.proposals.enums import OUTCOMES
from concivis.proposals.filters import SORTS, STATES, narrowed, ordered
from concivis.proposals.models import Happening, Proposal
from concivis.shell.api import LAST_PAGE, MOST_PER_PAGE, one_of, paged
from concivis.shell.templatetags.shell import absolute_url

router = Router(tags=["proposals"])
STATE_CODES = "|".join(code for code, _label in STATES)
SORT_CODES = "|".join(code for code, _label in SORTS if code)
OUTCOME_CODES = "|".join(each.value for each in OUTCOMES)


class ProposalQuery(Schema):
    q: str | None = Field(None, max_length=100, description="words of the title or of what is asked for")
    hub: str | None = Field(None, max_length=60, description="a hub's address word, such as `hamm`")
    state: str | None = Field(None, pattern=f"^({STATE_CODES})$", description="how far it is")
    outcome: str | None = Field(None, pattern=f"^({OUTCOME_CODES})$", description="what became of it")
    theme: str | None = Field(None, max_length=60, description="code of a theme")
    place: str | None = Field(None, max_length=16, description="a place's public id, such as `gn2911240`")
    sort: str | None = Field(
        None,
        pattern=f"^({SORT_CODES})$",
        description="ending soon, or most supported; newest first without it",
    )
    page: int = Field(1, ge=1, le=LAST_PAGE)
    page_size: int = Field(50, ge=1, le=MOST_PER_PAGE)

    def wanted(self) -> dict[str, str]:
        given = self.dict(exclude={"page", "page_size", "sort"}, exclude_none=True)
        return {name: str(value) for name, value in given.items() if value != ""}


class CountRow(Schema):
    signatures: int = Field(description="by the rules, without paper")
    paper: int
    consultative: int = Field(description="support by others, counted apart")
    valid: int = Field(description="of the signatures, said valid by the register")
    as_of: dt.datetime | None


class ThresholdRow(Schema):
    threshold: str = Field(description="what it leads to: answer, hearing, debate, vote")
    number: int
    reached_at: dt.datetime | None


class ProposalRow(Schema):
    id: str
    url: str
    hub: str
    title: str
    summary: str
    language: str = Field(description="BCP 47, of title and summary as they were written")
    state: str
    is_paused: bool
    place: str | None = Field(description="public id of the place that is concerned; null: the whole city")
    latitude: float | None
    longitude: float | None
    themes: list[str]
    published_at: dt.datetime
    closes_on: dt.date | None
    counts: CountRow
    thresholds: list[ThresholdRow]
    is_example: bool
    changed_at: dt.datetime


class ProposalPage(Schema):
    count: int
    next: str | None
    previous: str | None
    results: list[ProposalRow]


class ProposalTextRow(Schema):
    language: str
    state: str = Field(description="human, machine, or outdated against the original")
    title: str
    summary: str
    body: str


class ProposalStepRow(Schema):
    event: str
    at: dt.datetime
    threshold: str | None
    number: int | None
    note: str


class ProposalAnswerRow(Schema):
    is_decision: bool
    verdict: str
    body: str = Field(description="who answers")
    text: str
    given_on: dt.date


class MeasureRow(Schema):
    title: str
    responsible: str
    due_on: dt.date | None
    state: str
    state_on: dt.date | None
    result: str


class CorrectionRow(Schema):
    field: str
    language: str
    before: str
    after: str
    reason: str
    made_at: dt.datetime


class AreaRow(Schema):
    code: str
    name: str
    signatures: int | None = Field(description="null: fewer than five, or it would give such a number away")


class ProposalDetail(ProposalRow):
    body: str
    authors: str = Field(description="of those who agreed to be named")
    translations: list[ProposalTextRow]
    steps: list[ProposalStepRow]
    answers: list[ProposalAnswerRow]
    measures: list[MeasureRow]
    corrections: list[CorrectionRow]
    areas: list[AreaRow]
    handed_over_on: dt.date | None
    answer_due_on: dt.date | None
    answered_on: dt.date | None
    decided_on: dt.date | None
    ended_on: dt.date | None
    outcome_note: str
    rejection: str
    rejection_note: str


@router.get("/proposals", response={200: ProposalPage, 422: None}, operation_id="list_proposals", auth=None)
def proposals(request: HttpRequest, query: Query[ProposalQuery]) -> dict[str, Any]:
    """Public citizens' proposals. Numbers are as of the time they say."""
    found = ordered(narrowed(queries.public(), query.wanted()), query.sort or "")
    page = Paginator(found, query.page_size).get_page(query.page)
    start = (page.number - 1) * query.page_size
    rows = queries.with_steps(queries.for_list(found[start : start + query.page_size]))
    given = {name: str(value) for name, value in query.dict(exclude_none=True).items()}
    return paged(page, [row(each) for each in rows], "/api/v1/proposals", given)


@router.get(
    "/proposals/{public_id}",
    response={200: ProposalDetail, 404: None},
    operation_id="get_proposal",
    auth=None,
)
def proposal(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One, with its whole text, what happened, what the city said and does, and what was put right."""
    rows = queries.with_steps(queries.for_list(queries.public()))
    found = one_of(rows, public_id)
    return detail(found)


def row(proposal: Proposal) -> dict[str, Any]:
    """Of one fetched by `queries.for_list` and `with_steps`."""
    with translation.override("en"):  # the API speaks of English pages
        url = absolute_url(proposal.get_absolute_url())
    counted = showing.tally(proposal)
    return {
        "id": proposal.public_id,
        "url": url,
        "hub": proposal.hub.slug,
        **_same(proposal, "title", "summary", "language", "state", "latitude", "longitude", "published_at"),
        **_same(proposal, "closes_on", "is_example", "changed_at"),
        "is_paused": proposal.paused_at is not None,
        "place": proposal.place.public_id if proposal.place else None,
        "themes": [term.code for term in proposal.labelled_terms if term.scheme_id == "theme"],  # type: ignore[attr-defined]
        "counts": {
            "signatures": counted.legal,
            **_same(counted, "paper", "consultative", "valid"),
            "as_of": counted.counted_at,
        },
        "thresholds": _thresholds(proposal),
    }


def detail(proposal: Proposal) -> dict[str, Any]:
    """Four queries besides."""
    return {
        **row(proposal),
        "body": proposal.body,
        "authors": showing.authors(proposal),
        "translations": [
            {
                "language": each.language,
                "state": each.state_against(proposal.text_revision),
                **_same(each, *Proposal.TRANSLATED),
            }
            for each in proposal.translations.all()
        ],
        "steps": [_step(step) for step in _steps(proposal)],
        "answers": [
            _same(each, "is_decision", "verdict", "body", "text", "given_on")
            for each in proposal.answers.all()
        ],
        "measures": [
            _same(each, "title", "responsible", "due_on", "state", "state_on", "result")
            for each in proposal.measures.all()
        ],
        "corrections": [
            _same(each, "field", "language", "before", "after", "reason", "made_at")
            for each in proposal.corrections.all()
        ],
        "areas": [
            {"code": code, "name": name, "signatures": count}
            for code, name, count in page_parts.told_areas(proposal)
        ],
        **_same(proposal, "handed_over_on", "answer_due_on", "answered_on", "decided_on", "ended_on"),
        **_same(proposal, "outcome_note", "rejection", "rejection_note"),
    }


def _thresholds(proposal: Proposal) -> list[dict[str, Any]]:
    reached = {step.threshold: step.at for step in _steps(proposal) if step.event == "reached"}
    steps = proposal.rules.steps.all() if proposal.rules else []
    return [
        {"threshold": step.threshold, "number": step.number, "reached_at": reached.get(step.threshold)}
        for step in steps
    ]


def _steps(proposal: Proposal) -> list[Happening]:
    return list(proposal.public_steps)  # type: ignore[attr-defined]


def _step(step: Happening) -> dict[str, Any]:
    return {
        **_same(step, "event", "at", "number", "note"),
        "threshold": step.threshold or None,
    }


def _same(thing: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}
