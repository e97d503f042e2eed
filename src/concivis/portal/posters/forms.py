from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concivis.catalogue import kinds
from concivis.catalogue.models import Card
from concivis.hubs.models import Hub
from concivis.portal import cards
from concivis.portal.posters import subjects
from concivis.portal.posters.subjects import Poster

ABOUT = [
    ("hub", _("our page")),
    ("register", _("the form “Register your initiative”")),
    ("entry", _("one initiative or organisation")),
    ("page", _("a filtered list or another page")),
]
FORMATS = [("a4", _("poster, A4")), ("a3", _("poster, A3")), ("cards", _("ten small cards on A4"))]
MOST_LANGUAGES = 3


class PosterForm(forms.Form):
    about = forms.ChoiceField(label=_("What it leads to"), choices=ABOUT)
    entry = forms.ChoiceField(label=_("Which one"), required=False)
    page = forms.CharField(
        label=_("Address of the page"),
        required=False,
        max_length=2000,
        help_text=_("Open the list with its filters, and copy the address from your browser."),
    )
    headline = forms.CharField(
        label=_("Your own headline"), required=False, max_length=80, help_text=_("Left empty, we write one.")
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most three. The code leads to the page in the first of them."),
    )
    format = forms.ChoiceField(label=_("Size"), choices=FORMATS)

    def __init__(self, *args: Any, hub: Hub, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"about": "register", "languages": [get_language()], "format": "a4"})
        super().__init__(*args, **kwargs)
        self.hub = hub
        self._entries = {f"{card.kind}:{card.public_id}": card for card in subjects.entries_of(hub)}
        self.fields["entry"].choices = [("", "–"), *map(_choice, self._entries.items())]  # type: ignore[attr-defined]

    def clean_languages(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["languages"]
        if len(chosen) > MOST_LANGUAGES:
            raise ValidationError(_("Choose at most three languages, so that it can be read from afar."))
        return sorted(chosen, key=lambda language: language != self.hub.language)  # the office's own first

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("about") == "entry" and not said.get("entry") and "entry" not in self.errors:
            self.add_error("entry", _("Choose the initiative or organisation."))
        if said.get("about") == "page":
            try:
                said["page"] = subjects.public_address(said.get("page", ""))
            except ValidationError as error:
                self.add_error("page", error)
        return said

    def poster(self) -> Poster:
        said = self.cleaned_data
        languages, headline = said["languages"], said["headline"]
        if said["about"] == "entry":
            address, texts = subjects.of_entry(self._entries[said["entry"]], languages, headline)
        elif said["about"] == "page":
            address, texts = subjects.of_page(said["page"], languages, headline)
        elif said["about"] == "register":
            address, texts = subjects.of_registration(self.hub, languages, headline)
        else:
            address, texts = subjects.of_hub(self.hub, languages, headline)
        return Poster(self.hub, said["format"], address, texts)


def _choice(entry: tuple[str, Card]) -> tuple[str, str]:
    key, card = entry
    return key, f"{cards.told(card).title} · {kinds.kind(card.kind).one}"
