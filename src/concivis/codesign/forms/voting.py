"""Forms of votes: for the office, and the ballot."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.codesign.forms.outcomes import LanguageMixin
from concivis.codesign.models import Process, Recommendation, Session, Vote, VoteOption
from concivis.codesign.models.voting import MOST_DOTS
from concivis.codesign.outcomes import Method
from concivis.shell import content


class VoteForm(LanguageMixin):
    title = forms.CharField(label=_("What is the question?"), max_length=200)
    method = forms.ChoiceField(label=_("How is it voted?"), choices=Method.choices, widget=forms.RadioSelect)
    dots = forms.IntegerField(
        label=_("How many dots has each person?"), required=False, min_value=1, max_value=MOST_DOTS
    )
    dots_each = forms.IntegerField(
        label=_("How many of them at most on one recommendation?"),
        required=False,
        min_value=1,
        max_value=MOST_DOTS,
    )
    recommendations = forms.ModelMultipleChoiceField(
        label=_("Which recommendations are voted on?"),
        queryset=Recommendation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ("title", "language", "method", "dots", "dots_each", "recommendations")

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"method": Method.DOTS, "dots": 5, "dots_each": 2, **self.initial}
        self.fields["recommendations"].queryset = process.recommendations.public()  # type: ignore[attr-defined]


class BallotsForm(forms.Form):
    number = forms.IntegerField(
        label=_("How many ballots?"), min_value=1, max_value=2000, initial=20,
        help_text=_("Each has its own code, which counts once. Nobody knows who gets which."),
    )  # fmt: skip


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code on your ballot"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "dir": "ltr"}
        ),
        help_text=_("It looks like this: 7K2M-Q9XA"),
    )


class MarksForm(forms.Form):
    """One number for each recommendation: dots, or its place."""

    def __init__(self, *args: Any, vote: Vote, options: list[VoteOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dots = vote.method == Method.DOTS
        most = vote.dots_each if dots else len(options)
        for option in options:
            self.fields[f"o{option.pk}"] = forms.IntegerField(
                label=f"{option.recommendation.number}. {words(option)}",
                required=False,
                min_value=0 if dots else 1,
                max_value=most,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def marks(self) -> dict[int, int]:
        return {int(name[1:]): value for name, value in self.cleaned_data.items() if value}


class PosterForm(forms.Form):
    session = forms.ModelChoiceField(label=_("At which session?"), queryset=Session.objects.none())

    def __init__(self, *args: Any, vote: Vote, options: list[VoteOption], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = vote.process.sessions.filter(cancelled_at=None)  # type: ignore[attr-defined]
        for option in options:
            self.fields[f"o{option.pk}"] = forms.IntegerField(
                label=f"{option.recommendation.number}. {words(option)}",
                required=False,
                min_value=0,
                max_value=10_000,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def dots(self) -> dict[int, int]:
        return {int(name[1:]): value or 0 for name, value in self.cleaned_data.items() if name != "session"}


def options_of(vote: Vote) -> list[VoteOption]:
    """With their recommendations and translations. Two queries."""
    return list(
        vote.options.select_related("recommendation").prefetch_related("recommendation__translations")
    )


def words(option: VoteOption) -> str:
    """The title of its recommendation in the reader's language."""
    found = option.recommendation
    told = content.choose(found, found.translations.all(), content.reader_languages())
    return str(told.texts["title"])
