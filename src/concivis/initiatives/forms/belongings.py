"""Forms about pictures, updates, papers, translations."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from concivis.hubs import choices
from concivis.initiatives.enums import DocumentKind
from concivis.initiatives.forms.entry import capitalised
from concivis.initiatives.forms.fields import FiguresField
from concivis.initiatives.models import Update
from concivis.shell import uploads
from concivis.shell.date_fields import PartialDateField
from concivis.shell.widgets import QuickSelect


class UpdateForm(forms.Form):
    title = forms.CharField(label=_("What happened?"), max_length=200)
    when = PartialDateField(label=_("When?"))
    text = forms.CharField(
        label=_("Tell more"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    is_result = forms.BooleanField(label=_("This is a result of the initiative"), required=False)
    figures = FiguresField(
        label=_("Figures"), required=False, help_text=_("One in each line: 24 pupils travelled.")
    )
    language = forms.ChoiceField(
        label=_("In which language have you written this?"), choices=choices.languages, widget=QuickSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", get_language())

    @staticmethod
    def initial_of(update: Update) -> dict[str, Any]:
        names = ("title", "text", "is_result", "figures", "language")
        return {**{name: getattr(update, name) for name in names}, "when": update.when}


class PaperForm(forms.Form):
    file = forms.FileField(
        label=_("File"), max_length=255, widget=forms.FileInput(attrs={"accept": uploads.ACCEPT})
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=capitalised(DocumentKind.choices))
    is_public = forms.BooleanField(label=_("Everybody may read it"), required=False)


class TranslationForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200)
    summary = forms.CharField(
        label=_("In two or three sentences"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    story = forms.CharField(
        label=_("Story"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 12})
    )
    by_machine = forms.BooleanField(
        label=_("A machine translated this, and no person has read it through"), required=False
    )


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=choices.languages, widget=QuickSelect)
