"""What a reader of the partner finder may ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.places.choices import country_choices
from concivis.shell.widgets import QuickSelect
from concivis.twinning.filters import field_choices
from concivis.twinning.finding import Asked
from concivis.twinning.profiles import MOST_PEOPLE

FARTHEST = 20_038  # km: half way round the earth
ABROAD, DOMESTIC = "abroad", "home"


class FinderFilter(forms.Form):
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        widget=QuickSelect,
        choices=lambda: [("", _("all")), *country_choices()],
    )
    where = forms.ChoiceField(
        label=_("At home or abroad"),
        required=False,
        choices=[
            ("", _("all")),
            (ABROAD, pgettext_lazy("finder", "abroad")),
            (DOMESTIC, pgettext_lazy("finder", "in the same country")),
        ],
    )
    min_km = forms.IntegerField(
        label=_("From how many km away"), required=False, min_value=0, max_value=FARTHEST
    )
    max_km = forms.IntegerField(
        label=_("To how many km away"), required=False, min_value=0, max_value=FARTHEST
    )
    min_population = forms.IntegerField(
        label=_("From how many people"), required=False, min_value=0, max_value=MOST_PEOPLE
    )
    max_population = forms.IntegerField(
        label=_("To how many people"), required=False, min_value=1, max_value=MOST_PEOPLE
    )
    looking = forms.BooleanField(label=_("Only those that look for a partner"), required=False)
    fields_wanted = forms.MultipleChoiceField(
        label=_("Fields wanted"), required=False, widget=forms.CheckboxSelectMultiple, choices=field_choices
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for low, high in (("min_km", "max_km"), ("min_population", "max_population")):
            least, most = cleaned.get(low), cleaned.get(high)
            if least is not None and most is not None and least > most:
                self.add_error(high, _("This is below the number before it. Exchange the two."))
        return cleaned

    def asked(self) -> Asked:
        """What is not understood filters nothing; the form says so beside its field."""
        if not self.is_bound:
            return Asked()
        self.is_valid()
        given = self.cleaned_data
        return Asked(
            country=given.get("country") or "",
            domestic={ABROAD: False, DOMESTIC: True}.get(given.get("where") or ""),
            min_km=given.get("min_km"),
            max_km=given.get("max_km"),
            min_population=given.get("min_population"),
            max_population=given.get("max_population"),
            fields=tuple(sorted(given.get("fields_wanted") or ())),
            looking=bool(given.get("looking")),
        )
