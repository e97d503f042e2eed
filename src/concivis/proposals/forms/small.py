"""Short forms of strangers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.shell.guard import GuardedForm


class LinkForm(GuardedForm):
    """An author asks for a new link."""

    email = forms.EmailField(
        label=_("The mail address with which you wrote the proposal"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
