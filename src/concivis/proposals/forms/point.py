"""A form field for a point on the map: typed, copied from a map, or where the device stands."""

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils.translation import gettext_lazy as _

from concivis.proposals import points


class PointInput(forms.TextInput):
    """With scripts, a button beside it asks the device; the position goes nowhere but into the field."""

    @property
    def media(self) -> forms.Media:
        scripts: list[Any] = [Script("proposals/point-field.js", defer=True)]
        return forms.Media(js=scripts)


class PointField(forms.CharField):
    """Cleans to (degrees north, degrees east), or None."""

    widget = PointInput(
        attrs={
            "data-here": _("I am there now"),
            "data-asking": _("Asking your device …"),
            "data-found": _("This is where you are."),
            "data-unknown": _(
                "Your device does not say where it is. Write the two numbers, or leave it empty."
            ),
        }
    )

    def clean(self, value: Any) -> points.Point | None:
        return points.read(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return points.written(value) if isinstance(value, tuple) else value
