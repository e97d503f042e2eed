import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions.objectives import approve, propose_objective
from concivis.twinning.actions.plan import add_item, approve_review, change_item, hold_review
from concivis.twinning.models import Objective, PlanItem, Review
from concivis.twinning.office.objectives_forms import AmountField
from concivis.twinning.policies import Acting

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def on_a_day(time_machine):
    time_machine.move_to("2026-05-04T10:00:00Z", tick=False)


@pytest.fixture
def hub():
    return HubFactory(place=PlaceFactory(name="Hereford"))


@pytest.fixture
def partner_hub():
    return HubFactory(place=PlaceFactory(name="Farville"))


@pytest.fixture
def tie(hub, partner_hub):
    made = factories.partnership(hub.place, partner_hub.place, hub=hub)
    factories.trusted(made, partner_hub)
    return made


@pytest.fixture
def editor(hub):
    return MembershipFactory(hub=hub, role="editor", user=UserFactory(name="E. Ditor")).user


@pytest.fixture
def partner(partner_hub):
    return MembershipFactory(hub=partner_hub, role="editor", user=UserFactory(name="P. Artner")).user


def acting(tie, position):
    return Acting(tie.sides.select_related("partnership__hub").get(position=position), None, "Somebody")


def propose(tie, position=0, **facts):
    given = {"text": "Two exchanges a year", "measure": "Exchanges counted", "language": "en", **facts}
    given.setdefault("due_on", dt.date(2027, 12, 31))
    return propose_objective(acting=acting(tie, position), partnership=tie, **given)


def line(tie, **facts):
    given = {"year": 2027, "title": "A youth camp", "language": "en", **facts}
    return add_item(by=None, partnership=tie, **given)


def review(tie, **facts):
    given = {"year": 2025, "held_on": dt.date(2026, 2, 3), "summary": "It went well", "language": "en"}
    return hold_review(by=None, partnership=tie, **{**given, **facts})


def at(hub, tie, name, *args):
    return reverse(f"twinning:{name}", args=[hub.slug, tie.public_id, *args])


def page(client, user, address):
    client.force_login(user)
    return client.get(address).content.decode()


AN_OBJECTIVE = {
    "text": "Every school has a partner class",
    "measure": "Pairs of classes",
    "due_on": "2027-12-31",
    "language": "en",
}
A_LINE = {"year": "2027", "title": "A camp", "language": "en", "budget": "1,500.50", "currency": "eur"}
A_REVIEW = {"year": "2025", "held_on": "2026-02-03", "summary": "It went well", "language": "en"}


def test_who_may_agree_and_who_may_plan(hub, tie):
    mine, theirs = propose(tie), propose(tie, 1)
    agreed = approve(acting=acting(tie, 1), objective=propose(tie))
    item, held = line(tie), review(tie)
    result = {"reached": "yes", "result": "Two were held"}
    own = "login 404 403 403 403 302 302 404"
    rows = [
        # anonymous, stranger | observer, partner city, contributor, editor, coordinator | coordinator elsewhere
        ("GET", at(hub, tie, "office_objectives"), "login 404 200 200 200 200 200 404"),
        ("GET", at(hub, tie, "office_objective_new"), "login 404 403 403 403 200 200 404"),
        ("POST", at(hub, tie, "office_objective_new"), own, AN_OBJECTIVE),
        ("POST", at(hub, tie, "office_objective_replace", theirs.public_id), own, AN_OBJECTIVE),
        ("POST", at(hub, tie, "office_objective_approve", theirs.public_id), own),
        ("POST", at(hub, tie, "office_objective_withdraw", mine.public_id), own),
        (
            "POST",
            at(hub, tie, "office_objective_withdraw", theirs.public_id),
            "login 404 403 403 403 403 403 404",
        ),
        ("POST", at(hub, tie, "office_objective_close", agreed.public_id), own, result),
        ("GET", at(hub, tie, "office_plan_new"), "login 404 403 403 403 200 200 404"),
        ("POST", at(hub, tie, "office_plan_new"), own, A_LINE),
        ("GET", at(hub, tie, "office_plan_item", item.pk), "login 404 403 403 403 200 200 404"),
        ("POST", at(hub, tie, "office_plan_state", item.pk), own, {"state": "done"}),
        ("GET", at(hub, tie, "office_plan_remove", item.pk), "login 404 403 403 403 200 200 404"),
        ("POST", at(hub, tie, "office_plan_remove", item.pk), own),
        ("GET", at(hub, tie, "office_review_new"), "login 404 403 403 403 200 200 404"),
        ("POST", at(hub, tie, "office_review_new"), own, {**A_REVIEW, "year": "2024"}),
        ("GET", at(hub, tie, "office_review", held.year), "login 404 403 403 403 200 200 404"),
        ("POST", at(hub, tie, "office_review_approve", held.year), own),
    ]
    assert_permission_table(people_around(hub), rows)


