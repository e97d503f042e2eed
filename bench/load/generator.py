"""A light client of HTTP/1.1 for many connections in one thread: some forty microseconds of CPU a request.

Closed loop: each client sends its next request when the last is answered. Open loop (`rate`): requests fall due at
equal intervals whatever the server does, and are timed from then, so that a server that halts is not forgiven
the requests that nobody could send meanwhile.
"""

import random
import selectors
import socket
import time
from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

PATIENCE = 30.0  # seconds for one answer
AGAIN = 0.5  # seconds until a request that failed is sent again


@dataclass
class Shot:
    """One request. `key` goes into the journal once it is acknowledged."""

    key: str
    payload: bytes
    due: float = 0.0
    tries: int = 0
    is_repeat: bool = False


@dataclass
class Report:
    seconds: float = 0.0
    acknowledged: list[str] = field(default_factory=list)  # keys, each once
    repeats: int = 0  # acknowledged once more
    latencies: "array[float]" = field(default_factory=lambda: array("d"))  # seconds
    statuses: Counter[int] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0  # shots that were never acknowledged
    answered_at: "array[float]" = field(default_factory=lambda: array("d"))  # seconds after the start

    @property
    def rate(self) -> float:
        """Of acknowledged requests, repeats not counted, a second."""
        return len(self.acknowledged) / self.seconds if self.seconds else 0.0

    @property
    def failures(self) -> int:
        return sum(self.errors.values())

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0

    @property
    def longest_silence(self) -> float:
        """Seconds between two answers."""
        times = [0.0, *self.answered_at, self.seconds]
        return max((after - before for before, after in pairwise(times)), default=0.0)


class Client:
    """One connection with at most one request under way."""

    __slots__ = ("answer", "port", "sent_at", "shot", "sock")

    def __init__(self, port: int) -> None:
        self.port = port
        self.sock: socket.socket | None = None
        self.shot: Shot | None = None
        self.answer = b""
        self.sent_at = 0.0


