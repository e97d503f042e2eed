"""What is done again and again, without anybody asking: rooms register it when the site starts.

    schedule.every(minutes=60 * 24)(nudges.send_due)

The process of the background jobs runs what is due (`hubs.scheduled`), one of them where there are several, and goes
by a stamp in the database, so that a restart repeats nothing. A function is called without arguments, outside a
transaction. It must bear to be killed (it is called again an interval later), and to be begun elsewhere while a call
that outlasts its interval still runs: it looks for what is due, and calls actions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[[], Any])


@dataclass(frozen=True)
class Steady:
    name: str
    seconds: float
    function: Callable[[], Any]


@dataclass(frozen=True)
class Recurring:
    name: str  # under which its stamp is kept
    interval: timedelta
    function: Callable[[], Any]


RECURRING: dict[str, Recurring] = {}
STEADY: dict[str, Steady] = {}


def every(*, minutes: int) -> Callable[[Function], Function]:
    """Registers a function to be called about every `minutes` (at least one), the first time at once."""

    def register(function: Function) -> Function:
        name = f"{function.__module__}.{function.__qualname__}".removeprefix("concivis.")
        RECURRING[name] = Recurring(name, timedelta(minutes=minutes), function)
        return function

    return register


def steadily(*, seconds: float) -> Callable[[Function], Function]:
    """Registers a function to be called all the time, `seconds` after it came back: for what cannot wait a minute.

    Each has a thread of its own in each process of the background jobs, and no stamp: it must find quickly that there
    is nothing to do, and bear that another process does the same at the same moment.
    """

    def register(function: Function) -> Function:
        name = f"{function.__module__}.{function.__qualname__}".removeprefix("concivis.")
        STEADY[name] = Steady(name, seconds, function)
        return function

    return register
