"""What connectors say about themselves, write and enter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.codesign.actions.expenses import RECEIPT_BYTES
from concivis.codesign.actions.messages import LONGEST
from concivis.codesign.enums import Said
from concivis.codesign.forms.fields import DayField, long_text
from concivis.codesign.models import Connector
from concivis.places.fields import LanguagesField
from concivis.shell import uploads
from concivis.shell.upload_fields import LimitedFileField


class AboutForm(forms.Form):
    """Each field may stay empty, and is shown to everybody only where its box is ticked."""

    name = forms.CharField(
        label=_("Your name, or one that you choose"),
        max_length=120,
        help_text=_("The office calls you by it. It need not be your real name."),
    )
    name_public = forms.BooleanField(label=_("Everybody may see this name"), required=False)
    communities = long_text(
        _("Communities you feel close to"),
        1000,
        rows=3,
        help_text=_("Only if you like, in your own words, one in a line. Nobody fills this in for you."),
    )
    communities_public = forms.BooleanField(label=_("Everybody may see these communities"), required=False)
    languages = LanguagesField(
        label=_("Languages you speak"),
        required=False,
        help_text=_("Only if you like. Separate several by commas: German, Tamil."),
    )
    languages_public = forms.BooleanField(label=_("Everybody may see these languages"), required=False)

    @classmethod
    def of(cls, connector: Connector, data: Any = None) -> "AboutForm":
        """One query."""
        rows = list(connector.volunteered.all())
        communities = [row for row in rows if row.kind == Said.COMMUNITY]
        languages = [row for row in rows if row.kind == Said.LANGUAGE]
        initial = {
            "name": connector.name,
            "name_public": connector.name_public,
            "communities": "\n".join(row.value for row in communities),
            "communities_public": any(row.is_public for row in communities),
            "languages": [row.value for row in languages],
            "languages_public": any(row.is_public for row in languages),
        }
        return cls(data, initial=initial)

    def said(self) -> dict[str, Any]:
        """For `connectors.say_about_oneself`."""
        given = self.cleaned_data
        lines = [line.strip() for line in given["communities"].splitlines() if line.strip()]
        return {
            "name": given["name"],
            "name_public": given["name_public"],
            "communities": dict.fromkeys(lines, given["communities_public"]),
            "languages": dict.fromkeys(given["languages"], given["languages_public"]),
        }


class MessageForm(forms.Form):
    text = long_text(_("Your message"), LONGEST, rows=5, required=True)


class ExpenseForm(forms.Form):
    date = DayField(label=_("On which day?"))
    what = forms.CharField(label=_("What for?"), max_length=200)
    amount = forms.DecimalField(
        label=_("How much?"), min_value=0.01, max_digits=7, decimal_places=2, localize=True
    )
    receipt = LimitedFileField(
        label=_("Receipt"),
        required=False,
        limit=RECEIPT_BYTES,
        accept=uploads.ACCEPT,
        help_text=_("A photo or a PDF, up to 10 megabytes. Only the office sees it."),
    )
