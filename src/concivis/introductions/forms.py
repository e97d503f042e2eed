"""Asking, answering, and saying what came of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.introductions import entries
from concivis.introductions.actions import Contact
from concivis.introductions.enums import Outcome
from concivis.shell.guard import GuardedForm, looks_like_spam


class ContactForm(forms.Form):
    """What the other side gets once both have agreed. What is left empty, they do not get."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("Your telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )

    def contact(self) -> Contact:
        return Contact(**{name: self.cleaned_data[name] for name in ("name", "email", "phone")})


class AskForm(ContactForm):
    message = forms.CharField(
        label=_("What you would like to talk about"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "They read it before they decide. Do not write a mail address or a telephone number here."
        ),
    )
    field_order = ("message", "name", "email", "phone")

    def clean_message(self) -> str:
        said: str = self.cleaned_data["message"]
        if objection := looks_like_spam(said):
            raise ValidationError(objection)
        return said


class WhoForm(GuardedForm):
    """Somebody without an account says with which address they look after an entry."""

    email = forms.EmailField(
        label=_("The mail address with which you look after your entry"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class DeclineForm(forms.Form):
    note = forms.CharField(
        label=_("Why, if you like to say it"),
        help_text=_("Only the office reads it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What came of it?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("A sentence about it"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EntryField(forms.CharField):
    """The address of an entry's public page."""

    def clean(self, value: Any) -> entries.Entry:
        found = entries.at_address(super().clean(value))
        if found is None:
            raise ValidationError(
                gettext(
                    "This is not the address of a public initiative or organisation here. Copy it from its page."
                )
            )
        return found


class BrokerForm(forms.Form):
    """The office asks two entries whether they want to be introduced."""

    first = EntryField(label=_("Address of the first entry’s page"), max_length=300)
    second = EntryField(label=_("Address of the second entry’s page"), max_length=300)
    message = forms.CharField(
        label=_("Why you think that they should know each other"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Both read it before they decide."),
    )
