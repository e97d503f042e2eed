"""The tables of an installation on SQLite: made once, and copied by whatever test begins with them.

Django takes longer to walk through the history of all rooms than most files of tests take.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.db.utils import ConnectionHandler

from concivis.setup.steps import PACKAGE, fingerprint

MAKE = "import django; django.setup(); from concivis.setup.database import make_tables; make_tables()"


def lay_tables(folder: Path) -> None:
    """Puts the files of the database into a data folder, without a row of ours."""
    for file in _made().glob("*.sqlite3"):
        shutil.copy(file, folder)


def lay_tables_in_memory(connections: ConnectionHandler) -> list[sqlite3.Connection]:
    """The databases of the tests, complete. They live as long as what is returned stays open."""
    opened, made = [], _made()
    for alias in connections:
        connection = connections[alias]
        memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
        with closing(sqlite3.connect(made / connection.settings_dict["NAME"].name)) as file:
            file.backup(memory)
        opened.append(memory)
        connection.settings_dict["TEST"]["MIGRATE"] = False
    return opened


def _made() -> Path:
    """The folder that holds the files, of these migrations."""
    from django.conf import settings

    kept = Path(settings.DATA) / "tables" / fingerprint(PACKAGE.glob("*/migrations/*.py"))
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.is_dir():
            made = kept.with_suffix(".new")
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            done = subprocess.run(
                [sys.executable, "-c", MAKE], env=environment_of(made), capture_output=True, text=True
            )
            assert done.returncode == 0, done.stderr
            made.rename(kept)
    return kept


def environment_of(folder: Path) -> dict[str, str]:
    """For a process of the installation in this folder: ours, without the settings of any other."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "CONCIVIS_", "DATABASE_URL"))
    }
    return {
        **kept,
        "CONCIVIS_DATA": str(folder),
        "CONCIVIS_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "concivis.site.settings",
        "PYTHONPATH": str(PACKAGE.parent),
    }
