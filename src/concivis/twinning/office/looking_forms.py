"""The form of a profile: countries and languages are typed, as in a letter, and understood in many tongues."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from concivis.hubs import choices
from concivis.hubs.models import Hub, today_in
from concivis.places.countries import country_code, country_name
from concivis.places.names import fold
from concivis.shell.templatetags.shell import language_name
from concivis.twinning.actions.profiles import LONGEST_DAYS, USUAL_DAYS, ProfileDraft
from concivis.twinning.filters import field_choices
from concivis.twinning.models import PartnerProfile
from concivis.twinning.profiles import MOST_NAMED, MOST_PEOPLE
from concivis.vocabulary.models import Term


class NamesField(forms.CharField):
    """Names with commas between them; cleans to a tuple of codes. `code_of(name)` is None for a name not known."""

    def __init__(
        self,
        *,
        code_of: Callable[[str], str | None],
        name_of: Callable[[str], str],
        unknown: str | Promise,
        **kwargs: Any,
    ) -> None:
        super().__init__(max_length=1000, **kwargs)
        self.code_of, self.name_of, self.unknown = code_of, name_of, unknown

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return ", ".join(self.name_of(code) for code in value)
        return value

    def clean(self, value: Any) -> tuple[str, ...]:
        text = super().clean(value)
        named = [
            part.strip() for part in text.replace(";", ",").replace("\n", ",").split(",") if part.strip()
        ]
        if len(named) > MOST_NAMED:
            raise ValidationError(_("Name at most %(most)s."), params={"most": MOST_NAMED})
        codes = [(name, self.code_of(name)) for name in named]
        for name, code in codes:
            if code is None:
                raise ValidationError(str(self.unknown), params={"name": name[:60]})
        return tuple(dict.fromkeys(code for _name, code in codes if code))


def language_code(text: str) -> str | None:
    """The language that `text` means: its name in the reader's language, in its own, or its code."""
    wanted = fold(text)
    for code, name in choices.languages():
        if wanted in {fold(name), code} or wanted == fold(_own_name(code)):
            return code
    return None


def _own_name(code: str) -> str:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code).display_name or code
    except (UnknownLocaleError, ValueError):
        return code


class ProfileForm(forms.Form):
    text = forms.CharField(
        label=_("What do you look for?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Who you are, what you would like to do together, and with whom. At most 2,000 characters."
        ),
    )
    language = forms.ChoiceField(label=_("Language of this text"), choices=choices.languages)
    fields_wanted = forms.MultipleChoiceField(
        label=_("Fields of work"), required=False, widget=forms.CheckboxSelectMultiple, choices=field_choices
    )
    countries = NamesField(
        label=_("In which countries?"),
        required=False,
        code_of=country_code,
        name_of=country_name,
        unknown=_("We know no country called “%(name)s”. Write its name in your language or in English."),
        help_text=_("With commas between them: “Poland, Romania”. Leave it empty for any country."),
    )
    languages = NamesField(
        label=_("In which languages do you answer letters?"),
        required=False,
        code_of=language_code,
        name_of=language_name,
        unknown=_("We know no language called “%(name)s”. Write its name in your language or in its own."),
        help_text=_("With commas between them. Leave it empty if only in the language of the text."),
    )
    smallest = forms.IntegerField(
        label=_("From how many people"), required=False, min_value=0, max_value=MOST_PEOPLE
    )
    largest = forms.IntegerField(
        label=_("To how many people"), required=False, min_value=1, max_value=MOST_PEOPLE
    )
    contact_email = forms.EmailField(
        label=_("Mail address for answers"),
        required=False,
        help_text=_(
            "Better that of an office than that of a person. Without one, letters go to the office’s contact."
        ),
    )
    contact_public = forms.BooleanField(
        label=_("Everybody may see this mail address; whoever reads that mail box agrees."), required=False
    )
    expires_on = forms.DateField(
        label=pgettext_lazy("of a profile", "Shown until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most two years ahead; you can renew it before and after."),
    )

    def __init__(self, data: Any = None, *, hub: Hub, profile: PartnerProfile | None = None) -> None:
        super().__init__(data, initial=_said(profile) if profile else _fresh(hub))

    def draft(self) -> ProfileDraft:
        given = self.cleaned_data
        fields = Term.objects.in_scheme("field").current().filter(code__in=given["fields_wanted"])
        same = (
            "text", "language", "countries", "languages", "smallest", "largest", "contact_email",
            "contact_public", "expires_on",
        )  # fmt: skip
        return ProfileDraft(fields=tuple(fields), **{name: given[name] for name in same})

    def refuse(self, error: ValidationError) -> None:
        """Takes what the action said beside the field it is about."""
        self.add_error(None, error)


def _fresh(hub: Hub) -> dict[str, Any]:
    language = hub.language.split("-")[0]
    return {
        "language": language,
        "languages": [language],
        "contact_email": hub.contact_email,
        "expires_on": today_in(hub) + dt.timedelta(days=USUAL_DAYS),
    }


def _said(profile: PartnerProfile) -> dict[str, Any]:
    columns: Sequence[str] = (
        "text", "language", "countries", "languages", "smallest", "largest", "contact_email",
        "contact_public", "expires_on",
    )  # fmt: skip
    said = {name: getattr(profile, name) for name in columns}
    return {**said, "fields_wanted": [term.code for term in profile.fields.all()]}


def last_possible_day(hub: Hub) -> dt.date:
    return today_in(hub) + dt.timedelta(days=LONGEST_DAYS)
