"""What is said of a file of another platform's proposals when it is sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.exchange.proposals.models import Platform
from concivis.exchange.proposals.records import platform
from concivis.exchange.storage import UPLOAD_LIMIT
from concivis.shell.languages import interface_choices
from concivis.shell.upload_fields import LimitedFileField

ENDINGS = {Platform.PETITIONS: (".json",), Platform.DECIDIM: (".csv", ".tsv", ".txt")}


class FileForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Platform.choices, widget=forms.RadioSelect, initial=Platform.PETITIONS
    )
    file = LimitedFileField(
        label=_("File"),
        help_text=_("At most 20 megabytes, also zipped."),
        limit=UPLOAD_LIMIT,
        endings=(".json", ".csv", ".tsv", ".txt", ".zip"),
    )
    source = forms.CharField(
        label=_("Address of the platform"),
        required=False,
        max_length=200,
        help_text=_(
            "Such as https://petitions.example. A file of petitions names it itself. It stands beside each proposal, "
            "and the same file from the same platform changes what is there instead of adding it again."
        ),
    )
    licence = forms.CharField(
        label=_("Licence of the content"),
        required=False,
        max_length=300,
        help_text=_("As the platform says it; shown beside each proposal. May the texts be shown here?"),
    )
    language = forms.ChoiceField(
        label=_("Language of the texts"),
        choices=interface_choices,
        help_text=_("Where the file has several languages: that of the originals."),
    )

    def clean_source(self) -> str:
        said = str(self.cleaned_data["source"]).strip()
        if said and not platform(said):
            raise forms.ValidationError(gettext("Write the address with https:// in front."))
        return platform(said)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file, kind = cleaned.get("file"), cleaned.get("kind")
        if file and kind and not str(file.name).lower().endswith((*ENDINGS[Platform(kind)], ".zip")):
            words = gettext("A file of this kind ends in one of these: %(endings)s")
            self.add_error("file", words % {"endings": ", ".join(ENDINGS[Platform(kind)])})
        return cleaned
