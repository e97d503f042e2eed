"""The office's page, its files, its settings, and what everybody sees."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub, RecordLine
from concivis.hubs.testing import asks, assert_permission_table, people_around
from concivis.reach import actions, queries
from concivis.reach.models import DayCount, HubReach

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub() -> Hub:
    return HubFactory(slug="hamm", place__population=180_000)


@pytest.fixture
def coordinator(hub: Hub) -> Client:
    client = Client()
    client.force_login(MembershipFactory(hub=hub).user)
    return client


def counted(hub: Hub | None, *visitors: int, kind: str = "all", until: dt.date | None = None) -> None:
    """The last of them yesterday."""
    last = until or timezone.localdate() - dt.timedelta(days=1)
    for back, number in enumerate(reversed(visitors)):
        DayCount.objects.create(hub=hub, kind=kind, day=last - dt.timedelta(days=back), visitors=number)


def at(name: str, *args: object) -> str:
    return reverse(f"reach:{name}", args=["hamm", *args])


def text(response) -> str:
    return response.content.decode()


def test_who_may_see_and_change(hub: Hub) -> None:
    rows = [
        ("GET", at("office"), "login 404 200 200 200 200 200 404"),
        ("GET", at("office_export", "csv"), "login 404 200 200 200 200 200 404"),
        ("GET", at("office_settings"), "login 404 403 403 403 403 200 404"),
        ("POST", at("office_settings"), "login 404 403 403 403 403 302 404"),
    ]
    assert_permission_table(people_around(hub), rows)


def test_a_figure_is_shown_as_a_share_of_the_population(hub: Hub, coordinator: Client) -> None:
    counted(hub, 100, 260, 180)
    shown = text(coordinator.get(at("office")))
    assert [words in shown for words in ("180,000 people", "0.14%", "0.10%")] == [True] * 3


def test_the_electorate_takes_the_place_of_the_population_with_its_source(
    hub: Hub, coordinator: Client
) -> None:
    counted(hub, 130)
    said = {"electorate": 130_000, "electorate_on": "2025-09-14", "electorate_source": "Electoral office"}
    assert coordinator.post(at("office_settings"), said).status_code == 302
    shown = text(coordinator.get(at("office")))
    assert "130,000 people entitled to vote (Electoral office, 2025-09-14)" in shown
    assert RecordLine.objects.filter(action="reach.set").count() == 1


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"electorate": "10"}, ["electorate_on", "electorate_source"]),
        ({"electorate": "0", "electorate_on": "2025-01-01", "electorate_source": "x"}, ["electorate"]),
        ({"electorate": "10", "electorate_on": "2525-01-01", "electorate_source": "x"}, ["electorate_on"]),
        ({"electorate": "9" * 30, "electorate_on": "2025-01-01", "electorate_source": "x"}, ["electorate"]),
    ],
)
def test_a_number_without_date_and_source_is_not_taken(
    coordinator: Client, said: dict[str, str], wrong: list[str]
) -> None:
    response = coordinator.post(at("office_settings"), said)
    assert (sorted(response.context["form"].errors), HubReach.objects.count()) == (wrong, 0)


def test_the_database_wants_a_source_too(hub: Hub) -> None:
    with pytest.raises(ValidationError):
        actions.set_reach(by=None, hub=hub, electorate=10)


def test_days_without_visitors_are_days(hub: Hub) -> None:
    counted(hub, 10)
    counted(hub, 20, until=queries.yesterday() - dt.timedelta(days=3))
    found = queries.span(hub, queries.yesterday() - dt.timedelta(days=29), queries.yesterday())
    assert found and ([each.visitors for each in found.days], found.mean) == ([20, 0, 0, 10], 7.5)


def test_different_people_of_a_month_lie_between_its_busiest_day_and_all_its_days(hub: Hub) -> None:
    counted(hub, 30, 50, 20, until=dt.date(2026, 10, 20))
    [october] = queries.months(hub, dt.date(2026, 10, 20))
    assert (october.at_least, october.at_most) == (50, 100)


def test_a_month_is_never_mixed_with_another(hub: Hub) -> None:
    counted(hub, 1, 2, 3, 4, until=dt.date(2026, 10, 2))
    spans = queries.months(hub, dt.date(2026, 10, 2))
    assert [(each.first.month, each.at_most) for each in spans] == [(10, 7), (9, 3)]


def test_the_table_as_a_file_has_finished_days_only(hub: Hub, coordinator: Client) -> None:
    counted(hub, 7)
    DayCount.objects.create(hub=hub, kind="all", day=timezone.localdate(), visitors=3)
    lines = b"".join(coordinator.get(at("office_export", "csv")).streaming_content).decode().split()
    assert lines[1:] == [f"{queries.yesterday()},all,7"]


def test_an_empty_page_says_when_figures_come(coordinator: Client) -> None:
    assert "Nothing is counted yet" in text(coordinator.get(at("office")))


def test_the_public_sees_rounded_figures_only_where_the_office_wants_it(
    hub: Hub, client: Client, coordinator: Client
) -> None:
    counted(hub, 1234, 1287, 3)
    assert client.get(at("public")).status_code == 404
    coordinator.post(at("office_settings"), {"is_public": "on"})
    response = client.get(at("public"))
    assert ("1,300" in text(response), "1,287" in text(response)) == (True, False)
    assert (response.cookies, "no-store" in response["Cache-Control"]) == ({}, True)
    assert at("public") in text(client.get("/en/hubs/hamm/"))


def test_a_private_city_shows_nothing(hub: Hub, client: Client) -> None:
    actions.set_reach(by=None, hub=hub, is_public=True)
    Hub.objects.update(is_published=False)
    assert client.get(at("public")).status_code == 404


def test_everybody_may_read_how_visits_are_counted(client: Client) -> None:
    response = client.get("/en/counting/")
    assert ("3.25%" in text(response), response.cookies) == (True, {})


@pytest.mark.parametrize("days", [1, 30])
def test_the_page_costs_the_same_for_one_day_and_for_a_month(
    hub: Hub, coordinator: Client, days: int
) -> None:
    counted(hub, *range(1, days + 1))
    coordinator.get(at("office"))
    with asks(9):
        coordinator.get(at("office"))
