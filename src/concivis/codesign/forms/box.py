"""Forms of the anonymous box, for the sender and for the office."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concivis.codesign.enums import Need
from concivis.codesign.forms.outcomes import LanguageMixin, ThemeMixin, area
from concivis.codesign.outcomes import SetAside
from concivis.hubs import choices
from concivis.shell import sounds
from concivis.shell.guard import GuardedForm
from concivis.shell.upload_fields import LimitedFileField
from concivis.shell.widgets import QuickSelect


class BoxForm(ThemeMixin, GuardedForm):
    texts = ("text",)

    text = forms.CharField(
        label=_("What do you want to say?"),
        required=False,
        max_length=4000,
        widget=area(6),
        help_text=_("In any language. Please do not write names of people."),
    )
    audio = LimitedFileField(
        label=_("Or say it: a recording"),
        required=False,
        limit=sounds.LARGEST,
        accept=sounds.ACCEPT,
        help_text=_("Only the office hears it. It is deleted after three months."),
    )
    language = forms.ChoiceField(
        label=_("In which language?"),
        required=False,
        choices=lambda: [("", "—"), *choices.languages()],
        widget=QuickSelect,
    )
    field_order = ("text", "audio", "language", "theme")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", get_language())


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label=_("Your receipt code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
        help_text=_("It looks like this: 7K2M-Q9XA-04TZ"),
    )


class AgainForm(GuardedForm):
    texts = ("text",)
    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Write again"), max_length=4000, widget=area(4))


class ReplyForm(LanguageMixin):
    text = forms.CharField(
        label=_("Your answer to the sender"),
        max_length=4000,
        widget=area(4),
        help_text=_("They read it with their receipt code. You do not learn who they are."),
    )
    field_order = ("text", "language")


class TakeUpForm(ThemeMixin, LanguageMixin):
    text = forms.CharField(
        label=_("The insight, in your words"),
        max_length=1500,
        widget=area(5),
        help_text=_("Without names, and without anything that tells who said it."),
    )
    need = forms.ChoiceField(
        label=_("What is needed?"), required=False, choices=lambda: [("", "—"), *Need.choices]
    )
    field_order = ("text", "language", "need", "theme")


class AsideForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why is it not taken up?"),
        choices=SetAside.choices,
        widget=forms.RadioSelect,
        help_text=_("The sender reads these words."),
    )
