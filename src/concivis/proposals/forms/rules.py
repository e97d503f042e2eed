"""Forms about the rules of a hub."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.hubs.forms import DAYS
from concivis.proposals import enums
from concivis.proposals.actions.rules import LISTS, PLAIN, RulesFacts
from concivis.shell.widgets import QuickSelect

MOST_AREAS = 200


def capitalised(options: Any) -> list[tuple[str, str]]:
    return [(value, str(label)[:1].upper() + str(label)[1:]) for value, label in options]


def _number(
    label: Any, *, least: int = 0, most: int = 3650, required: bool = True, help_text: Any = ""
) -> Any:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=required, help_text=help_text
    )


def _boxes(label: Any, words: Any, *, required: bool = False, help_text: Any = "", without: Any = ()) -> Any:
    return forms.MultipleChoiceField(
        label=label,
        choices=lambda: [pair for pair in capitalised(words.choices) if pair[0] not in without],
        widget=forms.CheckboxSelectMultiple,
        required=required,
        help_text=help_text,
    )


class RulesForm(forms.Form):
    """One version."""

    is_open = forms.BooleanField(label=_("People may propose now"), required=False)
    eligible = _boxes(_("Who may sign?"), enums.Eligible)
    min_age = _number(_("Least age"), most=99, required=False, help_text=_("Empty: no age is asked for."))
    means = _boxes(
        _("How do people sign?"), enums.Means, required=True, without=(enums.Means.PAPER,),
        help_text=_("“Identity from another service” asks your operator to connect one, such as the national eID."),
    )  # fmt: skip
    has_paper = forms.BooleanField(label=_("Signatures on paper count, too"), required=False)
    assurance = forms.ChoiceField(
        label=_("Least assurance of the identity"),
        choices=lambda: capitalised(enums.Assurance.choices),
        help_text=_(
            "Signatures of less assurance count as support from others. A mail address alone is “low”."
        ),
    )
    has_consultative = forms.BooleanField(
        label=_("Others may support it, too"),
        required=False,
        help_text=_("Newcomers without a vote, people in a twin city: counted apart, and said so."),
    )
    asked = _boxes(
        _("What is asked of who signs, besides the mail address?"), enums.Asked,
        help_text=_("Ask for no more than a check against the register needs."),
    )  # fmt: skip
    needs_check = forms.BooleanField(label=_("Signatures are checked against the register"), required=False)
    step_answer = _number(_("Signatures until the administration answers"), most=10**8, required=False)
    step_hearing = _number(_("Signatures until the proposer is heard"), most=10**8, required=False)
    step_debate = _number(_("Signatures until the council debates"), most=10**8, required=False)
    step_vote = _number(
        _("Signatures until the council decides"), most=10**8, required=False,
        help_text=_("Leave empty what is not foreseen."),
    )  # fmt: skip
    electorate = _number(_("How many people may sign?"), least=1, most=10**9, required=False)
    electorate_on = forms.DateField(
        label=_("As of"), required=False, widget=forms.DateInput(attrs={"type": "date"}), validators=DAYS
    )
    sponsors = _number(_("First supporters needed before the office looks at it"), most=1000)
    sponsor_days = _number(_("Days to find them"), least=1)
    review_days = _number(_("Days the office takes to look at it"), least=1)
    open_days = _number(_("Days signatures are collected"), least=1)
    confirm_hours = _number(_("Hours in which a signature that was begun in time may be confirmed"), most=240)
    answer_days = _number(_("Days the city takes to answer"), least=1)
    retention_days = _number(_("Days after the end until signatures are reduced to numbers"), least=1)
    areas = forms.CharField(
        label=_("Districts"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "One in each line: code; name; postcodes. Such as: N; North; 12345, 12346. Supporters are told by district "
            "from five on."
        ),
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    def clean_areas(self) -> tuple[dict[str, Any], ...]:
        lines = [line.strip() for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        if len(lines) > MOST_AREAS:
            raise ValidationError(gettext("At most %(n)s districts.") % {"n": MOST_AREAS})
        return tuple(_area(at, line) for at, line in enumerate(lines, 1))

    def facts(self) -> RulesFacts:
        said = self.cleaned_data
        steps = {each.value: said[f"step_{each.value}"] for each in enums.Threshold}
        told: dict[str, Any] = {name: said[name] for name in PLAIN}
        told |= {name: tuple(said[name]) for name in LISTS}
        return RulesFacts(
            **told,
            areas=said["areas"],
            steps={threshold: needed for threshold, needed in steps.items() if needed},
        )

    @staticmethod
    def initial_of(facts: RulesFacts, after: int) -> dict[str, Any]:
        lines = [
            "; ".join([str(area["code"]), str(area["name"]), ", ".join(area.get("postcodes", []))])
            for area in facts.areas
        ]
        return {
            **{name: getattr(facts, name) for name in PLAIN},
            **{name: list(getattr(facts, name)) for name in LISTS},
            **{f"step_{threshold}": needed for threshold, needed in facts.steps.items()},
            "areas": "\n".join(lines),
            "after": after,
        }


def _area(at: int, line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split(";")]
    if len(parts) not in (2, 3) or not parts[0] or not parts[1] or len(parts[0]) > 20:
        words = gettext("Line %(n)s: write code; name; postcodes.")
        raise ValidationError(words % {"n": at})
    postcodes = [
        code.strip()[:12] for code in (parts[2] if len(parts) == 3 else "").split(",") if code.strip()
    ]
    return {"code": parts[0], "name": parts[1][:100], "postcodes": postcodes}


class RulesTextForm(forms.Form):
    """What people read in one language. Markdown."""

    eligibility = forms.CharField(
        label=_("Who may sign?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    legal = forms.CharField(
        label=_("What does a signature mean?"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "By which statute, what follows from it, whether it can be withdrawn. It stands on sheets, too."
        ),
    )
    privacy = forms.CharField(
        label=_("What is kept, and how long?"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class CompareForm(forms.Form):
    """Which two versions."""

    first = forms.TypedChoiceField(label=_("Version"), coerce=int, widget=QuickSelect)
    second = forms.TypedChoiceField(label=_("compared with version"), coerce=int, widget=QuickSelect)

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].choices = [(each, str(each)) for each in numbers]  # type: ignore[attr-defined]
