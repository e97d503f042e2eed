"""How long an import takes and how much memory it holds, beside writing as many bare rows.

    python bench/import_twinning.py LIST.csv [--data FOLDER]

LIST: a table of pairs. FOLDER: an installation with the gazetteer (a copy is worked on); without it, one is made.
"""

import argparse
import csv
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("list", type=Path)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.data:
            shutil.copy(options.data / "concivis.sqlite3", folder)
        set_up(Path(folder), fresh=options.data is None)
        measure(options.list, Path(folder))


def set_up(folder: Path, *, fresh: bool) -> None:
    os.environ.update(
        CONCIVIS_DATA=str(folder), CONCIVIS_DEMO="1", DJANGO_SETTINGS_MODULE="concivis.site.settings"
    )
    os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(ROOT / "src"))
    import django

    from concivis.setup.database import make_tables

    django.setup()
    make_tables()
    if fresh:
        from concivis.places.actions import load_gazetteer

        load_gazetteer()


def measure(path: Path, folder: Path) -> None:
    from concivis.exchange import actions, storage
    from concivis.exchange.management.terminal import peak_megabytes

    yard_wall, yard_cpu, rows = timed(lambda: yardstick(path, folder / "yard.sqlite3"))
    print(f"{rows:,} rows; yardstick: read the table, executemany into SQLite\n")
    print(f"{'':14}{'seconds':>9}{'of CPU':>9}{'ratio':>8}{'peak MB':>9}")

    def line(name: str, wall: float, cpu: float) -> None:
        print(f"{name:14}{wall:9.2f}{cpu:9.2f}{cpu / yard_cpu:8.1f}{peak_megabytes():9.0f}")

    line("yardstick", yard_wall, yard_cpu)

    def staged() -> object:
        batch = actions.upload(by=None, hub=None, blocks=storage.blocks_of(path), filename=path.name)
        return actions.stage(by=None, batch=batch)

    wall, cpu, batch = timed(staged)
    line("stage", wall, cpu)
    applied_wall, applied_cpu, batch = timed(lambda: actions.apply(by=None, batch=batch))
    line("apply", applied_wall, applied_cpu)
    line("both", wall + applied_wall, cpu + applied_cpu)
    line("second run", *timed(lambda: actions.apply(by=None, batch=staged()))[:2])
    line("undo", *timed(lambda: actions.undo(by=None, batch=batch))[:2])
    print("\n", batch.counts, sep="")


def timed(work: Callable[[], T]) -> tuple[float, float, T]:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - wall, time.process_time() - cpu, result


def yardstick(path: Path, database: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"CREATE TABLE t ({', '.join(f'c{n}' for n in range(len(header)))})")
        marks = ", ".join("?" * len(header))
        connection.executemany(f"INSERT INTO t VALUES ({marks})", [row[: len(header)] for row in rows])
    return len(rows)


if __name__ == "__main__":
    main()
