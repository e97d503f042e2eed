import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from concivis.directory import actions, queries
from concivis.directory.enums import TieKind, TieUnit
from concivis.directory.factories import organisation, tie
from concivis.directory.models import Tie
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import CountryFactory, PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return PlaceFactory(name="Tamale", country__code="GH")


def test_a_tie_to_a_town_is_one_to_its_country_too(town):
    assert tie(organisation(), town).country_id == "GH"


def test_a_number_says_what_it_counts(town):
    with pytest.raises(ValidationError, match="families or people"):
        tie(organisation(), town, number=40)


@pytest.mark.parametrize("number", [0, -1])
def test_a_number_is_at_least_one(town, number):
    with pytest.raises(ValidationError, match="from one up"):
        tie(organisation(), town, number=number, unit=TieUnit.FAMILIES)


@pytest.mark.parametrize("since", [1492, 20260, -5])
def test_a_year_is_one_that_has_begun(town, since):
    with pytest.raises(ValidationError, match="a year"):
        tie(organisation(), town, since=since)


def test_a_town_lies_in_the_country_named(town):
    CountryFactory(code="TG")
    with pytest.raises(ValidationError, match="not in the country"):
        tie(organisation(), town, country="TG")


@pytest.mark.parametrize("country", ["", "XX"])
def test_a_tie_needs_a_country_that_exists(country):
    with pytest.raises(ValidationError, match="country"):
        actions.add_tie(
            by=None, organisation=organisation(), facts=actions.TieFacts(kind=TieKind.ORIGIN, country=country)
        )


def test_the_same_tie_is_noted_once(town):
    body = organisation()
    tie(body, town)
    with pytest.raises(ValidationError, match="already"):
        tie(body, town)


def test_changing_nothing_writes_no_line(town):
    made = tie(organisation(), town)
    before = RecordLine.objects.count()
    actions.change_tie(by=None, tie=made, facts=actions.TieFacts(kind=TieKind.ORIGIN, place=town))
    assert RecordLine.objects.count() == before


def test_a_tie_that_was_taken_out_is_gone(town):
    made = tie(organisation(), town)
    actions.remove_tie(by=None, tie=made)
    assert Tie.objects.count() == 0


def test_the_ties_of_a_city_are_those_of_its_public_organisations(town):
    hub = HubFactory()
    tie(organisation(hub=hub), town)
    tie(organisation(hub=hub, is_published=False), town)
    tie(organisation(), town)
    assert queries.ties_of_hub(hub).count() == 1
    assert queries.ties_of_hub(hub, public_only=False).count() == 2


def test_the_same_families_are_not_counted_twice(town):
    hub = HubFactory()
    tie(organisation(hub=hub), town, number=40, unit=TieUnit.FAMILIES)
    tie(organisation(hub=hub), town, number=25, unit=TieUnit.FAMILIES)
    found = queries.ties_by_place(hub)[town.pk]
    assert (found.families, found.people, found.organisations) == (40, None, 2)


def test_families_whom_a_project_there_serves_do_not_live_here(town):
    hub = HubFactory()
    tie(organisation(hub=hub), town, kind=TieKind.PROJECT, number=40, unit=TieUnit.FAMILIES)
    assert queries.ties_by_place(hub)[town.pk].families is None


def test_ties_to_one_town_come_with_the_largest_number_first(town):
    hub = HubFactory()
    tie(organisation("Small", hub=hub), town, number=3, unit=TieUnit.FAMILIES)
    tie(organisation("Large", hub=hub), town, number=40, unit=TieUnit.FAMILIES)
    assert [stated.organisation for stated in queries.ties_between(hub, town.pk)] == ["Large", "Small"]


def test_a_network_has_members_for_a_time():
    hub = HubFactory()
    member, network = organisation(hub=hub), organisation(hub=hub)
    membership = actions.join_network(by=None, member=member, network=network, since=dt.date(2020, 1, 1))
    with pytest.raises(ValidationError, match="already"):
        actions.join_network(by=None, member=member, network=network)
    with pytest.raises(ValidationError, match="before the first"):
        actions.leave_network(by=None, membership=membership, until=dt.date(2019, 1, 1))
    actions.leave_network(by=None, membership=membership, until=dt.date(2021, 1, 1))
    actions.join_network(by=None, member=member, network=network, since=dt.date(2022, 1, 1))
    assert member.networks.count() == 2


def test_nobody_is_a_member_of_itself_or_of_another_citys_network():
    body = organisation()
    for network in (body, organisation()):
        with pytest.raises(ValidationError):
            actions.join_network(by=None, member=body, network=network)
