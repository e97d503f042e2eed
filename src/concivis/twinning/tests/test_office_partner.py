"""The page “The other side” in an office: the keeper asks and compares, the side answers with an account."""

import pytest
from django.urls import reverse

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.places.factories import PlaceFactory
from concivis.shell.dates import PartialDate
from concivis.twinning import answers, factories, queries
from concivis.twinning.actions import sides
from concivis.twinning.answers import SideAccount
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import SideKey
from concivis.twinning.policies import Acting

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", place__name="Hamm")


@pytest.fixture
def coordinator(hub, client):
    user = MembershipFactory(hub=hub).user
    client.force_login(user)
    return user


@pytest.fixture
def tie(hub):
    bradford = PlaceFactory(name="Bradford", country__code="GB")
    return factories.partnership(
        hub.place, bradford, hub=hub, signed="1976", is_published=False, state=PartnershipState.ACTIVE
    )


@pytest.fixture
def bradford(tie):
    return tie.sides.get(position=1)


@pytest.fixture
def their_office(bradford):
    return HubFactory(name="Bradford", slug="bradford", place=bradford.place)


def at(tie, name="", *args, office="hamm"):
    page = "office_partner" + (f"_{name}" if name else "")
    return reverse(f"twinning:{page}", args=[office, tie.public_id, *args])


def text_of(response) -> str:
    return response.content.decode()


def signed_1975():
    return SideAccount(
        dates={MilestoneKind.SIGNED: PartialDate.parse("1975")}, remark="Od maja.", language="pl"
    )


def by_account(side):
    return Acting(side, MembershipFactory().user)


# --- the keeper --------------------------------------------------------------------------------------------


def test_the_page_says_where_the_other_side_stands_and_not_the_own(client, coordinator, tie):
    page = text_of(client.get(at(tie)))
    assert "Bradford has not been asked yet." in page
    assert "Hamm has not been asked yet." not in page


@pytest.mark.parametrize(("country", "language"), [("FR", "fr"), ("AT", "de"), ("GB", "en"), ("PL", "en")])
def test_the_language_of_the_letter_is_guessed_from_the_country(client, coordinator, hub, country, language):
    tie = factories.partnership(hub.place, PlaceFactory(country__code=country), hub=hub)
    assert f'<option value="{language}" selected>' in text_of(client.get(at(tie)))


def test_the_keeper_asks_and_never_sees_the_link(
    client, coordinator, tie, bradford, mailoutbox, django_capture_on_commit_callbacks
):
    sent = {f"side{bradford.pk}-email": "town@example.org", f"side{bradford.pk}-language": "en"}
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(at(tie, "ask", bradford.pk), sent, follow=True)
    page = text_of(response)
    assert "The letter is on its way to town@example.org." in page
    assert "A link is with town@example.org, good until" in page
    assert mailoutbox[0].to == ["town@example.org"]
    assert "/sides/" not in page


def test_a_wrong_address_is_said_beside_its_field(client, coordinator, tie, bradford):
    sent = {f"side{bradford.pk}-email": "town", f"side{bradford.pk}-language": "en"}
    page = text_of(client.post(at(tie, "ask", bradford.pk), sent))
    assert "Please look at one thing" in page
    assert 'value="town"' in page


def test_the_letter_can_be_sent_again_and_the_link_withdrawn(client, coordinator, tie, bradford):
    first = sides.ask_side(by=coordinator, side=bradford, email="town@example.org", language="en")
    client.post(at(tie, "ask_again", bradford.pk))
    first.refresh_from_db()
    assert not first.is_open
    assert SideKey.objects.exclude(pk=first.pk).get().email == "town@example.org"
    client.post(at(tie, "withdraw", bradford.pk))
    assert [key.is_open for key in SideKey.objects.all()] == [False, False]
    assert client.post(at(tie, "withdraw", bradford.pk)).status_code == 404


