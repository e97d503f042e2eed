"""A site under load, on a machine that can be made bad."""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from load.fill import key_of
from load.generator import Load, Report, Shot
from load.machine import BadMachine
from load.stack import Stack, is_signed, running
from newsletter import Sink

import postgres
from tables import lay_tables

REPEATS = 0.3  # of the buttons are pressed twice on purpose
RATE = 60  # signatures a second, so that the test is about faults and not about speed
COUNTED_WITHIN = 10.0  # seconds after the load
CHECK = "import sys; from load.check import main; main(sys.argv[1])"
FILL = "import sys; from load.fill import fill; fill(1, attempts=int(sys.argv[1]), first=int(sys.argv[2]))"


@dataclass
class Scene:
    folder: Path
    durable: dict[str, str] | None = None  # PostgreSQL's settings; SQLite without
    server: postgres.Server | None = None
    machine: BadMachine | None = None
    stack: Stack = field(init=False)
    sink: Sink = field(init=False)  # takes every mail
    _first: int = 0

    @contextmanager
    def running(self) -> Iterator["Scene"]:
        try:
            self.machine = BadMachine(self.folder)
        except FileNotFoundError:  # no compiler: the tests that need it are skipped
            self.machine = None
        bad = self.machine.environment if self.machine else {}
        if self.durable is not None:
            (self.folder / "cluster").mkdir()
            self.server = postgres.Server(self.folder / "cluster", self.durable, bad)
            self.server.start()
        self.sink = Sink(self.folder)
        mail = {
            "CONCIVIS_SMTP_HOST": "127.0.0.1",
            "CONCIVIS_SMTP_PORT": str(self.sink.port),
            "CONCIVIS_SMTP_STARTTLS": "0",
        }
        try:
            url = self.server.url if self.server else ""
            self.stack = Stack(self.folder / "data", url, environment={**bad, **mail})
            self.stack.folder.mkdir()
            if not self.server:
                lay_tables(self.stack.folder)
            self.stack.prepare()
            self.stack.python(FILL, "0", "0")
            with running(self.stack):
                yield self
        finally:
            if self.server:
                self.server.stop()
            self.sink.stop()

    @cached_property
    def page(self) -> str:
        return self.stack.page()

    @cached_property
    def press(self) -> Callable[[str], bytes]:
        return self.stack.presses()

    def bad_machine(self) -> BadMachine:
        import pytest

        if self.machine is None:
            pytest.skip("no C compiler (cc) on this machine, which makes the bad disk and the wrong clock")
        return self.machine

    def keys(self, number: int) -> range:
        """The numbers of fresh attempts."""
        first, self._first = self._first, self._first + number
        self.stack.python(FILL, str(number), str(first))
        return range(first, self._first)

    @contextmanager
    def load(self, seconds: float, *, clients: int = 8) -> Iterator["UnderLoad"]:
        """People sign while the block runs, and press until they are answered. `seconds`: at most so long."""
        shots = (
            Shot(key_of(number), self.press(key_of(number))) for number in self.keys(int(RATE * seconds))
        )
        journal = self.folder / f"journal{self._first}"
        load = Load(
            [self.stack.port], shots, clients, seconds, is_signed,
            rate=RATE, repeats=REPEATS, journal=journal, grace=60,
        )  # fmt: skip
        under = UnderLoad(self, load, journal)
        thread = threading.Thread(target=load.drive)
        thread.start()
        try:
            until(lambda: bool(load.report.acknowledged), 60, "the first signature")
            yield under
        finally:
            load.stop()
            thread.join()

    def read_by_every_worker(self) -> None:
        """So that each keeps the page; which of them answers is chance."""
        for _ in range(20):
            assert self.stack.ask(self.page)[0] == 200

    def press_later(self) -> bytes:
        """The request of somebody who has a key and has not pressed yet."""
        (number,) = self.keys(1)
        return self.press(key_of(number))

    def ask_raw(self, request: bytes) -> tuple[int, dict[str, str], str]:
        """Status, headers and page."""
        status, head, body = self.stack.send(
            request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
        )
        lines = (line.partition(":") for line in head.decode().split("\r\n")[1:])
        return status, {name.lower(): value.strip() for name, _, value in lines}, body.decode()


@dataclass
class UnderLoad:
    scene: Scene
    load: Load
    journal: Path

    @property
    def report(self) -> Report:
        return self.load.report

    @property
    def signed(self) -> int:
        return len(self.report.acknowledged)

    def goes_on(self, seconds: float = 60) -> None:
        """Returns when somebody has signed from now on."""
        before = self.signed
        until(lambda: self.signed > before, seconds, "a signature after the fault")

    def nothing_is_lost(self) -> None:
        """Call it after the load."""
        stack = self.scene.stack
        found = json.loads(stack.python(CHECK, str(self.journal)))
        assert found["acknowledged"] == self.signed > 0
        assert (found["lost"], found["twice"], self.report.unanswered) == (0, 0, 0)
        assert self.report.repeats > 0
        until(
            lambda: stack.public_count() == found["rows"],
            COUNTED_WITHIN,
            f"a public count of {found['rows']}",
        )


def until(true: Callable[[], bool], seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{what} did not come within {seconds:.0f} seconds"
        time.sleep(0.1)


def longer(name: str, usual: int) -> int:
    """What a run in the night sets higher, by an environment variable."""
    return int(os.environ.get(name) or usual)
