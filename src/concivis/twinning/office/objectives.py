"""Common objectives, proposed by one side and agreed by all; and the page they share with plan and reviews."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Heading
from concivis.twinning import agreeing, journeys
from concivis.twinning.access import Tie, tie_view
from concivis.twinning.actions import objectives as actions
from concivis.twinning.models import Objective
from concivis.twinning.office.acting import acting_here, inside, one_acting
from concivis.twinning.office.journey import edits
from concivis.twinning.office.objectives_forms import CloseForm, ObjectiveForm, year_to_look_back_on
from concivis.twinning.office.workbench import address, workbench_page

TAB = "office_objectives"


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_GET
def objectives(request: HttpRequest, tie: Tie) -> HttpResponse:
    """Objectives, plan and reviews of a partnership on one page."""
    sides = list(tie.partnership.sides.all())
    acts_for = [acting.side.pk for acting in acting_here(request, tie)]
    keeper = tie.partnership.hub
    reviews = agreeing.reviews(sides, tie.partnership, acts_for, keeper.place_id if keeper else None)
    due = year_to_look_back_on(journeys.today_of(tie.partnership))
    context = {
        "edits": edits(request, tie),
        "acts": bool(acts_for),
        "objectives": agreeing.objectives(sides, tie.partnership, acts_for),
        "plan": agreeing.plan(tie.partnership),
        "plan_headings": _plan_headings(),
        "reviews": reviews,
        "review_due": due if due not in {told.review.year for told in reviews} else None,
        "zone": ZoneInfo(tie.hub.timezone),
    }
    return workbench_page(request, tie, "twinning/office/objectives.html", context, tab=TAB)


def _plan_headings() -> list[Heading]:
    return [
        Heading(_("What")),
        Heading(_("Objective")),
        Heading(_("Budget"), numeric=True),
        Heading(_("Paid by")),
        Heading(_("State")),
        Heading(_("Change"), unseen=True),
    ]


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, tie: Tie, replaces: str = "") -> HttpResponse:
    """A new objective, or one in place of that with the public id `replaces`."""
    acting = one_acting(request, tie)
    older = _objective(tie, replaces) if replaces else None
    form = ObjectiveForm(request.POST or None, initial=_beginning(tie, older))
    if request.method == "POST" and form.is_valid():
        try:
            facts = form.cleaned_data
            actions.propose_objective(acting=acting, partnership=tie.partnership, replaces=older, **facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The objective is proposed. It counts once every side agrees."))
            return redirect(address(TAB, tie))
    context = {
        "form": form,
        "page_title": _("Propose another objective in its place") if older else _("Propose an objective"),
        "explained": _("{place} agrees to it by proposing it.").format(place=acting.side.place.name),
        "older": older,
        "submit": _("Propose"),
        "back": address(TAB, tie),
    }
    return workbench_page(request, tie, "twinning/office/objectives_form.html", context, tab=TAB)


def _beginning(tie: Tie, older: Objective | None) -> dict[str, Any]:
    if older is None:
        return {"language": tie.hub.language}
    today: dt.date = journeys.today_of(tie.partnership)
    ahead = older.due_on if older.due_on >= today else None
    return {"text": older.text, "measure": older.measure, "language": older.language, "due_on": ahead}


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_POST
def approve(request: HttpRequest, tie: Tie, objective: str) -> HttpResponse:
    """Of the side named by `side`."""
    acting = one_acting(request, tie, request.POST.get("side", ""))
    try:
        approved = actions.approve(acting=acting, objective=_objective(tie, objective))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        agreed = approved.state == "agreed"
        messages.success(request, _("All sides agree to this objective.") if agreed else _("Noted."))
    return redirect(address(TAB, tie))


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, tie: Tie, objective: str) -> HttpResponse:
    withdrawn = _objective(tie, objective)
    acting = one_acting(request, tie, str(withdrawn.proposed_side_id))
    back = address(TAB, tie)
    if request.method == "POST":
        try:
            actions.withdraw_objective(acting=acting, objective=withdrawn)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The proposal is withdrawn."))
        return redirect(back)
    context = {
        "heading": _("Withdraw this proposal?"),
        "text": _("“{text}” will no longer wait for an answer.").format(text=withdrawn.text),
        "submit": _("Withdraw"),
        "danger": True,
        "cancel_url": back,
    }
    return office_page(request, tie.hub, "shell/confirm.html", context)


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, tie: Tie, objective: str) -> HttpResponse:
    """What came of an agreed objective."""
    acting = one_acting(request, tie)
    closed = _objective(tie, objective)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reached = form.cleaned_data["reached"] == "yes"
        result = form.cleaned_data["result"]
        try:
            actions.close_objective(acting=acting, objective=closed, reached=reached, result=result)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("What came of the objective is written down."))
            return redirect(address(TAB, tie))
    context = {
        "form": form,
        "page_title": _("What came of this objective?"),
        "explained": "",
        "older": closed,
        "submit": _("Save"),
        "back": address(TAB, tie),
    }
    return workbench_page(request, tie, "twinning/office/objectives_form.html", context, tab=TAB)


def _objective(tie: Tie, public_id: str) -> Objective:
    rows = Objective.objects.filter(partnership=tie.partnership).select_related("partnership__hub")
    return get_object_or_404(rows, public_id=public_id)
