"""What ties an organisation to a country or town abroad, and to networks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.directory.actions.facts import (
    TieFacts,
)
from concivis.directory.enums import OrganisationKind, TieKind, TieUnit
from concivis.directory.forms.fields import day, some
from concivis.directory.models import NetworkMembership, Organisation, Tie
from concivis.directory.queries import in_hub
from concivis.hubs.models import Hub
from concivis.places.choices import country_choices
from concivis.places.fields import PlaceField


class TieForm(forms.Form):
    kind = forms.ChoiceField(label=_("What ties it there?"), choices=TieKind.choices)
    place = PlaceField(
        label=_("Town"),
        required=False,
        help_text=_("The more exactly, the better others are found. Leave it empty for a country."),
    )
    country = some(_("Country"), country_choices, _("that of the town"))
    number = forms.IntegerField(
        label=_("How many?"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        help_text=_("What it says of all its members together, such as forty families. Nobody is listed."),
    )
    unit = some(_("Families or people?"), lambda: TieUnit.choices, _("not said"))
    since = forms.IntegerField(label=_("Since which year?"), required=False, min_value=1800, max_value=2200)
    note = forms.CharField(label=_("Note"), required=False, max_length=400)
    source = forms.CharField(label=_("Who says so?"), required=False, max_length=300)

    def facts(self) -> TieFacts:
        said = self.cleaned_data
        unit = TieUnit(said["unit"]) if said["unit"] else ""
        return TieFacts(**{**said, "kind": TieKind(said["kind"]), "unit": unit})

    @staticmethod
    def initial_of(tie: Tie) -> dict[str, Any]:
        plain = {name: getattr(tie, name) for name in ("kind", "number", "unit", "since", "note", "source")}
        return {**plain, "place": tie.place_id, "country": "" if tie.place_id else tie.country_id}


class NetworkForm(forms.Form):
    network = forms.ModelChoiceField(label=_("Network"), queryset=Organisation.objects.none())
    since = day(_("Member since"))

    def __init__(self, *args: Any, organisation: Organisation, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = NetworkMembership.objects.filter(member=organisation, until=None).values("network")
        others = in_hub(hub).exclude(pk=organisation.pk).exclude(pk__in=inside)
        networks = others.filter(kind=OrganisationKind.NETWORK)
        self.fields["network"].queryset = networks if networks.exists() else others  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    until = forms.DateField(
        label=_("Member until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
