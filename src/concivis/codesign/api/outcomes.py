"""What became of a process: recommendations, the administration's answers, measures with their days."""

import datetime as dt
from dataclasses import replace
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Field, Router, Schema, Status

from concivis.codesign import becoming
from concivis.codesign.actions import answering, recommending
from concivis.codesign.actions.recommending import RecommendationFacts
from concivis.codesign.api.office import PROCESSES, READ, WRITE, found_process, themes_named
from concivis.codesign.api.public import PATH
from concivis.codesign.becoming import Asked
from concivis.codesign.models import Answer, Measure, Process, Recommendation
from concivis.codesign.outcomes import MeasureState, RecommendationState, Verdict
from concivis.hubs.api_fields import Day, Language, Line
from concivis.hubs.api_writing import REFUSALS, actor, writing
from concivis.shell.api import one_of
from concivis.shell.templatetags.shell import absolute_url

router = Router()
RECOMMENDATIONS, MEASURES = "/hub/recommendations", "/hub/measures"
Ids = Annotated[list[Annotated[str, Field(max_length=16)]], Field(max_length=200)]


class RecommendationAnswer(Schema):
    version: int = Field(description="the latest comes first; earlier ones stay")
    verdict: Verdict
    text: str
    reason: str
    language: str
    department: str
    due: dt.date | None
    given_at: dt.datetime


class RecommendationMeasureStep(Schema):
    on: dt.date
    state: MeasureState
    text: str
    language: str


class RecommendationMeasure(Schema):
    id: str
    title: str
    language: str
    who: str
    due: dt.date
    state: MeasureState
    ended_on: dt.date | None
    reason: str = Field(description="why it was given up")
    late: bool
    steps: list[RecommendationMeasureStep]


class RecommendationRow(Schema):
    id: str
    number: int = Field(description="within its process")
    url: str
    process: str
    title: str
    text: str
    language: str = Field(description="BCP 47, of the words as they were written")
    theme: str | None
    state: RecommendationState
    supported_by: int | None = Field(description="insights; null: fewer than five, which is not told")
    department: str = Field(description="who answers")
    handed_over_at: dt.datetime | None
    answer_due: dt.date | None
    answer_is_late: bool
    answers: list[RecommendationAnswer]
    measures: list[RecommendationMeasure]


class OfficeRecommendation(RecommendationRow):
    insights: list[str] = Field(description="public ids of those it rests on, not those of its clusters")
    withdrawn_because: str


class RecommendationChange(Schema):
    """What is absent stays."""

    title: str | None = Field(None, max_length=200)
    text: str | None = Field(None, max_length=6000)
    language: Language | None = None
    theme: str | None = Field(None, max_length=60, description="empty: none")
    insights: Ids | None = None


class RecommendationNew(RecommendationChange):
    title: Line
    language: Language


class HandingOver(Schema):
    department: str = Field(min_length=1, max_length=160)
    answer_due: Day


class RecommendationAnswerNew(Schema):
    verdict: Verdict
    language: Language
    text: str = Field("", max_length=6000, description="what will be done; needed unless it is rejected")
    reason: str = Field("", max_length=3000, description="needed unless it is accepted as a whole")
    department: str = Field("", max_length=160, description="empty: the one that was asked")
    due: Day | None = Field(None, description="until when it is done; needed unless it is rejected")


class RecommendationWithdrawal(Schema):
    reason: str = Field(min_length=1, max_length=600)


class RecommendationMeasureFacts(Schema):
    title: str = Field(min_length=1, max_length=300)
    who: str = Field(min_length=1, max_length=160)
    due: Day
    language: Language


class RecommendationMeasureStepNew(Schema):
    state: MeasureState
    on: Day
    language: Language
    text: str = Field("", max_length=600, description="the reason, where it is given up")


@router.get(
    PATH + "/{public_id}/recommendations",
    response={200: list[RecommendationRow], 404: None},
    operation_id="list_recommendations",
    tags=["co-design"],
)
def public_list(request: HttpRequest, public_id: str) -> list[dict[str, Any]]:
    """What was handed over to the administration, what it answered, and what is done."""
    rows = Process.objects.public().select_related("hub")
    process = one_of(rows, public_id)
    return [_row(asked, process) for asked in becoming.asked_of(process)]


