"""What the signing of proposals bears: durable, confirmed signatures a second, on the real server.

    python bench/signatures.py --postgres          all tables on PostgreSQL (for figures: on a quiet machine)
    python bench/signatures.py                     all tables on SQLite
    python bench/signatures.py [--postgres] [--seconds 60] [--clients 32] [--workers N] [TABLE …]

Tables: `rate` one proposal for a minute · `million` the same with a million signatures before · `thousand` spread
over a thousand proposals · `slow` five milliseconds more for every sync of the disk (PostgreSQL) · `reading` the page
while signatures pour in.

Everything runs here on loopback: the server as `concivis serve` starts it (granian with its usual workers and the
process of the jobs, settings of production), a database that waits for the disk at every commit (asserted: `fsync`
and `synchronous_commit` are on, or `synchronous` is FULL), and beside them the generator of the load
(`load/generator.py`). Each request is the POST of a mailed key that nobody has pressed before; every twentieth is of
a person who has signed with another key. It counts when its answer has arrived; latencies are from the sending, in
the open loop from when it was due. Afterwards each acknowledged key is looked up.

The yardstick of `rate` is a page of the same server that asks no database: `/en/counting/`, a template in the usual
frame through all of the middleware, with a cookie that keeps it out of the front cache. That of `reading` is a bare
WSGI "hello" on a granian with as many workers and threads, under the same stream of signatures; both are asked as a
browser asks.
"""

import argparse
import itertools
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from load.fill import DOUBLE, key_of
from load.generator import Load, Report, Shot
from load.machine import BadMachine
from load.stack import Stack, is_signed, running

ROOT = Path(__file__).resolve().parent.parent
TABLES = ("rate", "million", "thousand", "slow", "reading")
BUDGET = 900  # attempts a second that are made ready: more than can be signed
SURGE = 100  # signatures a second while pages are read: three times what took a national service down
UNCACHED = "Cookie: csrftoken=x\r\n"
BROWSER = (
    "Accept-Encoding: gzip, deflate, br\r\nAccept-Language: de,en;q=0.5\r\nUser-Agent: Mozilla/5.0 (X11)\r\n"
)
STATIC = "/en/counting/"
OLDEST_COUNT = 10.0  # seconds


def hello(environ, start_response):  # noqa: ANN001, ANN201
    body = b"hello"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


@dataclass
class Row:
    name: str
    report: Report
    cpu: float  # of the server, seconds a second

    def line(self) -> str:
        told = [f"{self.report.percentile(share) * 1000:>8.0f}" for share in (0.5, 0.95, 0.99, 1.0)]
        return (
            f"{self.name:<44}{self.report.rate:>8.0f}{''.join(told)}{self.report.failures:>8}{self.cpu:>7.2f}"
        )


HEADINGS = f"{'':<44}{'a sec':>8}{'p50 ms':>8}{'p95':>8}{'p99':>8}{'max':>8}{'errors':>8}{'CPU':>7}"


@dataclass
class Options:
    postgres: bool
    seconds: float
    clients: int
    workers: int | None

    @property
    def engine(self) -> str:
        return "PostgreSQL" if self.postgres else "SQLite"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tables", nargs="*", choices=[*TABLES, []], metavar="TABLE")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--clients", type=int, help="at the same time (32; on SQLite 8)")
    parser.add_argument("--workers", type=int, help="processes for pages (as many as cores, at most 4)")
    given = parser.parse_args()
    clients = given.clients or (32 if given.postgres else 8)
    options = Options(given.postgres, given.seconds, clients, given.workers)
    print(f"{options.engine}, {os.cpu_count()} cores, load average before {os.getloadavg()[0]:.1f}")
    for table in given.tables or TABLES:
        print(f"\n--- {table} ---", flush=True)
        with ExitStack() as stack:
            MEASURES[table](options, stack)
    print(f"\nload average after {os.getloadavg()[0]:.1f}")


# --- the tables -----------------------------------------------------------------------------------------------


def rate(options: Options, stack: ExitStack) -> None:
    site = Site(options, stack)
    before = site.static()
    signed = site.sign("signatures, one proposal", options.seconds)
    after = site.static()
    print(HEADINGS, before.line(), signed.line(), after.line(), sep="\n")
    static = (before.report.rate + after.report.rate) / 2
    ratio("signatures of the rate of a static template", signed.report.rate, static, 0.5)
    if options.postgres:
        goal("signatures a second", signed.report.rate, 300, "at least")
        goal("p99, ms", signed.report.percentile(0.99) * 1000, 300, "at most")
    else:
        goal("signatures a second", signed.report.rate, 150, "at least")
        goal("p99, ms", signed.report.percentile(0.99) * 1000, 500, "at most")
        goal("longest wait, ms", signed.report.percentile(1) * 1000, 1000, "at most")
    goal("errors", signed.report.failures, 0, "at most")
    site.verify()


