import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Delivery, RecordLine
from concivis.hubs.record_words import sentence
from concivis.hubs.webhooks import create_webhook
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions.objectives import (
    AGREED_EVENT,
    approve,
    awaited,
    close_objective,
    propose_objective,
    withdraw_objective,
)
from concivis.twinning.models import Objective
from concivis.twinning.policies import Acting

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def on_a_day(time_machine):
    time_machine.move_to("2026-05-04T10:00:00Z", tick=False)


@pytest.fixture
def tie():
    hub = HubFactory()
    return factories.partnership(hub.place, PlaceFactory(), hub=hub)


@pytest.fixture
def office(tie):
    return Acting(tie.sides.get(position=0), UserFactory())


@pytest.fixture
def partner(tie):
    """The holder of a mailed key."""
    return Acting(tie.sides.get(position=1), None, "A. Partner, town hall")


def propose(acting, **facts):
    given = {
        "partnership": acting.side.partnership,
        "text": "Two youth exchanges a year",
        "measure": "Exchanges counted",
        "language": "en",
        "due_on": dt.date(2027, 12, 31),
        **facts,
    }
    return propose_objective(acting=acting, **given)


def state(objective):
    return Objective.objects.get(pk=objective.pk).state


def words(refused):
    return " ".join(refused.value.messages)


def test_who_proposes_has_approved_and_the_other_side_is_awaited(office, partner):
    objective = propose(office)
    assert [each.side for each in objective.approvals.all()] == [office.side]
    assert awaited(objective) == [partner.side.pk]
    assert state(objective) == "proposed"


def test_an_objective_is_agreed_when_the_other_side_approves(office, partner):
    objective = approve(acting=partner, objective=propose(office))
    assert objective.state == "agreed"
    given = objective.approvals.get(side=partner.side)
    assert (given.given_by, given.given_as) == (None, "A. Partner, town hall")


def test_the_partner_may_propose_and_the_office_agrees(office, partner):
    objective = propose(partner)
    assert (objective.proposed_by, objective.proposed_as) == (None, "A. Partner, town hall")
    assert approve(acting=office, objective=objective).state == "agreed"


def test_approving_twice_is_approving_once(office, partner):
    objective = propose(office)
    approve(acting=office, objective=objective)
    assert (state(objective), objective.approvals.count()) == ("proposed", 1)


def test_of_three_sides_all_must_agree():
    hub = HubFactory()
    tie = factories.partnership(hub.place, PlaceFactory(), PlaceFactory(), hub=hub)
    first, second, third = (Acting(side, None, "Somebody") for side in tie.sides.all())
    objective = approve(acting=second, objective=propose(first))
    assert objective.state == "proposed"
    assert approve(acting=third, objective=objective).state == "agreed"


def test_a_stranger_side_cannot_approve(office):
    stranger = Acting(factories.partnership().sides.get(position=0), None, "Somebody")
    with pytest.raises(ValidationError) as refused:
        approve(acting=stranger, objective=propose(office))
    assert words(refused) == "This side does not belong to the partnership."


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"text": " "}, "text"), ({"measure": ""}, "measure"), ({"due_on": dt.date(2026, 5, 3)}, "due_on")],
)
def test_an_objective_is_written_measurable_and_ahead(office, facts, field):
    with pytest.raises(ValidationError) as refused:
        propose(office, **facts)
    assert list(refused.value.message_dict) == [field]


def test_a_new_objective_takes_the_place_of_the_old_one_once_agreed(office, partner):
    older = approve(acting=partner, objective=propose(office))
    newer = propose(partner, text="Three youth exchanges a year", replaces=older)
    assert state(older) == "agreed"
    approve(acting=office, objective=newer)
    assert (state(older), state(newer)) == ("replaced", "agreed")


def test_a_counter_proposal_replaces_a_proposal(office, partner):
    older = propose(office)
    approve(acting=office, objective=propose(partner, text="Less", replaces=older))
    assert state(older) == "replaced"


def test_one_objective_is_replaced_by_one_proposal_at_a_time(office, partner):
    older = propose(office)
    first = propose(partner, text="Less", replaces=older)
    with pytest.raises(ValidationError) as refused:
        propose(office, text="More", replaces=older)
    assert words(refused).startswith("Another proposal would already replace this objective")
    withdraw_objective(acting=partner, objective=first)
    assert propose(office, text="More", replaces=older).replaces == older


def test_a_replaced_objective_cannot_be_approved_any_more(office, partner):
    older = propose(office)
    approve(acting=office, objective=propose(partner, text="Less", replaces=older))
    with pytest.raises(ValidationError) as refused:
        approve(acting=partner, objective=older)
    assert words(refused) == "This objective is no longer open. Load the page again."


def test_only_who_proposed_can_withdraw(office, partner):
    objective = propose(office)
    with pytest.raises(ValidationError) as refused:
        withdraw_objective(acting=partner, objective=objective)
    assert words(refused) == "Only the side that proposed this objective can withdraw it."
    assert withdraw_objective(acting=office, objective=objective).state == "withdrawn"


def test_what_is_agreed_cannot_be_withdrawn(office, partner):
    objective = approve(acting=partner, objective=propose(office))
    with pytest.raises(ValidationError) as refused:
        withdraw_objective(acting=office, objective=objective)
    assert words(refused) == "Only a proposal can be withdrawn; this one is decided."


@pytest.mark.parametrize(("reached", "expected"), [(True, "reached"), (False, "missed")])
def test_an_agreed_objective_is_closed_with_a_result(office, partner, reached, expected):
    objective = approve(acting=partner, objective=propose(office))
    closed = close_objective(acting=partner, objective=objective, reached=reached, result="Three were held")
    assert (closed.state, closed.result) == (expected, "Three were held")


def test_a_proposal_cannot_be_closed(office):
    with pytest.raises(ValidationError) as refused:
        close_objective(acting=office, objective=propose(office), reached=True, result="Done")
    assert words(refused) == "Only an objective that all sides agreed on can be closed."


def test_closing_says_what_came_of_it(office, partner):
    objective = approve(acting=partner, objective=propose(office))
    with pytest.raises(ValidationError) as refused:
        close_objective(acting=office, objective=objective, reached=True, result=" ")
    assert list(refused.value.message_dict) == ["result"]


def test_programs_of_the_office_hear_that_an_objective_is_agreed(tie, office, partner):
    create_webhook(by=office.by, hub=tie.hub, url="https://example.org/hook", events=[AGREED_EVENT])
    objective = propose(office)
    assert Delivery.objects.count() == 0
    approve(acting=partner, objective=objective)
    assert [each.payload for each in Delivery.objects.all()] == [
        {"partnership": tie.public_id, "objective": objective.public_id}
    ]


def test_the_record_names_the_places_never_the_holder_of_the_key(tie, office, partner):
    approve(acting=partner, objective=propose(office))
    lines = list(RecordLine.objects.filter(chain__hub=tie.hub).order_by("number"))[-3:]
    places = [side.place.name for side in tie.sides.all()]
    assert [sentence(line) for line in lines] == [
        f"proposed a common objective for {places[0]}",
        f"approved a common objective for {places[1]}",
        "gave the last approval: a common objective is agreed by all sides",
    ]
    assert "A. Partner" not in str([line.details for line in lines])
