"""The form for strangers, and the message to an initiative."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.initiatives.forms.entry import ShortForm
from concivis.shell.guard import GuardedForm


class RegisterForm(GuardedForm, ShortForm):
    texts = ("title", "summary", "organisation", "owner_name")

    agreed = forms.BooleanField(
        label=_("The office may keep what I have written and publish it, without my name and address"),
        error_messages={"required": _("Without this we can keep nothing of what you wrote.")},
    )

    def groups(self) -> list[tuple[Any, list[Any], bool]]:
        """(heading, bound fields, whether it may stay folded) in the order of the page."""
        more = ["started", "themes", "target_groups", "needs", "offers", "links"]
        return [
            (
                _("Your initiative"),
                [self[name] for name in ("title", "summary", "language", "kind", "stage")],
                False,
            ),
            (
                _("Who and where"),
                [self[name] for name in ("organisation", "countries", *self.place_names)],
                False,
            ),
            (_("More, if you like"), [self[name] for name in more], True),
            (
                _("About you"),
                [
                    self[name]
                    for name in ("owner_name", "owner_email", "name_public", "email_public", "agreed")
                ],
                False,
            ),
        ]


class HelpForm(GuardedForm):
    """A message to who looks after an initiative; they answer by mail."""

    texts = ("message", "name")

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_("The initiative sees it, so that it can answer you. We do not keep it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(
        label=_("Your message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8})
    )


class LinkForm(GuardedForm):
    """Who looks after an initiative asks for a new link."""

    email = forms.EmailField(
        label=_("The mail address with which the entry is looked after"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
