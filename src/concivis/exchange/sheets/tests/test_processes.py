"""Lists brought in by several processes at once, and by one that dies, on a database file of their own."""

import os
import signal
import sqlite3
from pathlib import Path

import pytest

from concivis.exchange.tests.test_processes import DRAW, run, start, wait_for
from tables import lay_tables

pytestmark = pytest.mark.slow

ROWS = 300
TABLES = (
    "initiatives_initiative",
    "initiatives_involvement",
    "catalogue_card",
    "hubs_recordline",
    "exchange_externalid",
)

HUB = (
    DRAW
    + """
from concivis.places.models import Place
from concivis.hubs.factories import HubFactory
HubFactory(slug="hamm", place=Place.objects.get(name="Hamm"), is_published=True)
"""
)
APPLY = """
import django; django.setup()
import sys
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.sheets import actions
from concivis.exchange.sheets.models import Sheet
sheet = Sheet.objects.get(public_id=sys.argv[1])
try:
    print(actions.apply(by=None, sheet=sheet).counts["added"])
except UnreadyBatch as said:
    print(said)
"""
SEND = """
import django; django.setup()
import sys
from concivis.exchange.sheets import actions
from concivis.hubs.models import Hub
lines = [f"{sys.argv[1]}-{n},{sys.argv[1]} {n},Choir {n},France" for n in range(int(sys.argv[2]))]
content = "\\n".join(["Nr,title,lead,countries", *lines]).encode()
sheet = actions.send(
    by=None, hub=Hub.objects.get(slug="hamm"), kind="initiatives", blocks=[content], filename="list.csv"
)
actions.stage(by=None, sheet=sheet)
actions.decide(by=None, sheet=sheet, rule="overwrite", publishes=True)
print(sheet.public_id)
"""
# holds still in the middle of applying, with the transaction open, until it is killed
HOLD = """
import django; django.setup()
import pathlib, sys, time
from concivis.exchange.sheets import actions
from concivis.exchange.sheets.actions import applying
from concivis.exchange.sheets.models import Sheet
real = applying._add
def add_and_wait(*args):
    real(*args)
    pathlib.Path(sys.argv[2]).write_text("in the middle")
    time.sleep(600)
applying._add = add_and_wait
actions.apply(by=None, sheet=Sheet.objects.get(public_id=sys.argv[1]))
"""


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Path:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("needs a database of its own; this one is for SQLite files")
    folder = tmp_path_factory.mktemp("installation")
    lay_tables(folder)
    run(folder, "-c", HUB)
    return folder


def tally(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / "concivis.sqlite3") as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def sent(folder: Path, name: str) -> str:
    return run(folder, "-c", SEND, name, str(ROWS)).strip()


def test_a_process_killed_in_the_middle_leaves_nothing_and_the_list_can_be_applied_after(installation):
    number, sign = sent(installation, "Killed"), installation / "sign"
    before = tally(installation)
    process = start(installation, "-c", HOLD, number, str(sign))
    wait_for(sign, process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert tally(installation) == before
    assert run(installation, "-c", APPLY, number).strip() == str(ROWS)
    after = tally(installation)
    assert after["initiatives_initiative"] - before["initiatives_initiative"] == ROWS
    assert after["catalogue_card"] - before["catalogue_card"] == ROWS


def test_the_same_list_applied_twice_at_once_is_applied_once(installation):
    number = sent(installation, "Twice")
    before = tally(installation)
    processes = [start(installation, "-c", APPLY, number) for _ in range(2)]
    answers = sorted(process.communicate(timeout=300)[0].strip() for process in processes)
    assert answers == [str(ROWS), "This import was applied already; nothing was changed."]
    assert tally(installation)["initiatives_initiative"] - before["initiatives_initiative"] == ROWS


def test_the_same_list_sent_twice_and_applied_at_once_adds_nothing_twice(installation):
    numbers = [sent(installation, "Again") for _ in range(2)]
    before = tally(installation)
    processes = [start(installation, "-c", APPLY, number) for number in numbers]
    answers = sorted(process.communicate(timeout=300)[0].strip() for process in processes)
    assert answers == ["0", str(ROWS)]
    assert tally(installation)["initiatives_initiative"] - before["initiatives_initiative"] == ROWS
