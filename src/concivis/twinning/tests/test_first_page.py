import datetime as dt

import pytest

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db(databases="__all__")

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)


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


def shown(client, path):
    return client.get(path).content.decode()


def test_the_first_page_of_the_office_counts_the_partnerships_and_what_needs_attention(hub, client, editor):
    quiet(hub)
    page = shown(client, "/en/office/hamm/")
    for words, address in (("partnership", "partnerships"), ("matter needs attention", "today")):
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
