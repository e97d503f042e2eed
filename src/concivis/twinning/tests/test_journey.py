import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.hubs.record_words import sentence
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories, journeys
from concivis.twinning.actions import objectives, plan
from concivis.twinning.actions.journey import (
    add_proof,
    finish_step,
    remove_proof,
    reopen_step,
    set_due,
    set_responsible,
    skip_step,
    start_journey,
)
from concivis.twinning.actions.journey_order import add_hub_step, retire_hub_step
from concivis.twinning.enums import ContactRole, PartnershipState, ProofKind, StepState
from concivis.twinning.models import Contact, Partnership, Step
from concivis.twinning.policies import Acting

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 4)


@pytest.fixture(autouse=True)
def on_a_day(time_machine):
    time_machine.move_to("2026-05-04T10:00:00Z", tick=False)


@pytest.fixture
def tie():
    hub = HubFactory()
    return factories.partnership(hub.place, PlaceFactory(), hub=hub)


@pytest.fixture
def editor():
    return UserFactory()


@pytest.fixture
def walk(tie, editor):
    return start_journey(by=editor, partnership=tie)


def step(walk, code):
    return walk.steps.get(code=code)


def own_side(tie):
    return Acting(tie.sides.get(position=0), None, "The office")


def their_side(tie):
    return Acting(tie.sides.get(position=1), None, "A. Partner, town hall")


def prove(of, **facts):
    given = {"kind": ProofKind.NOTE, "title": "A note", "text": "What was done", "date": TODAY, **facts}
    return add_proof(step=of, **given)


def codes(walk):
    return [each.code or each.own.title for each in walk.steps.order_by("position")]


def words(refused):
    return " ".join(refused.value.messages)


# --- beginning ---------------------------------------------------------------------------------------------


def test_a_journey_begins_with_the_ten_steps_each_with_a_day(walk):
    assert codes(walk)[0] == "suitable-partner"
    assert [each.state for each in walk.steps.all()] == ["open"] * 10
    assert step(walk, "suitable-partner").due_on == dt.date(2026, 7, 3)


def test_a_journey_begins_once(tie, walk):
    with pytest.raises(ValidationError) as refused:
        start_journey(by=None, partnership=tie)
    assert words(refused) == "The ten steps have already begun."


def test_a_partnership_without_an_office_has_no_journey():
    with pytest.raises(ValidationError) as refused:
        start_journey(by=None, partnership=factories.partnership())
    assert words(refused) == "No office keeps this partnership. Take it over first."


# --- steps of a hub's own ----------------------------------------------------------------------------------


def test_a_hubs_own_step_stands_where_the_hub_put_it(tie):
    add_hub_step(by=None, hub=tie.hub, title="Ask the districts", language="en", after="citizens")
    assert codes(start_journey(by=None, partnership=tie))[1:4] == ["citizens", "Ask the districts", "europe"]


def test_a_new_step_of_the_hub_enters_journeys_already_begun(tie, walk):
    add_hub_step(by=None, hub=tie.hub, title="Thank everybody", language="en")
    add_hub_step(by=None, hub=tie.hub, title="Ask the districts", language="en", after="citizens")
    assert codes(walk)[2] == "Ask the districts"
    assert codes(walk)[-1] == "Thank everybody"
    assert [each.position for each in walk.steps.all()] == list(range(1, 13))


def test_a_hubs_step_does_not_enter_the_journeys_of_others(walk):
    add_hub_step(by=None, hub=HubFactory(), title="Ask the districts", language="en")
    assert len(codes(walk)) == 10


def test_a_step_of_the_hub_cannot_follow_a_step_that_is_not_there(tie):
    with pytest.raises(ValidationError) as refused:
        add_hub_step(by=None, hub=tie.hub, title="Ask the districts", language="en", after="eleventh")
    assert words(refused) == "Choose one of the ten steps."


def test_a_retired_step_leaves_journeys_where_nothing_was_done_for_it(tie, walk):
    retire_hub_step(by=None, step=add_hub_step(by=None, hub=tie.hub, title="Ask", language="en"))
    assert len(codes(walk)) == 10


def test_a_retired_step_with_evidence_stays(tie, walk):
    own = add_hub_step(by=None, hub=tie.hub, title="Ask the districts", language="en")
    prove(walk.steps.get(own=own))
    retire_hub_step(by=None, step=own)
    assert "Ask the districts" in codes(walk)


def test_a_retired_step_is_not_in_new_journeys(tie):
    retire_hub_step(by=None, step=add_hub_step(by=None, hub=tie.hub, title="Ask", language="en"))
    assert len(codes(start_journey(by=None, partnership=tie))) == 10


# --- evidence ----------------------------------------------------------------------------------------------


