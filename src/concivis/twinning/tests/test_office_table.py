import csv
import datetime as dt
import io
import json

import pytest
from django.utils import timezone

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import asks
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.enums import PartnershipKind, PartnershipState
from concivis.twinning.models import HubStep, Journey, Partnership, Step
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hamm():
    return PlaceFactory(name="Hamm", country__code="DE")


@pytest.fixture
def hub(hamm):
    return HubFactory(place=hamm, name="Hamm", slug="hamm")


@pytest.fixture
def editor(hub, client):
    user = MembershipFactory(hub=hub, role="editor").user
    client.force_login(user)
    return user


def tie(office, name="Bradford", country="GB", last_activity=None, **facts):
    facts.setdefault("hub", office)
    made = factories.partnership(office.place, PlaceFactory(name=name, country__code=country), **facts)
    sleeps_on = last_activity and last_activity + dt.timedelta(days=3 * 365)
    Partnership.objects.filter(pk=made.pk).update(last_activity=last_activity, sleeps_on=sleeps_on)
    return made


def partners(client, query=""):
    response = client.get(f"/en/office/hamm/partnerships.csv{query}")
    text = b"".join(response.streaming_content).decode().removeprefix("\ufeff")
    return [row["partners"] for row in csv.DictReader(io.StringIO(text))]


def page(client, query=""):
    return client.get(f"/en/office/hamm/partnerships/{query}").content.decode()


def test_the_table_names_the_partner_its_country_kind_state_and_last_activity(hub, client, editor):
    tie(hub, last_activity=dt.date(2026, 5, 3))
    shown = page(client)
    for text in ("Bradford", "United Kingdom", "twinning", "active", "May 3, 2026", "1 partnership"):
        assert text in shown


def test_the_next_step_is_the_first_open_one_with_its_day(hub, client, editor):
    journey = Journey.objects.create(partnership=tie(hub), template="ten-steps-1")
    own = HubStep.objects.create(hub=hub, title="Ask the sports clubs", language="en")
    Step.objects.create(
        journey=journey, code="suitable-partner", position=1, state="done", finished_at=timezone.now()
    )
    Step.objects.create(journey=journey, own=own, position=2, due_on=dt.date(2027, 3, 1))
    Step.objects.create(journey=journey, code="youth", position=3)
    shown = page(client)
    assert "Ask the sports clubs" in shown
    assert "by March 1, 2027" in shown


def test_the_table_holds_what_the_office_keeps_and_the_commons_know_of_its_city(hub, client, editor):
    tie(hub)
    tie(hub, "Toul", "FR", hub=None)
    factories.partnership()
    assert partners(client) == ["Bradford", "Toul"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_costs_the_same_queries_however_long(hub, client, editor, count):
    for number in range(count):
        tie(hub, f"Partner {number}")
    # person, hub, roles; count, rows, places; fields of work for the form, kept views
    with asks(8):
        page(client)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=toul", ["Toul"]),
        ("?q=ТУЛЬ", ["Toul"]),
        ("?q=hamm", []),
        ("?country=FR", ["Toul"]),
        ("?country=DE", []),
        ("?kind=friendship", ["Toul"]),
        ("?state=suspended", ["Santa Monica"]),
        ("?state=dormant", ["Bradford"]),
        ("?state=active", ["Toul"]),
        ("?field=youth", ["Toul"]),
        ("?published=no", ["Santa Monica"]),
        ("?published=yes", ["Bradford", "Toul"]),
        ("?keeper=own", ["Bradford", "Santa Monica"]),
        ("?keeper=commons", ["Toul"]),
        ("?keeper=other", []),
        ("?confirmed=not_asked", ["Bradford"]),
        ("?confirmed=asked", ["Santa Monica"]),
        ("?confirmed=confirmed", []),
        ("?kind=friendship&state=suspended", []),
        ("?kind=unheard-of", ["Bradford", "Santa Monica", "Toul"]),
    ],
)
def test_each_filter_finds_what_it_names(hub, client, editor, query, found):
    tie(hub, last_activity=dt.date(2010, 1, 1))
    toul = tie(
        hub,
        "Toul",
        "FR",
        hub=None,
        kind=PartnershipKind.FRIENDSHIP,
        fields=[TermFactory(code="youth", texts={"en": "Youth"})],
    )
    far = tie(hub, "Santa Monica", "US", state=PartnershipState.SUSPENDED, is_published=False)
    far.sides.exclude(place=hub.place).update(asked_at=timezone.now())
    french = toul.sides.get(place__name="Toul").place
    french.names.create(
        name="Туль", folded="туль", language="ru", kind="alternate", tier=1, country_code="FR"
    )
    assert partners(client, query) == found


def test_a_tie_that_another_office_keeps_waits_for_our_confirmation(hub, client, editor):
    other = HubFactory(place=PlaceFactory(name="Bradford"), name="Office of Bradford")
    shared = factories.partnership(other.place, hub.place, hub=other)
    assert (partners(client, "?confirmed=waiting"), partners(client, "?keeper=other")) == ([], ["Bradford"])
    assert page(client, "?keeper=other").count("you are asked to confirm") == 1  # the filter's own word
    factories.trusted(shared, hub)
    assert partners(client, "?confirmed=waiting") == ["Bradford"]
    assert page(client, "?keeper=other").count("you are asked to confirm") == 2
    shared.sides.filter(place=hub.place).update(confirmed_at=timezone.now())
    assert partners(client, "?confirmed=waiting") == []
    assert "confirmed by you" in page(client, "?keeper=other")


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("place", ["Bradford", "Toul"]),
        ("-place", ["Toul", "Bradford"]),
        ("country", ["Toul", "Bradford"]),
        ("activity", ["Toul", "Bradford"]),
        ("-activity", ["Toul", "Bradford"]),
        ("nonsense", ["Bradford", "Toul"]),
    ],
)
def test_the_table_is_sorted_by_its_headings_and_what_is_unknown_stands_last(
    hub, client, editor, sort, found
):
    tie(hub)
    tie(hub, "Toul", "FR", last_activity=dt.date(2026, 1, 1))
    assert partners(client, f"?sort={sort}") == found


def test_the_table_as_json_says_which_filters_it_was_asked_for(hub, client, editor):
    tie(hub)
    response = client.get("/en/office/hamm/partnerships.json?kind=twinning")
    told = json.loads(b"".join(response.streaming_content))
    assert told["filters"] == {"kind": "twinning"}
    assert [item["partners"] for item in told["items"]] == [["Bradford"]]


def test_no_other_format_is_offered(hub, client, editor):
    assert client.get("/en/office/hamm/partnerships.atom").status_code == 404


def test_an_empty_table_says_what_to_do_next(hub, client, editor):
    shown = page(client)
    assert "No partnership yet" in shown
    assert "Import a list" in shown


def test_filters_that_find_nothing_offer_to_be_removed(hub, client, editor):
    tie(hub)
    assert "No partnership fits these filters" in page(client, "?kind=pact")


def test_fifty_stand_on_a_page(hub, client, editor):
    for number in range(51):
        tie(hub, f"Partner {number:02}")
    assert "Partner 50" not in page(client)
    assert "Partner 50" in page(client, "?page=2")
