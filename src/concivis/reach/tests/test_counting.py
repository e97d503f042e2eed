"""What comes into the database, and what is left of it."""

import datetime as dt
import random

import pytest
import time_machine
from django.utils import timezone

from concivis.hubs.factories import HubFactory
from concivis.initiatives import factories
from concivis.reach.actions import close_days, keep, key_of
from concivis.reach.enums import PageKind
from concivis.reach.models import DayCount, DaySalt
from concivis.reach.visits import Owner, Page

pytestmark = pytest.mark.django_db
HAMM = Owner("hub", "hamm")


@pytest.fixture
def hamm():
    return HubFactory(slug="hamm")


def counts(hub=None) -> dict[str, int]:
    return dict(DayCount.objects.filter(hub=hub).values_list("kind", "visitors"))


def identifiers(first: int, last: int) -> set[int]:
    return {random.Random(number).getrandbits(64) for number in range(first, last)}


def today():
    return timezone.localdate()


def test_a_visitor_of_two_kinds_of_pages_is_one_visitor_of_all(hamm):
    keep(today(), {Page(HAMM, PageKind.HOME): {1 << 60}, Page(HAMM, PageKind.INITIATIVES): {1 << 60}})
    assert counts(hamm) == counts() == {"all": 1, "home": 1, "initiatives": 1}


def test_what_several_processes_hand_over_comes_together(hamm):
    keep(today(), {Page(HAMM, PageKind.HOME): identifiers(1, 30)})
    keep(today(), {Page(HAMM, PageKind.HOME): identifiers(20, 41)})
    assert abs(counts(hamm)["all"] - 40) <= 1


def test_an_embed_on_another_website_is_counted_apart(hamm):
    keep(today(), {Page(HAMM, PageKind.EMBED): {1 << 60}})
    assert counts(hamm) == {"embed": 1}


def test_the_page_of_an_initiative_counts_for_its_city(hamm):
    made = factories.initiative(hub=hamm)
    keep(today(), {Page(Owner("initiative", made.public_id), PageKind.INITIATIVES): {1 << 60}})
    assert counts(hamm) == {"all": 1, "initiatives": 1}


def test_a_city_that_is_not_there_or_not_public_is_not_counted():
    HubFactory(slug="private", is_published=False)
    keep(today(), {Page(Owner("hub", name), PageKind.HOME): {1} for name in ("private", "nowhere")})
    assert DayCount.objects.count() == 0


def test_the_key_of_a_day_is_the_same_for_all_processes_and_another_on_the_next():
    first = key_of(today())
    assert key_of(today()) == first
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert key_of(today()) != first


def test_the_database_alone_does_not_give_the_key(settings):
    first = key_of(today())
    settings.SECRET_KEY = "another"
    assert key_of(today()) != first


def test_with_the_new_day_the_old_salt_is_gone():
    key_of(today())
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        key_of(today())
        assert list(DaySalt.objects.values_list("day", flat=True)) == [today()]


def test_a_clock_that_is_behind_does_not_destroy_the_salt_of_today():
    first = key_of(today())
    key_of(today() - dt.timedelta(days=1))
    assert key_of(today()) == first


def test_when_the_day_is_over_only_its_number_is_left(hamm):
    keep(today(), {Page(HAMM, PageKind.HOME): {1 << 60}})
    key_of(today())
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, hours=1)):
        close_days()
    assert set(DayCount.objects.values_list("visitors", "registers")) == {(1, None)}
    assert DaySalt.objects.count() == 0


def test_a_day_that_is_closed_takes_no_more(hamm):
    keep(today() - dt.timedelta(days=2), {Page(HAMM, PageKind.HOME): {1 << 60}})
    assert DayCount.objects.count() == 0


def test_what_was_seen_before_midnight_may_come_shortly_after(hamm):
    midnight = dt.datetime.combine(today() + dt.timedelta(days=1), dt.time(), timezone.get_current_timezone())
    day = today()
    with time_machine.travel(midnight + dt.timedelta(minutes=3)):
        close_days()
        keep(day, {Page(HAMM, PageKind.HOME): {1 << 60}})
    assert counts(hamm)["all"] == 1


@pytest.mark.parametrize("many", [1, 3])
def test_handing_over_costs_little_more_for_many_cities(many, django_assert_num_queries):
    seen = {Page(Owner("hub", HubFactory().slug), PageKind.HOME): {1 << 60} for _ in range(many)}
    keep(today(), seen)
    with django_assert_num_queries(5 + 2 + 2 * many):  # savepoints and reads; a write for each row
        keep(today(), seen)
