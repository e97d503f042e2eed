"""What the forms of this room share."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concivis.hubs import choices
from concivis.places.fields import LanguagesField
from concivis.places.languages import tag_of
from concivis.shell.templatetags.shell import language_name
from concivis.shell.widgets import QuickSelect
from concivis.vocabulary.models import Term
from concivis.vocabulary.queries import term_choices

__all__ = ["DayField", "LanguagesField"]


def long_text(
    label: Any, most: int, *, rows: int = 4, required: bool = False, help_text: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def text_language() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("In which language have you written this?"), choices=choices.languages, widget=QuickSelect
    )


def themes() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What is it about?"),
        required=False,
        choices=lambda: term_choices("theme"),
        widget=forms.CheckboxSelectMultiple,
    )


def terms_of(codes: Iterable[str], scheme: str = "theme") -> list[Term]:
    """The terms with these codes. One query, none without codes."""
    wanted = list(codes)
    return list(Term.objects.in_scheme(scheme).filter(code__in=wanted)) if wanted else []


class DayField(forms.DateField):
    """A day, with the calendar of the browser."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(value)
        if day and not 2000 <= day.year <= 2100:
            raise ValidationError(gettext("Write a day like 2025-05-31."))
        return day


class CountsField(forms.CharField):
    """One language in a line, the number of people behind it: “Tamil 12”. Cleans to {BCP 47 tag: number}."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault("max_length", 1000)
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{language_name(tag)} {number}" for tag, number in value.items())
        return value

    def clean(self, value: Any) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            name, _space, number = line.strip().rstrip(".").rpartition(" ")
            tag = tag_of(name.strip(" :,"), (get_language() or "en", "en")) if name else None
            if tag is None or not number.isdecimal():
                raise ValidationError(
                    gettext("“%(line)s” could not be read. Write it as: Tamil 12.") % {"line": line[:60]}
                )
            found[tag] = found.get(tag, 0) + int(number)
        return found
