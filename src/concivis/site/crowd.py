"""Leaves each worker a thread for readers, whatever a crowd that signs has to wait for.

A commit may have to wait: for a synchronous replica that has just died, for a disk, for a lock. A worker has a few
threads, and a thousand people who press a button would take all of them; then not even a page that lies finished in
memory could be read. So who writes without an account may hold all threads of a worker but one. Who comes while these
are held waits for a moment; where they are stuck, the answer is at once “try again” (503).
"""

import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from concivis.serving import threads

WAIT = 1.0  # seconds for a turn
STUCK = 2.0  # seconds: who holds a thread for so long waits for something that others would wait for, too
READS = {"GET", "HEAD", "OPTIONS"}

Answer = Callable[[HttpRequest], HttpResponse]


class Crowded(OperationalError):
    """All threads that may be held are; `site.outage` says so."""

    sqlite_errorcode = 5  # SQLITE_BUSY, by which `site.outage` knows it


def leave_room_for_readers(answer: Answer) -> Answer:
    """Middleware."""
    turns = threading.Semaphore(max(threads() - 1, 1))
    begun: dict[int, float] = {}  # by thread

    def guarded(request: HttpRequest) -> HttpResponse:
        if request.method in READS or _is_known(request):
            return answer(request)
        if not turns.acquire(blocking=False):
            longest = time.monotonic() - min([*begun.values(), time.monotonic()])
            if longest > STUCK or not turns.acquire(timeout=WAIT):
                raise Crowded("All threads that may be held by writers are.")
        begun[threading.get_ident()] = time.monotonic()
        try:
            return answer(request)
        finally:
            del begun[threading.get_ident()]
            turns.release()

    return guarded


def _is_known(request: HttpRequest) -> bool:
    """Who is signed in, or a program with a token: there is no crowd of these."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
