"""The form with which people sign: one page, only what the rules ask for."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from concivis.proposals import identity
from concivis.proposals.actions.signing import Facts
from concivis.proposals.enums import Asked, Support
from concivis.proposals.models import Rules
from concivis.shell.guard import GuardedForm

OLDEST = 120  # years
NUMBERS = {"inputmode": "numeric"}


class SignFields(forms.Form):
    """What everybody says who signs, by letter or signed in. `rules`: of the proposal."""

    support = forms.ChoiceField(
        label=_("Who are you?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please say whether you may sign by these rules.")},
    )
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    name_public = forms.BooleanField(label=_("Show my name in the public list of supporters"), required=False)
    birth_year = forms.IntegerField(
        label=_("Year of birth"), widget=forms.TextInput(attrs={**NUMBERS, "autocomplete": "bday-year"})
    )
    postcode = forms.CharField(
        label=_("Postcode"), max_length=12, widget=forms.TextInput(attrs={"autocomplete": "postal-code"})
    )
    address = forms.CharField(
        label=_("Street and number"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    wants_news = forms.BooleanField(label=_("Mail me what becomes of this proposal"), required=False)
    consent = forms.BooleanField(
        label=_("What I wrote here may be kept to count and check my signature"),
        error_messages={"required": _("Without this we cannot count your signature.")},
    )

    def __init__(self, *args: Any, rules: Rules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        self.fields["support"].choices = supports(rules)  # type: ignore[attr-defined]
        if Asked.NAME not in rules.asked:
            self.fields["name"].required = False
            self.fields["name"].help_text = gettext("Only if you want to be in the public list.")
        for name in (Asked.BIRTH_YEAR, Asked.POSTCODE, Asked.ADDRESS):
            if name not in rules.asked:
                del self.fields[name]

    def clean_birth_year(self) -> int:
        year: int = self.cleaned_data["birth_year"]
        this_year = timezone.localdate().year
        if not this_year - OLDEST <= year <= this_year:
            raise forms.ValidationError(_("Please write the year in which you were born, in four digits."))
        return year

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("name_public") and not cleaned.get("name"):
            self.add_error("name", _("Write your name if it is to be in the public list."))
        if self._too_young(cleaned):
            self.add_error("support", self._least_age())
        return cleaned

    def facts(self, email: str) -> Facts:
        said = {
            name: self.cleaned_data[name] for name in Facts.__dataclass_fields__ if name in self.cleaned_data
        }
        return Facts(**{**said, "email": email, "language": get_language() or ""})

    def _too_young(self, cleaned: dict[str, Any]) -> bool:
        """Surely so: in the year of the birthday itself, their own statement counts."""
        year, least = cleaned.get("birth_year"), self.rules.min_age
        legal = cleaned.get("support") == Support.LEGAL
        return bool(legal and year and least and timezone.localdate().year - year < least)

    def _least_age(self) -> str:
        age = self.rules.min_age or 0
        said = ngettext("Whoever signs must be {n} year old.", "Whoever signs must be {n} years old.", age)
        others = (
            gettext("You can support the proposal in the other way.") if self.rules.has_consultative else ""
        )
        return f"{said.format(n=age)} {others}".strip()


class SignForm(GuardedForm, SignFields):
    """For who has no account, or does not want to use it: a letter follows."""

    texts = ("name",)
    field_order = ("support", "email")

    email = forms.EmailField(
        label=_("Your mail address"),
        help_text=_(
            "We send you a link. You have signed once you press the button there. It is never shown."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        try:
            identity.canonical(email)
        except ValueError:
            raise forms.ValidationError(_("Please write a mail address, as in name@example.org.")) from None
        return email


def supports(rules: Rules) -> list[tuple[str, Any]]:
    """The ways to support, each as a statement about oneself."""
    legal = (Support.LEGAL.value, _("I may sign by these rules"))
    others = (Support.CONSULTATIVE.value, _("I may not sign by these rules, but I support the proposal"))
    return [legal, others] if rules.has_consultative else [legal]
