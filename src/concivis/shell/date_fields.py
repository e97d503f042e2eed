"""A form field for a date of any precision."""

import re
from functools import cache
from typing import Any

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concivis.shell.dates import PartialDate

NUMBERS = re.compile(
    r"^(?:(\d{1,2})[./ ]\s*)?(\d{1,2})[./ ]\s*(\d{4})$"
)  # 3.5.1963, 3/5/1963, 5.1963: the day first
WORDS = re.compile(
    r"^(?:(\d{1,2})\.?\s+(?:de\s+)?)?([^\W\d]+)\.?\s+(?:de\s+)?(\d{4})$"
)  # 3. Mai 1963, May 1963
WORDS_MONTH_FIRST = re.compile(r"^([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})$")  # May 3, 1963


class PartialDateField(forms.CharField):
    """Cleans to a PartialDate, None where not required and empty.

    Takes 1963, 1963-05, 1963-05-03, 3.5.1963 and 3/5/1963 (the day first), “May 1963” and “3 May 1963” in the
    reader's language or in English.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("As exactly as you know it: 1963, May 1963 or 3 May 1963."))
        super().__init__(max_length=60, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.iso if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return written(text) or PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


def written(text: str) -> PartialDate | None:
    """The date as people write it; None for what is not written so. Raises ValueError for no day of the calendar."""
    text = text.strip()
    if match := NUMBERS.match(text):
        return _date(match[3], match[2], match[1])
    day, month, year = "", "", ""
    if match := WORDS.match(text):
        day, month, year = match[1] or "", match[2], match[3]
    elif match := WORDS_MONTH_FIRST.match(text):
        month, day, year = match[1], match[2], match[3]
    number = _months(get_language() or "en").get(month.casefold(), 0) if month else 0
    return _date(year, str(number), day) if number else None


def _date(year: str, month: str, day: str | None) -> PartialDate:
    return PartialDate.parse(f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else ""))


@cache
def _months(language: str) -> dict[str, int]:
    """{name: number} of the months, long and short, in this language and in English."""
    found: dict[str, int] = {}
    for code in ("en", language):
        months = Locale.parse(code, sep="-").months
        for context in months.values():
            for width in ("abbreviated", "wide"):
                for number, name in context.get(width, {}).items():
                    found[name.rstrip(".").casefold()] = number
    return found