def million(options: Options, stack: ExitStack) -> None:
    site = Site(options, stack)
    none = site.sign("none before", options.seconds / 2)
    began = time.monotonic()
    site.stack.python("from load.fill import fill; fill(1, signatures=1_000_000)")
    print(f"a million signatures written in {time.monotonic() - began:.0f} s")
    many = site.sign("a million before", options.seconds / 2)
    print(HEADINGS, none.line(), many.line(), sep="\n")
    ratio("with a million of the rate at none", many.report.rate, none.report.rate, 0.9)
    site.verify()


def thousand(options: Options, stack: ExitStack) -> None:
    site = Site(options, stack)
    quarter = options.seconds / 4
    rows = [  # there and back, so that a change of the machine's speed touches both
        site.sign("one proposal", quarter),
        site.sign("a thousand proposals", quarter, proposals=1000),
        site.sign("a thousand proposals", quarter, proposals=1000),
        site.sign("one proposal", quarter),
    ]
    print(HEADINGS, *(row.line() for row in rows), sep="\n")
    one, many = rows[0].report.rate + rows[3].report.rate, rows[1].report.rate + rows[2].report.rate
    ratio("one proposal of the rate of a thousand", one, many, 0.8)
    site.verify()


def slow(options: Options, stack: ExitStack) -> None:
    if not options.postgres:
        print("left out: one writer of SQLite waits for each sync; the figure is asked of PostgreSQL")
        return
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    try:
        machine = BadMachine(folder, slow_sync=5)
    except FileNotFoundError as error:
        print(f"left out: {error}, which makes the slow disk")
        return
    if not machine.works(folder):
        sys.exit("The library that slows the disk does not work here.")
    clients = max(options.clients, 32)
    site = Site(options, stack, machine.environment)
    signed = site.sign(f"5 ms more a sync, {clients} clients", options.seconds, clients=clients)
    print(HEADINGS, signed.line(), sep="\n")
    goal("signatures a second", signed.report.rate, 300, "at least")
    goal("errors", signed.report.failures, 0, "at most")
    site.verify()


def reading(options: Options, stack: ExitStack) -> None:
    site = Site(options, stack)
    bare = Bare(site.stack)
    stack.enter_context(running(bare))
    site.ready(int(SURGE * options.seconds) + 2000)
    rows, ages = [], []
    for _ in range(2):
        for name, node, path in (("bare server", bare, "/"), ("the page", site.stack, site.page)):
            with Surge(site, options.seconds / 4) as samples:
                rows.append(
                    site.read(
                        f"{name}, {SURGE} signatures a second beside",
                        node,
                        path,
                        options.seconds / 4,
                        BROWSER,
                    )
                )
            ages += samples
    print(HEADINGS, *(row.line() for row in rows), sep="\n")
    hello_rate, page_rate = (sum(row.report.rate for row in rows[first::2]) for first in (0, 1))
    ratio("the page of the rate of the bare server", page_rate, hello_rate, 0.6)
    goal("oldest count on the page, seconds", max(ages, default=float("inf")), OLDEST_COUNT, "at most")
    site.verify()


MEASURES = {"rate": rate, "million": million, "thousand": thousand, "slow": slow, "reading": reading}


def ratio(name: str, value: float, yardstick: float, least: float) -> None:
    share = value / yardstick if yardstick else 0.0
    print(f"{name}: {share:.0%} (goal {least:.0%}) {'reached' if share >= least else 'MISSED'}")


def goal(name: str, value: float, bound: float, side: str) -> None:
    reached = value >= bound if side == "at least" else value <= bound
    print(f"{name}: {value:,.1f} ({side} {bound:,}) {'reached' if reached else 'MISSED'}")


# --- what they are made of ------------------------------------------------------------------------------------


