"""The short forms: a translation, a merge, a claim."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.directory.forms.fields import text
from concivis.directory.models import Organisation
from concivis.directory.queries import in_hub
from concivis.hubs import choices
from concivis.hubs.models import Hub
from concivis.shell.content import Origin
from concivis.shell.widgets import QuickSelect


class TranslationForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language of the translation"), choices=choices.languages, widget=QuickSelect
    )
    origin = forms.ChoiceField(label=_("Translated by"), choices=Origin.choices)
    description = text(_("About"), 4000, 6)
    activities_here = text(_("Activities here"), 2000)
    activities_there = text(_("Activities abroad"), 2000)
    partners_abroad = text(_("Partners abroad"), 2000)


class MergeForm(forms.Form):
    """Into which entry this one goes."""

    survivor = forms.ModelChoiceField(label=_("The entry that stays"), queryset=Organisation.objects.none())

    def __init__(self, *args: Any, organisation: Organisation, hub: Hub, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: Any = in_hub(hub).exclude(pk=organisation.pk)
        self.fields["survivor"].queryset = others  # type: ignore[attr-defined]


class ClaimForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120)
    email = forms.EmailField(
        label=_("Your mail address"), help_text=_("Only the office sees it. We send a link to it.")
    )
    message = text(
        _("Who are you in this organisation?"),
        2000,
        4,
        help_text=_("So that the office can tell that it is you."),
    )
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user is not None:
            del self.fields["email"]
            self.initial["name"] = user.name


class DeclineForm(forms.Form):
    reason = text(_("Why?"), 400, 3, help_text=_("A sentence. It is mailed to whoever asked."))
