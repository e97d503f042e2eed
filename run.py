#!/usr/bin/env python3
"""Start here: `python3 run.py demo` opens Concivis with example cities, `python3 run.py test` checks all.

Needs Python 3.11 or newer with pip and, the first time, the package indexes. What it fetches stays in this
folder: the packages in .venv, everything else in var (or where CONCIVIS_DATA points).
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV, TOOLS, LOG = ROOT / ".venv", ROOT / "var" / "tools", ROOT / "var" / "run.log"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
USAGE = (
    "Usage: python3 run.py demo [--port N] | serve [--port N] | test [pytest arguments] | manage COMMAND …"
)


def main(arguments):
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older one shall be told, not shown a traceback
        sys.exit("Concivis needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031
    if not arguments or arguments[0] not in {"demo", "serve", "test", "manage", "setup"}:
        sys.exit(USAGE)
    testing = arguments[0] == "test"
    install("dev" if testing else "main")
    environment = {"CONCIVIS_DATA": str(ROOT / "var"), **os.environ, "PYTHONPATH": str(ROOT / "src")}
    start = (
        [str(ROOT / "tests" / "everything.py"), *arguments[1:]] if testing else ["-m", "concivis", *arguments]
    )
    if os.name == "nt":
        sys.exit(subprocess.call([str(PYTHON), *start], env=environment))
    os.execve(PYTHON, [str(PYTHON), *start], environment)


def install(kind):
    """Brings .venv to the pins of requirements/<kind>.txt; those of dev contain main's, so they may stay."""
    stamp = VENV / "concivis.stamp"
    installed = stamp.read_text().split() if stamp.exists() and PYTHON.exists() else ["", ""]
    kind = "dev" if installed[0] == "dev" else kind
    pins, tools = f"requirements/{kind}.txt", TOOLS / digest("requirements/setup.txt")
    if installed == [kind, digest(pins)]:
        return
    if not tools.exists():
        if importlib.util.find_spec("pip") is None:
            sys.exit("This Python has no pip. Install it (on Debian: apt install python3-pip) and try again.")
        pip = [sys.executable, "-m", "pip", "install", "--no-input", "--upgrade", "--target", TOOLS]
        step("Fetching the installer", *pip, "--require-hashes", "-r", "requirements/setup.txt")
        tools.touch()
    uv = [sys.executable, "-m", "uv"]
    if not PYTHON.exists():
        step("Making .venv", *uv, "venv", "--clear", "--python", sys.executable, VENV)
    sync = [*uv, "pip", "sync", "--python", PYTHON, "--compile-bytecode"]  # so that every start is quick
    step("Installing the packages", *sync, "--require-hashes", pins)
    stamp.write_text(f"{kind} {digest(pins)}")


def digest(path):
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()[:16]


def step(title, *command):
    """Runs one command with its clock on one line; what it says goes to var/run.log."""
    start, clock = time.monotonic(), sys.stdout.isatty()
    environment = {**pip_index(), **os.environ, "PYTHONPATH": str(TOOLS), "UV_PYTHON_DOWNLOADS": "never"}
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        process = subprocess.Popen(
            [str(part) for part in command], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        while process.poll() is None:
            time.sleep(0.1)
            print(f"\r{title} … {time.monotonic() - start:.0f} s", end="", flush=True) if clock else None
    print(f"{chr(13) * clock}{title} … {time.monotonic() - start:.0f} s", flush=True)
    if process.returncode and shutil.disk_usage(ROOT).free < 200_000_000:
        sys.exit("The disk is full: Concivis needs about 2 GB here. Make room, then run this again.")
    if process.returncode:
        sys.exit(f"{title} did not work. Is this machine connected to the package index? {LOG} says more.")


def pip_index():
    """A package index that is configured for pip, for uv, which does not read pip's configuration."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True
    )
    index = os.environ.get("PIP_INDEX_URL") or asked.stdout.decode().strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except OSError as error:
        sys.exit(f"This did not work: {error}.")
