"""Processes that write to one file, in the order in which they came.

SQLite lets who finds its file taken ask again after up to a tenth of a second, while who has just written asks at once
and is served again: the unluckiest waits for seconds. Here each first takes a place in the queue (one lock) and keeps
it until it may write (another), so that who has just written stands behind whoever waits. The kernel wakes who is
next, and takes back what a killed process held.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from django.core.files import locks


class Turn:
    """Of one thread of one process. Two files beside `path` are the locks; where they cannot be made (a full disk),
    nobody waits here, and SQLite decides as ever.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = ExitStack()
        self._locks: tuple[IO[bytes], IO[bytes]] | None = None  # of a place in the queue, and of the turn

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Waits for the turn, and holds it."""
        with suppress(OSError):
            self._open()
        if self._locks is None:
            yield
            return
        place, turn = self._locks
        locks.lock(place, locks.LOCK_EX)
        try:
            locks.lock(turn, locks.LOCK_EX)
        finally:
            locks.unlock(place)
        try:
            yield
        finally:
            locks.unlock(turn)

    def close(self) -> None:
        self._opened.close()
        self._locks = None

    def _open(self) -> None:
        if self._locks is None and self._path.is_file():  # tests keep theirs in memory
            place = self._opened.enter_context(self._path.with_suffix(".queue").open("ab"))
            self._locks = place, self._opened.enter_context(self._path.with_suffix(".turn").open("ab"))
