"""One proposal in the office: everything about it, the next step first; the review, hiding, pausing, correcting."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.proposals import hooks
from concivis.proposals.actions import holding, reviewing
from concivis.proposals.enums import NEVER_LISTED, Rejection, State
from concivis.proposals.models import Proposal
from concivis.proposals.office.doors import (
    LOOK_OR_SAY,
    address,
    done,
    person,
    proposal_page,
    proposal_view,
    said,
)
from concivis.proposals.office.events import timeline
from concivis.proposals.queries import current_rules
from concivis.shell import markdown
from concivis.shell.parts import Fact
from concivis.shell.templatetags.shell import language_name

AGAIN = (State.REVIEW, State.PUBLISHED, State.CLOSED)  # what a proposal may be the same as


class QuestionForm(forms.Form):
    question = forms.CharField(
        label=gettext_lazy("What would you like to know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "The authors get it by mail. They can change the proposal, and send it to you again."
        ),
    )


class RejectForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it not admitted?"), choices=Rejection.choices, widget=forms.RadioSelect
    )
    same_as = forms.CharField(
        label=gettext_lazy("The open proposal about the same"),
        required=False,
        max_length=16,
        help_text=gettext_lazy("The identifier at the end of its address."),
    )
    note = forms.CharField(
        label=gettext_lazy("In your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Everybody reads it. Say what would have to be different."),
    )
    listed = forms.BooleanField(
        label=gettext_lazy("Show its title, the reason and your words on the public list"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "Leave it out if the title insults or names somebody. What is against human dignity or about a private "
            "matter is never shown."
        ),
    )


class HideForm(forms.Form):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it hidden?"), choices=Rejection.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=gettext_lazy("In your own words"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class PauseForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Why is it paused?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody reads it. The days of the pause are added to the deadline."),
    )  # fmt: skip


class CorrectForm(forms.Form):
    field = forms.ChoiceField(
        label=gettext_lazy("What is corrected?"),
        choices=[
            ("title", gettext_lazy("Title")),
            ("summary", gettext_lazy("What the city is asked to do")),
            ("body", gettext_lazy("Why, and how")),
        ],
        widget=forms.RadioSelect,
    )
    after = forms.CharField(
        label=gettext_lazy("How it reads from now on"), max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300,
        help_text=gettext_lazy("Everybody reads it, and what stood there before."),
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)


@proposal_view
@require_safe
def overview(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    context = {
        "facts": _facts(proposal),
        "contact": _contact(proposal),
        "body": markdown.to_html(proposal.body),
        "events": timeline(proposal),
        "corrections": proposal.corrections.all(),
        "held": reviewing.held_by_other(proposal, person(request)),
        "mine": proposal.reviewer_id == request.user.pk,
        "pieces": [piece for say in hooks.on_office_page if (piece := say(request, proposal))],
        "listable": proposal.rejection not in NEVER_LISTED,
        "has_rules": proposal.published_at is not None or current_rules(proposal.hub) is not None,
    }
    return proposal_page(request, proposal, "proposals/office/overview.html", context)


@proposal_view
@require_POST
def claim(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Takes it; where a colleague has it, asks whether to take it over."""
    take_over = request.POST.get("take_over") == "1"
    try:
        reviewing.claim(by=person(request), proposal=proposal, take_over=take_over)
    except reviewing.HeldBy as held:
        return _take_over(request, proposal, held)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("It is yours for half an hour. Your colleagues see that."))
    return redirect(address("office_proposal", proposal))


def _take_over(request: HttpRequest, proposal: Proposal, held: reviewing.HeldBy) -> HttpResponse:
    proposal.refresh_from_db(fields=["reviewer", "reviewer_until"])
    context = {
        "colleague": held.colleague,
        "until": proposal.reviewer_until,
        "cancel_url": address("office_proposal", proposal),
    }
    return proposal_page(request, proposal, "proposals/office/take_over.html", context)