def test_the_keeper_sees_who_confirmed_it(client, coordinator, tie, bradford):
    key = sides.ask_side(by=coordinator, side=bradford, email="town@example.org", language="en")
    sides.confirm_side(acting=Acting(bradford, None, "A. Example, town clerk", key))
    page = text_of(client.get(at(tie)))
    assert "Bradford confirmed this on" in page
    assert "By A. Example, town clerk." in page


def test_an_observer_does_not_see_names_and_addresses(client, coordinator, hub, tie, bradford):
    key = sides.ask_side(by=coordinator, side=bradford, email="town@example.org", language="en")
    sides.confirm_side(acting=Acting(bradford, None, "A. Example, town clerk", key))
    client.force_login(MembershipFactory(hub=hub, role="observer").user)
    page = text_of(client.get(at(tie)))
    assert "Bradford confirmed this on" in page
    assert "A. Example" not in page
    assert "town@example.org" not in page


def test_what_they_say_stands_beside_what_we_say(client, coordinator, tie, bradford):
    sides.correct_side(acting=by_account(bradford), account=signed_1975())
    page = text_of(client.get(at(tie)))
    assert "How Bradford sees it" in page
    assert '<td data-label="They say">1975</td><td data-label="The office writes">1976</td>' in page
    assert '<blockquote lang="pl" dir="ltr"><p>Od maja.</p></blockquote>' in page


def test_taking_a_date_over_asks_first(client, coordinator, tie, bradford):
    sides.correct_side(acting=by_account(bradford), account=signed_1975())
    address = at(tie, "take_over", answers.statements(bradford).get().pk)
    assert "Take over this date?" in text_of(client.get(address))
    assert [each.when.iso for each in queries.kept_dates(tie)] == ["1976"]
    client.post(address)
    assert [each.when.iso for each in queries.kept_dates(tie)] == ["1975", "1976"]


def test_a_date_of_another_partnership_cannot_be_taken_over_here(client, coordinator, hub, tie):
    other = factories.partnership(hub.place, PlaceFactory(), hub=hub)
    side = other.sides.get(position=1)
    sides.correct_side(acting=by_account(side), account=signed_1975())
    assert client.get(at(tie, "take_over", answers.statements(side).get().pk)).status_code == 404


def test_on_the_page_of_dates_a_statement_is_compared_not_edited(client, coordinator, tie, bradford):
    sides.correct_side(acting=by_account(bradford), account=signed_1975())
    statement = answers.statements(bradford).get()
    page = text_of(client.get(reverse("twinning:office_dates", args=["hamm", tie.public_id])))
    assert "1975" in page
    for name in ("office_date_correct", "office_date_delete"):
        address = reverse(f"twinning:{name}", args=["hamm", tie.public_id, statement.pk])
        assert address not in page
        assert client.get(address).status_code == 404


def test_the_own_side_and_that_of_another_partnership_are_not_asked_here(client, coordinator, hub, tie):
    other = factories.partnership(hub.place, PlaceFactory(), hub=hub)
    for side in (tie.sides.get(position=0), other.sides.get(position=1)):
        assert client.post(at(tie, "ask", side.pk)).status_code == 404


def test_without_members_of_a_partner_city_the_page_says_what_to_do(client, coordinator, hub, tie):
    assert "Invite somebody with the role “Partner city”" in text_of(client.get(at(tie)))


def test_the_keeper_chooses_who_answers_for_the_side(client, coordinator, hub, tie, bradford):
    person = MembershipFactory(hub=hub, role="partner_city", user__name="Ann").user
    assert "Ann" in text_of(client.get(at(tie)))
    client.post(at(tie, "actors", bradford.pk), {f"actors{bradford.pk}-people": [person.pk]})
    assert list(bradford.actors.all()) == [person]
    stranger = MembershipFactory().user
    client.post(at(tie, "actors", bradford.pk), {f"actors{bradford.pk}-people": [stranger.pk]})
    assert list(bradford.actors.all()) == [person]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_as_many_queries_for_one_other_side_as_for_three(
    client, coordinator, hub, count, django_assert_max_num_queries
):
    tie = factories.partnership(hub.place, *(PlaceFactory() for _ in range(count)), hub=hub)
    for side in tie.sides.exclude(place=hub.place):
        sides.ask_side(by=coordinator, side=side, email="town@example.org", language="en")
    # for each side: who may answer, who answers; the session is elsewhere on SQLite
    with django_assert_max_num_queries(10 + 3 * count):
        client.get(at(tie))


