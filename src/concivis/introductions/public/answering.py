"""What a mailed link lets one side do: agree, decline, withdraw, say what came of it. Nothing on GET."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from concivis.introductions import actions, entries, telling
from concivis.introductions.enums import Answer, Outcome, State
from concivis.introductions.forms import ContactForm, DeclineForm, OutcomeForm
from concivis.introductions.models import Side
from concivis.introductions.public.doors import answering
from concivis.shell.refusals import put_into


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@answering
def yours(request: HttpRequest, side: Side) -> HttpResponseBase:
    act = request.POST.get("act", "") if request.method == "POST" else ""
    shown = _forms(side, request, act)
    if act and _done(request, side, act, shown):
        return redirect(request.path)
    return _page(request, side, shown, status=200)


def _forms(side: Side, request: HttpRequest, act: str) -> dict[str, forms.Form]:
    """The forms of what can be done now; the one that was sent is bound."""
    introduction, entry = side.introduction, entries.of_side(side)
    own = {"name": entry.name, "email": entry.email} if entry else {}
    found: dict[str, forms.Form] = {}
    if introduction.is_open and side.answer == Answer.WAITING:
        found["agree"] = ContactForm(request.POST if act == "agree" else None, initial=own)
        found["decline"] = DeclineForm(request.POST if act == "decline" else None)
    elif introduction.is_open and side.position == 0 and not introduction.is_by_office:
        found["withdraw"] = forms.Form(request.POST if act == "withdraw" else None)
    elif introduction.state == State.INTRODUCED:
        initial = {"outcome": side.outcome or introduction.outcome}
        found["outcome"] = OutcomeForm(request.POST if act == "outcome" else None, initial=initial)
    return found


def _done(request: HttpRequest, side: Side, act: str, shown: dict[str, forms.Form]) -> bool:
    """Whether what was sent is over, for better or worse; False where the form must be looked at again."""
    form = shown.get(act)
    if form is None:  # answered in another window, or too late: the page says so
        return True
    if not form.is_valid():
        return False
    try:
        messages.success(request, _act(side, act, form))
    except ValidationError as error:
        put_into(form, error)
        return False
    return True


def _act(side: Side, act: str, form: Any) -> str:
    if act == "agree":
        return telling.asked_now(actions.agree(by=None, side=side, contact=form.contact()))
    if act == "decline":
        actions.decline(by=None, side=side, note=form.cleaned_data["note"])
        return _("You declined. The other side learns no more than that.")
    if act == "withdraw":
        actions.withdraw(by=None, introduction=side.introduction, side=side)
        return _("Withdrawn. Nobody has to answer any more.")
    said = form.cleaned_data
    actions.say_outcome(
        by=None,
        introduction=side.introduction,
        outcome=Outcome(said["outcome"]),
        note=said["note"],
        side=side,
    )
    return _("Thank you. The office reads it, too.")


def _page(request: HttpRequest, side: Side, shown: dict[str, forms.Form], *, status: int) -> HttpResponse:
    introduction = side.introduction
    other = next(each for each in introduction.sides.all() if each.pk != side.pk)
    entry = entries.of_side(other)
    context = {
        "heading": _("An introduction"),
        "kicker": side.title,
        "hub": side.hub or other.hub,
        "introduction": introduction,
        "side": side,
        "other": other,
        "entry": entry,
        "summary": telling.summary_of(other),
        "stands": telling.stands_for(side),
        "contact": telling.contact(other) if introduction.state == State.INTRODUCED else [],
        "outcome": telling.outcome(introduction),
        "forms": shown,
    }
    return render(request, "introductions/yours.html", context, status=status)
