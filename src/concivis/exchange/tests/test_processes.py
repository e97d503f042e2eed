"""Several processes and sudden deaths, on a database file of their own."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from concivis.exchange.tests.atlas import HEADER
from tables import environment_of, lay_tables

pytestmark = pytest.mark.slow

ROWS = 600

TABLES = ("twinning_partnership", "twinning_side", "twinning_evidence", "places_place", "catalogue_card")

DRAW = """
import django; django.setup()
from concivis.exchange.tests.atlas import draw
draw()
"""

# holds still in the middle of applying, with the transaction open, until it is killed
HOLD = """
import django; django.setup()
import pathlib, sys, time
from concivis.exchange.actions import applying
from django.core.management import call_command
real = applying._record
def record_and_wait(*args):
    real(*args)
    pathlib.Path(sys.argv[2]).write_text("in the middle")
    time.sleep(600)
applying._record = record_and_wait
call_command("import_twinning", sys.argv[1], json=True)
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    if os.environ.get("DATABASE_URL"):
        pytest.skip("needs a database of its own; this one is for SQLite files")
    folder = tmp_path_factory.mktemp("installation")
    lay_tables(folder)
    run(folder, "-c", DRAW)
    return folder


def start(folder: Path, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *arguments], env=environment_of(folder), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def run(folder: Path, *arguments: str) -> str:
    process = start(folder, *arguments)
    out, error = process.communicate(timeout=300)
    assert process.returncode == 0, error[-2000:]
    return out


def tally(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / "concivis.sqlite3") as database:
        count = {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in (
                "twinning_partnership",
                "twinning_side",
                "twinning_evidence",
                "places_place",
                "catalogue_card",
            )
        }
        count["applied"] = database.execute(
            "SELECT count(*) FROM exchange_batch WHERE state = 'applied'"
        ).fetchone()[0]
    return count


def a_list(folder: Path, town: str) -> Path:
    path = folder / f"{town}.csv"
    rows = (f"{town} {n},Germany,{48 + n / 1000:.3f},9,Dijon,France,47.32,5.02" for n in range(ROWS))
    path.write_text("\n".join([HEADER, *rows]))
    return path


def command(path: Path) -> tuple[str, ...]:
    return "-m", "django", "import_twinning", str(path), "--json"


def test_a_process_killed_in_the_middle_leaves_the_batch_absent_and_it_can_be_applied_after(installation):
    path, sign = a_list(installation, "Altdorf"), installation / "sign"
    before = tally(installation)
    process = start(installation, "-c", HOLD, str(path), str(sign))
    wait_for(sign, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert tally(installation) == before
    report = json.loads(run(installation, *command(path)))
    after = tally(installation)
    assert report["rows"]["new"]["count"] == ROWS
    assert after["twinning_partnership"] - before["twinning_partnership"] == ROWS
    assert after["catalogue_card"] - before["catalogue_card"] == ROWS
    assert after["places_place"] - before["places_place"] == ROWS


def test_the_same_import_twice_at_once_leaves_what_one_leaves(installation):
    path = a_list(installation, "Neudorf")
    before = tally(installation)
    processes = [start(installation, *command(path)) for _ in range(2)]
    answers = [process.communicate(timeout=300) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], answers
    after = tally(installation)
    assert after["twinning_partnership"] - before["twinning_partnership"] == ROWS
    assert after["twinning_side"] - before["twinning_side"] == 2 * ROWS
    assert after["places_place"] - before["places_place"] == ROWS
    reports = [json.loads(out)["rows"] for out, _ in answers]
    assert sorted(list(rows) for rows in reports) == [["new"], ["unchanged"]]


def test_undoing_from_the_command_line_leaves_nothing(installation):
    before = tally(installation)
    report = json.loads(run(installation, *command(a_list(installation, "Mitteldorf"))))
    said = run(installation, "-m", "django", "undo_import", report["batch"])
    assert said.startswith(f"Deleted {ROWS} links")
    assert tally(installation) == before


def wait_for(sign: Path, process: subprocess.Popen) -> None:
    until = time.monotonic() + 300
    while not sign.exists():
        assert process.poll() is None, process.communicate()[1][-2000:]
        assert time.monotonic() < until
        time.sleep(0.05)
