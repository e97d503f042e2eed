"""Dates of initiatives in calendars."""

import datetime as dt

import pytest
from django.test import Client
from icalendar import Calendar

from concivis.hubs.factories import HubFactory
from concivis.initiatives import factories

pytestmark = pytest.mark.django_db
NEXT = dt.date.today().year + 1


def entries(response) -> list[tuple[str, dt.date, dt.date]]:
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(response.content).walk("VEVENT")
    return [(str(e["summary"]), e.decoded("dtstart"), e.decoded("dtend")) for e in events]


def test_a_short_one_lasts_from_its_first_to_its_last_day(client: Client) -> None:
    factories.initiative("Festival", started=f"{NEXT}-05-03", ended=f"{NEXT}-05-07")
    assert entries(client.get("/en/initiatives.ics")) == [
        ("Festival", dt.date(NEXT, 5, 3), dt.date(NEXT, 5, 8))
    ]


def test_a_long_one_stands_with_its_beginning_and_its_end(client: Client) -> None:
    factories.initiative("Exchange", started=f"{NEXT}-01-15", ended=f"{NEXT}-06-20")
    assert entries(client.get("/en/initiatives.ics")) == [
        ("Exchange begins", dt.date(NEXT, 1, 15), dt.date(NEXT, 1, 16)),
        ("Exchange ends", dt.date(NEXT, 6, 20), dt.date(NEXT, 6, 21)),
    ]


def test_a_month_is_a_month_and_a_year_is_in_no_calendar(client: Client) -> None:
    factories.initiative("May", started=f"{NEXT}-05")
    factories.initiative("Some time", started=str(NEXT))
    assert entries(client.get("/en/initiatives.ics")) == [("May", dt.date(NEXT, 5, 1), dt.date(NEXT, 6, 1))]


def test_the_filters_of_the_list_are_those_of_its_calendar(client: Client) -> None:
    factories.initiative("Choir", started=f"{NEXT}-05-03", kind="festival")
    factories.initiative("Debate", started=f"{NEXT}-05-04", kind="training")
    found = entries(client.get("/en/initiatives.ics?kind=training&stage='%22<script>"))
    assert [title for title, *_ in found] == ["Debate"]


def test_one_is_added_to_a_calendar_from_its_page(client: Client) -> None:
    made = factories.initiative("Choir", started=f"{NEXT}-05-03")
    address = f"/en/initiatives/{made.public_id}/dates.ics"
    assert address in client.get(f"/en/initiatives/{made.public_id}/").content.decode()
    assert [title for title, *_ in entries(client.get(address))] == ["Choir"]


def test_without_a_date_there_is_nothing_to_add(client: Client) -> None:
    made = factories.initiative("Choir")
    assert "dates.ics" not in client.get(f"/en/initiatives/{made.public_id}/").content.decode()
    assert client.get(f"/en/initiatives/{made.public_id}/dates.ics").status_code == 404


def test_a_city_has_one_calendar_of_everything(client: Client) -> None:
    made = factories.initiative("Choir", hub=HubFactory(slug="hamm"), started=f"{NEXT}-05-03")
    factories.initiative("Elsewhere", started=f"{NEXT}-05-03")
    factories.initiative("Unseen", hub=made.hub, published=False, started=f"{NEXT}-05-03")
    assert [title for title, *_ in entries(client.get("/en/hubs/hamm/calendar.ics"))] == ["Choir"]
    assert "Choir" in client.get("/en/hubs/hamm/calendar/").content.decode()


def test_a_private_city_has_no_public_calendar(client: Client) -> None:
    HubFactory(slug="hamm", is_published=False)
    assert client.get("/en/hubs/hamm/calendar.ics").status_code == 404
    assert client.get("/en/hubs/hamm/calendar/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_a_calendar_costs_the_same_however_long_it_is(
    client: Client, many: int, django_assert_num_queries
) -> None:
    hub = HubFactory(slug="hamm")
    for day in range(1, many + 1):
        factories.initiative(hub=hub, started=f"{NEXT}-05-0{day}")
    client.get("/en/hubs/hamm/calendar.ics")
    with django_assert_num_queries(13):
        client.get("/en/hubs/hamm/calendar.ics")
