"""Type-ahead over the whole gazetteer: `python bench/suggest.py`, on the database of CONCIVIS_DATA or DATABASE_URL.

Load it first (`manage load_gazetteer`). The yardstick is the least a request can ask of the database, in the same
process and run: `SELECT 1` and one place by its key. CPU is this process's: on SQLite all there is, on PostgreSQL
without the server. The clock also counts what else the machine does.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concivis.site.settings")
os.environ.setdefault("CONCIVIS_DEMO", "1")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

from concivis.places.models import Place, PlaceName  # noqa: E402
from concivis.places.queries import suggest  # noqa: E402

TEXTS = (
    "a", "b", "k", "m", "s", "ب", "н", "东", "ha", "sa", "бе", "بي", "san", "sha", "santa", "san jose", "hamm",
    "halle", "saale", "hale saale", "frankfurt am m", "bethlehem", "بيت لحم", "東京", "düsseldrof", "xyzzyq",
    "springfield, illinois", "neufchâteau, frankreich", "a, liechtenstein", "s, fr",
)  # fmt: skip
LIMIT_MS = 20.0
REPEATS = 40


def main() -> None:
    settings.DEBUG = False
    places = Place.objects.count()
    if places < 200_000:
        sys.exit(f"There are only {places:,} places. Load the gazetteer first: manage load_gazetteer")
    yardstick = _mean_cpu(_least)
    table = Table(title=f"{connection.vendor}, {places:,} places, {PlaceName.objects.count():,} names")
    for heading in ("typed", "first found", "ms median", "ms 95th", "CPU ms", "× yardstick"):
        table.add_column(heading, justify="left" if heading in {"typed", "first found"} else "right")
    slow = []
    for text in TEXTS:
        times = sorted(_times(lambda text=text: suggest(text)))
        late = times[int(len(times) * 0.95)]
        cpu = _mean_cpu(lambda text=text: suggest(text))
        first = next(iter(suggest(text)), None)
        table.add_row(
            text, first.label if first else "–", f"{median(times):.1f}", f"{late:.1f}",
            f"{cpu:.1f}", f"{cpu / yardstick:.0f}",
        )  # fmt: skip
        slow += [text] if median(times) > LIMIT_MS else []
    Console(width=110).print(table)
    print(f"Yardstick, SELECT 1 and one place by its key: {yardstick:.2f} ms of CPU")
    print(f"Over {LIMIT_MS:.0f} ms: {', '.join(slow) or 'none'}")


def _least() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    Place.objects.filter(pk=1).first()


def _times(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each of many runs, after two that warm up."""
    times = []
    for _run in range(REPEATS + 2):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times[2:]


def _mean_cpu(work: Callable[[], object]) -> float:
    """Milliseconds of this process for one run."""
    start = time.process_time()
    for _run in range(REPEATS):
        work()
    return (time.process_time() - start) * 1000 / REPEATS


if __name__ == "__main__":
    main()
