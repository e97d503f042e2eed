"""The answers of a side as its two doors share them: the mailed link, and the office of an account."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concivis.shell.refusals import put_into
from concivis.twinning import answers, matters
from concivis.twinning.actions import sides as actions
from concivis.twinning.enums import StepState
from concivis.twinning.models import Journey, Side
from concivis.twinning.policies import Acting
from concivis.twinning.side_forms import AgreeForm, CorrectForm, DeclineForm

# what the pages of the two longer answers say
CORRECT = {
    "title": gettext_lazy("Correct our side"),
    "lead": gettext_lazy(
        "Write down how your side sees it. What the office wrote stays as it is; both stand beside each other."
    ),
    "submit": gettext_lazy("Save how we see it"),
    "danger": False,
}
DECLINE = {
    "title": gettext_lazy("This is not our partnership"),
    "lead": gettext_lazy(
        "Say so where you never agreed to it, or where it is over. The office is told, and your word stands "
        "beside its own."
    ),
    "submit": gettext_lazy("Say that it is not ours"),
    "danger": True,
}


@dataclass(frozen=True)
class Progress:
    """How many of the steps of the journey are done or left out."""

    done: int
    total: int


def confirm(request: HttpRequest, acting: Acting, form: forms.Form) -> None:
    """Errors end in the form, a message tells what was done."""
    before = acting.side
    standing = before.confirmed_at is not None and not answers.has_declined(before)

    def act() -> str:
        confirmed = actions.confirm_side(acting=acting)
        if not standing:
            return _("Thank you. The office is told that you have confirmed it.")
        day = answers.day_in(before.partnership.hub)(confirmed.confirmed_at)
        return _("This has been confirmed since %(day)s already; nothing was changed.") % {"day": day}

    _answer(request, form, act)


def correct_form(request: HttpRequest, side: Side, *, by_key: bool, initial: dict[str, str]) -> CorrectForm:
    account = answers.account_of(side)
    return CorrectForm(request.POST or None, initial=initial, side=side, account=account, by_key=by_key)


def correct(request: HttpRequest, acting: Acting, form: CorrectForm) -> None:
    def act() -> str:
        confirmed = bool(form.cleaned_data.get("confirm"))
        actions.correct_side(acting=acting, account=form.account, confirm=confirmed)
        return _("Thank you. Your account stands beside that of the office, which is told of it.")

    _answer(request, form, act)


def decline_form(request: HttpRequest, *, by_key: bool, initial: dict[str, str]) -> DeclineForm:
    return DeclineForm(request.POST or None, initial=initial, by_key=by_key)


def decline(request: HttpRequest, acting: Acting, form: DeclineForm) -> None:
    def act() -> str:
        said = form.cleaned_data
        actions.decline_side(acting=acting, reason=said["reason"], language=said["language"])
        return _("Thank you. The office is told, and your word stands beside its own.")

    _answer(request, form, act)


def agree(request: HttpRequest, acting: Acting, matter: matters.Matter, form: AgreeForm) -> bool:
    """Whether it is agreed; a message says so, or why not."""
    try:
        matters.agree(acting, matter, form.cleaned_data["read"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, _("Thank you. Your agreement is noted."))
    return True


def journey(side: Side) -> Progress | None:
    """None before the journey has begun. Two queries."""
    begun = Journey.objects.filter(partnership=side.partnership_id).first()
    if begun is None:
        return None
    states = list(begun.steps.values_list("state", flat=True))
    return Progress(sum(state != StepState.OPEN for state in states), len(states))


def _answer(request: HttpRequest, form: forms.Form, act: Callable[[], str]) -> None:
    try:
        said = act()
    except ValidationError as error:
        put_into(form, error)
    else:
        messages.success(request, said)
