from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.hubs.models import Hub, today_in
from concivis.reports.actions.reports import Frame
from concivis.reports.models import FIRST_YEAR, FOREWORD_LENGTH, LAST_YEAR, SENTENCE_LENGTH, Report
from concivis.reports.queries import calendar_year
from concivis.shell.languages import interface_choices


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class NewForm(forms.Form):
    """Everything has an answer already: a year can be begun with one click."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR + 1, max_value=LAST_YEAR)
    title = forms.CharField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language in which you write it"), choices=interface_choices)
    languages = forms.MultipleChoiceField(
        label=_("Further languages in which you want to tell it"),
        choices=interface_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Numbers and tables are there in every language by themselves; only your own words need translating."
        ),
    )
    like = forms.BooleanField(
        label=_("Begin with the sections and the foreword of the last report"), required=False
    )

    def __init__(self, data: Any, *, hub: Hub, year: int, language: str, last: Report | None) -> None:
        self.hub = hub
        initial = {
            "year": year,
            "title": gettext("What we did in %(year)s") % {"year": year},
            "language": language,
            "languages": last.languages if last else [],
            "like": last is not None,
        }
        super().__init__(data, initial=initial)
        if last is None:
            del self.fields["like"]

    def frame(self) -> Frame:
        first, last = calendar_year(self.cleaned_data["year"])
        return Frame(first, last, self.cleaned_data["languages"])


class DaysForm(forms.Form):
    """Once the numbers are fixed, only the languages can be chosen anew."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    first = _day(label=_("First day"))
    last = _day(
        label=_("Last day"), help_text=_("Both days are counted. The year of the last day is the report's.")
    )
    as_of = _day(
        label=_("Numbers as of"),
        required=False,
        help_text=_(
            "What was entered after this day does not count. Left empty: the day on which you fix the numbers."
        ),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which you want to tell it"),
        choices=interface_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, report: Report) -> None:
        self.report = report
        self.zone = ZoneInfo(report.hub.timezone)
        known = report.as_of
        initial = {
            "revision": report.revision,
            "first": report.first,
            "last": report.last,
            "as_of": (known.astimezone(self.zone) - timedelta(seconds=1)).date() if known else None,
            "languages": report.languages,
        }
        super().__init__(data, initial=initial)
        if report.is_fixed:
            for name in ("first", "last", "as_of"):
                del self.fields[name]

    def frame(self) -> Frame:
        said = self.cleaned_data
        if self.report.is_fixed:
            return Frame(self.report.first, self.report.last, said["languages"], self.report.as_of)
        return Frame(said["first"], said["last"], said["languages"], self._moment(said["as_of"]))

    def clean_as_of(self) -> date | None:
        day: date | None = self.cleaned_data["as_of"]
        if day is not None and day >= today_in(self.report.hub):
            raise forms.ValidationError(gettext("Choose a day that is over, or leave it empty for today."))
        return day

    def _moment(self, day: date | None) -> datetime | None:
        """The end of the day, where the hub is."""
        return datetime.combine(day + timedelta(days=1), time(), self.zone) if day else None


class WordsForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    foreword = forms.CharField(
        label=_("Foreword"),
        required=False,
        max_length=FOREWORD_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "An empty line makes a paragraph, **stars** make words bold, a dash begins an item of a list."
        ),
    )


class SentenceForm(forms.Form):
    sentence = forms.CharField(
        label=_("What you say of it"),
        required=False,
        max_length=SENTENCE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("A sentence or two: why it mattered this year."),
    )


class RulesForm(forms.Form):
    reminds = forms.BooleanField(
        label=_("Remind us in January that last year's report waits"),
        required=False,
        help_text=_(
            "It stands among the matters of the day until the report is published, at most until the end of March."
        ),
    )