@proposal_view
@require_POST
def release(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return done(
        request,
        lambda: reviewing.release(by=person(request), proposal=proposal),
        _("Given back: a colleague can look at it."),
        address("office_proposal", proposal),
    )


@proposal_view
@require_POST
def publish(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return done(
        request,
        lambda: reviewing.publish(by=person(request), proposal=proposal),
        _("Published. Its authors are told."),
        address("office_proposal", proposal),
    )


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def ask(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return said(
        request, proposal, QuestionForm(request.POST or None),
        lambda given: reviewing.ask(by=person(request), proposal=proposal, **given),
        title=_("Ask the authors"), submit=_("Send the question"), told=_("Asked. It is with its authors now."),
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def reject(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    def act(given: dict[str, Any]) -> None:
        same_as = None
        if given["same_as"]:
            others = proposal.hub.proposals.filter(state__in=AGAIN).exclude(pk=proposal.pk)
            same_as = others.filter(public_id=given["same_as"].strip()).first()
            if same_as is None:
                raise ValidationError({"same_as": _("There is no open proposal with this identifier.")})
        reviewing.reject(by=person(request), proposal=proposal, **{**given, "same_as": same_as})

    return said(
        request, proposal, RejectForm(request.POST or None), act,
        title=_("Do not admit it"), submit=_("Do not admit it"), told=_("Not admitted. Its authors are told why."),
        danger=True,
    )  # fmt: skip


@proposal_view
@require_POST
def list_rejection(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    listed = request.POST.get("listed") == "1"
    return done(
        request,
        lambda: reviewing.list_rejection(by=person(request), proposal=proposal, listed=listed),
        _("It stands on the public list.") if listed else _("It no longer stands on the public list."),
        address("office_proposal", proposal),
    )


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def hide(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return said(
        request, proposal, HideForm(request.POST or None),
        lambda given: holding.hide(by=person(request), proposal=proposal, **given),
        title=_("Hide it"), submit=_("Hide it"), told=_("Hidden. You can show it again here."), danger=True,
        lead=_("Nobody reads or signs it until you show it again. Its signatures stay."),
    )  # fmt: skip


@proposal_view
@require_POST
def show(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return done(
        request,
        lambda: holding.show(by=person(request), proposal=proposal),
        _("Everybody reads it again."),
        address("office_proposal", proposal),
    )


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def pause(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return said(
        request, proposal, PauseForm(request.POST or None),
        lambda given: holding.pause(by=person(request), proposal=proposal, **given),
        title=_("Pause it"), submit=_("Pause it"), told=_("Paused. Nobody signs until you let it go on."),
    )  # fmt: skip


@proposal_view
@require_POST
def resume(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    return done(
        request,
        lambda: holding.resume(by=person(request), proposal=proposal),
        _("It goes on. The days of the pause were added to its deadline, and everybody reads so."),
        address("office_proposal", proposal),
    )


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def correct(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    field = request.GET.get("field", "title")
    field = field if field in Proposal.TRANSLATED else "title"
    initial = {"field": field, "after": getattr(proposal, field), "revision": proposal.revision}
    return said(
        request, proposal, CorrectForm(request.POST or None, initial=initial),
        lambda given: holding.correct(by=person(request), proposal=proposal, **given),
        title=_("Correct the text"), submit=_("Correct it"), told=_("Corrected. What stood there before is public."),
        lead=_("People have signed this text: put right what is wrong, and change nothing of what is asked for."),
    )  # fmt: skip


def _facts(proposal: Proposal) -> list[Fact]:
    day = lambda when: date_format(when) if when else ""  # noqa: E731
    tally = getattr(proposal, "tally", None)
    return [
        Fact(_("Language"), language_name(proposal.language)),
        Fact(_("Concerns"), proposal.place.name if proposal.place else ""),
        Fact(_("Sent to the office"), day(proposal.submitted_at)),
        Fact(_("Published"), day(proposal.published_at)),
        Fact(_("Last day to sign"), day(proposal.closes_on)),
        Fact(_("Signatures"), tally.counts if tally and proposal.published_at else ""),
        Fact(
            _("Rules"), _("version {number}").format(number=proposal.rules.number) if proposal.rules else ""
        ),
        Fact(_("Handed over"), day(proposal.handed_over_on)),
        Fact(_("Received by"), proposal.received_by),
        Fact(_("Answer due"), day(proposal.answer_due_on)),
        Fact(_("Answered"), day(proposal.answered_on)),
        Fact(_("Decided"), day(proposal.decided_on)),
        Fact(_("Ended"), day(proposal.ended_on)),
        Fact(_("What became of it"), proposal.outcome_note),
        Fact(_("Not admitted because"), proposal.get_rejection_display()),
        Fact(_("Said about it"), proposal.rejection_note),
        Fact(_("Hidden because"), Rejection(proposal.hidden_reason).label if proposal.hidden_reason else ""),
        Fact(_("Paused because"), proposal.paused_note),
    ]


def _contact(proposal: Proposal) -> list[Fact]:
    return [
        Fact(_("Proposed by"), proposal.author_name),
        Fact(_("Mail address"), proposal.author_email),
        Fact(_("Telephone"), proposal.author_phone),
        Fact(_("Written with"), ", ".join(each.name for each in proposal.co_authors.all())),
    ]
