"""Recommendations in the office: written, handed over, answered, withdrawn."""

from datetime import timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.codesign import becoming
from concivis.codesign.actions import answering, following, recommending
from concivis.codesign.forms.outcomes import (
    AnswerForm,
    HandOverForm,
    RecommendationForm,
    WithdrawForm,
)
from concivis.codesign.models import Process, Recommendation, Sighting
from concivis.codesign.office.doors import LOOK_OR_SAY, address, inside_process
from concivis.codesign.office.outcome_doors import done, form_page, of, process_page, recommendation_view, who
from concivis.codesign.outcomes import RecommendationState, Side, Verdict
from concivis.hubs.models import today_in

ANSWER_WITHIN = timedelta(days=56)  # proposed, where nobody says otherwise


@inside_process
@require_safe
def table(request: HttpRequest, process: Process) -> HttpResponse:
    context = {
        "asked": becoming.asked_of(process, public=False),
        "new_url": address("office_recommendation_new", process),
        "readers": following.readers_of(process).count(),
    }
    return process_page(
        request, process, "codesign/office/recommendations.html", context, tab="office_recommendations"
    )


@inside_process
@require_http_methods(LOOK_OR_SAY)
def new(request: HttpRequest, process: Process) -> HttpResponse:
    initial = {"clusters": request.GET.getlist("cluster")[:50], "language": process.language}
    form = RecommendationForm(request.POST or None, process=process, initial=initial)
    return form_page(
        request,
        process,
        form,
        lambda said: recommending.write_recommendation(by=who(request), process=process, facts=form.facts()),
        title=_("Write a recommendation"),
        submit=_("Keep it as a draft"),
        said=_("Kept. Only the office sees it until it is handed over."),
        back=address("office_recommendations", process),
    )


@recommendation_view
@require_safe
def overview(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    asked = becoming.told(recommendation, recommendation.process)
    supporting = becoming.supporting(asked.recommendation)
    context = {
        "one": asked,
        "recommendation": recommendation,
        "supporting": supporting,
        "receipts": _receipts(recommendation),
        "may_measure": bool(asked.answer and asked.answer.answer.verdict != Verdict.REJECTED),
    }
    return process_page(
        request,
        recommendation.process,
        "codesign/office/recommendation.html",
        context,
        tab="office_recommendations",
    )


@recommendation_view
@require_http_methods(LOOK_OR_SAY)
def edit(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    initial = RecommendationForm.initial_of(recommendation)
    form = RecommendationForm(request.POST or None, process=recommendation.process, initial=initial)
    if recommendation.state != RecommendationState.DRAFT:
        for name in ("title", "text", "language"):
            form.fields[name].disabled = True  # its words stand; what it rests on may still change
    return form_page(
        request,
        recommendation.process,
        form,
        lambda said: recommending.change_recommendation(
            by=who(request), recommendation=recommendation, facts=form.facts()
        ),
        title=_("Change the recommendation"),
        submit=_("Save"),
        said=_("Saved."),
        back=of("office_recommendation", recommendation),
    )


@recommendation_view
@require_http_methods(LOOK_OR_SAY)
def hand_over(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """To the department that answers; or, once that was done, to another one or until another day."""
    hub, waits = recommendation.process.hub, recommendation.state == RecommendationState.HANDED_OVER
    initial = {
        "department": recommendation.department,
        "answer_due": recommendation.answer_due or today_in(hub) + ANSWER_WITHIN,
        "owner": recommendation.owner_id,
    }
    act = recommending.change_asked if waits else recommending.hand_over
    return form_page(
        request,
        recommendation.process,
        HandOverForm(request.POST or None, hub=hub, initial=initial),
        lambda said: act(by=who(request), recommendation=recommendation, **said),
        title=_("Who answers, and by when?") if waits else _("Hand it over to the administration"),
        submit=_("Save") if waits else _("Hand it over, and show it to everybody"),
        said=_("Saved.") if waits else _("Handed over. Those who contributed are told."),
        back=of("office_recommendation", recommendation),
        note="" if waits else _("Its words cannot be changed afterwards."),
    )


@recommendation_view
@require_http_methods(LOOK_OR_SAY)
def answer(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    hub, before = recommendation.process.hub, recommendation.answers.first()
    initial = {
        "department": before.department if before else recommendation.department,
        "owner": before.owner_id if before else recommendation.owner_id,
        "language": hub.language,
    }
    return form_page(
        request,
        recommendation.process,
        AnswerForm(request.POST or None, hub=hub, initial=initial),
        lambda said: answering.give_answer(
            by=who(request), recommendation=recommendation, **{**said, "verdict": Verdict(said["verdict"])}
        ),
        title=_("Answer it anew") if before else _("Answer the recommendation"),
        submit=_("Answer, and tell everybody"),
        said=_("Answered. Those who asked to be told get a letter."),
        back=of("office_recommendation", recommendation),
        note=_("The earlier answer stays visible beside the new one.") if before else "",
    )


@recommendation_view
@require_http_methods(LOOK_OR_SAY)
def withdraw(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    return form_page(
        request,
        recommendation.process,
        WithdrawForm(request.POST or None),
        lambda said: recommending.withdraw(by=who(request), recommendation=recommendation, **said),
        title=_("Withdraw the recommendation"),
        submit=_("Withdraw it"),
        said=_("Withdrawn. It is not public any more."),
        back=of("office_recommendation", recommendation),
        danger=True,
    )


@recommendation_view
@require_http_methods(LOOK_OR_SAY)
def delete(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    process = recommendation.process
    back = address("office_recommendations", process)
    if request.method == "POST":
        act = lambda: recommending.remove_draft(by=who(request), recommendation=recommendation)  # noqa: E731
        return done(request, act, _("The draft is deleted."), back)
    return form_page(
        request,
        process,
        forms.Form(),
        lambda said: None,
        title=_("Delete this draft?"),
        submit=_("Delete"),
        said="",
        back=of("office_recommendation", recommendation),
        note=recommendation.title,
        danger=True,
    )


@recommendation_view
@require_POST
def seen(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    """The receipt for the community: somebody of the administration has read it."""
    answering.mark_seen(user=who(request), recommendation=recommendation)
    return redirect(of("office_recommendation", recommendation))


def _receipts(recommendation: Recommendation) -> dict[str, object]:
    """Which side has seen what, when. One query."""
    rows = list(Sighting.objects.filter(recommendation=recommendation).select_related("user", "answer"))
    latest = max((row.answer.version for row in rows if row.answer), default=0)
    return {
        "office": [row for row in rows if row.side == Side.OFFICE],
        "community": [row for row in rows if row.answer and row.answer.version == latest],
        "version": latest,
    }
