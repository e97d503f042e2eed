"""Moments by the clock of a place, which is put forward and back once a year."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

CLOCK = "%Y-%m-%dT%H:%M"


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


class ClockField(forms.CharField):
    """Day and time as a clock on the wall shows them. Cleans to a datetime without a zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=CLOCK)

    def prepare_value(self, value: Any) -> Any:
        return value.strftime(CLOCK) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
        except ValueError as error:
            raise ValidationError(gettext("Write day and time like 2025-05-31 18:00.")) from error
        if found.tzinfo or not 2000 <= found.year <= 2100:
            raise ValidationError(gettext("Write day and time like 2025-05-31 18:00."))
        return found.replace(second=0, microsecond=0)
