"""Who has just written stands behind whoever waits."""

import subprocess
import sys
import threading
import time
from itertools import pairwise

from concivis.shell.turns import Turn

HOLD = """
import sys, time
from pathlib import Path
from concivis.shell.turns import Turn
with Turn(Path(sys.argv[1])).taken():
    print("held", flush=True)
    time.sleep(60)
"""


def write(path, name, written, begin, times=30):
    turn = Turn(path)
    begin.wait()
    for _ in range(times):
        with turn.taken():
            written.append(name)
            time.sleep(0.001)
    turn.close()


def test_two_that_write_without_a_pause_alternate(tmp_path):
    path, written, begin = tmp_path / "base.sqlite3", [], threading.Barrier(2)
    path.touch()
    writers = [threading.Thread(target=write, args=[path, name, written, begin]) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    both = written[: min(len(written) - written[::-1].index(name) for name in "ab")]
    in_turn = sum(one != other for one, other in pairwise(both))
    assert in_turn >= (len(both) - 1) / 2


def test_a_killed_process_gives_its_turn_back(tmp_path):
    path = tmp_path / "base.sqlite3"
    path.touch()
    holder = subprocess.Popen([sys.executable, "-c", HOLD, path], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    taken = threading.Event()
    waiter = threading.Thread(target=lambda: _take(path, taken))
    waiter.start()
    assert not taken.wait(0.2)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert taken.wait(5)
    waiter.join()


def _take(path, taken):
    turn = Turn(path)
    with turn.taken():
        taken.set()
    turn.close()


def test_where_no_lock_can_be_made_nobody_waits(tmp_path):
    with Turn(tmp_path / "none" / "base.sqlite3").taken(), Turn(tmp_path / "none" / "base.sqlite3").taken():
        pass
