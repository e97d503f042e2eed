"""Short forms: of strangers, and of who writes a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concivis.hubs import choices
from concivis.proposals.actions.writing import LONGEST
from concivis.proposals.models import Proposal
from concivis.shell.guard import GuardedForm
from concivis.shell.widgets import QuickSelect


class LinkForm(GuardedForm):
    """An author asks for a new link."""

    email = forms.EmailField(
        label=_("The mail address with which you wrote the proposal"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class SponsorForm(GuardedForm):
    """A first supporter."""

    texts = ("name",)

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        help_text=_("Only the office sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_(
            "We send you a link; the button behind it counts. Nobody but the office sees the address."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    agreed = forms.BooleanField(
        label=_("By the rules of the city I may support it"),
        error_messages={"required": _("Please say that you may support it by the rules of the city.")},
    )


class CoAuthorForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("Mail address"), help_text=_("We ask this person; nobody is named before they agree.")
    )


class JoinForm(forms.Form):
    name_public = forms.BooleanField(label=_("Everybody may see my name beside the proposal"), required=False)


class TranslationForm(forms.Form):
    """The proposal in another language."""

    language = forms.ChoiceField(
        label=_("In which language do you write it?"), choices=choices.languages, widget=QuickSelect
    )
    title = forms.CharField(label=_("What do you propose?"), max_length=150)
    summary = forms.CharField(
        label=_("What shall the city do?"),
        max_length=LONGEST["summary"],
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    body = forms.CharField(
        label=_("Why, and how?"),
        required=False,
        max_length=LONGEST["body"],
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            choice for choice in choices.languages() if choice[0] != proposal.language
        ]


class WishForm(forms.Form):
    """What an author wants put right in a published text."""

    wish = forms.CharField(
        label=_("What shall be put right, and why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The office decides. What stood there before stays readable for everybody."),
    )