def test_the_other_sides_office_agrees_and_proposes_but_does_not_plan(partner_hub, tie):
    objective, item, held = propose(tie), line(tie), review(tie)
    theirs = partner_hub
    own, never = "login 404 403 403 403 302 302 404", "login 404 403 403 403 403 403 404"
    rows = [
        ("GET", at(theirs, tie, "office_objectives"), "login 404 200 200 200 200 200 404"),
        ("POST", at(theirs, tie, "office_objective_new"), own, AN_OBJECTIVE),
        ("POST", at(theirs, tie, "office_objective_approve", objective.public_id), own),
        ("POST", at(theirs, tie, "office_objective_withdraw", objective.public_id), never),
        ("POST", at(theirs, tie, "office_plan_new"), never, A_LINE),
        ("POST", at(theirs, tie, "office_plan_item", item.pk), never, A_LINE),
        ("POST", at(theirs, tie, "office_review_new"), never, A_REVIEW),
        ("POST", at(theirs, tie, "office_review", held.year), never, A_REVIEW),
        ("POST", at(theirs, tie, "office_review_approve", held.year), own),
    ]
    assert_permission_table(people_around(theirs), rows)


def test_nobody_agrees_for_the_other_side(client, hub, tie, editor):
    objective = propose(tie)
    client.force_login(editor)
    sent = {"side": tie.sides.get(position=1).pk}
    address = at(hub, tie, "office_objective_approve", objective.public_id)
    assert client.post(address, sent).status_code == 403
    assert Objective.objects.get().state == "proposed"


def test_an_empty_page_says_what_to_do_next(client, hub, tie, editor):
    shown = page(client, editor, at(hub, tie, "office_objectives"))
    assert "No objective is in force. Propose one" in shown
    assert "Nothing is planned yet." in shown
    assert "The look back on 2025 is not written yet" in shown


def test_an_objective_walks_from_one_side_to_the_other(client, hub, partner_hub, tie, editor, partner):
    client.force_login(editor)
    client.post(at(hub, tie, "office_objective_new"), AN_OBJECTIVE)
    shown = client.get(at(hub, tie, "office_objectives")).content.decode()
    assert "Hereford agreed on May 4, 2026</li>" not in shown
    assert "Hereford agreed on May 4, 2026 (E. Ditor)" in shown
    assert "Awaiting Farville since May 4, 2026" in shown
    assert "Agree for" not in shown
    shown = page(client, partner, at(partner_hub, tie, "office_objectives"))
    assert "Agree for Farville" in shown
    client.post(at(partner_hub, tie, "office_objective_approve", Objective.objects.get().public_id))
    shown = client.get(at(partner_hub, tie, "office_objectives")).content.decode()
    assert "Agreed by all sides" in shown
    assert "Awaiting" not in shown


def test_a_day_that_has_passed_is_refused_beside_its_field(client, hub, tie, editor):
    client.force_login(editor)
    late = {**AN_OBJECTIVE, "due_on": "2026-01-01"}
    shown = client.post(at(hub, tie, "office_objective_new"), late).content.decode()
    assert "This day has passed. An objective lies ahead." in shown
    assert "Every school has a partner class" in shown


def test_an_objective_with_a_proposal_in_its_place_says_so(client, hub, tie, editor):
    older = propose(tie)
    newer = propose(tie, 1, text="Three exchanges a year", replaces=older)
    shown = page(client, editor, at(hub, tie, "office_objectives"))
    assert f'href="#objective-{newer.public_id}"' in shown


def test_an_agreed_objective_is_closed_with_what_came_of_it(client, hub, tie, editor):
    agreed = approve(acting=acting(tie, 1), objective=propose(tie))
    client.force_login(editor)
    sent = {"reached": "no", "result": "One was held"}
    client.post(at(hub, tie, "office_objective_close", agreed.public_id), sent)
    shown = client.get(at(hub, tie, "office_objectives")).content.decode()
    assert "1 earlier objective" in shown
    assert "One was held" in shown


def test_an_objective_of_another_partnership_is_not_found(client, hub, tie, editor):
    other = propose(factories.partnership(hub.place, PlaceFactory(), hub=hub))
    client.force_login(editor)
    address = at(hub, tie, "office_objective_approve", other.public_id)
    assert client.post(address).status_code == 404


# --- the plan ----------------------------------------------------------------------------------------------


def test_the_plan_stands_by_year_with_a_sum_for_each_currency(client, hub, tie, editor):
    line(tie, budget=Decimal(1000), currency="EUR")
    line(tie, budget=Decimal("500.50"), currency="EUR", title="A concert")
    line(tie, budget=Decimal(70), currency="PLN", title="A meal")
    line(tie, year=2028)
    shown = page(client, editor, at(hub, tie, "office_objectives"))
    assert "€1,500.50 + PLN" in shown
    assert shown.index("<h3>2027</h3>") < shown.index("<h3>2028</h3>")


def test_a_dropped_line_costs_nothing(client, hub, tie, editor):
    item = line(tie, budget=Decimal(1000), currency="EUR")
    client.force_login(editor)
    client.post(at(hub, tie, "office_plan_state", item.pk), {"state": "dropped"})
    assert "Sum:" not in client.get(at(hub, tie, "office_objectives")).content.decode()


