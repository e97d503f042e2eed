"""A place that the gazetteer lacks — an association of municipalities, a region, a hamlet —, entered by hand."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import personal_view
from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.drafts import Draft
from concivis.hubs.models import RecordLine
from concivis.places import actions as places
from concivis.places import queries
from concivis.places.countries import names
from concivis.places.enums import PlaceKind
from concivis.places.models import Place
from concivis.shell.parts import Crumb

MOST_A_DAY = 10  # places that one person may enter: enough for an office, too few for mischief


@transaction.atomic
def enter_place(*, by: User, facts: dict[str, Any]) -> Place:
    """Creates the place and tells the record. Raises ValidationError, also beyond `MOST_A_DAY`."""
    since = timezone.now() - dt.timedelta(days=1)
    if RecordLine.objects.filter(actor=by.pk, action="place.entered", at__gte=since).count() >= MOST_A_DAY:
        raise ValidationError(_("You have entered many places today. Please go on tomorrow."))
    place = places.create_place(by=by, **facts)
    record.write(hub=None, by=by, action="place.entered", kind="place", object_id=place.public_id)
    return place


class NewPlaceForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=PlaceKind.choices)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=lambda: country_choices())
    population = forms.IntegerField(
        label=gettext_lazy("Population"), required=False, min_value=1, max_value=2_000_000_000
    )
    latitude = forms.FloatField(
        label=gettext_lazy("Latitude"),
        min_value=-90,
        max_value=90,
        help_text=gettext_lazy("Degrees north, such as 51.68; south of the equator with a minus."),
    )
    longitude = forms.FloatField(
        label=gettext_lazy("Longitude"),
        min_value=-180,
        max_value=180,
        help_text=gettext_lazy("Degrees east, such as 7.82; west of Greenwich with a minus."),
    )
    another = forms.BooleanField(
        label=gettext_lazy("It is none of the places of this name that are known already."), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("another"):
            known = queries.candidates(cleaned["name"], country=cleaned["country"])
            same = [one.place for one in known if one.place.kind == cleaned["kind"]]
            if same:
                text = _(
                    "There is a %(kind)s of this name already: %(place)s. Choose it, or say that yours is another."
                )
                place = f"{same[0].name}, {same[0].region or same[0].country.name}"
                raise ValidationError(text % {"kind": PlaceKind(same[0].kind).label, "place": place})
        return cleaned

    def facts(self) -> dict[str, Any]:
        return {key: value for key, value in self.cleaned_data.items() if key != "another"}


def country_choices() -> list[tuple[str, str]]:
    return [("", ""), *sorted(names(get_language() or "en").items(), key=lambda pair: pair[1])]


@personal_view
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest) -> HttpResponse:
    """Step 1 of a new hub, where the list has no such place."""
    form = NewPlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entered = enter_place(by=cast(User, request.user), facts=form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            Draft(request.session).choose(entered)
            return redirect("hubs:new_office")
    context = {
        "form": form,
        "heading": _("A place that is not in the list"),
        "crumbs": [Crumb(_("A hub for your city"), reverse("hubs:new"))],
        "step": 1,
    }
    return render(request, "hubs/new_place.html", context)
