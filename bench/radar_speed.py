"""How fast the radar answers, and what it weighs: `python bench/radar_speed.py [cards …]`, by default 10,000 100,000.

The cards are synthetic: countries drawn so that a few are very frequent, one or two themes, ideas of the radar's own
list, thirty words from a vocabulary in which a few are frequent (Zipf), a tenth of the cards with needs and offers, a
point near one of 300 towns. Half of the countries and themes are given, half read less surely from a text. Each
question is one more such card. The index is built, saved and loaded again in a fresh process, which answers:
its memory is what that process holds. The yardstick is one pass over a column as long as the index.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "2")
sys.path[:0] = [str(Path(__file__).resolve().parent.parent / "src")]

import numpy as np  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from concivis.catalogue.radar import Index, Profile, Tag  # noqa: E402
from concivis.catalogue.radar.reading import read  # noqa: E402

QUESTIONS = 200
WORDS = 400_000  # different ones
LIMITS = {100_000: 50.0, 1_000_000: 150.0}  # ms for one entry
SAMPLE = "Brunnen für Ghana\n" + "Wir bohren mit einer Schule aus Kumasi Brunnen und pflegen die Pumpen. " * 3


def main() -> None:
    sizes = [int(word.replace(",", "").replace("_", "")) for word in sys.argv[1:]] or [10_000, 100_000]
    table = Table(title=f"{QUESTIONS} questions each; reading one text: {_reading():.2f} ms")
    columns = (
        "cards",
        "build s",
        "on disk MB",
        "load ms",
        "ms p50",
        "ms p95",
        "ms first",
        "resident MB",
        "anonymous MB",
    )
    for heading in (*columns, "× one pass", "limit ms"):
        table.add_column(heading, justify="right")
    for size in sizes:
        table.add_row(*_row(size))
    Console(width=130).print(table)


def _row(size: int) -> list[str]:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "radar"
        began = time.perf_counter()
        index = Index.of_profiles(cards(size, seed=0))
        built = time.perf_counter() - began
        index.save(folder)
        del index
        disk = sum(path.stat().st_size for path in folder.rglob("*")) / 1e6
        answer = subprocess.run(
            [sys.executable, __file__, "--ask", str(folder)], capture_output=True, text=True, check=True
        )
    facts = json.loads(answer.stdout)
    return [
        f"{size:,}", f"{built:.1f}", f"{disk:.0f}", f"{facts['load']:.0f}", f"{facts['p50']:.1f}",
        f"{facts['p95']:.1f}", f"{facts['first']:.0f}", f"{facts['resident']:.0f}", f"{facts['anonymous']:.0f}",
        f"{facts['p50'] / facts['pass']:.0f}", str(LIMITS.get(size, "–")),
    ]  # fmt: skip


def ask(folder: Path) -> None:
    """In a process of its own: loads, asks, prints what it took as JSON."""
    began = time.perf_counter()
    index = Index.load(folder)
    load = (time.perf_counter() - began) * 1000
    before = _memory("RssAnon")
    times = []
    for question in cards(QUESTIONS, seed=1, prefix="question"):
        began = time.perf_counter()
        found = index.find(question, 10)
        times.append((time.perf_counter() - began) * 1000)
        assert found
    column = np.zeros(len(index), dtype=np.float32)
    began = time.perf_counter()
    for _turn in range(20):
        (column > 0).any()
    one_pass = (time.perf_counter() - began) * 1000 / 20
    ordered = sorted(times[1:])
    facts = {
        "load": load,
        "first": times[0],
        "p50": ordered[len(ordered) // 2],
        "p95": ordered[int(len(ordered) * 0.95)],
        "resident": _memory("VmRSS"),
        "anonymous": _memory("RssAnon") - before,
        "pass": one_pass,
    }
    print(json.dumps(facts))


def cards(count: int, *, seed: int, prefix: str = "card") -> Iterator[Profile]:
    """Synthetic profiles, the same for the same seed."""
    draw = np.random.default_rng(seed)
    world = np.random.default_rng(7)
    towns = np.stack([world.uniform(-50, 60, 300), world.uniform(-180, 180, 300)], axis=1)
    for start in range(0, count, 10_000):
        size = min(10_000, count - start)
        countries = np.minimum(draw.zipf(1.4, (size, 2)), 200)
        themes = draw.integers(0, 68, (size, 2))
        ideas = np.minimum(draw.zipf(1.2, (size, 5)), 170)
        words = np.minimum(draw.zipf(1.15, (size, 30)), WORDS)
        grams = draw.integers(0, 65_536, (size, 20))
        sure = draw.choice([0.6, 0.75, 1.0, 1.0], (size, 2))
        town = draw.integers(0, 300, size)
        for row in range(size):
            tags = {
                Tag.COUNTRY: {f"C{number}": float(sure[row, 0]) for number in countries[row, : 1 + row % 2]},
                Tag.THEME: {f"t{number}": float(sure[row, 1]) for number in themes[row]},
                Tag.IDEA: {f"i{number}": 0.7 for number in ideas[row]},
            }
            yield Profile(
                id=f"{prefix}{start + row}",
                hub=f"hub{(start + row) % 500}",
                kind="initiative",
                tags=tags,
                stems={f"w{number}": 0.5 for number in words[row]},
                grams=frozenset(grams[row].tolist()),
                needs=frozenset({"volunteers"}) if row % 10 == 0 else frozenset(),
                offers=frozenset({"room"}) if row % 10 == 5 else frozenset(),
                point=(float(towns[town[row], 0]), float(towns[town[row], 1])),
            )


def _reading() -> float:
    read(SAMPLE, "de")
    began = time.perf_counter()
    for _turn in range(50):
        read(SAMPLE, "de")
    return (time.perf_counter() - began) * 1000 / 50


def _memory(name: str) -> float:
    """MB, of this process."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1000


if __name__ == "__main__":
    if "--ask" in sys.argv:
        ask(Path(sys.argv[-1]))
    else:
        main()