class Site:
    """The server with its database, and keys to press."""

    def __init__(self, options: Options, stack: ExitStack, disk: dict[str, str] | None = None) -> None:
        self.options = options
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        self.folder.chmod(0o755)  # root lends PostgreSQL to nobody, who must find its files
        url = ""
        if options.postgres:
            sys.path.append(str(ROOT / "tests"))
            import postgres

            cluster = self.folder / "cluster"
            cluster.mkdir()
            server = postgres.Server(cluster, postgres.DURABLE, disk)
            server.start()
            stack.callback(server.stop)
            url = server.url
        environment = {"CONCIVIS_WORKERS": str(options.workers)} if options.workers else {}
        self.stack = Stack(self.folder / "data", url, environment=environment)
        self.stack.prepare()
        assert_durable(self.stack)
        self.stack.python("from load.fill import fill; fill(1)")
        self.press = self.stack.presses()
        self.page = self.stack.page()
        self.journal = self.folder / "journal"
        self._next = 0
        stack.enter_context(running(self.stack))
        self._warm()

    def _warm(self) -> None:
        self.static(2)
        self.sign("warm", 2)

    def ready(self, attempts: int, proposals: int = 1) -> Iterator[int]:
        """The numbers of so many fresh attempts."""
        first, self._next = self._next, self._next + attempts
        code = f"from load.fill import fill; fill({proposals}, attempts={attempts}, first={first})"
        self.stack.python(code)
        self._fresh = iter(range(first, self._next))
        return self._fresh

    def sign(self, name: str, seconds: float, *, clients: int = 0, proposals: int = 1) -> Row:
        numbers = self.ready(int(BUDGET * seconds), proposals)
        return self._measure(name, self.load(numbers, seconds, clients=clients))

    def load(
        self, numbers: Iterator[int], seconds: float, *, clients: int = 0, rate: float | None = None
    ) -> Load:
        shots = (Shot(key_of(number), self.press(key_of(number))) for number in numbers)
        return Load(
            [self.stack.port],
            shots,
            clients or self.options.clients,
            seconds,
            is_signed,
            rate=rate,
            journal=self.journal,
            grace=5,
        )

    def static(self, seconds: float = 5) -> Row:
        return self.read("static template", self.stack, STATIC, seconds, UNCACHED)

    def read(self, name: str, node: Stack, path: str, seconds: float, headers: str = "") -> Row:
        payload = node.request(path, headers=headers)
        shots = (Shot(str(number), payload) for number in itertools.count())
        load = Load([node.port], shots, self.options.clients, seconds, lambda status, _: status == 200)
        return self._measure(name, load, node)

    def _measure(self, name: str, load: Load, node: Stack | None = None) -> Row:
        node = node or self.stack
        before = node.cpu_seconds()
        report = load.drive()
        return Row(name, report, (node.cpu_seconds() - before) / max(report.seconds, 0.001))

    def verify(self) -> None:
        """Everything acknowledged is there, once, and the page says so within ten seconds."""
        found, count, waited = self.stack.settled(self.journal)
        print(
            f"acknowledged {found['acknowledged']:,}, lost {found['lost']}, people counted twice {found['twice']}; "
            f"public count {count:,} of {found['rows']:,} rows, {waited:.1f} s after the load"
        )
        if found["lost"] or found["twice"] or count != found["rows"]:
            print("MISSED: what was acknowledged does not stand as it should")


class Bare(Stack):
    """The same server program with a WSGI “hello” in the place of Concivis."""

    def __init__(self, like: Stack) -> None:
        super().__init__(like.folder, environment=like.environment)
        self.serve = BARE


BARE = """
import os, sys
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from concivis.serving import threads
Granian("signatures:hello", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.WSGI, http=HTTPModes.http1,
        workers=int(os.environ.get("CONCIVIS_WORKERS") or min(os.cpu_count() or 1, 4)), blocking_threads=threads(),
        log_level=LogLevels.warning).serve()
"""


def assert_durable(stack: Stack) -> None:
    """At run time, with the settings of the pages. Ends the run where the database does not wait for the disk."""
    said = stack.python(
        """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in ("fsync", "synchronous_commit", "full_page_writes") if connection.vendor == "postgresql" else ():
        cursor.execute(f"SHOW {name}"); print(name, cursor.fetchone()[0])
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA synchronous"); print("synchronous", {2: "on", 3: "on"}.get(cursor.fetchone()[0], "off"))
"""
    )
    if not said or any(not line.endswith(" on") for line in said.splitlines()):
        sys.exit(f"This database does not wait for the disk: {said}")
    print("durable:", ", ".join(said.splitlines()))


class Surge:
    """A stream of signatures beside the block, from a process of its own; gives the ages of the count it saw."""

    def __init__(self, site: Site, seconds: float) -> None:
        self.site, self.seconds, self.ages = site, seconds, []

    def __enter__(self) -> list[float]:
        everybody_new = (number for number in self.site._fresh if number % DOUBLE != 1)
        # drawn here: what the process draws from its copy of the iterator, the next stream would draw once more
        numbers = list(itertools.islice(everybody_new, int(SURGE * self.seconds)))
        load = self.site.load(iter(numbers), self.seconds, clients=16, rate=SURGE)
        context = multiprocessing.get_context("fork")
        self._result, inlet = context.Pipe(False)
        base = self.site.stack.public_count()
        self._process = context.Process(target=lambda: inlet.send(load.drive().answered_at))
        self._began = time.monotonic()
        self._process.start()
        self._samples: list[tuple[float, int]] = []
        self._base = base
        self._watching = threading.Thread(target=self._watch)
        self._watching.start()
        return self.ages

    def _watch(self) -> None:
        while time.monotonic() - self._began < self.seconds:
            time.sleep(0.5)
            count = self.site.stack.public_count()
            self._samples.append((time.monotonic() - self._began, count - self._base))

    def __exit__(self, *_: object) -> None:
        answered = self._result.recv()
        self._watching.join()
        self._process.join()
        for at, count in self._samples:  # so many are shown; the next one was acknowledged so long ago
            if 0 <= count < len(answered) and answered[count] < at:
                self.ages.append(at - answered[count])
        # all of them on the page before the next stream
        end = time.monotonic() + 20
        while self.site.stack.public_count() < self._base + len(answered) and time.monotonic() < end:
            time.sleep(0.2)


if __name__ == "__main__":
    main()
