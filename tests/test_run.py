"""`run.py` on machines that lack something: one plain sentence, never a traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RUN = "import runpy, sys; sys.argv = ['run.py', 'demo']; runpy.run_path('run.py', run_name='__main__')"
NOWHERE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0", "PIP_CONFIG_FILE": os.devnull}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh clone, as far as run.py looks at it before the first package is there."""
    shutil.copy(ROOT / "run.py", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def said_by(folder: Path, *command: str, **environment: str) -> tuple[int, str]:
    ours = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")} | environment
    command = (sys.executable, *command)
    done = subprocess.run(
        command, cwd=folder, env=ours, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, (done.stdout + done.stderr).strip().splitlines()[-1]


def test_without_a_command_it_says_what_there_is(checkout: Path):
    code, sentence = said_by(checkout, "run.py")
    assert (code, sentence.startswith("Usage: python3 run.py demo")) == (1, True)


def test_an_unknown_command_changes_nothing(checkout: Path):
    assert said_by(checkout, "run.py", "demos")[0] == 1
    assert sorted(path.name for path in checkout.iterdir()) == ["requirements", "run.py"]


def test_an_old_python_is_told_apart(checkout: Path):
    said = said_by(checkout, "-c", f"import sys; sys.version_info = (3, 9, 2); {RUN}")
    assert said == (1, "Concivis needs Python 3.11 or newer; this is Python 3.9.")


def test_a_python_without_pip_is_told_how_to_get_it(checkout: Path):
    hide = "import importlib.util as u; f = u.find_spec; u.find_spec = lambda n: None if n == 'pip' else f(n)"
    said = said_by(checkout, "-c", f"{hide}; {RUN}")
    assert said == (
        1,
        "This Python has no pip. Install it (on Debian: apt install python3-pip) and try again.",
    )


@pytest.mark.skipif(shutil.which("pip") is None, reason="this machine has no pip to be without a network")
def test_a_machine_without_a_network_is_told_so(checkout: Path):
    python = next(path for path in map(shutil.which, ("python3", "python")) if path)
    done = subprocess.run(
        [python, "run.py", "demo"], cwd=checkout, env={**os.environ, **NOWHERE, "PIP_FIND_LINKS": ""},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    sentence = (done.stdout + done.stderr).strip().splitlines()[-1]
    assert sentence.startswith("Fetching the installer did not work. Is this machine connected")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
