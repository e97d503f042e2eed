"""A bad machine: slow disk, full disk, a clock that jumps. A library, compiled here by the system's C compiler, is
preloaded into a database or a web node, so that nothing of the real machine is touched and nobody has to be root.
"""

import os
import shutil
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_name("faults.c")


class BadMachine:
    """`environment` makes a process live on it. Its files lie in `folder`, which others must be able to read."""

    def __init__(self, folder: Path, *, slow_sync: float = 0.0) -> None:
        """`slow_sync`: milliseconds. Raises `FileNotFoundError` where this machine has no C compiler (cc)."""
        compiler = shutil.which("cc")
        if compiler is None:
            raise FileNotFoundError("this machine has no C compiler (cc)")
        folder.chmod(0o755)
        library = folder / "faults.so"
        subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
        library.chmod(0o755)
        self.slow_sync = slow_sync
        self._full, self._offset = folder / "disk is full", folder / "offset of the clock"
        self.environment = {
            "LD_PRELOAD": str(library),
            "FULL_DISK_FLAG": str(self._full),
            "CLOCK_OFFSET_FILE": str(self._offset),
            **({"SLOW_SYNC_MICROSECONDS": str(int(slow_sync * 1000))} if slow_sync else {}),
        }

    def fill_disk(self, *, copies_on_write: bool = False) -> None:
        """No file can grow; on a disk that copies on write nothing can be written at all."""
        self._full.write_text("nothing" if copies_on_write else "")

    def make_room(self) -> None:
        self._full.unlink(missing_ok=True)

    def set_clock(self, seconds: int) -> None:
        """So much later than it is; earlier if negative. Within a tenth of a second."""
        new = self._offset.with_suffix(".new")
        new.write_text(str(seconds))
        new.replace(self._offset)

    def works(self, folder: Path) -> bool:
        """Whether a program that has it preloaded meets the slow disk."""
        code = (
            "import os, sys, time; f = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR); t = time.monotonic();"
            " [os.fdatasync(f) for _ in range(10)]; print(time.monotonic() - t)"
        )
        done = subprocess.run(
            ["python3", "-c", code, str(folder / "probe")],
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=True,
        )
        return float(done.stdout) >= 10 * self.slow_sync / 1000
