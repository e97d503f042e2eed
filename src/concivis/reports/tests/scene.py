"""An office with something to tell of 2025 and 2024, and the ways to move in time."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from concivis.accounts.models import User
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.reports.counting import Numbers, Value

BERLIN = ZoneInfo("Europe/Berlin")


def office(**changes: Any) -> tuple[Hub, User]:
    hub = HubFactory(**{"language": "en", "timezone": "Europe/Berlin", "is_published": True, **changes})
    return hub, MembershipFactory(hub=hub, role="coordinator").user


def at(text: str, zone: ZoneInfo = BERLIN) -> Any:
    """What is done within happens at this moment of the office's clock: "2025-12-31 23:30"."""
    moment = datetime.fromisoformat(text).replace(tzinfo=zone)
    return time_machine.travel(moment, tick=False)


def measure(numbers: Numbers, chapter: str, code: str) -> tuple[Value, Value]:
    """(this year, the year before)"""
    found = next(each for each in numbers["chapters"] if each["code"] == chapter)
    row = next(each for each in found["measures"] if each["code"] == code)
    return row["now"], row["before"]


def table(numbers: Numbers, chapter: str, code: str) -> dict[str, tuple[Value, Value]]:
    found = next(each for each in numbers["chapters"] if each["code"] == chapter)
    rows = next(each for each in found["tables"] if each["code"] == code)
    told = {row["key"]: (row["now"], row["before"]) for row in rows["rows"]}
    if rows["rest"]:
        told["rest"] = (rows["rest"]["now"], rows["rest"]["before"])
    return told
