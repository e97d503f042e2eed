"""What the city says and does, and what became of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from concivis.hubs.models import today_in
from concivis.proposals import attention
from concivis.proposals.actions import answering, measures
from concivis.proposals.actions.measures import MeasureFacts
from concivis.proposals.enums import Event
from concivis.proposals.factories import AttemptFactory
from concivis.proposals.models import Measure, Proposal
from concivis.proposals.tests.office_scene import office
from concivis.shell.conflicts import EditConflict

pytestmark = pytest.mark.django_db(databases="__all__")


def said(there, **other):
    return {
        "verdict": "accepted", "text": "We paint it.", "body": "The council", "on": today_in(there.hub),
        "language": "en", **other,
    }  # fmt: skip


def test_an_answer_is_public_with_its_reasons_and_moves_the_proposal_on():
    there = office()
    proposal = there.published(state="handed_over")
    there.send("office_answer", proposal, **said(there))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answered_on) == ("answered", today_in(there.hub))
    assert proposal.happenings.get().event == "answered"


def test_while_signatures_are_collected_an_answer_ends_nothing():
    there = office()
    proposal = there.published()
    answering.answer(by=there.person, proposal=proposal, **said(there))
    proposal.refresh_from_db()
    assert proposal.state == "published"


def test_an_answer_without_reasons_is_none():
    there = office()
    page = there.send("office_answer", there.published(state="handed_over"), **said(there, text=" "))
    assert page.context["form"].errors["text"]


def test_an_answer_is_not_of_tomorrow():
    there = office()
    tomorrow = today_in(there.hub) + timedelta(days=1)
    page = there.send("office_answer", there.published(state="handed_over"), **said(there, on=tomorrow))
    assert page.context["form"].errors["on"]


def test_a_decision_follows_the_answer():
    there = office()
    proposal = there.published(state="answered")
    there.send("office_decision", proposal, **said(there, verdict="partly"))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answers.get().is_decision) == ("decided", True)


def test_an_answer_is_read_in_other_languages_too():
    there = office()
    proposal = there.published(state="handed_over")
    made = answering.answer(by=None, proposal=proposal, **said(there))
    there.send("office_answer_text", proposal, made.public_id, language="de", text="Wir malen ihn.")
    assert made.translations.get().text == "Wir malen ihn."
    with pytest.raises(ValidationError):
        answering.translate(by=None, answer=made, language="en", text="We paint it.")


def test_a_debate_stands_in_the_timeline_on_its_day():
    there = office()
    proposal = there.published(state="handed_over", published_at=timezone.now() - timedelta(days=9))
    day = today_in(there.hub) - timedelta(days=2)
    there.send("office_talk", proposal, event=Event.DEBATED, on=day, note="In the council", language="en")
    step = proposal.happenings.get()
    assert (step.event, step.at.date()) == ("debated", day)


@pytest.mark.parametrize("outcome", ["partly", "not_realised"])
def test_what_is_not_realised_says_why(outcome):
    there = office()
    proposal = there.published(state="decided")
    page = there.send("office_end", proposal, outcome=outcome, on=today_in(there.hub), note="", language="en")
    assert page.context["form"].errors["note"]


def test_more_may_become_of_it_later():
    there = office()
    proposal = there.published(state="decided")
    answering.end(by=None, proposal=proposal, outcome="partly", on=today_in(there.hub), note="Half of it")
    ended = answering.end(by=None, proposal=proposal, outcome="realised", on=today_in(there.hub))
    assert (ended.state, ended.outcome_note) == ("realised", "")


def test_a_measure_that_changes_is_told():
    there = office()
    proposal = there.published(state="decided")
    made = measures.add_measure(by=None, proposal=proposal, facts=MeasureFacts("A crossing", "en"))
    there.send(
        "office_measure", proposal, made.public_id, title="A crossing", state="done", result="Painted", language="en",
        revision=0,
    )  # fmt: skip
    made.refresh_from_db()
    assert (made.state, made.state_on, made.revision) == ("done", today_in(there.hub), 1)
    assert [step.note for step in proposal.happenings.all()] == ["A crossing", "A crossing – Painted"]


def test_a_measure_is_read_in_other_languages_too():
    there = office()
    proposal = there.published(state="decided")
    made = measures.add_measure(by=None, proposal=proposal, facts=MeasureFacts("A crossing", "en"))
    there.send("office_measure_text", proposal, made.public_id, language="de", title="Ein Überweg")
    assert "German" in there.page("office_fate", proposal).content.decode()
    refused = there.send("office_measure_text", proposal, made.public_id, language="en", title="A crossing")
    assert refused.context["form"].errors["language"]
    assert "Ein Überweg" in there.client.get(f"/de/proposals/{proposal.public_id}/").content.decode()


def test_a_measure_is_given_up_only_with_a_reason():
    there = office()
    with pytest.raises(ValidationError, match="given up"):
        measures.add_measure(
            by=None, proposal=there.published(state="decided"),
            facts=MeasureFacts("A crossing", "en", state="dropped"),
        )  # fmt: skip


def test_two_do_not_overwrite_each_others_measure():
    there = office()
    made = measures.add_measure(
        by=None, proposal=there.published(state="decided"), facts=MeasureFacts("A crossing", "en")
    )
    measures.change_measure(by=None, measure=made, facts=MeasureFacts("Two", "en"), revision=0)
    with pytest.raises(EditConflict):
        measures.change_measure(by=None, measure=made, facts=MeasureFacts("Three", "en"), revision=0)


def test_a_measure_entered_by_mistake_is_removed_after_a_question():
    there = office()
    proposal = there.published(state="decided")
    made = measures.add_measure(by=None, proposal=proposal, facts=MeasureFacts("A crossing", "en"))
    assert (
        "Remove this measure?"
        in there.page("office_measure_remove", proposal, made.public_id).content.decode()
    )
    there.send("office_measure_remove", proposal, made.public_id)
    assert not Measure.objects.exists()


# --- on Today --------------------------------------------------------------------------------------------------


def whys(there):
    return [matter.why for matter in attention.found(there.hub)]


def test_a_review_that_takes_too_long_is_urgent():
    there = office()
    there.in_review(submitted_at=timezone.now() - timedelta(days=12))
    [matter] = attention.found(there.hub)
    assert (matter.urgency, matter.due) == ("now", today_in(there.hub) - timedelta(days=2))


def test_late_answers_and_measures_stand_on_today():
    there = office()
    today = today_in(there.hub)
    there.published(state="handed_over", answer_due_on=today - timedelta(days=1))
    decided = there.published(state="decided")
    measures.add_measure(by=None, proposal=decided, facts=MeasureFacts("A crossing", "en", due_on=today))
    told = whys(there)
    assert any("answer was due" in why for why in told)
    assert any("“A crossing” is due" in why for why in told)


def test_what_is_closed_and_what_waits_stand_on_today():
    there = office()
    there.published(state="closed", closed_at=timezone.now())
    AttemptFactory(proposal=there.published(), held=True)
    assert len(whys(there)) == 2


def test_nothing_to_do_is_nothing_on_today():
    there = office()
    there.published()
    assert whys(there) == []
    assert Proposal.objects.count() == 1
