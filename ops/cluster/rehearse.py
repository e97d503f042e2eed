"""The rehearsal: two web nodes, a cluster of three PostgreSQL nodes, and the primary is killed while people sign.

    python ops/cluster/rehearse.py [--seconds 75] [--rate 60] [--kill node|postgres]

Everything runs here on loopback and leaves nothing behind. Signatures are confirmed at a steady rate on both web
nodes, a third of the buttons pressed twice; the proposal's page and the home page are read beside it, without a second
try. After fifteen seconds the primary is killed: `node`, Patroni and PostgreSQL at once, as if its machine lost power,
or only `postgres`. Ten seconds after writing goes on the node is started again and becomes a replica. A timeline is
printed as it happens, at the end what was lost, and how long writing and reading stood still. Exit code 1 if anything
acknowledged was lost, writing stood still for thirty seconds or longer, or a page could not be read.

Needs the packages of docs/cluster.md; run it with the project's own Python (`.venv/bin/python`).
"""

import argparse
import itertools
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "bench")]

from cluster import PACKAGES, Cluster, missing
from load.fill import key_of
from load.generator import Load, Report, Shot
from load.stack import Stack, is_signed, running

KILLED_AFTER = 15.0
BACK_AFTER = 10.0  # seconds after writing goes on
LONGEST = 30.0  # seconds without writing
READS = 20  # a second
SILENCE = 2.0  # seconds between two pages that were read: longer is a stop


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=75)
    parser.add_argument("--rate", type=float, default=60, help="signatures a second")
    parser.add_argument("--kill", choices=["node", "postgres"], default="node")
    given = parser.parse_args()
    if missing():
        sys.exit(f"This machine lacks {missing()}. On Debian: {PACKAGES}")
    with ExitStack() as stack:
        return rehearse(stack, given.seconds, given.rate, given.kill)


class Timeline:
    """Says what happens when, in seconds after the load began."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    @property
    def now(self) -> float:
        return time.monotonic() - self.began

    def say(self, what: str) -> None:
        print(f"{self.now:7.1f} s  {what}", flush=True)


def rehearse(stack: ExitStack, seconds: float, rate: float, kill: str) -> int:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    folder.chmod(0o755)
    (folder / "cluster").mkdir()
    cluster = Cluster(folder / "cluster")
    stack.callback(cluster.stop)
    print(
        f"load average {os.getloadavg()[0]:.1f}; starting etcd and three nodes of PostgreSQL under Patroni …"
    )
    cluster.start()
    print("   ", state(cluster))
    one = Stack(folder / "web1", cluster.url)
    two = Stack(folder / "web2", cluster.url, shared=one)
    one.prepare()
    two.prepare()
    one.python(
        "import sys; from load.fill import fill; fill(1, attempts=int(sys.argv[1]))", str(int(rate * seconds))
    )
    press, page = one.presses(), one.page()
    stack.enter_context(running(one))
    stack.enter_context(running(two))
    ports = [one.port, two.port]
    shots = (Shot(key_of(number), press(key_of(number))) for number in range(int(rate * seconds)))
    journal = folder / "journal"
    writing = Load(
        ports, shots, 16, seconds, is_signed,
        rate=rate, repeats=0.3, journal=journal, grace=30,
    )  # fmt: skip
    for node, path, _ in itertools.product((one, two), (page, "/en/"), range(20)):
        node.ask(
            path
        )  # what nobody has asked a worker for since it began, it cannot show without the database
    pages = itertools.cycle([one.request(page), one.request("/en/")])
    reads = (Shot(str(number), next(pages)) for number in itertools.count())
    reading = Load(ports, reads, 8, seconds, lambda status, _: status == 200, rate=READS, again=False)
    timeline = Timeline()
    timeline.say(
        f"load begins: {rate:.0f} signatures a second on two web nodes, {READS} pages a second beside"
    )
    threads = [background(writing.drive), background(reading.drive)]
    break_it(cluster, timeline, writing, kill)
    for thread in threads:
        thread.join()
    return verdict(one, journal, writing.report, reading.report, timeline)


def break_it(cluster: Cluster, timeline: Timeline, writing: Load, kill: str) -> None:
    time.sleep(KILLED_AFTER)
    primary = cluster.primary()
    assert primary is not None
    before = len(writing.report.acknowledged)
    killed_at = timeline.now
    if kill == "node":
        cluster.kill_node(primary)
    else:
        cluster.kill_postgres(primary)
    timeline.say(f"primary “{primary.name}” killed ({kill}), after {before:,} acknowledged signatures")
    announced = False
    while not (new := last_answer(writing.report)) > killed_at + 1:
        successor = cluster.primary()
        if successor and not announced and (successor is not primary or kill == "postgres"):
            timeline.say(f"“{successor.name}” is primary")
            announced = True
        if timeline.now > killed_at + 2 * LONGEST:
            timeline.say("no signature for a minute; giving up")
            return
        time.sleep(0.2)
    timeline.say(f"writing goes on, {new - killed_at:.1f} s after the kill")
    if kill == "node":
        time.sleep(BACK_AFTER)
        cluster.start_node(primary)
        timeline.say(f"“{primary.name}” is started again")
        for _ in range(300):
            if cluster.is_whole():
                timeline.say(f"the cluster is whole: {state(cluster)}")
                return
            time.sleep(0.2)
        timeline.say("the node did not come back within a minute")


def last_answer(report: Report) -> float:
    return report.answered_at[-1] if report.answered_at else 0.0


def state(cluster: Cluster) -> str:
    return ", ".join(
        f"{each['name']} {each['role']}" for each in sorted(cluster.members(), key=lambda m: m["name"])
    )


def verdict(node: Stack, journal: Path, writing: Report, reading: Report, timeline: Timeline) -> int:
    found, count, waited = node.settled(journal)
    print(f"\nacknowledged {found['acknowledged']:,}, of these pressed again {writing.repeats:,}")
    print(f"never answered {writing.unanswered}")
    print(f"acknowledged and lost: {found['lost']}; people counted twice: {found['twice']}")
    print(f"public count {count:,} of {found['rows']:,} rows, {waited:.1f} s after the load")
    print(
        f"writing stood still for {writing.longest_silence:.1f} s; meanwhile: {dict(writing.errors) or 'nothing'}"
    )
    print(
        f"pages read {len(reading.acknowledged):,}, failures {dict(reading.errors) or 0}, longest without a page"
        f" {reading.longest_silence:.1f} s, p99 {reading.percentile(0.99) * 1000:.0f} ms"
    )
    kept = not found["lost"] and not found["twice"] and count == found["rows"] and not writing.unanswered
    quick = writing.longest_silence < LONGEST
    readable = not reading.failures and reading.longest_silence < SILENCE
    for name, true in (
        ("nothing lost", kept),
        ("writing again in time", quick),
        ("reading never stopped", readable),
    ):
        print(f"{name}: {'yes' if true else 'NO'}")
    return 0 if kept and quick and readable else 1


def background(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


if __name__ == "__main__":
    sys.exit(main())
