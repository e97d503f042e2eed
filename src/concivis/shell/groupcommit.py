"""One writer that batches: many small transactions of many threads, made durable together.

    result = groupcommit.run(lambda: write_two_rows(…))

SQLite lets one write at a time, and each commit waits for the disk. Where eight threads take turns, most of them wait
for a lock that is handed out at random, the unluckiest for seconds. Here one thread of the process takes everything
that waits, writes it in one transaction, waits for the disk once, and tells each its own result: who asked first is
served first, and no answer is given before the disk has it. What fails for one is undone for that one. The writers of
several processes take turns (`shell.turns`).

PostgreSQL does this itself, so there, and inside a transaction that is open already, the work is simply done.
"""

import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction

from concivis.shell.turns import Turn

T = TypeVar("T")

MOST_WAITING = 2000  # beyond this the answer is “try again”: who came later would wait for seconds
MOST_AT_ONCE = 200
PATIENCE = 15  # seconds somebody waits for their result
IDLE = 10  # seconds without work after which the thread and its connection go


class Busy(OperationalError):
    """So many wait that the work was not taken, or took too long; whoever asked may try again. A page says so."""

    sqlite_errorcode = 5  # SQLITE_BUSY, by which `site.outage` knows it


class Writer:
    """The writer of one process. Begins with the first work, ends when idle, and begins anew in a forked child."""

    def __init__(self, alias: str = DEFAULT_DB_ALIAS) -> None:
        self.alias = alias
        self.begin_anew()

    def begin_anew(self) -> None:
        self._waiting: queue.Queue[tuple[Future[Any], Callable[[], Any]]] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def run(self, work: Callable[[], T]) -> T:
        """What `work` returns, once it is on the disk; or what it raised, with nothing written. Raises `Busy`."""
        asked: Future[T] = Future()
        try:
            with self._lock:  # with the thread's end under the same lock, nothing is put where nobody looks
                self._waiting.put_nowait((asked, work))
                if self._thread is None:
                    self._thread = threading.Thread(target=self._serve, name="group commit", daemon=True)
                    self._thread.start()
        except queue.Full:
            raise Busy("Too many transactions wait.") from None
        try:
            return asked.result(PATIENCE)
        except TooLate:
            asked.cancel()
            raise Busy("The transaction waited too long.") from None

    def _serve(self) -> None:
        turn = Turn(Path(connections[self.alias].settings_dict["NAME"]))
        try:
            while batch := self._next():
                with turn.taken():
                    self._write(batch)
        finally:
            turn.close()
            connections[self.alias].close()

    def _next(self) -> list[tuple[Future[Any], Callable[[], Any]]]:
        """Everything that waits, after waiting for the first; empty when the thread may end."""
        try:
            batch = [self._waiting.get(timeout=IDLE)]
        except queue.Empty:
            with self._lock:
                if self._waiting.empty():
                    self._thread = None
                    return []
                batch = [self._waiting.get_nowait()]
        with suppress(queue.Empty):
            while len(batch) < MOST_AT_ONCE:
                batch.append(self._waiting.get_nowait())
        return batch

    def _write(self, batch: list[tuple[Future[Any], Callable[[], Any]]]) -> None:
        taken = [(asked, work) for asked, work in batch if asked.set_running_or_notify_cancel()]
        try:
            with transaction.atomic(using=self.alias):
                done = [(asked, self._attempt(work)) for asked, work in taken]
        except BaseException as error:  # the disk is full, the file is gone: nothing of it was written
            for asked, _work in taken:
                asked.set_exception(error)
            connections[self.alias].close()
            return
        for asked, (result, failure) in done:
            if failure is None:
                asked.set_result(result)
            else:
                asked.set_exception(failure)

    def _attempt(self, work: Callable[[], T]) -> tuple[T | None, Exception | None]:
        try:
            with transaction.atomic(using=self.alias):
                return work(), None
        except Exception as error:
            return None, error


_writer = Writer()
os.register_at_fork(after_in_child=_writer.begin_anew)


def run(work: Callable[[], T]) -> T:
    """`work()` in a transaction of its own, durable when this returns; inside an open transaction, a part of that."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite" and not connection.in_atomic_block and not _in_memory(connection):
        return _writer.run(work)
    with transaction.atomic():
        return work()


def _in_memory(connection: Any) -> bool:
    """A database of tests: its threads share tables that lock at once, and there is no disk to wait for."""
    return bool(connection.is_in_memory_db())
