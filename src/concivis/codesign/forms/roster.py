"""The office's forms about connectors, their training and what they get back."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.codesign.actions.connectors import LONGEST_TERM_MONTHS
from concivis.codesign.enums import ConnectorState, ExpenseState
from concivis.codesign.forms.fields import DayField, long_text, text_language
from concivis.codesign.models import CodesignRules, Connector, TrainingPart
from concivis.hubs import choices
from concivis.hubs.letters import interface_language
from concivis.hubs.models import Hub, today_in
from concivis.shell.dates import months_later
from concivis.shell.languages import interface_choices
from concivis.shell.widgets import QuickSelect


class ConnectorForm(forms.Form):
    """Only what the office needs to write to somebody: all else they say themselves."""

    name = forms.CharField(
        label=_("Name or pseudonym"), max_length=120, help_text=_("They can change it on their own page.")
    )
    email = forms.EmailField(
        label=_("Mail address"), help_text=_("Never public. The link to their own pages is sent there.")
    )
    language = forms.ChoiceField(label=_("Language of our letters"), choices=interface_choices)
    term_from = DayField(label=_("From"))
    term_until = DayField(label=_("Until"), help_text=_("Two years at most."))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def new(cls, hub: Hub, data: Any = None) -> "ConnectorForm":
        today = today_in(hub)
        until = months_later(today, LONGEST_TERM_MONTHS) - dt.timedelta(days=1)
        initial = {"language": interface_language(hub.language), "term_from": today, "term_until": until}
        return cls(data, initial=initial)

    @classmethod
    def of(cls, connector: Connector, data: Any = None) -> "ConnectorForm":
        names = ("name", "email", "language", "term_from", "term_until", "revision")
        return cls(data, initial={name: getattr(connector, name) for name in names})

    def said(self) -> dict[str, Any]:
        names = ("name", "email", "language", "term_from", "term_until")
        return {name: self.cleaned_data[name] for name in names}


class RosterFilter(forms.Form):
    """`?q=&language=&state=`"""

    q = forms.CharField(
        label=_("Name or community"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    language = forms.ChoiceField(
        label=_("Speaks"),
        required=False,
        choices=lambda: [("", _("all")), *choices.languages()],
        widget=QuickSelect,
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=lambda: [("", _("all")), *ConnectorState.choices],
        widget=QuickSelect,
    )

    def wanted(self) -> dict[str, str]:
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class ReturnForm(forms.Form):
    term_until = DayField(label=_("Until"), help_text=_("Two years at most."))


class DoneForm(forms.Form):
    done_on = DayField(label=_("On"))


class PartForm(forms.Form):
    title = forms.CharField(label=_("What is it about?"), max_length=160)
    hours = forms.DecimalField(
        label=_("Hours"), max_digits=4, decimal_places=1, required=False, min_value=0.5
    )
    language = text_language()

    @classmethod
    def of(cls, part: TrainingPart, data: Any = None) -> "PartForm":
        return cls(data, initial={name: getattr(part, name) for name in ("title", "hours", "language")})


class RefuseForm(forms.Form):
    reason = long_text(
        _("Why is it refused?"),
        300,
        rows=3,
        required=True,
        help_text=_("Stands in the letter to the connector."),
    )


class ExpenseFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=lambda: [("", _("all")), *ExpenseState.choices],
        widget=QuickSelect,
    )


class RulesForm(forms.Form):
    answer_days = forms.IntegerField(
        label=_("We answer connectors within so many days"),
        min_value=1,
        max_value=60,
        help_text=_("After that it stands on Today, and they get a mail that says we have not forgotten."),
    )
    participant_months = forms.IntegerField(
        label=_("We delete what is kept of participants so many months after the session"),
        min_value=1,
        max_value=36,
        help_text=_("Holds for what is noted from now on."),
    )
    connector_months = forms.IntegerField(
        label=_("We delete everything about connectors so many months after they ended"),
        min_value=1,
        max_value=60,
    )
    currency = forms.CharField(label=_("Currency of expenses"), max_length=3, min_length=3)

    @classmethod
    def of(cls, rules: CodesignRules, data: Any = None) -> "RulesForm":
        names = ("answer_days", "participant_months", "connector_months", "currency")
        return cls(data, initial={name: getattr(rules, name) for name in names})