def test_evidence_has_a_date_and_an_author(walk, editor):
    proof = prove(step(walk, "europe"), by=editor)
    assert (proof.date, proof.added_by, proof.side) == (TODAY, editor, None)


def test_the_other_side_adds_evidence_with_a_mailed_key(tie, walk):
    proof = prove(step(walk, "europe"), acting=their_side(tie))
    assert (proof.side.position, proof.added_by, proof.added_as) == (1, None, "A. Partner, town hall")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"date": dt.date(2026, 5, 5)}, "date"),
        ({"title": " "}, "title"),
        ({"kind": ProofKind.FILE}, "file"),
        ({"kind": ProofKind.LINK}, "url"),
        ({"kind": ProofKind.LINK, "url": "javascript:alert(1)"}, "url"),
        ({"kind": ProofKind.LINK, "url": "ftp://example.org/a"}, "url"),
        ({"text": ""}, "text"),
    ],
)
def test_evidence_that_is_none_is_refused_beside_its_field(walk, facts, field):
    with pytest.raises(ValidationError) as refused:
        prove(step(walk, "europe"), **facts)
    assert list(refused.value.message_dict) == [field]


def test_today_is_the_day_of_the_office(tie, time_machine):
    tie.hub.timezone = "Pacific/Auckland"
    tie.hub.save()
    walk = start_journey(by=None, partnership=Partnership.objects.get(pk=tie.pk))
    time_machine.move_to("2026-05-04T20:00:00Z", tick=False)  # the 5th in Auckland
    assert prove(step(walk, "europe"), date=dt.date(2026, 5, 5)).date == dt.date(2026, 5, 5)


def test_a_side_cannot_take_away_what_the_other_gave(tie, walk):
    proof = prove(step(walk, "europe"), acting=their_side(tie))
    with pytest.raises(ValidationError) as refused:
        remove_proof(acting=own_side(tie), proof=proof)
    assert words(refused) == "Only the side that gave this evidence can take it away."


def test_a_side_takes_its_own_evidence_away(tie, walk):
    remove_proof(acting=their_side(tie), proof=prove(step(walk, "europe"), acting=their_side(tie)))
    assert step(walk, "europe").proofs.count() == 0


def test_the_only_evidence_of_a_step_that_is_done_stays(walk):
    proof = prove(step(walk, "europe"))
    finish_step(by=None, step=proof.step)
    with pytest.raises(ValidationError) as refused:
        remove_proof(proof=proof)
    assert words(refused) == "This is the only evidence of a step that is done. Open the step again first."


# --- done --------------------------------------------------------------------------------------------------


def test_a_step_without_evidence_is_not_done(walk):
    with pytest.raises(ValidationError) as refused:
        finish_step(by=None, step=step(walk, "europe"))
    assert words(refused).startswith("Add at least one piece of evidence")


def test_a_step_with_evidence_is_done(walk, editor):
    of = step(walk, "europe")
    prove(of)
    done = finish_step(by=editor, step=of)
    assert (done.state, done.finished_by) == (StepState.DONE, editor)
    assert done.finished_at is not None


def test_a_step_is_done_once(walk):
    of = step(walk, "europe")
    prove(of)
    finish_step(by=None, step=of)
    with pytest.raises(ValidationError) as refused:
        finish_step(by=None, step=of)
    assert words(refused).startswith("This step is no longer open")


def finishing(walk, code):
    of = step(walk, code)
    prove(of)
    return finish_step(by=None, step=of).state


def an_objective(tie):
    return objectives.propose_objective(
        acting=own_side(tie),
        partnership=tie,
        text="Two exchanges a year",
        measure="Exchanges counted",
        language="en",
        due_on=dt.date(2027, 12, 31),
    )


def test_the_step_of_objectives_needs_one_that_both_sides_agreed(tie, walk):
    objective = an_objective(tie)
    with pytest.raises(ValidationError) as refused:
        finishing(walk, "objectives")
    assert words(refused).startswith("No common objective is agreed by all sides yet")
    objectives.approve(acting=their_side(tie), objective=objective)
    assert finishing(walk, "objectives") == "done"


def person(tie, **facts):
    return Contact.objects.create(
        side=tie.sides.get(position=0), role=ContactRole.COMMITTEE, name="A person", **facts
    )


def test_the_step_of_the_team_needs_a_successor(tie, walk):
    leads = person(tie, in_team=True)
    with pytest.raises(ValidationError) as refused:
        finishing(walk, "team")
    assert words(refused).startswith("Name a member of the team and who would take over")
    leads.successor = person(tie)
    leads.save()
    assert finishing(walk, "team") == "done"


def test_a_successor_who_has_left_is_none(tie, walk):
    person(tie, in_team=True, successor=person(tie, left_on=dt.date(2026, 1, 31)))
    with pytest.raises(ValidationError):
        finishing(walk, "team")


