"""What the city says and does: answers, talks, the decision, measures, and what became of it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from concivis.hubs import choices
from concivis.hubs.forms import DAYS
from concivis.hubs.models import today_in
from concivis.proposals.actions import answering, measures
from concivis.proposals.actions.measures import MeasureFacts
from concivis.proposals.enums import OUTCOMES, Event, MeasureState, State, Verdict
from concivis.proposals.forms.rules import capitalised
from concivis.proposals.models import Answer, Measure, Proposal
from concivis.proposals.office.doors import (
    LOOK_OR_SAY,
    address,
    done,
    person,
    proposal_page,
    proposal_view,
    said,
)
from concivis.shell import markdown
from concivis.shell.parts import Fact
from concivis.shell.widgets import QuickSelect

TAB = "office_fate"


def _language() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("In which language is this written?"),
        choices=choices.languages,
        widget=QuickSelect,
    )


class AnswerForm(forms.Form):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=lambda: capitalised(Verdict.choices), widget=forms.RadioSelect
    )
    body = forms.CharField(label=gettext_lazy("Who answers?"), max_length=200)
    on = forms.DateField(
        label=gettext_lazy("On"), widget=forms.DateInput(attrs={"type": "date"}), validators=DAYS
    )
    text = forms.CharField(
        label=gettext_lazy("Reasons"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Everybody reads them, and who follows the proposal gets a mail."),
    )  # fmt: skip
    language = _language()


def _by_machine() -> forms.BooleanField:
    return forms.BooleanField(
        label=gettext_lazy("A machine translated this, and no person has read it through"), required=False
    )


class AnswerTextForm(forms.Form):
    language = _language()
    text = forms.CharField(
        label=gettext_lazy("Reasons"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 10})
    )
    by_machine = _by_machine()


class MeasureTextForm(forms.Form):
    language = _language()
    title = forms.CharField(label=gettext_lazy("What is done?"), max_length=200)
    result = forms.CharField(
        label=gettext_lazy("Result, or why not"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    by_machine = _by_machine()


class TalkForm(forms.Form):
    event = forms.ChoiceField(
        label=gettext_lazy("What took place?"),
        choices=lambda: capitalised([(each.value, each.label) for each in (Event.HEARD, Event.DEBATED)]),
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label=gettext_lazy("On"), widget=forms.DateInput(attrs={"type": "date"}), validators=DAYS
    )
    note = forms.CharField(
        label=gettext_lazy("In a few sentences"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Everybody reads it: where, what was said, where the minutes are."),
    )  # fmt: skip
    language = _language()


class MeasureForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("What is done?"), max_length=200)
    responsible = forms.CharField(label=gettext_lazy("Who does it?"), max_length=200, required=False)
    due_on = forms.DateField(
        label=gettext_lazy("By when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        validators=DAYS,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"),
        choices=lambda: capitalised(MeasureState.choices),
        widget=forms.RadioSelect,
        initial=MeasureState.PLANNED,
    )
    result = forms.CharField(
        label=gettext_lazy("Result, or why not"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    language = _language()
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def facts(self) -> MeasureFacts:
        said_ = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return MeasureFacts(**said_)


class EndForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it?"),
        choices=lambda: capitalised([(each.value, each.label) for each in State if each in OUTCOMES]),
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label=gettext_lazy("On"), widget=forms.DateInput(attrs={"type": "date"}), validators=DAYS
    )
    note = forms.CharField(
        label=gettext_lazy("How, or why not?"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Everybody reads it, and who follows the proposal gets a mail."),
    )  # fmt: skip
    language = _language()


@proposal_view
@require_safe
def fate(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    context = {
        "answers": [
            (each, markdown.to_html(each.text), [row.language for row in each.translations.all()])
            for each in proposal.answers.prefetch_related("translations")
        ],
        "measures": [
            (each, [row.language for row in each.translations.all()])
            for each in proposal.measures.prefetch_related("translations")
        ],
        "today": today_in(proposal.hub),
        "can_answer": proposal.state in answering.ANSWERABLE,
        "can_decide": proposal.state in answering.DECIDABLE,
        "can_end": proposal.state in answering.ENDABLE,
        "can_measure": proposal.state in measures.AFTER,
    }
    return proposal_page(request, proposal, "proposals/office/fate.html", context, tab=TAB)


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def answer(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return said(
        request, proposal, AnswerForm(request.POST or None, initial=_begin(proposal)),
        lambda given: answering.answer(by=person(request), proposal=proposal, **given),
        title=_("The city's answer"), submit=_("Publish the answer"), told=_("Answered. Who follows it is told."),
        tab=TAB,
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def decision(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return said(
        request, proposal, AnswerForm(request.POST or None, initial=_begin(proposal)),
        lambda given: answering.decide(by=person(request), proposal=proposal, **given),
        title=_("The decision"), submit=_("Publish the decision"), told=_("Decided. Who follows it is told."), tab=TAB,
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def translate(request: HttpRequest, proposal: Proposal, answer: str) -> HttpResponse:
    row: Answer = get_object_or_404(proposal.answers, public_id=answer)
    row.proposal = proposal
    return said(
        request, proposal, AnswerTextForm(request.POST or None),
        lambda given: answering.translate(by=person(request), answer=row, **given),
        title=_("The answer in another language"), submit=_("Save"), told=_("Saved."), tab=TAB,
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def talk(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    def act(given: dict[str, Any]) -> None:
        answering.note_talk(
            by=person(request), proposal=proposal, **{**given, "event": Event(given["event"])}
        )

    return said(
        request, proposal, TalkForm(request.POST or None, initial=_begin(proposal)), act,
        title=_("A hearing or a debate"), submit=_("Publish it"), told=_("Noted. Who follows it is told."), tab=TAB,
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def end(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return said(
        request, proposal, EndForm(request.POST or None, initial=_begin(proposal)),
        lambda given: answering.end(by=person(request), proposal=proposal, **given),
        title=_("What became of it"), submit=_("Publish it"), told=_("Said. Who follows it is told."), tab=TAB,
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def measure_new(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = MeasureForm(request.POST or None, initial={"language": _begin(proposal)["language"]})
    return said(
        request, proposal, form,
        lambda _given: measures.add_measure(by=person(request), proposal=proposal, facts=form.facts()),
        title=_("Add a measure"), submit=_("Add it"), told=_("Added. Who follows the proposal is told."), tab=TAB,
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def measure(request: HttpRequest, proposal: Proposal, measure: str) -> HttpResponse:
    row: Measure = get_object_or_404(proposal.measures, public_id=measure)
    row.proposal = proposal
    names = ("title", "responsible", "due_on", "state", "result", "language", "revision")
    form = MeasureForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    return said(
        request, proposal, form,
        lambda given: measures.change_measure(
            by=person(request), measure=row, facts=form.facts(), revision=given["revision"]
        ),
        title=_("How does it stand?"), submit=_("Save"), told=_("Saved."), tab=TAB,
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def measure_text(request: HttpRequest, proposal: Proposal, measure: str) -> HttpResponse:
    row: Measure = get_object_or_404(proposal.measures, public_id=measure)
    row.proposal = proposal
    return said(
        request, proposal, MeasureTextForm(request.POST or None),
        lambda given: measures.translate_measure(by=person(request), measure=row, **given),
        title=_("“%(title)s” in another language") % {"title": row.title}, submit=_("Save"), told=_("Saved."), tab=TAB,
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def measure_remove(request: HttpRequest, proposal: Proposal, measure: str) -> HttpResponse:
    row: Measure = get_object_or_404(proposal.measures, public_id=measure)
    row.proposal = proposal
    back = address(TAB, proposal)
    if request.method == "POST":
        return done(
            request, lambda: measures.remove_measure(by=person(request), measure=row), _("Removed."), back
        )
    context = {
        "heading": _("Remove this measure?"),
        "text": _(
            "Remove what was entered by mistake. If the city gives it up, say so with the reason instead."
        ),
        "details": [Fact(_("Measure"), row.title)],
        "submit": _("Remove it"),
        "danger": True,
        "cancel_url": back,
    }
    return proposal_page(request, proposal, "shell/confirm.html", context, tab=TAB)


def _begin(proposal: Proposal) -> dict[str, Any]:
    return {"on": today_in(proposal.hub), "language": proposal.hub.language or get_language()}
