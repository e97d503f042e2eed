from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.hubs.models import Hub, today_in
from concivis.newsletter.enums import Rhythm
from concivis.shell.guard import GuardedForm
from concivis.shell.languages import interface_choices


class SubscribeForm(GuardedForm):
    email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("You get a letter with a link that confirms. Nothing else is done with the address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    rhythm = forms.ChoiceField(label=_("What do you want to get?"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language?"), choices=interface_choices)

    def __init__(self, data: Any, *, hub: Hub | None, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        offered = [each for each in Rhythm if hub or each != Rhythm.NEWSLETTER]
        self.fields["rhythm"].choices = [(each.value, each.label) for each in offered]  # type: ignore[attr-defined]

    def wishes(self) -> dict[str, Any]:
        """For `subscribing.subscribe`."""
        return {name: self.cleaned_data[name] for name in ("email", "rhythm", "language")}


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("In which language?"), choices=interface_choices)


class PeriodForm(forms.Form):
    """The days a newsletter tells of, both included, in the office's time zone."""

    since = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any, *, hub: Hub, since: datetime | None) -> None:
        self.zone = ZoneInfo(hub.timezone)
        today = today_in(hub)
        first = since.astimezone(self.zone).date() if since else today - timedelta(days=30)
        super().__init__(data, initial={"since": min(first, today), "until": today})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("This day lies before the first one."))
        return cleaned

    def period(self) -> tuple[datetime, datetime]:
        """From the beginning of the first day to the end of the last."""
        after: date = self.cleaned_data["until"] + timedelta(days=1)
        return self._midnight(self.cleaned_data["since"]), self._midnight(after)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone)


class WordsForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(label=_("Subject"), max_length=150, required=False)
    greeting = forms.CharField(
        label=_("Greeting"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Stands above everything. An empty line makes a paragraph, **stars** make words bold."),
    )
    closing = forms.CharField(
        label=_("Closing"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ItemForm(forms.Form):
    heading = forms.CharField(label=_("Heading"), max_length=300, required=False)
    text = forms.CharField(
        label=_("Text"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 6})
    )


class RevisionForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