@router.get(
    PROCESSES + "/{public_id}/recommendations",
    response={200: list[OfficeRecommendation], **REFUSALS},
    operation_id="list_hub_recommendations",
    auth=READ,
    tags=["office"],
)
def office_list(request: Any, public_id: str) -> list[dict[str, Any]]:
    """Drafts and withdrawn ones as well."""
    process = found_process(request, public_id)
    return [_office_row(asked, process) for asked in becoming.asked_of(process, public=False)]


@router.post(
    PROCESSES + "/{public_id}/recommendations",
    response={201: OfficeRecommendation, **REFUSALS},
    operation_id="write_recommendation",
    auth=WRITE,
    tags=["office"],
)
@writing
def write(request: Any, public_id: str, given: RecommendationNew) -> Status:
    """A draft that only the office sees."""
    process = found_process(request, public_id)
    facts = _facts(RecommendationFacts(title=given.title, language=given.language), given, process)
    made = recommending.write_recommendation(by=actor(request), process=process, facts=facts)
    return Status(201, _told(made))


@router.get(
    RECOMMENDATIONS + "/{public_id}",
    response={200: OfficeRecommendation, **REFUSALS},
    operation_id="get_hub_recommendation",
    auth=READ,
    tags=["office"],
)
def one(request: Any, public_id: str) -> dict[str, Any]:
    return _told(_recommendation(request, public_id))


@router.patch(
    RECOMMENDATIONS + "/{public_id}",
    response={200: OfficeRecommendation, **REFUSALS},
    operation_id="change_recommendation",
    auth=WRITE,
    tags=["office"],
)
@writing
def change(request: Any, public_id: str, given: RecommendationChange) -> dict[str, Any]:
    """Its words stand once it is handed over; what it rests on may still change."""
    found = _recommendation(request, public_id)
    facts = _facts(recommending.facts_of(found), given, found.process)
    return _told(recommending.change_recommendation(by=actor(request), recommendation=found, facts=facts))


@router.post(
    RECOMMENDATIONS + "/{public_id}/handing-over",
    response={200: OfficeRecommendation, **REFUSALS},
    operation_id="hand_over_recommendation",
    auth=WRITE,
    tags=["office"],
)
@writing
def hand_over(request: Any, public_id: str, given: HandingOver) -> dict[str, Any]:
    """To the department that answers, until a day; public from then on."""
    found = _recommendation(request, public_id)
    return _told(recommending.hand_over(by=actor(request), recommendation=found, **given.dict()))


@router.post(
    RECOMMENDATIONS + "/{public_id}/answers",
    response={201: OfficeRecommendation, **REFUSALS},
    operation_id="answer_recommendation",
    auth=WRITE,
    tags=["office"],
)
@writing
def answer(request: Any, public_id: str, given: RecommendationAnswerNew) -> Status:
    """A new version, where there is an answer already. Who asked to be told gets a letter."""
    found = _recommendation(request, public_id)
    answering.give_answer(by=actor(request), recommendation=found, **given.dict())
    return Status(201, _told(found))


@router.post(
    RECOMMENDATIONS + "/{public_id}/withdrawal",
    response={200: OfficeRecommendation, **REFUSALS},
    operation_id="withdraw_recommendation",
    auth=WRITE,
    tags=["office"],
)
@writing
def withdraw(request: Any, public_id: str, given: RecommendationWithdrawal) -> dict[str, Any]:
    found = _recommendation(request, public_id)
    return _told(recommending.withdraw(by=actor(request), recommendation=found, reason=given.reason))


@router.post(
    RECOMMENDATIONS + "/{public_id}/measures",
    response={201: OfficeRecommendation, **REFUSALS},
    operation_id="add_recommendation_measure",
    auth=WRITE,
    tags=["office"],
)
@writing
def add_measure(request: Any, public_id: str, given: RecommendationMeasureFacts) -> Status:
    """Something that will be done because of the answer."""
    found = _recommendation(request, public_id)
    answering.add_measure(by=actor(request), recommendation=found, **given.dict())
    return Status(201, _told(found))


