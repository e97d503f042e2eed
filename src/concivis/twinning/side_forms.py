"""What the keeper asks, and what the other side answers."""

import unicodedata
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.hubs import choices
from concivis.shell.dates import PartialDate
from concivis.twinning import listing
from concivis.twinning.answers import STATED, SideAccount
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Partnership, Side

JOINERS = "\u200c\u200d"  # unseen letters that names in Persian or Hindi are written with


class AskForm(forms.Form):
    """The letter to the other side."""

    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy("Of the office or the person who can answer for the other side."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=lambda: settings.LANGUAGES
    )


class ActorsForm(forms.Form):
    people = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who may answer for this side"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, possible: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelMultipleChoiceField, self.fields["people"]).queryset = possible


# --- answers -----------------------------------------------------------------------------------------------


class AnswerForm(forms.Form):
    """With `by_key`, who answers says so: no account does."""

    named = forms.CharField(
        label=gettext_lazy("Your name and your office"),
        max_length=200,
        help_text=gettext_lazy(
            "Kept with your answer and seen by the office that asked you. It is not published."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, *args: Any, by_key: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_key:
            del self.fields["named"]

    def clean_named(self) -> str:
        """On one line, without signs that are not seen and could turn the text around."""
        text = str(self.cleaned_data["named"])
        seen = "".join(sign if sign.isprintable() or sign in JOINERS else " " for sign in text)
        named = " ".join(seen.split())
        if not any(unicodedata.category(sign).startswith("L") for sign in named):
            raise ValidationError(_("Write your name and your office."))
        return named

    @property
    def named_by(self) -> str:
        return str(self.cleaned_data.get("named", ""))


class ConfirmForm(AnswerForm):
    """“This is right.”"""


class AgreeForm(AnswerForm):
    """To one matter; `read` is the digest of what stood there."""

    read = forms.CharField(max_length=64, widget=forms.HiddenInput)


class DeclineForm(AnswerForm):
    """“This is not our partnership.”"""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "A sentence or two: since when it is over, or that you never agreed to it. Where the partnership "
            "is public, everybody reads it."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("The language you write in"), choices=choices.languages, initial=get_language
    )
    field_order = ("reason", "language", "named")


class CorrectForm(AnswerForm):
    """How the side sees it. A field for each date that a side can state, named by its kind."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, help_text=gettext_lazy("As your side sees it.")
    )
    body = forms.CharField(
        label=gettext_lazy("Who acts for your side"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The town hall, a twinning committee, an association."),
    )
    remark = forms.CharField(
        label=gettext_lazy("What else should be known"),
        required=False,
        max_length=1700,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Where the partnership is public, everybody reads it."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("The language you write in"), choices=choices.languages, initial=get_language
    )
    confirm = forms.BooleanField(
        label=gettext_lazy("Everything else on the page is right."), required=False, initial=True
    )

    def __init__(self, *args: Any, side: Side, account: SideAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in STATED:
            self.fields[kind.value] = _date_field(kind, account.dates.get(kind))
        partnership = side.partnership
        self.fields["state"].choices = _states(partnership)  # type: ignore[attr-defined]
        for name in ("state", "remark", "body"):
            self.fields[name].initial = getattr(account, name)
        if account.language:
            self.fields["language"].initial = account.language
        if side.confirmed_at:
            del self.fields["confirm"]
        self.order_fields([*[kind.value for kind in STATED], "state", "body", "remark", "language", "named"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for kind in STATED:
            text = cleaned.get(kind.value)
            try:
                cleaned[kind.value] = PartialDate.parse(text) if text else None
            except ValueError as error:
                self.add_error(kind.value, str(error))
        return cleaned

    @property
    def account(self) -> SideAccount:
        said = self.cleaned_data
        return SideAccount(
            dates={kind: said[kind.value] for kind in STATED if said[kind.value]},
            state=said["state"],
            remark=said["remark"],
            language=said["language"] if said["remark"] else "",
            body=said["body"],
        )


DATE_LABELS = {
    MilestoneKind.FIRST_CONTACT: gettext_lazy("First contact"),
    MilestoneKind.RATIFIED: gettext_lazy("Vote of your council"),
    MilestoneKind.SIGNED: gettext_lazy("Signed by your side"),
    MilestoneKind.COUNTERSIGNED: gettext_lazy("Countersigned by your side"),
    MilestoneKind.RENEWED: gettext_lazy("Last renewed by your side"),
}


def _date_field(kind: MilestoneKind, when: PartialDate | None) -> forms.CharField:
    return forms.CharField(
        label=DATE_LABELS[kind],
        required=False,
        max_length=20,
        initial=when.iso if when else "",
        help_text=gettext_lazy("As exactly as you know it: 1963, 1963-05 or 1963-05-03.")
        if kind == STATED[0]
        else "",
    )


def _states(partnership: Partnership) -> list[tuple[str, str]]:
    """All but “ended”, which is an answer of its own."""
    same = _("as the office writes: %(state)s") % {"state": listing.state_label(partnership.state)}
    other = [
        (state.value, str(state.label))
        for state in PartnershipState
        if state not in (partnership.state, PartnershipState.ENDED)
    ]
    return [("", same), *other]
