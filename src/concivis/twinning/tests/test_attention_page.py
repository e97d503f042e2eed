import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Handling
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db(databases="__all__")

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
PAGE = "/en/office/hamm/attention/"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", place=PlaceFactory(name="Hamm"))


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


def quiet(hub, name="Bradford"):
    """A tie about which there is one thing to say: no activity for over a year."""
    made = factories.partnership(hub.place, PlaceFactory(name=name), hub=hub)
    made.sides.filter(position=1).update(asked_at=NOON, confirmed_at=NOON)
    Partnership.objects.filter(pk=made.pk).update(
        last_activity=dt.date(2025, 1, 1), sleeps_on=dt.date(2028, 1, 1)
    )
    return made


def shown(client, path=PAGE):
    return client.get(path).content.decode()


def test_each_matter_stands_under_its_urgency_with_the_way_to_do_something(hub, client, editor):
    made = quiet(hub)
    Partnership.objects.filter(pk=made.pk).update(valid_until=dt.date(2026, 5, 1))
    page = shown(client)
    assert page.index("<h2>Now") < page.index("ran out on May 1, 2026") < page.index("<h2>When there is time")
    assert f'href="{reverse("twinning:office_activity_new", args=["hamm", made.public_id])}"' in page
    assert "<h2>Soon" not in page


def test_where_nothing_needs_attention_the_page_says_what_will_stand_there(hub, client, editor):
    assert "Nothing needs attention" in shown(client)


def test_a_matter_is_put_off_and_says_until_when(hub, client, editor):
    made = quiet(hub)
    sent = {"key": f"partnership-{made.public_id} quiet last activity 2025-01-01", "days": "30"}
    answer = client.post(PAGE + "later/", sent, follow=True)
    page = answer.content.decode()
    assert "You will be reminded again on July 1, 2026." in page
    assert "Nothing needs attention" in page
    assert "Again on July 1, 2026" in page
    assert Handling.objects.get().by == editor


@pytest.mark.parametrize("days", ["", "8", "-7", "٧", "x"])
def test_a_matter_is_put_off_for_one_of_three_times_only(hub, client, editor, days):
    made = quiet(hub)
    sent = {"key": f"partnership-{made.public_id} quiet last activity 2025-01-01", "days": days}
    assert client.post(PAGE + "later/", sent).status_code == 404


def test_a_matter_that_is_none_cannot_be_put_off(hub, client, editor):
    sent = {"key": f"partnership-{quiet(hub).public_id} dormant made up", "days": "7"}
    assert client.post(PAGE + "later/", sent).status_code == 404


def test_an_observer_sees_what_needs_attention_without_buttons(hub, client):
    client.force_login(MembershipFactory(hub=hub, role="observer").user)
    quiet(hub)
    page = shown(client)
    assert "The last activity was on Jan. 1, 2025." in page
    assert "Remind me later" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_however_many_matters(hub, client, editor, count):
    for number in range(count):
        quiet(hub, f"Partner {number}")
    with CaptureQueriesContext(connection) as asked:
        shown(client)
    # person, hub, roles; eight of attention, what was put off
    assert sum("django_session" not in query["sql"] for query in asked) == 11


def test_the_first_page_of_the_office_counts_the_partnerships_and_what_needs_attention(hub, client, editor):
    quiet(hub)
    page = shown(client, "/en/office/hamm/")
    for words, address in (("partnership", "partnerships"), ("matter needs attention", "attention")):
        assert f"<dt>{words}</dt>" in page
        assert f'<a href="/en/office/hamm/{address}/">1</a>' in page


def test_the_first_page_tells_a_new_office_to_record_a_partnership(hub, client, editor):
    words = "Record your first partnership, or take over what the lists know"
    assert f">{words}</a>" in shown(client, "/en/office/hamm/")


@pytest.mark.parametrize(
    ("query", "found"), [("any", True), ("quiet", True), ("dormant", False), ("renewal", False)]
)
def test_the_table_is_filtered_by_what_needs_attention(hub, client, editor, query, found):
    quiet(hub)
    page = shown(client, f"/en/office/hamm/partnerships/?attention={query}")
    assert ("Bradford" in page) is found
