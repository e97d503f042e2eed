import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions.plan import (
    add_item,
    approve_review,
    change_item,
    change_review,
    delete_item,
    hold_review,
    set_item_state,
)
from concivis.twinning.enums import PlanState
from concivis.twinning.models import PlanItem
from concivis.twinning.policies import Acting

pytestmark = pytest.mark.django_db


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
    return Acting(tie.sides.get(position=1), None, "A. Partner, town hall")


def line(tie, **facts):
    given = {"year": 2027, "title": "A youth camp", "language": "en", **facts}
    return add_item(by=None, partnership=tie, **given)


def hold(tie, **facts):
    given = {"year": 2025, "held_on": dt.date(2026, 2, 3), "summary": "It went well", "language": "en"}
    return hold_review(by=None, partnership=tie, **{**given, **facts})


def test_a_line_of_the_plan_has_a_year_and_a_budget_with_its_currency(tie):
    item = line(tie, budget=Decimal("1500.50"), currency="eur", funding="the municipality")
    assert (item.year, item.budget, item.currency) == (2027, Decimal("1500.50"), "EUR")


def test_a_line_without_a_budget_has_no_currency(tie):
    assert line(tie, currency="EUR").currency == ""


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": ""}, "title"),
        ({"year": 1900}, "year"),
        ({"budget": Decimal("-1"), "currency": "EUR"}, "budget"),
        ({"budget": Decimal(1)}, "currency"),
        ({"budget": Decimal(1), "currency": "EURO"}, "currency"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_beside_its_field(tie, facts, field):
    with pytest.raises(ValidationError) as refused:
        line(tie, **facts)
    assert list(refused.value.message_dict) == [field]


def test_a_line_is_changed_done_and_removed(tie):
    item = change_item(by=None, item=line(tie), year=2028, title="A larger camp", language="en")
    assert (item.year, item.title) == (2028, "A larger camp")
    assert set_item_state(by=None, item=item, state=PlanState.DONE).state == "done"
    delete_item(by=None, item=item)
    assert PlanItem.objects.count() == 0


def test_a_review_is_approved_by_each_side(tie, office, partner):
    review = hold(tie, acting=office)
    approve_review(acting=partner, review=review)
    approve_review(acting=partner, review=review)
    assert sorted(review.approvals.values_list("side__position", "given_as")) == [
        (0, ""),
        (1, "A. Partner, town hall"),
    ]


def test_a_year_has_one_review(tie):
    hold(tie)
    with pytest.raises(ValidationError) as refused:
        hold(tie)
    assert refused.value.message_dict == {"year": ["The review of this year is already written."]}


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"held_on": dt.date(2026, 5, 5)}, "held_on"), ({"year": 2027}, "year"), ({"summary": " "}, "summary")],
)
def test_a_look_back_is_on_what_was(tie, facts, field):
    with pytest.raises(ValidationError) as refused:
        hold(tie, **facts)
    assert list(refused.value.message_dict) == [field]


def change(review, **facts):
    given = {"held_on": dt.date(2026, 2, 3), "summary": "It went very well", "language": "en", **facts}
    return change_review(by=None, review=review, **given)


def test_a_review_can_be_changed_until_the_other_side_approves(tie, office, partner):
    review = change(hold(tie, acting=office), acting=office)
    assert review.summary == "It went very well"
    approve_review(acting=partner, review=review)
    with pytest.raises(ValidationError) as refused:
        change(review, summary="Other words")
    assert refused.value.messages == ["The other side has approved this review; its words stay as they are."]


def test_changed_words_need_a_new_approval_of_the_own_side(tie, office):
    assert change(hold(tie, acting=office)).approvals.count() == 0
