"""A slower disk: a library, compiled here with the system's C compiler, that is preloaded into a database."""

import os
import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("slow_sync.c")


def slow_sync(folder: Path, milliseconds: float) -> dict[str, str] | None:
    """Environment in which every sync takes so much longer; None where this machine has no C compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library = folder / "slow_sync.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, SOURCE], check=True)
    library.chmod(0o755)
    return {"LD_PRELOAD": str(library), "SLOW_SYNC_MICROSECONDS": str(int(milliseconds * 1000))}


def is_slow(environment: dict[str, str], folder: Path, milliseconds: float) -> bool:
    """Whether it works: times ten syncs in a program that has it preloaded."""
    code = (
        "import os, sys, time; f = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR); t = time.monotonic();"
        " [os.fdatasync(f) for _ in range(10)]; print(time.monotonic() - t)"
    )
    done = subprocess.run(
        ["python3", "-c", code, str(folder / "probe")],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout) >= 10 * milliseconds / 1000
