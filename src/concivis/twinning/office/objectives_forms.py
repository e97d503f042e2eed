"""The forms about objectives, the plan and reviews. What cannot be is refused by the actions, beside the fields."""

import datetime as dt
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concivis.hubs import choices
from concivis.hubs.forms import DAYS
from concivis.shell.templatetags.shell import locale
from concivis.twinning.enums import ObjectiveState
from concivis.twinning.marks import mark_of, mark_of_review
from concivis.twinning.models import Objective, Partnership, PlanItem, Review
from concivis.twinning.office.journey_forms import date_input


class ObjectiveForm(forms.Form):
    text = forms.CharField(
        label=_("What do you want to reach together?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One thing: “Every school of both towns has a partner class”."),
    )
    measure = forms.CharField(
        label=_("How will you see that it is reached?"),
        max_length=300,
        help_text=_("Something that can be counted or shown: “Number of pairs of classes”."),
    )
    due_on = forms.DateField(label=_("To be reached by"), widget=date_input(), validators=DAYS)
    language = forms.ChoiceField(label=_("Language of these words"), choices=choices.languages)


class CloseForm(forms.Form):
    reached = forms.ChoiceField(
        label=_("Is it reached?"),
        choices=[
            ("yes", pgettext_lazy("objective", "reached")),
            ("no", pgettext_lazy("objective", "not reached")),
        ],
        widget=forms.RadioSelect,
    )
    result = forms.CharField(
        label=_("What came of it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SeenForm(forms.Form):
    """A form of something that stands already: it carries a mark of what its writer saw when they began."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def still(self, stands: str, words: str) -> bool:
        """Whether what stands is what the writer saw. Else the form says so, keeps their words and takes the new mark.

        `stands`: the mark of what stands now; `words`: what stands now, for the writer to compare.
        """
        if self.cleaned_data.get("seen") == stands:
            return True
        sent = {name: self.data.get(name) for name in self.data}  # each field has one value
        self.data = {**sent, "seen": stands}
        self.add_error(
            None,
            gettext(
                "While you were writing, somebody changed this. Now it says: %(words)s. What you wrote is still below: "
                "compare, then save again."
            )
            % {"words": words},
        )
        return False


class AmountField(forms.DecimalField):
    """An amount of money as people write it: “1.500,50” in German, “1,500.50” in English, “1500.50” in both."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Any:
        written = "".join(str(value).split()) if value is not None else ""  # “1 500,50” in French
        try:
            return parse_decimal(written, locale=locale(), strict=True) if written else None
        except NumberFormatError:
            return super().to_python(written)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return format_decimal(value, format="#,##0.00", locale=locale())
        return value


class PlanForm(SeenForm):
    year = forms.IntegerField(label=_("Year"), min_value=1900, max_value=2200)
    title = forms.CharField(
        label=_("What is meant to happen"), max_length=200, help_text=_("“Youth camp in the summer”.")
    )
    objective = forms.ModelChoiceField(
        label=_("Which objective it serves"),
        queryset=Objective.objects.none(),
        required=False,
        empty_label=_("none in particular"),
    )
    budget = AmountField(label=_("Budget"), required=False, min_value=0, max_digits=12, decimal_places=2)
    currency = forms.CharField(
        label=_("Currency"), required=False, max_length=3, help_text=_("Three letters, such as EUR.")
    )
    funding = forms.CharField(
        label=_("Paid by"),
        max_length=200,
        required=False,
        help_text=_("The municipality, the associations, the families, a programme."),
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=choices.languages)

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_force = partnership.objectives.filter(state__in=[ObjectiveState.PROPOSED, ObjectiveState.AGREED])
        self.fields["objective"].queryset = in_force  # type: ignore[attr-defined]

    def facts(self) -> dict[str, Any]:
        """As `actions.plan` takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @staticmethod
    def of(item: PlanItem) -> dict[str, Any]:
        """What the form of this line begins with."""
        names = ("year", "title", "budget", "currency", "funding", "language")
        facts = {name: getattr(item, name) for name in names} | {"objective": item.objective_id}
        return {**facts, "seen": mark_of(item)}


class ReviewForm(SeenForm):
    year = forms.IntegerField(label=_("Year that you look back on"), min_value=1900, max_value=2200)
    held_on = forms.DateField(label=_("Held on"), widget=date_input(), validators=DAYS)
    summary = forms.CharField(
        label=_("What went well, what will change"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=choices.languages)

    @staticmethod
    def of(review: Review) -> dict[str, Any]:
        facts = {name: getattr(review, name) for name in ("year", "held_on", "summary", "language")}
        return {**facts, "seen": mark_of_review(review)}


def year_to_look_back_on(today: dt.date) -> int:
    """From November on one looks back on the year that ends, before that on the last."""
    return today.year if today.month >= 11 else today.year - 1
