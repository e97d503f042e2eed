from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concivis.reach.models import HubReach

MOST = 100_000_000  # people


class ReachForm(forms.Form):
    electorate = forms.IntegerField(
        label=_("People entitled to vote"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("At the last municipal election, say. Left empty, the population is compared with."),
    )
    electorate_on = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    electorate_source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=200,
        help_text=_("Who says so: the electoral office, the statistical yearbook."),
    )
    is_public = forms.BooleanField(
        label=_("Everybody may see a summary"),
        required=False,
        help_text=_("A page of your office, with rounded figures by month."),
    )

    @classmethod
    def initial_of(cls, kept: HubReach) -> dict[str, Any]:
        return {name: getattr(kept, name) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("electorate"):
            for name in ("electorate_on", "electorate_source"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("A number needs its date and its source."))
        elif "electorate" not in self.errors:
            said |= {"electorate": None, "electorate_on": None, "electorate_source": ""}
        return said

    def clean_electorate_on(self) -> Any:
        day = self.cleaned_data["electorate_on"]
        if day and not (day.year >= 1900 and day <= timezone.localdate()):
            raise ValidationError(_("Write a day that is past."))
        return day
