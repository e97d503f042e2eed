"""Dates of any precision: 1921; May 1963; 3 May 1963."""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass

from babel.dates import format_date, format_skeleton
from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

ISO = re.compile(r"^([+-]?\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T.*)?$")


class Precision(models.TextChoices):
    """How exactly a date is known: 1921; May 1963; 3 May 1963."""

    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later (or, below zero, earlier); 31 January and one month is the end of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, order=True)
class PartialDate:
    """`first` is the first day of the span that is meant."""

    first: dt.date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Reads ISO 8601 of any precision: 1921, 1963-05, 1963-05-03, also Wikidata's 1963-05-00T00:00:00Z.

        Raises ValueError with a sentence for the person who wrote it.
        """
        match = ISO.match(text.strip())
        if not match or match[1].startswith("-"):
            raise ValueError(
                gettext("“%(text)s” is not a date; write 1921, 1963-05 or 1963-05-03.") % {"text": text[:40]}
            )
        year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
        try:
            first = dt.date(year, month or 1, (day or 1) if month else 1)
        except ValueError as error:
            raise ValueError(
                gettext("“%(text)s” is not a day of the calendar.") % {"text": text[:40]}
            ) from error
        if not month:
            return cls(first, Precision.YEAR)
        return cls(first, Precision.DAY if day else Precision.MONTH)

    @property
    def iso(self) -> str:
        length = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10}[self.precision]
        return self.first.isoformat()[:length]

    def __str__(self) -> str:
        """In the active language: “1921”, “May 1963”, “3 May 1963”."""
        language = (get_language() or "en").replace("-", "_")
        if self.precision == Precision.YEAR:
            return str(self.first.year)
        if self.precision == Precision.MONTH:
            return format_skeleton("yMMMM", self.first, locale=language)
        return format_date(self.first, format="long", locale=language)