def test_a_line_is_added_with_an_amount_as_people_write_it(client, hub, tie, editor):
    client.force_login(editor)
    client.post(at(hub, tie, "office_plan_new"), A_LINE)
    assert [(item.budget, item.currency) for item in PlanItem.objects.all()] == [(Decimal("1500.50"), "EUR")]


@pytest.mark.parametrize(
    ("language", "written", "amount"),
    [
        ("en", "1,500.50", "1500.50"),
        ("en", "1500.5", "1500.5"),
        ("de", "1.500", "1500"),
        ("de", "1.500,50", "1500.50"),
        ("de", "1500.50", "1500.50"),
        ("fr", "1 500,50", "1500.50"),
        ("it", "1500", "1500"),
    ],
)
def test_an_amount_is_understood_in_the_readers_language(language, written, amount):
    with translation.override(language):
        assert AmountField(max_digits=12, decimal_places=2).clean(written) == Decimal(amount)


def test_a_budget_without_a_currency_is_refused(client, hub, tie, editor):
    client.force_login(editor)
    shown = client.post(at(hub, tie, "office_plan_new"), {**A_LINE, "currency": ""}).content.decode()
    assert "Say in which currency" in shown
    assert PlanItem.objects.count() == 0


def seen_by(client, address):
    """The mark of what the writer saw, as their form carries it."""
    return client.get(address).context["form"]["seen"].value()


def test_two_people_at_one_line_of_the_plan_the_second_is_told_and_loses_nothing(client, hub, tie, editor):
    item = line(tie)
    client.force_login(editor)
    address = at(hub, tie, "office_plan_item", item.pk)
    began = {**A_LINE, "title": "A larger camp", "seen": seen_by(client, address)}
    change_item(by=None, item=item, year=2028, title="A smaller camp", language="en")
    shown = client.post(address, began)
    assert "Now it says: 2028 · A smaller camp." in shown.content.decode()
    assert "A larger camp" in shown.content.decode()
    assert PlanItem.objects.get().title == "A smaller camp"
    again = {**began, "seen": shown.context["form"]["seen"].value()}
    assert client.post(address, again).status_code == 302
    assert PlanItem.objects.get().title == "A larger camp"


# --- reviews -----------------------------------------------------------------------------------------------


def test_a_review_is_written_by_one_side_and_approved_by_the_other(
    client, hub, partner_hub, tie, editor, partner
):
    client.force_login(editor)
    client.post(at(hub, tie, "office_review_new"), A_REVIEW)
    shown = page(client, partner, at(partner_hub, tie, "office_objectives"))
    assert "Awaiting Farville since May 4, 2026" in shown
    client.post(at(partner_hub, tie, "office_review_approve", 2025))
    assert Review.objects.get().approvals.count() == 2


def test_a_review_that_the_other_side_approved_offers_no_change(client, hub, tie, editor):
    held = review(tie)
    change = f'href="{at(hub, tie, "office_review", 2025)}"'
    assert change in page(client, editor, at(hub, tie, "office_objectives"))
    approve_review(acting=acting(tie, 1), review=held)
    assert change not in page(client, editor, at(hub, tie, "office_objectives"))


def test_a_changed_review_keeps_its_year(client, hub, tie, editor):
    review(tie)
    client.force_login(editor)
    address = at(hub, tie, "office_review", 2025)
    sent = {**A_REVIEW, "year": "2020", "summary": "Very well", "seen": seen_by(client, address)}
    client.post(address, sent)
    assert [(each.year, each.summary) for each in Review.objects.all()] == [(2025, "Very well")]


# --- everybody ---------------------------------------------------------------------------------------------


def test_everybody_reads_what_both_sides_agreed_and_nothing_else(client, tie):
    approve(acting=acting(tie, 1), objective=propose(tie))
    propose(tie, text="Only a proposal")
    shown = client.get(reverse("twinning:partnership", args=[tie.public_id])).content.decode()
    assert "Common objectives" in shown
    assert "Two exchanges a year" in shown
    assert "Only a proposal" not in shown


def test_a_page_without_agreed_objectives_does_not_speak_of_them(client, tie):
    propose(tie)
    shown = client.get(reverse("twinning:partnership", args=[tie.public_id])).content.decode()
    assert "Common objectives" not in shown


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_whatever_was_agreed(
    client, hub, tie, editor, django_assert_max_num_queries, many
):
    for number in range(many):
        approve(acting=acting(tie, 1), objective=propose(tie, text=f"Objective {number}"))
        line(tie, objective=Objective.objects.first())
        approve_review(acting=acting(tie, 1), review=review(tie, year=2025 - number))
    client.force_login(editor)
    with django_assert_max_num_queries(14):  # the session is elsewhere on SQLite
        client.get(at(hub, tie, "office_objectives"))


def test_an_office_that_the_keeper_does_not_trust_reads_nothing_of_it(client, partner_hub, tie, partner):
    tie.sides.update(office=None)
    propose(tie)
    shown = page(client, partner, at(partner_hub, tie, "office_objectives"))
    assert "The sides share this among themselves" in shown
    assert "Two exchanges a year" not in shown
    assert client.post(at(partner_hub, tie, "office_objective_new"), AN_OBJECTIVE).status_code == 403
