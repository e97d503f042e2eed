"""Measures in the office: added, changed, moved on, ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.codesign.actions import answering
from concivis.codesign.forms.outcomes import MeasureForm, StepForm
from concivis.codesign.models import Measure, Recommendation
from concivis.codesign.office.doors import LOOK_OR_SAY
from concivis.codesign.office.outcome_doors import form_page, of, recommendation_view, who
from concivis.codesign.outcomes import MeasureState


@recommendation_view
@require_http_methods(LOOK_OR_SAY)
def new(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    hub, answer = recommendation.process.hub, recommendation.answers.first()
    initial = {
        "who": answer.department if answer else "",
        "due": answer.due if answer else None,
        "owner": answer.owner_id if answer else None,
        "language": hub.language,
    }
    return form_page(
        request,
        recommendation.process,
        MeasureForm(request.POST or None, hub=hub, initial=initial),
        lambda said: answering.add_measure(by=who(request), recommendation=recommendation, **said),
        title=_("Add a measure"),
        submit=_("Add it"),
        said=_("Added. Everybody sees it, and those who asked are told."),
        back=of("office_recommendation", recommendation),
    )


@recommendation_view
@require_http_methods(LOOK_OR_SAY)
def change(request: HttpRequest, recommendation: Recommendation, measure: str) -> HttpResponse:
    found = _measure(recommendation, measure)
    initial = {name: getattr(found, name) for name in ("title", "who", "due", "language")} | {
        "owner": found.owner_id
    }
    return form_page(
        request,
        recommendation.process,
        MeasureForm(request.POST or None, hub=recommendation.process.hub, initial=initial),
        lambda said: answering.change_measure(by=who(request), measure=found, **said),
        title=_("Change the measure"),
        submit=_("Save"),
        said=_("Saved."),
        back=of("office_recommendation", recommendation),
    )


@recommendation_view
@require_http_methods(LOOK_OR_SAY)
def step(request: HttpRequest, recommendation: Recommendation, measure: str) -> HttpResponse:
    found, hub = _measure(recommendation, measure), recommendation.process.hub
    initial = {"state": MeasureState.RUNNING, "language": hub.language}
    return form_page(
        request,
        recommendation.process,
        StepForm(request.POST or None, hub=hub, initial=initial),
        lambda said: answering.note_step(
            by=who(request), measure=found, **{**said, "state": MeasureState(said["state"])}
        ),
        title=_("How far is it?"),
        submit=_("Note it, and tell those who asked"),
        said=_("Noted."),
        back=of("office_recommendation", recommendation),
        note=found.title,
    )


def _measure(recommendation: Recommendation, public_id: str) -> Measure:
    found: Measure = get_object_or_404(recommendation.measures, public_id=public_id)
    found.recommendation = recommendation
    return found