@router.put(
    MEASURES + "/{public_id}",
    response={200: OfficeRecommendation, **REFUSALS},
    operation_id="change_recommendation_measure",
    auth=WRITE,
    tags=["office"],
)
@writing
def change_measure(request: Any, public_id: str, given: RecommendationMeasureFacts) -> dict[str, Any]:
    """The day that was promised before stays in the record."""
    found = _measure(request, public_id)
    answering.change_measure(by=actor(request), measure=found, owner=found.owner, **given.dict())
    return _told(found.recommendation)


@router.post(
    MEASURES + "/{public_id}/steps",
    response={201: OfficeRecommendation, **REFUSALS},
    operation_id="note_recommendation_measure",
    auth=WRITE,
    tags=["office"],
)
@writing
def note_step(request: Any, public_id: str, given: RecommendationMeasureStepNew) -> Status:
    """What happened on a day, and where the measure stands since. Done and given up end it."""
    found = _measure(request, public_id)
    answering.note_step(by=actor(request), measure=found, **given.dict())
    return Status(201, _told(found.recommendation))


# --- what is found and told --------------------------------------------------------------------------------


def _recommendation(request: Any, public_id: str) -> Recommendation:
    rows = Recommendation.objects.filter(process__hub=request.hub).select_related("process__hub", "theme")
    return one_of(rows, public_id)


def _measure(request: Any, public_id: str) -> Measure:
    rows = Measure.objects.filter(recommendation__process__hub=request.hub)
    rows = rows.select_related("recommendation__process__hub", "owner")
    return one_of(rows, public_id)


def _facts(
    standing: RecommendationFacts, given: RecommendationChange, process: Process
) -> RecommendationFacts:
    sent = given.dict(exclude_unset=True)
    names = ("title", "text", "language")
    changes: dict[str, Any] = {name: sent[name] for name in names if sent.get(name) is not None}
    if sent.get("theme") is not None:
        changes["theme"] = themes_named([sent["theme"]], "theme")[0] if sent["theme"] else None
    if sent.get("insights") is not None:
        found = tuple(process.insights.filter(public_id__in=sent["insights"]))
        if len(found) != len(set(sent["insights"])):
            raise ValidationError({"insights": gettext("One of these is no insight of this process.")})
        changes["insights"] = found
    return replace(standing, **changes)


def _told(recommendation: Recommendation) -> dict[str, Any]:
    process = recommendation.process
    return _office_row(becoming.told(recommendation, process), process)


def _office_row(asked: Asked, process: Process) -> dict[str, Any]:
    found = asked.recommendation
    return {
        **_row(asked, process),
        "insights": [insight.public_id for insight in found.insights.all()],
        "withdrawn_because": found.withdrawn_reason,
    }


def _row(asked: Asked, process: Process) -> dict[str, Any]:
    found = asked.recommendation
    names = (
        "number", "title", "text", "language", "state", "department", "handed_over_at", "answer_due"
    )  # fmt: skip
    return {
        "id": found.public_id,
        "url": absolute_url(found.get_absolute_url()),
        "process": process.public_id,
        "theme": found.theme.code if found.theme else None,
        "supported_by": asked.supporting,
        "answer_is_late": asked.is_late,
        "answers": [_answer(each.answer) for each in asked.answers],
        "measures": [_measure_row(each.measure, late=each.is_late) for each in asked.measures],
        **{name: getattr(found, name) for name in names},
    }


def _answer(answer: Answer) -> dict[str, Any]:
    names = ("version", "verdict", "text", "reason", "language", "department", "due", "given_at")
    return {name: getattr(answer, name) for name in names}


def _measure_row(measure: Measure, *, late: bool) -> dict[str, Any]:
    names = ("title", "language", "who", "due", "state", "ended_on", "reason")
    steps = ("on", "state", "text", "language")
    return {
        "id": measure.public_id,
        "late": late,
        "steps": [{name: getattr(step, name) for name in steps} for step in measure.steps.all()],
        **{name: getattr(measure, name) for name in names},
    }
