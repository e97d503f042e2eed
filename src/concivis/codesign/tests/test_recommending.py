"""Insights become recommendations; the administration answers; what it promised is done, or not, with its reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from concivis.accounts.factories import UserFactory
from concivis.codesign import becoming
from concivis.codesign import outcome_factories as make
from concivis.codesign.actions import answering, recommending
from concivis.codesign.enums import InsightState
from concivis.codesign.factories import InsightFactory, ProcessFactory
from concivis.codesign.models import Answer, Measure, Recommendation
from concivis.codesign.outcomes import MeasureState, RecommendationState, Verdict
from concivis.hubs.models import RecordLine, today_in

pytestmark = pytest.mark.django_db


def refused(call, **said) -> set[str]:
    """The fields beside which the action's objections stand; "" where it is about the whole."""
    with pytest.raises(ValidationError) as caught:
        call(**said)
    return set(getattr(caught.value, "error_dict", {"": 1}))


# --- clusters ------------------------------------------------------------------------------------------------


def test_an_insight_stands_in_one_cluster_at_a_time():
    insight = InsightFactory()
    first, second = (
        recommending.make_cluster(by=None, process=insight.process, name=name, language="en")
        for name in ("Language", "Housing")
    )
    for cluster in (first, second):
        recommending.move_insight(by=None, insight=insight, cluster=cluster)
    assert (first.members.count(), second.members.count()) == (0, 1)


def test_an_insight_in_a_cluster_says_so_and_one_taken_out_does_not():
    insight = InsightFactory()
    cluster = recommending.make_cluster(by=None, process=insight.process, name="Language", language="en")
    recommending.move_insight(by=None, insight=insight, cluster=cluster)
    insight.refresh_from_db()
    inside = insight.state
    recommending.move_insight(by=None, insight=insight, cluster=None)
    insight.refresh_from_db()
    assert (inside, insight.state) == (InsightState.CLUSTERED, InsightState.NEW)


def test_an_insight_does_not_go_into_a_cluster_of_another_process():
    cluster = recommending.make_cluster(by=None, process=ProcessFactory(), name="Language", language="en")
    assert refused(recommending.move_insight, by=None, insight=InsightFactory(), cluster=cluster) == {""}


def test_two_clusters_of_a_process_have_different_names():
    process = ProcessFactory()
    recommending.make_cluster(by=None, process=process, name="Language", language="en")
    said = {"by": None, "process": process, "name": "Language", "language": "en"}
    assert refused(recommending.make_cluster, **said) == {"name"}


def test_a_cluster_on_which_a_recommendation_rests_stays():
    process = ProcessFactory()
    cluster = recommending.make_cluster(by=None, process=process, name="Language", language="en")
    make.draft(process, clusters=(cluster,))
    assert refused(recommending.remove_cluster, by=None, cluster=cluster) == {""}


# --- recommendations -------------------------------------------------------------------------------------------


def test_recommendations_are_numbered_within_their_process():
    process = ProcessFactory()
    numbers = [make.draft(process).number, make.draft(process).number, make.draft().number]
    assert numbers == [1, 2, 1]


def test_a_draft_is_seen_by_nobody_outside():
    process = ProcessFactory()
    make.draft(process)
    assert becoming.asked_of(process) == []


def test_only_what_belongs_to_the_process_supports_a_recommendation():
    with pytest.raises(ValidationError) as caught:
        make.draft(insights=(InsightFactory(),))
    assert set(caught.value.error_dict) == {"insights"}


def test_the_words_of_a_recommendation_stand_once_it_is_handed_over():
    asked = make.recommendation(title="Open on Saturdays")
    facts = recommending.RecommendationFacts(title="Open on Sundays", language="en")
    said = {"by": None, "recommendation": asked, "facts": facts}
    assert refused(recommending.change_recommendation, **said) == {"title"}


def test_what_a_recommendation_rests_on_may_still_grow():
    asked = make.recommendation(title="Open on Saturdays")
    facts = recommending.RecommendationFacts(
        title="Open on Saturdays", language="en", insights=make.insights(asked.process, 6)
    )
    recommending.change_recommendation(by=None, recommendation=asked, facts=facts)
    assert becoming.asked_of(asked.process)[0].supporting == 6


def test_nobody_hands_over_without_saying_who_answers_and_until_a_day_to_come():
    asked = make.draft()
    yesterday = today_in(asked.process.hub) - timedelta(days=1)
    said = {"by": None, "recommendation": asked, "department": " ", "answer_due": yesterday}
    assert refused(recommending.hand_over, **said) == {"department", "answer_due"}


def test_a_recommendation_is_handed_over_once():
    asked = make.recommendation()
    said = {"by": None, "recommendation": asked, "department": "X", "answer_due": asked.answer_due}
    assert refused(recommending.hand_over, **said) == {""}


