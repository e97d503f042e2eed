from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from concivis.exchange.columns import END_ROLES, ROW_ROLES, Columns
from concivis.exchange.queries import Proposed
from concivis.exchange.storage import UPLOAD_LIMIT
from concivis.places.fields import PlaceField
from concivis.shell.templatetags.shell import number
from concivis.shell.upload_fields import LimitedFileField

SUFFIXES = (".csv", ".tsv", ".txt", ".json", ".zip")


class UploadForm(forms.Form):
    file = LimitedFileField(
        label=_("File"),
        help_text=_(
            "A table with one partnership per row (.csv, .tsv, .txt), a query result of Wikidata (.json, .csv, .tsv), "
            "or one of these packed (.zip). At most 20 megabytes."
        ),
        limit=UPLOAD_LIMIT,
        endings=SUFFIXES,
    )
    source_title = forms.CharField(
        label=_("Where is it from?"),
        max_length=300,
        help_text=_(
            "Everybody reads this beside each partnership: “List of twin towns, city archive, 2024”."
        ),
    )
    source_url = forms.URLField(
        label=_("Its address on the web, if it has one"),
        required=False,
        max_length=500,
        assume_scheme="https",
    )


def meanings() -> list[tuple[Any, Any]]:
    """What a column can mean, grouped for a select."""
    first = [
        (f"a.{role}", format_lazy(_("first place: {what}"), what=label)) for role, label in END_ROLES.items()
    ]
    second = [
        (f"b.{role}", format_lazy(_("second place: {what}"), what=label)) for role, label in END_ROLES.items()
    ]
    return [
        ("", _("not used")),
        (_("First place"), first),
        (_("Second place"), second),
        (_("Partnership"), list(ROW_ROLES.items())),
    ]


class ColumnsForm(forms.Form):
    """One select per column of the file."""

    def __init__(self, *args: Any, columns: Columns, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guessed = {index: target for target, index in columns.at.items()}
        for index, title in enumerate(columns.header):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=title or f"{index + 1}",
                choices=meanings,
                required=False,
                initial=guessed.get(index, ""),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen: dict[str, str] = {}
        for name, target in list(cleaned.items()):
            if target and target in chosen:
                self.add_error(name, _("Another column already means this. Choose one of them."))
            chosen[target] = name
        for side, message in (
            ("a", _("Say which column names the first place.")),
            ("b", _("Say which column names the second place.")),
        ):
            if not any(f"{side}.{role}" in chosen for role in ("name", "wikidata", "geonames")):
                self.add_error(None, message)
        return cleaned

    def mapping(self) -> dict[str, int]:
        return {
            target: int(name.removeprefix("column_")) for name, target in self.cleaned_data.items() if target
        }


OTHER, NONE = "other", "none"


class DecisionForm(forms.Form):
    """Which place an end means: one of the proposals, another one, or none."""

    choice = forms.ChoiceField(label=_("Which place is meant?"), widget=forms.RadioSelect)
    place = PlaceField(
        label=_("Another place"), required=False, help_text=_("Counts where “another place” is chosen above.")
    )
    error_words: ClassVar[dict[str, Any]] = {"place": _("Write the name of the place, or choose one above.")}

    def __init__(self, *args: Any, proposals: Sequence[Proposed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {proposal.place.public_id: proposal.place for proposal in proposals}
        choices = [(proposal.place.public_id, tell_apart(proposal)) for proposal in proposals]
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *choices,
            (OTHER, _("another place, named below")),
            (NONE, _("none: leave out the rows that name it")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        choice = cleaned.get("choice")
        if choice == OTHER and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", self.error_words["place"])
        if choice in self.places:
            cleaned["place"] = self.places[choice]
        elif choice == NONE:
            cleaned["place"] = None
        return cleaned


def tell_apart(proposal: Proposed) -> str:
    """“Keene, New Hampshire, United States · 23,265 people · 5,930 km from the file's coordinates”"""
    place = proposal.place
    parts = [place.name, place.region.name if place.region else "", place.country.name]
    told = [", ".join(part for part in parts if part)]
    if place.population:
        told.append(str(_("%(people)s people") % {"people": number(place.population)}))
    if proposal.km is not None:
        told.append(str(_("%(km)s km from the file's coordinates") % {"km": number(proposal.km, 0)}))
    return " · ".join(told)
