"""The ten steps of one partnership: the list of them, and the page of each with its evidence."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.twinning import journey as texts
from concivis.twinning import journeys, steps, walking
from concivis.twinning.access import Tie, may, tie_view
from concivis.twinning.actions import journey as actions
from concivis.twinning.enums import StepState
from concivis.twinning.models import Proof, Step
from concivis.twinning.office.acting import acting_here, inside
from concivis.twinning.office.journey_forms import CareForm, ProofForm, SkipForm
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP, require_acting

TAB = "office_journey"


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_GET
def journey(request: HttpRequest, tie: Tie) -> HttpResponse:
    """The steps in their order; before the journey began, what it is."""
    rows = list(journeys.steps_of(tie.partnership))
    today = journeys.today_of(tie.partnership)
    language = get_language() or "en"
    context = {
        "edits": edits(request, tie),
        "steps": [walking.told(step, tie, today) for step in rows],
        "progress": walking.progress(rows),
        "titles": [texts.in_language(step.title, language) for step in texts.template().steps],
    }
    return workbench_page(request, tie, "twinning/office/journey.html", context, tab=TAB)


@tie_view(KEEP, keeper=True)
@require_POST
def start(request: HttpRequest, tie: Tie) -> HttpResponse:
    try:
        actions.start_journey(by=cast(User, request.user), partnership=tie.partnership)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("The journey has begun. Each step has a suggested day; change it freely.")
        )
    return redirect(address(TAB, tie))


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, tie: Tie, step: int) -> HttpResponse:
    """One step; a POST adds evidence: by the keeper's office, or by who acts for a side."""
    shown = _step(tie, step)
    form = _proof_form(request, tie)
    if request.method == "POST":
        if not (edits(request, tie) or acting_here(request, tie)):
            raise PermissionDenied("adds no evidence")
        if form.is_valid() and _add(request, tie, shown, form):
            return redirect(address("office_step", tie, shown.pk))
    return _step_page(request, tie, shown, proof_form=form)


def _add(request: HttpRequest, tie: Tie, step: Step, form: ProofForm) -> bool:
    acting = next(iter(acting_here(request, tie)), None)
    try:
        actions.add_proof(step=step, by=cast(User, request.user), acting=acting, **form.facts())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(request, _("The evidence is added."))
    return True


@tie_view(KEEP, keeper=True)
@require_POST
def finish(request: HttpRequest, tie: Tie, step: int) -> HttpResponse:
    done = _step(tie, step)
    try:
        actions.finish_step(by=cast(User, request.user), step=done)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(address("office_step", tie, done.pk))
    messages.success(request, _("The step is done: {title}.").format(title=_title(done)))
    return redirect(address(TAB, tie))


@tie_view(KEEP, keeper=True)
@require_POST
def skip(request: HttpRequest, tie: Tie, step: int) -> HttpResponse:
    skipped = _step(tie, step)
    form = SkipForm(request.POST)
    if not form.is_valid():
        return _step_page(request, tie, skipped, skip_form=form)
    try:
        actions.skip_step(by=cast(User, request.user), step=skipped, reason=form.cleaned_data["reason"])
    except ValidationError as error:
        form.add_error(None, error)
        return _step_page(request, tie, skipped, skip_form=form)
    messages.success(request, _("The step is left out: {title}.").format(title=_title(skipped)))
    return redirect(address(TAB, tie))


@tie_view(KEEP, keeper=True)
@require_POST
def reopen(request: HttpRequest, tie: Tie, step: int) -> HttpResponse:
    opened = _step(tie, step)
    try:
        actions.reopen_step(by=cast(User, request.user), step=opened)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The step is open again."))
    return redirect(address("office_step", tie, opened.pk))


@tie_view(KEEP, keeper=True)
@require_POST
def care(request: HttpRequest, tie: Tie, step: int) -> HttpResponse:
    """Until when, and who looks after it."""
    cared = _step(tie, step)
    form = CareForm(request.POST, step=cared, on=journeys.today_of(tie.partnership))
    if not form.is_valid():
        return _step_page(request, tie, cared, care_form=form)
    user = cast(User, request.user)
    actions.set_due(by=user, step=cared, date=form.cleaned_data["due_on"])
    actions.set_responsible(by=user, step=cared, contact=form.cleaned_data["responsible"])
    messages.success(request, _("Saved."))
    return redirect(address("office_step", tie, cared.pk))


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_http_methods(["GET", "POST"])
def remove_proof(request: HttpRequest, tie: Tie, step: int, proof: int) -> HttpResponse:
    """Each side its own evidence; the keeper's office what stands without a side."""
    of = _step(tie, step)
    removed = get_object_or_404(Proof.objects.select_related("side"), step=of, pk=proof)
    acting = None
    if removed.side is not None:
        side = next(each for each in tie.partnership.sides.all() if each.pk == removed.side_id)
        acting = require_acting(request.user, side)
    elif not edits(request, tie):
        raise PermissionDenied("the keeper's evidence")
    back = address("office_step", tie, of.pk)
    if request.method == "POST":
        try:
            actions.remove_proof(by=cast(User, request.user), acting=acting, proof=removed)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The evidence is taken away."))
        return redirect(back)
    context = {
        "heading": _("Take this evidence away?"),
        "text": _(
            "“{title}” will no longer count for the step. A document stays among the documents."
        ).format(title=removed.title),
        "submit": _("Take away"),
        "danger": True,
        "cancel_url": back,
    }
    return office_page(request, tie.hub, "shell/confirm.html", context)


# --- what the page of a step shows --------------------------------------------------------------------------


def edits(request: HttpRequest, tie: Tie) -> bool:
    """Whether the reader may change what the keeper wrote."""
    return tie.keeps and may(request, KEEP, tie)


def _step(tie: Tie, pk: int) -> Step:
    return get_object_or_404(journeys.steps_of(tie.partnership), pk=pk)


def _title(step: Step) -> str:
    return texts.label(step, get_language() or "en")


def _proof_form(request: HttpRequest, tie: Tie) -> ProofForm:
    """Filled with what was sent to the step's own address, else empty."""
    sent = (
        request.method == "POST"
        and request.resolver_match
        and request.resolver_match.url_name == "office_step"
    )
    return ProofForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        documents=tie.partnership.documents.order_by("title"),
        initial={"date": journeys.today_of(tie.partnership)},
    )


def _step_page(
    request: HttpRequest,
    tie: Tie,
    step: Step,
    *,
    proof_form: ProofForm | None = None,
    skip_form: SkipForm | None = None,
    care_form: CareForm | None = None,
) -> HttpResponse:
    today = journeys.today_of(tie.partnership)
    editing = edits(request, tie)
    acting = acting_here(request, tie)
    step.journey.partnership = tie.partnership
    is_open = step.state == StepState.OPEN
    context: dict[str, Any] = {
        "edits": editing,
        "acting": acting[0].side.place.name if acting else "",
        "adds": editing or bool(acting),
        "is_open": is_open,
        "step": walking.told(step, tie, today),
        "proofs": walking.proofs(step, (each.side.pk for each in acting), editing),
        "missing": steps.missing(step, today) if is_open else [],
        "proof_form": proof_form or _proof_form(request, tie),
        "skip_form": skip_form or SkipForm(),
        "care_form": care_form or CareForm(step=step, on=today),
        "journey_url": address(TAB, tie),
    }
    return workbench_page(request, tie, "twinning/office/step.html", context, tab=TAB)
