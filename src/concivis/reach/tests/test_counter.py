"""What is held in a process, in front of the front cache."""

import datetime as dt
from collections import defaultdict

import pytest

from concivis.reach import counter
from concivis.reach.counter import Counter
from concivis.reach.enums import PageKind
from concivis.reach.tests.test_visits import environ
from concivis.reach.visits import Owner, Page

HAMM = Page(Owner("hub", "hamm"), PageKind.HOME)


class House:
    """A site and a database, as the counter sees them."""

    def __init__(self, status="200 OK"):
        self.status, self.day = status, dt.date(2026, 11, 28)
        self.kept = defaultdict(set)
        self.is_away = False
        self.counter = Counter(
            self.site,
            key_of=self.key_of,
            keep=self.keep,
            today=lambda: self.day,
            behind_proxy=False,
            seconds=600,
        )

    def site(self, environ, start_response):
        start_response(self.status, [("Content-Type", "text/html")])
        return [b"page"]

    def key_of(self, day):
        if self.is_away:
            raise ConnectionError
        return day.isoformat().encode()

    def keep(self, day, seen):
        if self.is_away:
            raise ConnectionError
        for page, visitors in seen.items():
            self.kept[day, page] |= visitors

    def visit(self, path="/en/hubs/hamm/", **said):
        return b"".join(self.counter(environ(PATH_INFO=path, **said), lambda *heard: None))

    def counted(self):
        self.counter.hand_over()
        return {page: len(visitors) for (_day, page), visitors in self.kept.items()}


@pytest.fixture
def house():
    made = House()
    yield made
    if made.counter._timer:
        made.counter._timer.cancel()


def test_a_visitor_is_counted_once(house):
    for _again in range(3):
        house.visit()
    house.visit(REMOTE_ADDR="192.0.2.2")
    assert house.counted() == {HAMM: 2}


@pytest.mark.parametrize(
    ("status", "counted"), [("304 Not Modified", {HAMM: 1}), ("404 Not Found", {}), ("302 Found", {})]
)
def test_a_page_counts_that_was_seen_also_from_a_browsers_cache(status, counted):
    house = House(status)
    house.visit()
    assert house.counted() == counted


def test_who_asks_not_to_be_tracked_gets_the_page_all_the_same(house):
    assert house.visit(HTTP_DNT="1") == b"page"
    assert house.counted() == {}


def test_at_midnight_begins_another_day_with_another_key(house):
    house.visit()
    house.day += dt.timedelta(days=1)
    house.counter._looked_at = float("-inf")
    house.visit()
    house.counter.hand_over()
    [[first], [second]] = house.kept.values()
    assert first != second


def test_what_the_database_did_not_take_is_held_for_the_next_time(house):
    house.visit()
    house.is_away = True
    assert house.counted() == {}
    house.visit(REMOTE_ADDR="192.0.2.2")
    house.is_away = False
    assert house.counted() == {HAMM: 2}


def test_without_a_database_pages_are_answered_and_nobody_is_counted():
    house = House()
    house.is_away = True
    assert house.visit() == b"page"
    house.is_away = False
    assert house.counted() == {}


def test_memory_is_bounded_while_the_database_is_away(house, monkeypatch):
    monkeypatch.setattr(counter, "MOST_HELD", 10)
    monkeypatch.setattr(Counter, "_start_timer", lambda self, seconds: None)
    for number in range(100):
        house.visit(REMOTE_ADDR=f"192.0.2.{number}")
    assert house.counter._many == sum(map(len, house.counter._held.values())) == 20


def test_what_comes_back_from_the_database_finds_the_same_bound(house, monkeypatch):
    monkeypatch.setattr(counter, "MOST_HELD", 10)
    monkeypatch.setattr(Counter, "_start_timer", lambda self, seconds: None)

    def away_while_others_visit(day, seen):
        for number in range(100, 200):
            house.visit(REMOTE_ADDR=f"192.0.2.{number}")
        raise ConnectionError

    for number in range(8):
        house.visit(REMOTE_ADDR=f"192.0.2.{number}")
    house.counter._keep = away_while_others_visit
    house.counter.hand_over()
    assert house.counter._many == sum(map(len, house.counter._held.values())) == 20


def test_a_hand_over_comes_by_itself(monkeypatch):
    house = House()
    house.counter._seconds = 0.01
    house.visit()
    house.counter._timer.join()
    assert house.kept
