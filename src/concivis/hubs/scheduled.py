"""Runs what the rooms registered in `shell.schedule`. Whoever moves a function's stamp may call it."""

import logging
from datetime import datetime
from threading import Event, Thread

from django.db import Error, close_old_connections
from django.db.models import Q
from django.utils import timezone

from concivis.hubs.models import ScheduledRun
from concivis.shell.schedule import RECURRING, STEADY, Recurring, Steady

log = logging.getLogger(__name__)
LOOK_EVERY = 20  # seconds


def run_for_good(stop: Event) -> None:
    """Looks for what is due again and again until `stop` is set. A database that is away is waited for."""
    while not stop.wait(LOOK_EVERY):
        close_old_connections()
        try:
            run_due()
        except Error as error:
            log.warning("What is due at times waits for the database: %s", error)
        close_old_connections()


def run_steadily(stop: Event) -> list[Thread]:
    """Begins what is done all the time, each in a thread of its own, until `stop` is set."""
    threads = [Thread(target=_again_and_again, args=[each, stop], daemon=True) for each in STEADY.values()]
    for thread in threads:
        thread.start()
    return threads


def _again_and_again(steady: Steady, stop: Event) -> None:
    while not stop.wait(steady.seconds):
        close_old_connections()
        try:
            steady.function()
        except Error as error:
            log.warning("%s waits for the database: %s", steady.name, error)
        except Exception:
            log.exception("%s failed; it is called again in %s seconds", steady.name, steady.seconds)
        close_old_connections()


def run_due() -> list[str]:
    """Calls what is due, one after the other; returns the names. A failure is logged, and tried at the next time."""
    called = []
    for recurring in _due(timezone.now()):
        if not _claim(recurring, timezone.now()):
            continue
        called.append(recurring.name)
        try:
            recurring.function()
        except Exception:
            log.exception("%s failed; it is called again in %s", recurring.name, recurring.interval)
    return called


def _due(now: datetime) -> list[Recurring]:
    stamps = dict(ScheduledRun.objects.values_list("name", "last_started_at"))
    return [
        each
        for each in RECURRING.values()
        if (stamp := stamps.get(each.name)) is None or not now - each.interval < stamp <= now
    ]


def _claim(recurring: Recurring, now: datetime) -> bool:
    """Moves the stamp, unless another process has done so. One in the future is of a clock that went wrong."""
    run, _created = ScheduledRun.objects.get_or_create(name=recurring.name)
    stamp = Q(last_started_at=None) | Q(last_started_at__lte=now - recurring.interval)
    free = ScheduledRun.objects.filter(stamp | Q(last_started_at__gt=now), pk=run.pk)
    return free.update(last_started_at=now) == 1
