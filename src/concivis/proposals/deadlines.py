"""A day ends where the city is: deadlines are the end of the local day."""

import datetime as dt
from zoneinfo import ZoneInfo


def end_of(day: dt.date, zone: str) -> dt.datetime:
    """The first moment after the day, in the time zone of that name."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(zone))
