"""The test command, `python3 run.py test`: style, types, floors, templates, and the tests on both databases.

With arguments (`python3 run.py test -k suspended src/concivis`) only pytest runs, on SQLite, with them.
"""

import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from concivis.setup import frontend, translations
from concivis.setup.steps import Refusal

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]
CORES = str(min(max(os.cpu_count() or 2, 2), 4))
IN_PARALLEL = ["-n", CORES, "--dist", "worksteal", "-rfEs", "--durations", "15"]
NO_FAULTS = "not faults"  # these bring their own servers and load, and want the machine for themselves
NOT_AGAIN = f"not browser and not packaging and not once and {NO_FAULTS}"  # the database makes no difference

CHECKS = {
    "ruff": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "import contract": [BIN / "lint-imports", "--no-cache"],
    "djlint": [BIN / "djlint", "src", "--lint", "--quiet"],
    "mypy": [BIN / "mypy"],
}


@dataclass
class Outcome:
    leg: str
    passed: bool
    said: str
    seconds: float


def main(arguments: list[str]) -> int:
    try:
        _prepare()
    except Refusal as refusal:
        sys.exit(str(refusal))
    if arguments:
        return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env=_environment(), check=False).returncode
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(_check, CHECKS))
    for outcome in outcomes:
        if not outcome.passed:
            print(f"\n--- {outcome.leg} ---\n{outcome.said}", flush=True)
    outcomes.append(_tests("tests on SQLite", [*PYTEST, *IN_PARALLEL, "-m", NO_FAULTS], _environment()))
    server = [sys.executable, str(ROOT / "tests" / "postgres.py")]
    command = [*server, *PYTEST, *IN_PARALLEL, "-m", NOT_AGAIN]
    outcomes.append(_tests("tests on PostgreSQL", command, _environment(keep_database=True)))
    faults = [*PYTEST, "-m", "faults", "-rfEs", "--durations", "15"]
    outcomes.append(_tests("tests of faults", faults, _environment()))
    return _sum_up(outcomes)


def _prepare() -> None:
    """The browser journeys need the map and axe; pages in other languages need their catalogues compiled."""
    data = Path(_environment()["CONCIVIS_DATA"])
    frontend.install(data, dev=True)
    translations.compile_all()


def _environment(*, keep_database: bool = False) -> dict[str, str]:
    """Ours without the settings of an installation: the tests see the defaults and touch no real data."""
    kept = {
        f"CONCIVIS_{name}" for name in ("BROWSER_REQUIRED", "XGETTEXT_REQUIRED", "CHROMIUM", "SHARED_DATA")
    }
    ours = {key: value for key, value in os.environ.items() if not key.startswith("CONCIVIS_") or key in kept}
    if not keep_database:
        ours.pop("DATABASE_URL", None)
    data = Path(os.environ.get("CONCIVIS_DATA") or ROOT / "var") / "tests"
    return {**ours, "CONCIVIS_DATA": str(data), "CONCIVIS_DEBUG": "1", "PYTHONPATH": str(ROOT / "src")}


def _check(leg: str) -> Outcome:
    start = time.monotonic()
    done = subprocess.run(
        CHECKS[leg], cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )
    said = "" if done.returncode == 0 else (done.stdout + done.stderr).strip()
    return Outcome(leg, done.returncode == 0, said, time.monotonic() - start)


def _tests(leg: str, command: list[str], environment: dict[str, str]) -> Outcome:
    """Shows pytest's lines as they come, and keeps its closing one."""
    print(f"\n--- {leg} ---", flush=True)
    start, closing = time.monotonic(), "ended without a result"
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            found = re.fullmatch(r"=+ (.* in \d.*?) =+", line.strip())
            closing = found.group(1) if found else closing
    return Outcome(leg, process.returncode == 0, closing, time.monotonic() - start)


def _sum_up(outcomes: list[Outcome]) -> int:
    print("\n--- summary ---")
    for outcome in outcomes:
        verdict = "passed" if outcome.passed else "FAILED"
        detail = outcome.said if outcome.leg.startswith("tests") else ""
        print(f"{outcome.leg:<20} {verdict}  {outcome.seconds:6.1f} s  {detail}".rstrip())
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
