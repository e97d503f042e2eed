from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import OperationalError

from concivis.hubs import deliveries, scheduled
from concivis.hubs.models import ScheduledRun
from concivis.shell import schedule

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(time_machine, monkeypatch):
    for room in (schedule, scheduled):
        monkeypatch.setattr(room, "RECURRING", {})
    scheduled.RECURRING = schedule.RECURRING
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def called():
    """What was called; one function runs every hour, another every day."""
    found = []

    @schedule.every(minutes=60)
    def hourly():
        found.append("hourly")

    @schedule.every(minutes=60 * 24)
    def daily():
        found.append("daily")

    return found


def test_what_was_never_called_is_due(called):
    scheduled.run_due()
    assert called == ["hourly", "daily"]


def test_what_was_called_is_due_again_after_its_interval(called, noon):
    scheduled.run_due()
    noon.shift(timedelta(minutes=59))
    scheduled.run_due()
    assert called == ["hourly", "daily"]
    noon.shift(timedelta(minutes=1))
    scheduled.run_due()
    assert called == ["hourly", "daily", "hourly"]


def test_of_two_processes_that_see_it_due_one_calls_it(called):
    due = scheduled._due(NOON)
    assert [scheduled._claim(each, NOON) for each in [*due, *due]] == [True, True, False, False]


def test_a_failure_is_logged_and_keeps_nothing_else_from_running(called, caplog):
    @schedule.every(minutes=1)
    def broken():
        raise ZeroDivisionError

    names = scheduled.run_due()
    assert called == ["hourly", "daily"]
    assert names[-1].endswith("broken")
    assert "broken failed; it is called again in 0:01:00" in caplog.text


def test_a_process_that_is_killed_takes_nothing_along_that_had_not_begun(called):
    class Killed(BaseException):
        pass

    def dies():
        raise Killed

    schedule.RECURRING = {}
    first = schedule.Recurring("a.dies", timedelta(days=1), dies)
    rest = dict(scheduled.RECURRING)
    scheduled.RECURRING.clear()
    scheduled.RECURRING.update({first.name: first, **rest})
    with pytest.raises(Killed):
        scheduled.run_due()
    assert called == []
    scheduled.run_due()
    assert called == ["hourly", "daily"]


def test_a_stamp_of_the_future_comes_from_a_wrong_clock_and_holds_nothing_up(called):
    scheduled.run_due()
    ScheduledRun.objects.update(last_started_at=NOON + timedelta(days=400))
    scheduled.run_due()
    assert called == ["hourly", "daily"] * 2


def test_nothing_due_costs_one_query(called, django_assert_num_queries):
    scheduled.run_due()
    with django_assert_num_queries(1):
        assert scheduled.run_due() == []


@pytest.mark.filterwarnings("error")
def test_a_database_that_is_away_is_waited_for(monkeypatch, caplog):
    stop, seen = Event(), []

    def away():
        seen.append(1)
        if len(seen) == 2:
            stop.set()
            return
        raise OperationalError("the server is starting up")

    monkeypatch.setattr(scheduled, "LOOK_EVERY", 0)
    monkeypatch.setattr(scheduled, "close_old_connections", lambda: None)
    monkeypatch.setattr(scheduled, "run_due", away)
    scheduled.run_for_good(stop)
    assert seen == [1, 1]
    assert "the server is starting up" in caplog.text


def test_messages_are_looked_for_every_minute(monkeypatch):
    monkeypatch.undo()
    own = schedule.RECURRING["hubs.deliveries.deliver_due"]
    assert (own.function, own.interval) == (deliveries.deliver_due, timedelta(minutes=1))
