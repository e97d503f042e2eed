#!/usr/bin/env python3
"""Start here: `python3 run.py demo` opens Concivis with its example cities, `python3 run.py test` checks everything.

Needs Python 3.11 or newer with pip and, the first time, the package indexes. What it fetches stays in this folder:
the packages in .venv, everything else in var (or where CONCIVIS_DATA points).
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
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
TOOLS = ROOT / "var" / "tools"
LOG = ROOT / "var" / "run.log"
USAGE = "Usage: python3 run.py demo [--port N] | serve [--port N] | test [pytest arguments] | manage COMMAND …"


def main(arguments):
    if sys.version_info < (3, 11):
        sys.exit("Concivis needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])
    if not arguments or arguments[0] not in {"demo", "serve", "test", "manage", "setup"}:
        sys.exit(USAGE)
    testing = arguments[0] == "test"
    install("dev" if testing else "main")
    # the index configured for this machine's pip serves npm's wheel too, so nothing else is inherited from it
    environment = {"CONCIVIS_DATA": str(ROOT / "var"), **os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [str(ROOT / "tests" / "everything.py"), *arguments[1:]] if testing else ["-m", "concivis", *arguments]
    if os.name == "nt":
        sys.exit(subprocess.call([PYTHON, *command], env=environment))
    os.execve(PYTHON, [str(PYTHON), *command], environment)


def install(kind):
    """Brings .venv to the pins of requirements/<kind>.txt; the developers' packages contain those of the demo."""
    stamp = VENV / "concivis.stamp"
    installed = stamp.read_text().split() if stamp.exists() and PYTHON.exists() else ["none", ""]
    kind = "dev" if installed[0] == "dev" else kind
    pins = "requirements/%s.txt" % kind
    if installed == [kind, digest(pins)]:
        return
    if not (TOOLS / digest("requirements/setup.txt")).exists():
        if importlib.util.find_spec("pip") is None:
            sys.exit("This Python has no pip. Install it (on Debian: apt install python3-pip), then run this again.")
        shutil.rmtree(TOOLS, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
        run("Fetching the installer", [*pip, "--target", TOOLS, "--require-hashes", "-r", "requirements/setup.txt"])
        (TOOLS / digest("requirements/setup.txt")).touch()
    uv = [sys.executable, "-m", "uv"]
    if not PYTHON.exists():
        run("Making .venv", [*uv, "venv", "--clear", "--python", sys.executable, VENV])
    run("Installing the packages", [*uv, "pip", "sync", "--python", PYTHON, "--require-hashes", pins])
    stamp.write_text("%s %s" % (kind, digest(pins)))


def digest(path):
    return hashlib.sha256((ROOT / path).read_bytes()).hexdigest()[:16]


def run(title, command):
    """Runs one step with its clock on one line; what the tool says goes to var/run.log."""
    start, clock = time.monotonic(), sys.stdout.isatty()
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        environment = {**os.environ, **pip_index(), "PYTHONPATH": str(TOOLS), "UV_PYTHON_DOWNLOADS": "never"}
        process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment, stdout=log, stderr=log)
        while process.poll() is None:
            time.sleep(0.1)
            print("\r%s … %.0f s" % (title, time.monotonic() - start), end="", flush=True) if clock else None
    print("%s%s … %.0f s" % ("\r" if clock else "", title, time.monotonic() - start), flush=True)
    if process.returncode and shutil.disk_usage(ROOT).free < 200_000_000:
        sys.exit("The disk is full: Concivis needs about 1.5 GB here. Make room, then run this again.")
    if process.returncode:
        sys.exit("%s did not work. Is this machine connected to the package index? %s says more." % (title, LOG))


def pip_index():
    """uv does not read pip's configuration: a package index that is set for pip is handed on."""
    found = subprocess.run([sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True)
    index = os.environ.get("PIP_INDEX_URL") or found.stdout.decode().strip()
    return {"UV_DEFAULT_INDEX": index} if index and "UV_DEFAULT_INDEX" not in os.environ else {}


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    except OSError as error:
        sys.exit("This did not work: %s." % error)
