"""Meetings that come again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from concivis.shell.clock import moment


def weeks_later(starts: datetime, weeks: int) -> datetime:
    """The same time on the clock so many weeks later. `starts` is in the zone of the place. Raises as `moment`."""
    zone = starts.tzinfo
    assert isinstance(zone, ZoneInfo)
    return moment(starts.replace(tzinfo=None, fold=0) + timedelta(weeks=weeks), zone)
