"""How far a running batch is. Kept in a small file: the batch's own transaction is not visible before it ends."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from concivis.exchange import storage

EVERY = 0.3  # seconds between two lines
STALE = 120.0  # seconds without a sign of life after which the worker counts as dead


@dataclass(frozen=True)
class Progress:
    phase: str
    done: int
    total: int
    at: float  # seconds since 1970

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def is_alive(self) -> bool:
        return time.time() - self.at < STALE


Report = Callable[[str, int, int], None]  # phase, done, total


def reporter(public_id: str) -> Report:
    """Writes at most every `EVERY` seconds, and at each new phase."""
    last_phase, last_at = "", 0.0

    def report(phase: str, done: int, total: int) -> None:
        nonlocal last_phase, last_at
        now = time.time()
        if phase == last_phase and now - last_at < EVERY:
            return
        last_phase, last_at = phase, now
        path = storage.path_of(f"{public_id}.progress")
        fresh = path.with_suffix(".fresh")
        fresh.write_text(json.dumps([phase, done, total, now]))
        fresh.replace(path)

    return report


def read(public_id: str) -> Progress | None:
    try:
        return Progress(*json.loads(storage.path_of(f"{public_id}.progress").read_text()))
    except (OSError, ValueError, TypeError):
        return None


def clear(public_id: str) -> None:
    storage.path_of(f"{public_id}.progress").unlink(missing_ok=True)
