"""The filters that the map, the table, its exports and the API share.

`?q=&country=&with=&kind=&field=&state=&from=&to=`, and `hub=` and `place=`, which other pages link to.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.hubs.models import Hub
from concivis.places.choices import country_choices
from concivis.places.models import Place, PlaceName
from concivis.places.names import fold
from concivis.shell.widgets import QuickSelect
from concivis.twinning import queries
from concivis.twinning.enums import PUBLIC_STATES, PartnershipKind, PartnershipState
from concivis.twinning.models import Partnership, Side
from concivis.vocabulary.queries import term_choices

DORMANT = "dormant"  # computed, never stored: see queries.is_dormant
EARLIEST_YEAR, LATEST_YEAR = 800, 2200
BEYOND_EVERY_LETTER = "\U0010ffff"

Choices = list[tuple[str, str]]


def field_choices() -> Choices:
    """The fields of twinning in the reader's language, else English. One query."""
    return term_choices("field")


def state_choices() -> Choices:
    public = [(state.value, str(state.label)) for state in PartnershipState if state.value in PUBLIC_STATES]
    return [*public[:2], (DORMANT, str(pgettext_lazy("partnership", "dormant"))), *public[2:]]


def _select(label: Any, choices: Any, method: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=method, widget=QuickSelect, empty_label=_("all")
    )


class PartnershipFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Place"), method="named", max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )
    country = _select(_("Country"), country_choices, "in_country")
    kind = _select(_("Kind"), PartnershipKind.choices, "of_kind")
    field = _select(_("Field"), field_choices, "in_field")
    state = _select(_("State"), state_choices, "in_state")
    hub = django_filters.CharFilter(
        label=_("City’s office"), method="of_hub", widget=forms.HiddenInput, max_length=60
    )
    place = django_filters.CharFilter(
        label=_("Partners of"), method="of_place", widget=forms.HiddenInput, max_length=16
    )

    class Meta:
        model = Partnership
        fields: list[str] = []

    def named(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        folded = fold(value)
        if not folded:
            return found
        spellings = PlaceName.objects.filter(folded__gte=folded, folded__lt=folded + BEYOND_EVERY_LETTER)
        return found.filter(
            pk__in=Side.objects.filter(place__in=spellings.values("place")).values("partnership")
        )

    def in_country(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        return found.filter(pk__in=Side.objects.filter(place__country=value).values("partnership"))

    def with_country(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        """The other end: where both ends are asked for in one country, two sides must lie in it."""
        sides = Side.objects.filter(place__country=value, partnership=OuterRef("pk"))
        if self.form.cleaned_data.get("country") == value:
            other = Side.objects.filter(place__country=value, partnership=OuterRef("partnership"))
            sides = sides.filter(Exists(other.exclude(pk=OuterRef("pk"))))
        return found.filter(Exists(sides))

    def of_kind(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        return found.filter(kind=value)

    def in_field(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        return found.filter(fields__scheme="field", fields__code=value)

    def in_state(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        return queries.dormant(found) if value == DORMANT else found.filter(state=value)

    def started_from(self, found: QuerySet[Partnership], name: str, value: int) -> QuerySet[Partnership]:
        return found.filter(started__gte=dt.date(value, 1, 1))

    def started_to(self, found: QuerySet[Partnership], name: str, value: int) -> QuerySet[Partnership]:
        return found.filter(started__lte=dt.date(value, 12, 31))

    def of_hub(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        hub = Hub.objects.filter(slug=value, is_published=True).first()
        return found.filter(pk__in=queries.of_hub(hub).values("pk")) if hub else found.none()

    def of_place(self, found: QuerySet[Partnership], name: str, value: str) -> QuerySet[Partnership]:
        return found.filter(pk__in=Side.objects.filter(place__public_id=value).values("partnership"))


class YearFilter(django_filters.Filter):
    field_class = forms.IntegerField


def _year(label: Any, method: str) -> YearFilter:
    return YearFilter(label=label, method=method, min_value=EARLIEST_YEAR, max_value=LATEST_YEAR)


# `with`, `from` and `to` are words of Python, or read best in an address
PartnershipFilter.base_filters.update(
    {
        "with": _select(_("Partner country"), country_choices, "with_country"),
        "from": _year(_("Signed from the year"), "started_from"),
        "to": _year(_("Signed to the year"), "started_to"),
    }
)
SHOWN = ("q", "country", "with", "kind", "state", "field", "from", "to", "hub", "place")
PartnershipFilter.base_filters = {name: PartnershipFilter.base_filters[name] for name in SHOWN}


def names_of_hidden(values: Mapping[str, str]) -> dict[str, str]:
    """What the chips of `hub` and `place` say instead of the identifier. At most two queries."""
    found = {}
    if values.get("hub"):
        hub = Hub.objects.filter(slug=values["hub"], is_published=True).values_list("name", flat=True)
        found["hub"] = hub.first() or values["hub"]
    if values.get("place"):
        place = Place.objects.filter(public_id=values["place"]).values_list("name", flat=True)
        found["place"] = place.first() or values["place"]
    return found
