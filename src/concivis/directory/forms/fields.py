"""Fields that several forms of the directory have."""

from typing import Any

from django import forms

from concivis.shell.widgets import QuickSelect


def day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **options)


def text(label: Any, most: int, rows: int = 4, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, **options)


def ticks(label: Any, options: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
    return forms.MultipleChoiceField(label=label, required=False, choices=options, widget=widget, **more)


def some(label: Any, options: Any, empty: Any, **more: Any) -> forms.ChoiceField:
    def offered() -> list[Any]:
        return [("", empty), *options()]

    return forms.ChoiceField(label=label, required=False, choices=offered, widget=QuickSelect, **more)