def test_what_was_handed_over_is_withdrawn_with_a_reason_and_not_deleted():
    asked = make.recommendation()
    deleting = refused(recommending.remove_draft, by=None, recommendation=asked)
    silent = refused(recommending.withdraw, by=None, recommendation=asked, reason=" ")
    gone = recommending.withdraw(by=None, recommendation=asked, reason="It was said twice.")
    assert (deleting, silent, gone.state) == ({""}, {"reason"}, RecommendationState.WITHDRAWN)


def test_an_insight_in_two_clusters_of_a_recommendation_and_by_itself_counts_once():
    process = ProcessFactory()
    cluster = recommending.make_cluster(by=None, process=process, name="Language", language="en")
    heard = make.insights(process, 5)
    for insight in heard:
        recommending.move_insight(by=None, insight=insight, cluster=cluster)
    make.recommendation(process, insights=heard, clusters=(cluster,))
    assert becoming.asked_of(process)[0].supporting == 5


# --- answers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "missing"),
    [
        (Verdict.ACCEPTED, {"text", "due"}),
        (Verdict.IN_PART, {"text", "due", "reason"}),
        (Verdict.REJECTED, {"reason"}),
    ],
)
def test_an_answer_says_what_its_verdict_needs(verdict, missing):
    asked = make.recommendation()
    said = {"by": None, "recommendation": asked, "verdict": verdict, "language": "en"}
    assert refused(answering.give_answer, **said) == missing


def test_the_database_keeps_no_refusal_without_a_reason():
    answer = make.answer()
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(verdict=Verdict.REJECTED, reason="")


def test_a_draft_cannot_be_answered():
    said = {"verdict": Verdict.REJECTED, "language": "en", "reason": "No."}
    assert refused(answering.give_answer, by=None, recommendation=make.draft(), **said) == {""}


def test_a_later_answer_stands_beside_the_earlier_one():
    asked = make.recommendation()
    make.answer(asked, Verdict.REJECTED)
    make.answer(asked, Verdict.ACCEPTED)
    told = becoming.asked_of(asked.process)[0]
    assert [(each.answer.verdict, each.is_latest) for each in told.answers] == [
        ("accepted", True),
        ("rejected", False),
    ]


def test_the_day_of_the_first_answer_stays():
    asked = make.recommendation()
    first = make.answer(asked).given_at
    make.answer(asked)
    asked.refresh_from_db()
    assert asked.answered_at == first


def test_each_step_is_in_the_record_with_its_day():
    asked = make.recommendation()
    measure = make.measure(asked)
    answering.note_step(
        by=None, measure=measure, state=MeasureState.DONE, on=today_in(asked.process.hub), language="en"
    )
    lines = RecordLine.objects.filter(kind="recommendation", object_id=asked.public_id).order_by("number")
    assert [line.action.removeprefix("codesign.") for line in lines] == [
        "recommendation_written",
        "recommendation_handed_over",
        "answered",
        "measure_added",
        "measure_moved",
    ]


# --- measures --------------------------------------------------------------------------------------------------


def test_a_measure_follows_an_answer_that_is_not_a_plain_no():
    asked = make.recommendation()
    said = {"by": None, "recommendation": asked, "title": "A", "who": "B", "language": "en"}
    due = today_in(asked.process.hub)
    before = refused(answering.add_measure, due=due, **said)
    make.answer(asked, Verdict.REJECTED)
    assert (before, refused(answering.add_measure, due=due, **said)) == ({""}, {""})


def test_a_measure_is_given_up_with_its_reason_only():
    measure = make.measure()
    today = today_in(measure.recommendation.process.hub)
    said = {"by": None, "measure": measure, "state": MeasureState.GIVEN_UP, "on": today, "language": "en"}
    assert refused(answering.note_step, **said) == {"text"}
    answering.note_step(**said, text="The house was sold.")
    measure.refresh_from_db()
    assert (measure.state, measure.reason, measure.ended_on) == ("given_up", "The house was sold.", today)


def test_a_step_is_not_noted_for_tomorrow():
    measure = make.measure()
    tomorrow = today_in(measure.recommendation.process.hub) + timedelta(days=1)
    said = {"by": None, "measure": measure, "state": MeasureState.RUNNING, "on": tomorrow, "language": "en"}
    assert refused(answering.note_step, **said) == {"on"}


def test_what_is_done_is_done():
    measure = make.measure()
    today = today_in(measure.recommendation.process.hub)
    said = {"by": None, "measure": measure, "on": today, "language": "en"}
    answering.note_step(**said, state=MeasureState.DONE)
    assert refused(answering.note_step, **said, state=MeasureState.RUNNING) == {""}


def test_the_database_keeps_no_end_without_its_day():
    measure = make.measure()
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(state=MeasureState.DONE)


def test_the_database_keeps_no_recommendation_in_the_open_without_a_day():
    asked = make.recommendation()
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=asked.pk).update(answer_due=None)


def test_a_member_who_reads_it_is_noted_once():
    asked, member = make.recommendation(), UserFactory()
    for _ in range(2):
        answering.mark_seen(user=member, recommendation=asked)
    assert asked.sightings.filter(side="office").count() == 1
