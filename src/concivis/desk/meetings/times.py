"""Moments by the clock of a place, which is put forward and back once a year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext


def moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """When the clock of the place shows `wall`, in UTC; of two such moments in autumn the first.

    In UTC, as Python reckons with two times of one zone as if its clock were never put forward or back.
    Raises ValidationError for the hour that is left out in spring.
    """
    found = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != wall:
        raise ValidationError(
            gettext(
                "This time does not exist: the clocks are put forward in this night. Choose another one."
            ),
            code="left_out",
        )
    return found


def weeks_later(starts: datetime, weeks: int) -> datetime:
    """The same time on the clock so many weeks later. `starts` is in the zone of the place. Raises as `moment`."""
    zone = starts.tzinfo
    assert isinstance(zone, ZoneInfo)
    return moment(starts.replace(tzinfo=None, fold=0) + timedelta(weeks=weeks), zone)