# --- the side, with an account -----------------------------------------------------------------------------


def test_a_named_member_answers_in_the_keepers_office(client, hub, tie, bradford):
    person = MembershipFactory(hub=hub, role="partner_city").user
    client.force_login(person)
    assert "Your answer" not in text_of(client.get(at(tie)))
    assert client.post(at(tie, "confirm", bradford.pk)).status_code == 403
    bradford.actors.add(person)
    assert "Your answer" in text_of(client.get(at(tie)))
    client.post(at(tie, "confirm", bradford.pk))
    bradford.refresh_from_db()
    assert bradford.confirmed_by == person


def test_the_office_of_the_other_city_answers_once_the_keeper_trusts_it(
    client, coordinator, tie, bradford, their_office
):
    sides.ask_side(by=coordinator, side=bradford, email="town@example.org", language="en")
    editor = MembershipFactory(hub=their_office, role="editor").user
    client.force_login(editor)
    assert client.get(at(tie, office="bradford")).status_code == 404
    assert client.post(at(tie, "confirm", bradford.pk, office="bradford")).status_code == 404
    sides.trust_office(by=coordinator, side=bradford, office=their_office)
    page = text_of(client.get(at(tie, office="bradford")))
    assert "Your answer" in page
    assert "town@example.org" not in page
    client.post(at(tie, "confirm", bradford.pk, office="bradford"))
    bradford.refresh_from_db()
    assert bradford.confirmed_by == editor


def test_who_confirms_again_is_told_since_when(client, coordinator, tie, bradford, their_office):
    factories.trusted(tie, their_office)
    client.force_login(MembershipFactory(hub=their_office).user)
    address = at(tie, "confirm", bradford.pk, office="bradford")
    client.post(address)
    assert "has been confirmed since" in text_of(client.post(address, follow=True))


def test_the_other_office_corrects_and_declines_with_forms(client, coordinator, tie, bradford, their_office):
    factories.trusted(tie, their_office)
    client.force_login(MembershipFactory(hub=their_office).user)
    address = at(tie, "correct", bradford.pk, office="bradford")
    assert 'value="1976"' in text_of(client.get(address))
    client.post(address, {"signed": "1975", "language": "en"})
    assert [each.when.iso for each in answers.statements(bradford)] == ["1975"]
    address = at(tie, "decline", bradford.pk, office="bradford")
    assert "Why?" in text_of(client.get(address))
    client.post(address, {"reason": "It is over.", "language": "en"})
    bradford.refresh_from_db()
    assert (bradford.state_said, bradford.remark) == ("ended", "It is over.")


def test_of_a_tie_that_no_office_keeps_a_city_speaks_for_its_own_side(client, coordinator, hub, mailoutbox):
    tie = factories.partnership(hub.place, PlaceFactory(name="Bradford"))
    own, other = tie.sides.order_by("position")
    assert "<h2>Bradford</h2>" not in text_of(client.get(at(tie)))
    client.post(at(tie, "confirm", own.pk))
    own.refresh_from_db()
    assert own.confirmed_by == coordinator
    assert client.post(at(tie, "confirm", other.pk)).status_code == 404
    assert client.post(at(tie, "ask", own.pk)).status_code == 403
    assert mailoutbox == []


# --- who may -----------------------------------------------------------------------------------------------


