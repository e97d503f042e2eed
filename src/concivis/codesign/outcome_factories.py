"""Recommendations, answers and measures for tests, made through the same actions as a person's click."""

import itertools
from datetime import timedelta
from typing import Any

from concivis.codesign.actions import answering, recommending
from concivis.codesign.factories import InsightFactory, ProcessFactory
from concivis.codesign.models import Answer, Insight, Measure, Process, Recommendation
from concivis.codesign.outcomes import RecommendationState, Verdict
from concivis.hubs.models import today_in

_numbers = itertools.count(1)
DEPARTMENT = "Department of social affairs"


def insights(process: Process, number: int, **said: Any) -> tuple[Insight, ...]:
    made: list[Any] = InsightFactory.create_batch(number, process=process, **said)
    return tuple(made)


def draft(process: Process | None = None, title: str = "", **said: Any) -> Recommendation:
    of: Any = process or ProcessFactory()
    title = title or f"Recommendation {next(_numbers)}"
    facts = recommending.RecommendationFacts(title=title, language=said.pop("language", "en"), **said)
    return recommending.write_recommendation(by=None, process=of, facts=facts)


def recommendation(
    process: Process | None = None, title: str = "", *, days: int = 30, owner: Any = None, **said: Any
) -> Recommendation:
    """One that was handed over, to be answered in so many days."""
    made = draft(process, title, **said)
    due = today_in(made.process.hub) + timedelta(days=days)
    return recommending.hand_over(
        by=None, recommendation=made, department=DEPARTMENT, answer_due=due, owner=owner
    )


def answer(asked: Recommendation | None = None, verdict: Verdict = Verdict.ACCEPTED, **said: Any) -> Answer:
    asked = asked or recommendation()
    plain = {
        "language": "en",
        "text": "" if verdict == Verdict.REJECTED else "We will do it.",
        "reason": "" if verdict == Verdict.ACCEPTED else "There is no money for all of it.",
        "due": None if verdict == Verdict.REJECTED else today_in(asked.process.hub) + timedelta(days=90),
    }
    return answering.give_answer(by=None, recommendation=asked, verdict=verdict, **{**plain, **said})


def measure(asked: Recommendation | None = None, *, days: int = 60, **said: Any) -> Measure:
    """Of a recommendation that is accepted, if it was not answered yet."""
    asked = asked or recommendation()
    if asked.state != RecommendationState.ANSWERED and not asked.answers.exists():
        answer(asked)
    due = today_in(asked.process.hub) + timedelta(days=days)
    plain = {"title": f"Measure {next(_numbers)}", "who": DEPARTMENT, "language": "en", "due": due}
    return answering.add_measure(by=None, recommendation=asked, **{**plain, **said})
