"""The plan over several years, kept by the keeper's office, and the yearly reviews that the sides approve."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.twinning import journeys
from concivis.twinning.access import Tie, tie_view
from concivis.twinning.actions import plan as actions
from concivis.twinning.agreeing import money
from concivis.twinning.enums import PlanState
from concivis.twinning.marks import mark_of, mark_of_review
from concivis.twinning.models import PlanItem, Review
from concivis.twinning.office.acting import acting_here, inside, one_acting
from concivis.twinning.office.objectives import TAB
from concivis.twinning.office.objectives_forms import (
    PlanForm,
    ReviewForm,
    year_to_look_back_on,
)
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP, Acting


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, tie: Tie) -> HttpResponse:
    last = tie.partnership.plan.order_by("pk").last()
    begin = {
        "year": last.year if last else journeys.today_of(tie.partnership).year,
        "currency": last.currency if last else "",
        "language": last.language if last else tie.hub.language,
    }
    form = PlanForm(request.POST or None, partnership=tie.partnership, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_item(by=cast(User, request.user), partnership=tie.partnership, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The line is in the plan."))
            return redirect(address(TAB, tie))
    return _form_page(request, tie, form, _("Add to the plan"))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, tie: Tie, item: int) -> HttpResponse:
    """A line of the plan; who began before another saved is told so, with both versions before them."""
    changed = _item(tie, item)
    form = PlanForm(request.POST or None, partnership=tie.partnership, initial=PlanForm.of(changed))
    if request.method == "POST" and form.is_valid() and form.still(mark_of(changed), _words(changed)):
        try:
            actions.change_item(by=cast(User, request.user), item=changed, **form.facts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The line is changed."))
            return redirect(address(TAB, tie))
    return _form_page(request, tie, form, _("Change this line"))


def _words(item: PlanItem) -> str:
    said = [str(item.year), item.title, money(item.budget, item.currency), item.funding]
    return " · ".join(filter(None, said))


@tie_view(KEEP, keeper=True)
@require_POST
def state(request: HttpRequest, tie: Tie, item: int) -> HttpResponse:
    chosen = request.POST.get("state", "")
    if chosen not in PlanState.values:
        messages.error(request, _("Choose one of the states."))
    else:
        moved = _item(tie, item)
        actions.set_item_state(by=cast(User, request.user), item=moved, state=PlanState(chosen))
        label = PlanState(chosen).label
        messages.success(request, _("“{title}” is now: {state}.").format(title=moved.title, state=label))
    return redirect(address(TAB, tie))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, tie: Tie, item: int) -> HttpResponse:
    removed = _item(tie, item)
    back = address(TAB, tie)
    if request.method == "POST":
        actions.delete_item(by=cast(User, request.user), item=removed)
        messages.success(request, _("The line is removed."))
        return redirect(back)
    context = {
        "heading": _("Remove this line of the plan?"),
        "text": _words(removed),
        "submit": _("Remove"),
        "danger": True,
        "cancel_url": back,
    }
    return office_page(request, tie.hub, "shell/confirm.html", context)


def _item(tie: Tie, pk: int) -> PlanItem:
    return get_object_or_404(PlanItem.objects.filter(partnership=tie.partnership), pk=pk)


def _form_page(request: HttpRequest, tie: Tie, form: Form, title: str) -> HttpResponse:
    context = {
        "form": form,
        "page_title": title,
        "explained": "",
        "older": None,
        "submit": _("Save"),
        "back": address(TAB, tie),
    }
    return workbench_page(request, tie, "twinning/office/objectives_form.html", context, tab=TAB)


# --- the yearly review -------------------------------------------------------------------------------------


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, tie: Tie) -> HttpResponse:
    """Writes the review of a year; the office's own side approves it by writing it."""
    today = journeys.today_of(tie.partnership)
    begin = {"year": year_to_look_back_on(today), "held_on": today, "language": tie.hub.language}
    form = ReviewForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("year", "held_on", "summary", "language")}
        user, partnership = cast(User, request.user), tie.partnership
        try:
            actions.hold_review(by=user, partnership=partnership, acting=_own(request, tie), **facts)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The review is written. The other side can approve it now."))
            return redirect(address(TAB, tie))
    return _form_page(request, tie, form, _("Write the yearly review"))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def change_review(request: HttpRequest, tie: Tie, year: int) -> HttpResponse:
    changed = _review(tie, year)
    form = ReviewForm(request.POST or None, initial=ReviewForm.of(changed))
    form.fields["year"].disabled = True
    valid = request.method == "POST" and form.is_valid()
    if valid and form.still(mark_of_review(changed), changed.summary):
        facts = {name: form.cleaned_data[name] for name in ("held_on", "summary", "language")}
        try:
            actions.change_review(
                by=cast(User, request.user), review=changed, acting=_own(request, tie), **facts
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The review is changed."))
            return redirect(address(TAB, tie))
    return _form_page(request, tie, form, _("Change the review"))


@tie_view(Permission.VIEW_OFFICE)
@inside(TAB)
@require_POST
def approve_review(request: HttpRequest, tie: Tie, year: int) -> HttpResponse:
    """Of the side named by `side`."""
    acting = one_acting(request, tie, request.POST.get("side", ""))
    try:
        actions.approve_review(acting=acting, review=_review(tie, year))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The review is approved."))
    return redirect(address(TAB, tie))


def _review(tie: Tie, year: int) -> Review:
    return get_object_or_404(Review.objects.filter(partnership=tie.partnership), year=year)


def _own(request: HttpRequest, tie: Tie) -> Acting | None:
    """The reader acting for the office's own side: never for the other's, which reads before it approves."""
    return next((acting for acting in acting_here(request, tie) if acting.side == tie.side), None)
