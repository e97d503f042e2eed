from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.hubs import tokens, webhooks
from concivis.hubs.models import Hub
from concivis.hubs.scopes import Scope


def _scopes() -> list[tuple[str, str]]:
    return [(scope.value, f"{scope.description} ({scope.value})") for scope in Scope]


def _events() -> list[tuple[str, str]]:
    return [(name, f"{label} ({name})") for name, label in webhooks.EVENTS.items()]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("A name by which colleagues recognise it: the council's website, the yearly report."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may the program do?"),
        choices=_scopes,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As little as it needs. It cannot be changed later; issue another token instead."),
    )
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("After this day the token opens nothing. Left empty, it does not expire."),
    )

    def __init__(self, data: Any, *, hub: Hub) -> None:
        super().__init__(data, initial={"expires_on": tokens.default_expiry(hub)})


class EventsForm(forms.Form):
    events = forms.MultipleChoiceField(
        label=_("Of what shall it be told?"), choices=_events, widget=forms.CheckboxSelectMultiple
    )


class WebhookForm(EventsForm):
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        widget=forms.URLInput,
        help_text=_("Of the program that takes the messages, beginning with https://"),
    )
    field_order = ("url", "events")
