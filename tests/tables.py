"""Installations for tests that need processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

from concivis.setup.steps import PACKAGE

MAKE = "import django; django.setup(); from concivis.setup.database import make_tables; make_tables()"


def lay_tables(folder: Path) -> None:
    """Puts the files of the database into a data folder, without a row of ours."""
    done = subprocess.run(
        [sys.executable, "-c", MAKE], env=environment_of(folder), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


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
