"""Counts in the memory of a process, in front of the front cache, and hands over every two minutes.

A request costs some microseconds and no query. What a killed process had not handed over is lost: two minutes at most.
"""

import datetime as dt
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from concivis.reach.visits import Page, counts, identifier, page_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)
HAND_OVER = 120.0  # seconds
ASK_AGAIN = 30.0  # seconds
MOST_HELD = 50_000  # identifiers; more are handed over at once; of twice as many, the rest is dropped
ANSWERED = ("200", "304")

Day = dt.date
Seen = Mapping[Page, set[int]]


class Counter:
    """WSGI middleware. `key_of(day)` gives the day's key, `keep(day, seen)` puts what was seen into the database,
    `today()` is the day of the installation."""

    def __init__(
        self,
        application: "WSGIApplication",
        *,
        key_of: Callable[[Day], bytes],
        keep: Callable[[Day, Seen], None],
        today: Callable[[], Day],
        behind_proxy: bool,
        seconds: float = HAND_OVER,
    ) -> None:
        self.application = application
        self._key_of, self._keep, self._today = key_of, keep, today
        self._behind_proxy, self._seconds = behind_proxy, seconds
        self._lock = threading.Lock()
        self._day: Day = dt.date.min
        self._key: bytes | None = None
        self._looked_at = self._tried_at = float("-inf")
        self._held: dict[tuple[Day, Page], set[int]] = defaultdict(set)
        self._many = 0
        self._timer: threading.Timer | None = None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        page = page_of(environ.get("PATH_INFO", ""))
        if page is None or not counts(environ):
            return self.application(environ, start_response)

        def answer(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if status.startswith(ANSWERED):
                self.see(page, environ)
            return start_response(status, headers, *rest)

        return self.application(environ, answer)

    def see(self, page: Page, environ: "WSGIEnvironment") -> None:
        """Notes one visit; never fails."""
        key = self._key_of_today()
        if key is None:
            return
        day, visitor = self._day, identifier(environ, key, behind_proxy=self._behind_proxy)
        with self._lock:
            if self._many >= 2 * MOST_HELD:
                return  # the database has been away for long: better a figure too low than no memory left
            held = self._held[day, page]
            self._many += visitor not in held
            held.add(visitor)
            if self._timer is None:
                self._start_timer(self._seconds)
            elif self._many == MOST_HELD:
                self._timer.cancel()
                self._start_timer(0)

    def hand_over(self) -> None:
        """Everything held goes to the database; what could not, is held for the next time."""
        with self._lock:
            held, self._held, self._many, self._timer = self._held, defaultdict(set), 0, None
        by_day: dict[Day, dict[Page, set[int]]] = defaultdict(dict)
        for (day, page), visitors in held.items():
            by_day[day][page] = visitors
        for day, seen in by_day.items():
            try:
                self._keep(day, seen)
            except Exception as error:  # counting must never be the reason for a page that fails
                log.warning("Visitors are held until the database answers again: %s", type(error).__name__)
                self._take_back(day, seen)

    def _take_back(self, day: Day, seen: Seen) -> None:
        with self._lock:
            for page, visitors in seen.items():
                held = self._held[day, page]
                new = set(islice(visitors - held, max(0, 2 * MOST_HELD - self._many)))
                held |= new
                self._many += len(new)
            if self._timer is None:
                self._start_timer(self._seconds)

    def _start_timer(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self.hand_over)
        self._timer.daemon = True
        self._timer.start()

    def _key_of_today(self) -> bytes | None:
        """None while the database does not give one; asked again after half a minute."""
        now = time.monotonic()
        if now - self._looked_at >= 1:
            self._looked_at = now
            if (day := self._today()) != self._day:
                self._day, self._key, self._tried_at = day, None, float("-inf")
        if self._key is None and now - self._tried_at >= ASK_AGAIN:
            self._tried_at = now
            try:
                self._key = self._key_of(self._day)
            except Exception as error:
                log.warning("Visitors are not counted before the database answers: %s", type(error).__name__)
        return self._key
