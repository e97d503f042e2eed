"""The dates of one partnership: who ratified, signed and renewed when, and by which source."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.hubs.permissions import Permission
from concivis.shell.conflicts import EditConflict
from concivis.shell.parts import Fact, Heading
from concivis.twinning import listing, queries, telling
from concivis.twinning.access import Tie, may, tie_view
from concivis.twinning.actions import dates as actions
from concivis.twinning.actions.partnerships import NEEDS_DECISION
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Milestone, Side
from concivis.twinning.office.dates_forms import CorrectionForm, DateForm, DecisionForm
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP

TAB = "office_dates"
GRID: list[tuple[str | Promise, tuple[MilestoneKind, ...]]] = [
    (gettext_lazy("Ratified"), (MilestoneKind.RATIFIED,)),
    (gettext_lazy("Signed"), (MilestoneKind.SIGNED, MilestoneKind.COUNTERSIGNED)),
    (gettext_lazy("Renewed"), (MilestoneKind.RENEWED,)),
]


@tie_view(Permission.VIEW_OFFICE)
@require_GET
def dates(request: HttpRequest, tie: Tie) -> HttpResponse:
    milestones = list(tie.partnership.milestones.select_related("source", "side__place"))
    edits = tie.keeps and may(request, KEEP, tie)
    context = {
        "dates": [
            {
                "milestone": milestone,
                "title": telling.sentence(milestone),
                "source": telling.source(milestone.source),
                "decision": telling.decision(milestone),
                "decision_url": telling.web_address(milestone.decision_url),
            }
            for milestone in milestones
        ],
        "headings": [
            Heading(_("Date")),
            Heading(_("What")),
            Heading(_("Source")),
            *([Heading(_("Change"), unseen=True)] if edits else []),
        ],
        "grid": _grid(tie, milestones),
        "grid_headings": [Heading(_("Side")), *(Heading(str(label)) for label, _kinds in GRID)],
        "edits": edits,
        "decisions": _decisions(tie) if edits else [],
    }
    return workbench_page(request, tie, "twinning/office/dates.html", context, tab=TAB)


def _grid(tie: Tie, milestones: list[Milestone]) -> list[dict[str, Any]]:
    """Per side, what is noted of it or of all sides, in the columns of GRID."""

    def of(side: Side, kinds: tuple[MilestoneKind, ...]) -> list[str]:
        own = [each for each in milestones if each.side_id in (None, side.pk)]
        return [str(each.when) for each in own if each.kind in kinds]

    return [
        {"name": side.place.name, "cells": [(str(label), of(side, kinds)) for label, kinds in GRID]}
        for side in tie.partnership.sides.all()
    ]


def _decisions(tie: Tie) -> list[tuple[str, str]]:
    """(words, address) of the decisions that can be noted in the present state."""
    state = tie.partnership.state
    suspend = _("Suspend…"), address("office_suspend", tie)
    resume = _("Resume…"), address("office_resume", tie)
    end = _("End…"), address("office_end", tie)
    if state == PartnershipState.ENDED:
        return []
    if state == PartnershipState.SUSPENDED:
        return [resume, end]
    return [suspend, end] if state in (PartnershipState.SIGNED, PartnershipState.ACTIVE) else [end]


# --- one date ----------------------------------------------------------------------------------------------


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, tie: Tie) -> HttpResponse:
    asked = {"kind": request.GET.get("kind", ""), "side": request.GET.get("side", "")}
    form = DateForm(request.POST or None, partnership=tie.partnership, hub=tie.hub, initial=asked)
    if request.method == "POST" and form.is_valid():
        added = _add(request, tie, form, MilestoneKind(form.cleaned_data["kind"]))
        if added:
            return redirect(address(TAB, tie))
    return _form_page(request, tie, form, _("Note a date"))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    milestone = _of(tie, pk)
    initial = {**DateForm.initial_of(milestone), "revision": tie.partnership.revision}
    form = CorrectionForm(request.POST or None, partnership=tie.partnership, hub=tie.hub, initial=initial)
    stands: list[Fact] = []
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.correct_milestone(
                by=cast(User, request.user),
                milestone=milestone,
                draft=form.draft(MilestoneKind(form.cleaned_data["kind"])),
                revision=form.cleaned_data["revision"],
            )
        except EditConflict as conflict:
            form.add_error(None, conflict)
            form.data = data = request.POST.copy()
            data["revision"] = str(conflict.revision)  # saving once more is meant
            stands = _facts(milestone)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            told = _("Corrected: {what}, {day}.").format(what=telling.sentence(changed), day=changed.when)
            messages.success(request, told)
            return redirect(address(TAB, tie))
    return _form_page(request, tie, form, _("Correct a date"), stands=stands)


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, tie: Tie, pk: int) -> HttpResponse:
    milestone = _of(tie, pk)
    if request.method == "POST":
        try:
            actions.remove_milestone(by=cast(User, request.user), milestone=milestone)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Deleted: {what}.").format(what=telling.sentence(milestone)))
        return redirect(address(TAB, tie))
    context = {
        "heading": _("Delete this date?"),
        "text": _after_removal(milestone),
        "details": _facts(milestone),
        "submit": _("Delete"),
        "danger": True,
        "cancel_url": address(TAB, tie),
    }
    return workbench_page(request, tie, "shell/confirm.html", context, tab=TAB)


def _after_removal(milestone: Milestone) -> str:
    state = actions.state_without(milestone)
    if state == milestone.partnership.state:
        return _("It will be as if it had never been noted. The record keeps that you deleted it.")
    label = listing.state_label(state)
    return _(
        "The state of the partnership will then be: {state}. The record keeps that you deleted it."
    ).format(state=label)


def _facts(milestone: Milestone) -> list[Fact]:
    return [
        Fact(telling.sentence(milestone), milestone.when, source=telling.source(milestone.source)),
        Fact(_("Decision"), milestone.decision),
        Fact(_("Note"), milestone.note),
    ]


def _of(tie: Tie, pk: int) -> Milestone:
    """Raises `Http404` for what a side states of itself: only that side changes it."""
    kept = queries.kept_dates(tie.partnership)
    return get_object_or_404(kept.select_related("partnership__hub", "source", "side__place"), pk=pk)


def _add(request: HttpRequest, tie: Tie, form: DecisionForm, kind: MilestoneKind) -> Milestone | None:
    try:
        added = actions.add_milestone(
            by=cast(User, request.user), partnership=tie.partnership, milestone=form.draft(kind)
        )
    except ValidationError as error:
        form.add_error(None, error)
        return None
    messages.success(request, _("Noted: {what}, {day}.").format(what=telling.sentence(added), day=added.when))
    return added


def _form_page(
    request: HttpRequest,
    tie: Tie,
    form: DecisionForm,
    heading: str,
    *,
    lead: str = "",
    stands: list[Fact] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "form_heading": heading,
        "form_lead": lead,
        "stands": stands or [],
        "back": address(TAB, tie),
    }
    return workbench_page(request, tie, "twinning/office/date_form.html", context, tab=TAB)


# --- decisions ---------------------------------------------------------------------------------------------


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def suspend(request: HttpRequest, tie: Tie) -> HttpResponse:
    lead = _("A suspended partnership has not ended: it can be resumed. Everybody sees the decision.")
    return _decide(request, tie, MilestoneKind.SUSPENDED, _("Suspend the partnership"), lead)


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def resume(request: HttpRequest, tie: Tie) -> HttpResponse:
    lead = _("The partnership is in force again once no side suspends it any more.")
    return _decide(request, tie, MilestoneKind.RESUMED, _("Resume the partnership"), lead)


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, tie: Tie) -> HttpResponse:
    lead = _("Either side may end it by a vote of its council. To pause it, suspend it instead.")
    return _decide(request, tie, MilestoneKind.ENDED, _("End the partnership"), lead)


def _decide(request: HttpRequest, tie: Tie, kind: MilestoneKind, heading: str, lead: str) -> HttpResponse:
    form = DecisionForm(request.POST or None, partnership=tie.partnership, hub=tie.hub)
    form.fields["decision"].required = kind in NEEDS_DECISION
    if request.method == "POST" and form.is_valid() and _add(request, tie, form, kind):
        return redirect(address("office_tie", tie))
    return _form_page(request, tie, form, heading, lead=lead)
