"""How long the import of many initiatives takes and how much memory it holds.

    python bench/import_initiatives.py [--rows 10000] [--data FOLDER] [--profile]

FOLDER: an installation with the gazetteer (a copy is worked on); without it, one with a dozen towns is made. The list
is made up: titles, texts, countries, towns, themes, organisations and dates of as many kinds as people write.
"""

import argparse
import cProfile
import csv
import io
import os
import pstats
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
TOWNS = (
    "Hamm, Germany",
    "Reggio Emilia, Italien",
    "Girona, ES",
    "Dijon, FR",
    "Bradford, Vereinigtes Königreich",
    "Santa Monica, USA",
)
COUNTRIES = ("Japan", "Spanien", "France; Italie", "Serbia", "DE", "Vereinigtes Königreich")
THEMES = ("Musik", "Sport", "Youth exchange; Culture and heritage", "Ambiente", "Éducation")
WORDS = (
    "gemeinsam", "singen", "lernen", "helfen", "reisen", "kochen", "spielen", "pflanzen", "bauen", "lesen", "tanzen",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.data:
            shutil.copy(options.data / "concivis.sqlite3", folder)
        set_up(Path(folder), fresh=options.data is None)
        measure(options.rows, profile=options.profile)


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
        from concivis.exchange.tests.atlas import draw
        from concivis.vocabulary.actions import load_vocabulary

        draw()
        load_vocabulary()


def measure(rows: int, *, profile: bool) -> None:
    from concivis.exchange.management.terminal import peak_megabytes
    from concivis.exchange.sheets import actions, writing
    from concivis.exchange.sheets.kinds import entries
    from concivis.hubs.factories import HubFactory

    hub = HubFactory(slug="bench", name="Bench", is_published=True)
    content = a_list(rows)
    print(f"{rows:,} initiatives, {len(content) / 1e6:.1f} MB of CSV\n")
    sheet = say("sent", lambda: actions.send(
        by=None, hub=hub, kind="initiatives", blocks=[content], filename="bench.csv"
    ))  # fmt: skip
    say("staged", lambda: actions.stage(by=None, sheet=sheet), profile=profile)
    actions.decide(by=None, sheet=sheet, rule="overwrite", publishes=True)
    say("applied, public", lambda: actions.apply(by=None, sheet=sheet), profile=profile)
    sheet.refresh_from_db()
    print(f"{'rows':<28}{sheet.counts}")
    if sheet.counts["added"] != rows:
        sys.exit("Not every row came in: these are no figures for as many initiatives.")
    say("exported again", lambda: sum(1 for _ in writing.lines(entries("initiatives", hub))))
    again = actions.send(by=None, hub=hub, kind="initiatives", blocks=[content], filename="bench.csv")
    say("staged again: unchanged", lambda: actions.stage(by=None, sheet=again), profile=profile)
    again.refresh_from_db()
    print(f"{'rows':<28}{again.counts}")
    say("taken back", lambda: actions.undo(by=None, sheet=sheet), profile=profile)
    print(f"{'peak of memory':<28}{peak_megabytes():>10,.0f} MB")


def a_list(rows: int) -> bytes:
    """The same for the same number of rows."""
    chance = random.Random(7)
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(
        [
            "Nr",
            "Titel",
            "Kurzbeschreibung",
            "Länder",
            "Orte",
            "Themen",
            "Träger",
            "Seit",
            "Sprachen",
            "Bedarf",
        ]
    )
    for number in range(rows):
        said = " ".join(chance.choices(WORDS, k=30))
        writer.writerow([
            number, f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}", said, chance.choice(COUNTRIES),
            chance.choice(TOWNS), chance.choice(THEMES), f"Verein {number % 997} e.V.", f"{1 + number % 12}.2019",
            "Deutsch; Türkisch", "Raum; Übersetzung",
        ])  # fmt: skip
    return page.getvalue().encode()


def say(what: str, work: Callable[[], T], *, profile: bool = False) -> T:
    watch: Any = cProfile.Profile() if profile else None
    wall, cpu = time.perf_counter(), time.process_time()
    if watch:
        watch.enable()
    done = work()
    if watch:
        watch.disable()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{what:<28}{wall:>10.1f} s  ({cpu:.1f} s of the processor)")
    if watch:
        pstats.Stats(watch).sort_stats("cumulative").print_stats(30)
    return done


if __name__ == "__main__":
    main()
