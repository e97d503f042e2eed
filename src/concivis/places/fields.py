"""Form fields: a place (type-ahead where scripts run, radio buttons among the namesakes without), languages."""

import re
from collections.abc import Collection, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import Script
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concivis.places.countries import country_name
from concivis.places.languages import tag_of
from concivis.places.models import Place
from concivis.places.names import fold
from concivis.places.queries import Suggestion, suggest
from concivis.shell.templatetags.shell import language_name

CHOICES = 8
Typed = tuple[str, str]
"""What a form holds: the text, and the public id of the place chosen ("" before the choice)."""


class PlaceInput(forms.Widget):
    template_name = "places/_place_field.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.country = ""
        self.kinds: tuple[str, ...] = ()

    @property
    def media(self) -> forms.Media:
        scripts: list[Any] = [Script("places/place-field.js", defer=True)]
        return forms.Media(css={"all": ["places/place-field.css"]}, js=scripts)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return str(data.get(name, "")).strip(), str(data.get(f"{name}_id", "")).strip()

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_id" not in data

    def id_for_label(self, id_: str) -> str:
        return id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        text, chosen = value if isinstance(value, tuple) else ("", "")
        choices = self.proposals(text) if text and not chosen else []
        context["widget"] |= {
            "text": text, "chosen": chosen, "choices": choices, "country": self.country, "kinds": self.kinds,
        }  # fmt: skip
        return context

    def proposals(self, text: str) -> list[Suggestion]:
        return suggest(text, country=self.country or None, kinds=self.kinds, limit=CHOICES)


class PlaceField(forms.Field):
    """Cleans to a Place, None where not required and empty. `country` and `kinds` narrow what is proposed and taken."""

    widget = PlaceInput
    default_error_messages = {
        "unknown": _(
            "We know no place called “%(text)s”. Try another spelling, or add the country after a comma."
        ),
        "ambiguous": _("More than one place is called “%(text)s”. Choose one of those below."),
        "gone": _("This place is not available here. Write its name and choose again."),
    }

    def __init__(self, *, country: str = "", kinds: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.country, self.kinds = country.upper(), tuple(kinds)
        self._input.country, self._input.kinds = self.country, self.kinds

    @property
    def _input(self) -> PlaceInput:
        return cast(PlaceInput, self.widget)

    def prepare_value(self, value: Any) -> Typed:
        """Of a place, of its primary key (as `initial` may hold) or of what was typed."""
        if isinstance(value, tuple):
            return value
        place = (
            value if isinstance(value, Place) else Place.objects.filter(pk=value).first() if value else None
        )
        return (f"{place.name}, {country_name(place.country_id)}", place.public_id) if place else ("", "")

    def clean(self, value: Any) -> Place | None:
        text, chosen = value if isinstance(value, tuple) else ("", "")
        if chosen:
            return self._chosen(chosen)
        if text:
            return self._meant(text)
        if self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial)[1] != data[1]) if data else bool(initial)

    def _chosen(self, public_id: str) -> Place:
        places = Place.objects.select_related("region", "country")
        if self.country:
            places = places.filter(country=self.country)
        if self.kinds:
            places = places.filter(kind__in=self.kinds)
        place = places.filter(public_id=public_id).first() if public_id.isalnum() else None
        if place is None:
            raise ValidationError(self.error_messages["gone"], code="gone")
        return place

    def _meant(self, text: str) -> Place:
        """The only place that the text can mean; else the reader has to choose."""
        found = self._input.proposals(text)
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"text": text[:60]})
        same = [place for place in found if fold(text) in {fold(place.name), fold(place.label)}]
        sure = same if same else found
        if len(sure) > 1 or not (same or _only_spelling(found[0], text)):
            raise ValidationError(
                self.error_messages["ambiguous"], code="ambiguous", params={"text": text[:60]}
            )
        return Place.objects.select_related("region", "country").get(pk=sure[0].id)


def _only_spelling(place: Suggestion, text: str) -> bool:
    """Whether the text is just one of the place's names, with or without what stands after a comma; not a beginning."""
    name = fold(text.rpartition(",")[0] or text)
    return name in {fold(place.name), fold(place.matched)}


class LanguagesField(forms.CharField):
    """Names of languages, separated by commas. Cleans to a tuple of BCP 47 tags."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Separate several by commas: German, Turkish."))
        super().__init__(max_length=500, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return ", ".join(language_name(tag) for tag in value)
        return value

    def clean(self, value: Any) -> tuple[str, ...]:
        names = [part.strip() for part in re.split(r"[,;\n]", super().clean(value)) if part.strip()]
        found = {name: tag_of(name, (get_language() or "en", "en")) for name in names}
        unknown = [name for name, code in found.items() if code is None]
        if unknown:
            words = gettext("We do not know the language “%(name)s”. Is it spelt right?")
            raise ValidationError(words % {"name": unknown[0][:60]})
        return tuple(dict.fromkeys(code for code in found.values() if code))
