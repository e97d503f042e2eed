"""What is done all the time, in threads of the background jobs."""

from threading import Event

import pytest
from django.db import OperationalError

from concivis.hubs import scheduled
from concivis.shell import schedule
from concivis.shell.schedule import Steady


def run(monkeypatch: pytest.MonkeyPatch, *functions: object) -> None:
    """Until the last of them has set the event that it was given."""
    stop = Event()
    monkeypatch.setattr(scheduled, "close_old_connections", lambda: None)
    steady = {str(n): Steady(str(n), 0.001, lambda f=f: f(stop)) for n, f in enumerate(functions)}  # type: ignore[misc, operator]
    monkeypatch.setattr(scheduled, "STEADY", steady)
    for thread in scheduled.run_steadily(stop):
        thread.join(10)
        assert not thread.is_alive()


def test_it_is_called_again_and_again_and_one_does_not_wait_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    called: list[str] = []
    other = Event()

    def slow(stop: Event) -> None:
        assert other.wait(10)

    def quick(stop: Event) -> None:
        called.append("quick")
        if len(called) >= 3:
            other.set()
            stop.set()

    run(monkeypatch, slow, quick)
    assert called[:3] == ["quick"] * 3


@pytest.mark.parametrize("error", [OperationalError("the server is starting up"), ValueError("a mistake")])
def test_what_fails_is_told_and_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    called: list[int] = []

    def fails_once(stop: Event) -> None:
        called.append(1)
        if len(called) == 1:
            raise error
        stop.set()

    run(monkeypatch, fails_once)
    assert len(called) == 2
    assert str(error) in caplog.text


def test_signatures_are_counted_letters_sent_and_deadlines_seen_within_seconds() -> None:
    seconds = {
        name: steady.seconds for name, steady in schedule.STEADY.items() if name.startswith("proposals")
    }
    assert seconds == {
        "proposals.signing_letters.send_due": 1,
        "proposals.counting.count_collecting": 2,
        "proposals.closing.see_deadlines": 2,
    }