def a_line(tie, year, **facts):
    return plan.add_item(by=None, partnership=tie, year=year, title="A meeting", language="en", **facts)


def test_the_step_of_the_plan_needs_two_years(tie, walk):
    a_line(tie, 2026)
    a_line(tie, 2026)
    with pytest.raises(ValidationError) as refused:
        finishing(walk, "plan")
    assert words(refused).startswith("The plan must cover at least two years")
    a_line(tie, 2027)
    assert finishing(walk, "plan") == "done"


def test_the_step_of_funding_needs_a_budget(tie, walk):
    a_line(tie, 2026)
    with pytest.raises(ValidationError) as refused:
        finishing(walk, "funding")
    assert words(refused).startswith("Give at least one line of the plan a budget")
    a_line(tie, 2026, budget=500, currency="eur")
    assert finishing(walk, "funding") == "done"


# --- left out, opened again, due, responsible ---------------------------------------------------------------


def test_a_step_is_left_out_only_with_a_reason(walk):
    with pytest.raises(ValidationError) as refused:
        skip_step(by=None, step=step(walk, "groundwork"), reason=" ")
    assert list(refused.value.message_dict) == ["reason"]


def test_a_step_left_out_can_be_opened_again(walk):
    of = skip_step(by=None, step=step(walk, "groundwork"), reason="Not wanted by the council")
    assert (of.state, of.reason) == ("skipped", "Not wanted by the council")
    again = reopen_step(by=None, step=of)
    assert (again.state, again.reason, again.finished_at) == ("open", "", None)


def test_a_day_and_a_person_can_be_set(tie, walk):
    of = set_due(by=None, step=step(walk, "europe"), date=dt.date(2026, 9, 1))
    assert set_responsible(by=None, step=of, contact=person(tie)).responsible.name == "A person"
    assert step(walk, "europe").due_on == dt.date(2026, 9, 1)


def test_somebody_of_another_partnership_is_not_responsible(walk):
    with pytest.raises(ValidationError) as refused:
        set_responsible(by=None, step=step(walk, "europe"), contact=person(factories.partnership()))
    assert words(refused) == "This person does not belong to the partnership."


# --- reads -------------------------------------------------------------------------------------------------


def test_the_next_step_is_the_first_open_one(tie, walk, django_assert_num_queries):
    skip_step(by=None, step=step(walk, "suitable-partner"), reason="Found long ago")
    with django_assert_num_queries(1):
        found = journeys.with_next_step(Partnership.objects.filter(pk=tie.pk)).get()
        label = journeys.next_label(found, "de")
    assert (found.next_code, found.next_due) == ("citizens", dt.date(2026, 9, 1))
    assert label == "Bürgerinnen, Bürger und Vereine einbeziehen"


def test_the_next_step_may_be_the_hubs_own(tie):
    add_hub_step(by=None, hub=tie.hub, title="Ask the districts", language="en", after="suitable-partner")
    walk = start_journey(by=None, partnership=tie)
    skip_step(by=None, step=step(walk, "suitable-partner"), reason="Found long ago")
    found = journeys.with_next_step(Partnership.objects.all()).get(pk=tie.pk)
    assert journeys.next_label(found, "en") == "Ask the districts"


def test_without_a_journey_there_is_no_next_step(tie):
    found = journeys.with_next_step(Partnership.objects.all()).get(pk=tie.pk)
    assert (found.next_code, journeys.next_label(found, "en")) == (None, "")


def test_a_step_is_overdue_after_its_day_not_on_it(tie, walk):
    assert list(journeys.steps_overdue(tie.hub, dt.date(2026, 7, 3))) == []
    assert [str(each) for each in journeys.steps_overdue(tie.hub, dt.date(2026, 7, 4))] == [
        "suitable-partner"
    ]


def test_nothing_of_a_suspended_partnership_is_overdue(tie, walk):
    Partnership.objects.filter(pk=tie.pk).update(state=PartnershipState.SUSPENDED)
    assert list(journeys.steps_overdue(tie.hub, dt.date(2030, 1, 1))) == []


# --- the record --------------------------------------------------------------------------------------------


def test_the_record_says_it_in_words_without_names_of_people(tie, walk):
    of = step(walk, "europe")
    prove(of, acting=their_side(tie))
    finish_step(by=None, step=of)
    lines = RecordLine.objects.filter(chain__hub=tie.hub).order_by("-number")[:2]
    assert [sentence(line) for line in lines] == [
        "called a step done: Give it a European dimension",
        "added evidence (note) to the step: Give it a European dimension",
    ]
    assert "Partner" not in str([line.details for line in lines])


def test_a_step_goes_with_its_partnership(tie, walk):
    tie.delete()
    assert Step.objects.count() == 0