def test_who_may_ask_and_answer(hub, tie, bradford, coordinator, their_office):
    sides.correct_side(acting=by_account(bradford), account=signed_1975())
    people = people_around(hub)
    bradford.actors.add(people["partner_city"])
    key = sides.ask_side(by=coordinator, side=bradford, email="town@example.org", language="en")
    statement = answers.statements(bradford).get()
    asking = {f"side{bradford.pk}-email": "town@example.org", f"side{bradford.pk}-language": "en"}
    rows = [
        ("GET", at(tie), "login 404 200 200 200 200 200 404"),
        ("POST", at(tie, "ask", bradford.pk), "login 404 403 403 403 302 302 404", asking),
        ("POST", at(tie, "ask_again", bradford.pk), "login 404 403 403 403 302 302 404"),
        ("POST", at(tie, "withdraw", bradford.pk), "login 404 403 403 403 302 302 404"),
        ("POST", at(tie, "actors", bradford.pk), "login 404 403 403 403 302 302 404"),
        ("POST", at(tie, "trust", bradford.pk), "login 404 403 403 403 302 302 404", {"office": "bradford"}),
        ("POST", at(tie, "distrust", bradford.pk), "login 404 403 403 403 302 302 404"),
        ("GET", at(tie, "trust", bradford.pk), "login 404 403 403 403 405 405 404"),
        ("GET", at(tie, "take_over", statement.pk), "login 404 403 403 403 200 200 404"),
        ("POST", at(tie, "take_over", statement.pk), "login 404 403 403 403 302 302 404"),
        # the keeper does not answer for the other side; who was named by the keeper does
        ("POST", at(tie, "confirm", bradford.pk), "login 404 403 302 403 403 403 404"),
        ("GET", at(tie, "correct", bradford.pk), "login 404 403 200 403 403 403 404"),
        ("POST", at(tie, "correct", bradford.pk), "login 404 403 200 403 403 403 404"),
        ("GET", at(tie, "decline", bradford.pk), "login 404 403 200 403 403 403 404"),
        ("POST", at(tie, "decline", bradford.pk), "login 404 403 200 403 403 403 404"),
        ("GET", at(tie, "ask", bradford.pk), "login 404 403 403 403 405 405 404"),
        ("GET", at(tie, "confirm", bradford.pk), "login 404 405 405 405 405 405 404"),
    ]
    assert_permission_table(people, rows)
    assert key.is_open


def test_who_may_answer_in_the_office_of_the_other_side(tie, bradford, coordinator, their_office):
    factories.trusted(tie, their_office)
    theirs = {"office": "bradford"}
    rows = [
        ("GET", at(tie, **theirs), "login 404 200 200 200 200 200 404"),
        ("POST", at(tie, "confirm", bradford.pk, **theirs), "login 404 403 403 403 302 302 404"),
        ("GET", at(tie, "correct", bradford.pk, **theirs), "login 404 403 403 403 200 200 404"),
        ("GET", at(tie, "decline", bradford.pk, **theirs), "login 404 403 403 403 200 200 404"),
        # what belongs to the keeper is not theirs
        ("POST", at(tie, "ask", bradford.pk, **theirs), "login 404 403 403 403 403 403 404"),
        ("POST", at(tie, "ask_again", bradford.pk, **theirs), "login 404 403 403 403 403 403 404"),
        ("POST", at(tie, "withdraw", bradford.pk, **theirs), "login 404 403 403 403 403 403 404"),
        ("POST", at(tie, "actors", bradford.pk, **theirs), "login 404 403 403 403 403 403 404"),
        ("POST", at(tie, "take_over", 1, **theirs), "login 404 403 403 403 403 403 404"),
        ("POST", at(tie, "trust", bradford.pk, **theirs), "login 404 403 403 403 403 403 404"),
        ("POST", at(tie, "distrust", bradford.pk, **theirs), "login 404 403 403 403 403 403 404"),
    ]
    assert_permission_table(people_around(their_office), rows)