@dataclass
class Load:
    """`drive()` sends `shots` for `seconds` with so many clients, spread over `ports`.

    `accepts(status, body)` says whether an answer acknowledges the request; what does not is sent again half a second
    later, as a person would, unless `again` is False. `repeats`: the share of acknowledged requests that are sent once
    more on purpose. `grace`: seconds after the end in which what is still open may be sent again.
    """

    ports: Sequence[int]
    shots: Iterator[Shot]
    clients: int
    seconds: float
    accepts: Callable[[int, bytes], bool]
    rate: float | None = None
    repeats: float = 0.0
    again: bool = True
    grace: float = 0.0
    journal: Path | None = None
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    def __post_init__(self) -> None:
        self.report = Report()
        self._dry = False  # whether the shots ran out, or were stopped, before the time was over

    def drive(self) -> Report:
        self._selector = selectors.DefaultSelector()
        self._later: deque[tuple[float, Shot]] = deque()
        self._known: set[str] = set()
        self._number = 0
        self._journal = self.journal.open("a", encoding="ascii") if self.journal else None
        clients = [Client(self.ports[number % len(self.ports)]) for number in range(self.clients)]
        self._idle = deque(clients)
        self._start = time.monotonic()
        try:
            self._run(clients)
        finally:
            for client in clients:
                self._drop(client)
            self._selector.close()
            if self._journal:
                self._journal.close()
        return self.report

    def stop(self) -> None:
        """From another thread: nothing new is sent."""
        self._dry = True

    def _run(self, clients: list[Client]) -> None:
        end, looked_at = self._start + self.seconds, self._start
        while True:
            now = time.monotonic()
            self._send_due(now, fresh=now < end and not self._dry)
            for ready, _mask in self._selector.select(0.005 if self.rate or self._later else 0.05):
                self._receive(ready.data)
            if now - looked_at > 1:
                looked_at = now
                self._give_up(clients, now)
            if now >= end or self._dry:
                end = min(end, now)
                busy = len(self._idle) < len(clients)
                if self.report.seconds == 0:
                    self.report.seconds = now - self._start
                if not busy and (not self._later or now >= end + self.grace):
                    break
                if now >= end + self.grace + PATIENCE:
                    break
        self.report.unanswered = len(self._later) + sum(client.shot is not None for client in clients)

    def _send_due(self, now: float, *, fresh: bool) -> None:
        while self._idle:
            shot = self._next(now, fresh=fresh)
            if shot is None:
                return
            self._send(self._idle.popleft(), shot)

    def _next(self, now: float, *, fresh: bool) -> Shot | None:
        if self._later and self._later[0][0] <= now:
            return self._later.popleft()[1]
        if not fresh:
            return None
        due = self._start + self._number / self.rate if self.rate else now
        if due > now:
            return None
        shot = next(self.shots, None)
        if shot is None:
            self._dry = True
        else:
            self._number += 1
            shot.due = due
        return shot

    def _send(self, client: Client, shot: Shot) -> None:
        client.shot, client.answer, client.sent_at = shot, b"", time.monotonic()
        shot.tries += 1
        try:
            if client.sock is None:
                client.sock = socket.create_connection(("127.0.0.1", client.port), 2)
                client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._selector.register(client.sock, selectors.EVENT_READ, client)
            client.sock.sendall(shot.payload)
            client.sock.setblocking(False)
        except OSError as error:
            self._failed(client, type(error).__name__)

    def _receive(self, client: Client) -> None:
        if client.sock is None:
            return
        try:
            data = client.sock.recv(262_144)
        except BlockingIOError:
            return
        except OSError as error:
            self._failed(client, type(error).__name__)
            return
        if not data:
            self._failed(client, "connection closed")
            return
        client.answer += data
        found = parsed(client.answer)
        if found is not None:
            self._answered(client, *found)

    def _answered(self, client: Client, status: int, body: bytes, keep: bool) -> None:
        shot = client.shot
        if not keep:
            self._drop(client)
        elif client.sock is not None:
            client.sock.setblocking(True)
        self._release(client)
        if shot is None:
            return
        now = time.monotonic()
        self.report.statuses[status] += 1
        if not self.accepts(status, body):
            self._note_failure(shot, f"answer {status}")
            return
        if shot.is_repeat or shot.key in self._known:
            self.report.repeats += 1
            return
        self._known.add(shot.key)
        self.report.acknowledged.append(shot.key)
        self.report.latencies.append(now - shot.due)
        self.report.answered_at.append(now - self._start)
        if self._journal:
            self._journal.write(f"{shot.key}\n")
        if self.repeats and self.chance.random() < self.repeats:
            self._later.append((now, Shot(shot.key, shot.payload, due=now, is_repeat=True)))

    def _failed(self, client: Client, why: str) -> None:
        shot = client.shot
        self._drop(client)
        self._release(client)
        if shot is not None:
            self._note_failure(shot, why)

    def _note_failure(self, shot: Shot, why: str) -> None:
        self.report.errors[why] += 1
        if self.again:
            self._later.append((time.monotonic() + AGAIN, shot))

    def _release(self, client: Client) -> None:
        if client.shot is not None:
            client.shot = None
            self._idle.append(client)
            if len(self.ports) > 1 and client.sock is None:  # as a balancer would, after a failure
                client.port = self.ports[(self.ports.index(client.port) + 1) % len(self.ports)]

    def _drop(self, client: Client) -> None:
        if client.sock is not None:
            with suppress(KeyError, ValueError):
                self._selector.unregister(client.sock)
            client.sock.close()
            client.sock = None

    def _give_up(self, clients: list[Client], now: float) -> None:
        for client in clients:
            if client.shot is not None and now - client.sent_at > PATIENCE:
                self._failed(client, f"no answer in {PATIENCE:.0f} s")


def parsed(data: bytes) -> tuple[int, bytes, bool] | None:
    """Status, body, and whether the connection stays; None while the answer is not whole."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = data[:end].lower()
    status, keep = int(data[9:12]), b"connection: close" not in head
    at = head.find(b"content-length:")
    if at >= 0:
        length = int(head[at + 15 : (head.find(b"\r\n", at) + 1 or len(head) + 1) - 1])
        body = data[end + 4 : end + 4 + length]
        return (status, body, keep) if len(body) == length else None
    if status in {204, 304}:
        return status, b"", keep
    if b"transfer-encoding: chunked" in head:
        return (status, data[end + 4 :], keep) if data.endswith(b"0\r\n\r\n") else None
    return status, data[end + 4 :], False
