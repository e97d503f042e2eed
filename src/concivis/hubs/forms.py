from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.hubs import actions, choices, colours, crests, record_words
from concivis.hubs.models import RESERVED_SLUGS, Hub
from concivis.hubs.roles import ROLES
from concivis.places.fields import PlaceField


class CityForm(forms.Form):
    """Step 1 of a new hub."""

    place = PlaceField(
        label=_("Which city is it for?"),
        help_text=_("Begin to write its name, in any language: a city, a town, a village or a province."),
    )


class LookForm(forms.Form):
    """What both a new hub and the settings ask: the name, the language, how it looks."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As people call it: the city's own name.")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=choices.languages, help_text=_("In which the office writes.")
    )
    timezone = forms.ChoiceField(label=_("Time zone"), choices=choices.timezones)
    preset = forms.ChoiceField(
        label=_("Colour"),
        choices=choices.colours,
        widget=forms.RadioSelect(attrs={"class": "colours"}),
        help_text=_("Of the band at the top of your pages, with white text on it."),
    )
    own_colour = forms.CharField(
        label=_("Colour of our own"),
        required=False,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("Counts where “A colour of our own” is chosen above."),
    )
    crest = forms.FileField(
        label=_("Crest"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
        help_text=_("A PNG, JPEG or WebP picture, at most 1 MB and 2000 × 2000 pixels."),
    )

    @staticmethod
    def colour_initial(colour: str) -> dict[str, str]:
        return {"preset": colour if colour in colours.PRESETS else choices.OWN_COLOUR, "own_colour": colour}

    def clean_own_colour(self) -> str:
        return str(self.cleaned_data["own_colour"]).strip().lower()

    def clean_crest(self) -> ContentFile[bytes] | None:
        upload = self.cleaned_data["crest"]
        return crests.redraw(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        preset = cleaned.get("preset")
        own = preset == choices.OWN_COLOUR
        colour = cleaned["colour"] = cleaned.get("own_colour", "") if own else preset
        if own and colour:
            self._check_own(colour)
        elif own:
            self.add_error("own_colour", _("Choose a colour, or one of those above."))
        return cleaned

    def _check_own(self, colour: str) -> None:
        try:
            Hub._meta.get_field("colour").run_validators(colour)
        except ValidationError as error:
            self.add_error("own_colour", error)
        else:
            if not colours.readable_on_white(colour):
                self.add_error("own_colour", actions.unreadable(colour))


class NewOfficeForm(LookForm):
    """Step 2 of a new hub."""

    slug = forms.SlugField(
        label=_("Address"),
        max_length=60,
        help_text=_(
            "The end of the address of your pages: small letters, digits and hyphens. It stays as it is."
        ),
    )
    field_order = ("name", "slug")

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in RESERVED_SLUGS or Hub.objects.filter(slug=slug).exists():
            raise ValidationError(_("This address is taken. Add your country or region to it."))
        return slug


class SettingsForm(LookForm):
    about = forms.CharField(
        label=_("About the office"),
        required=False,
        widget=forms.Textarea,
        max_length=4000,
        help_text=_("Who you are, what you do for the city's relations, when you can be met."),
    )
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    contact_email = forms.EmailField(
        label=_("Contact"),
        required=False,
        help_text=_("A mail address of the office; everybody can read it."),
    )
    no_crest = forms.BooleanField(label=_("Take the crest away"), required=False)
    field_order = ("name", "about", "website", "contact_email", "language", "timezone")

    def __init__(self, data: Any, files: Any, *, hub: Hub) -> None:
        same = {
            name: getattr(hub, name)
            for name in ("name", "about", "website", "contact_email", "language", "timezone")
        }
        super().__init__(data, files, initial={**same, **self.colour_initial(hub.colour)})
        if not hub.crest:
            del self.fields["no_crest"]

    def changes(self) -> dict[str, Any]:
        """As `actions.update_hub` takes them."""
        fields = ("name", "about", "website", "contact_email", "language", "timezone", "colour")
        changes = {name: self.cleaned_data[name] for name in fields}
        if self.cleaned_data["crest"]:
            changes["crest"] = self.cleaned_data["crest"]
        elif self.cleaned_data.get("no_crest"):
            changes["crest"] = ""
        return changes


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[(code, role.label) for code, role in ROLES.items()])


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("Mail address"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(code, role.label) for code, role in ROLES.items()],
        initial="editor",
    )


# beyond these a day has no moment in every time zone
DAYS = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 1, 1))]


class RecordFilter(forms.Form):
    action = forms.ChoiceField(label=pgettext_lazy("of the record", "What"), required=False)
    member = forms.TypedChoiceField(
        label=pgettext_lazy("of the record", "Who"), required=False, coerce=int, empty_value=None
    )
    since = forms.DateField(
        label=_("From"), required=False, validators=DAYS, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, validators=DAYS, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, members: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything, everybody = ("", _("everything")), ("", _("everybody"))
        self.fields["action"].choices = [everything, *record_words.known_actions()]  # type: ignore[attr-defined]
        self.fields["member"].choices = [everybody, *members]  # type: ignore[attr-defined]
