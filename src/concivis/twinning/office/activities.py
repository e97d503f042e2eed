"""What the partners did together: the log of one partnership and of the whole office, and the office's rules."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell import parts
from concivis.shell.exports import sheet_response
from concivis.twinning import actions, activity_log, benefits, queries
from concivis.twinning.access import Tie, may, tie_view
from concivis.twinning.actions.rules import set_rules
from concivis.twinning.models import Activity, Side
from concivis.twinning.office.activities_forms import ActivityFilter, ActivityForm, RulesForm
from concivis.twinning.office.workbench import address, workbench_page
from concivis.twinning.policies import KEEP

PER_PAGE = 50


# --- the log of one partnership ----------------------------------------------------------------------------


@tie_view(Permission.VIEW_OFFICE)
@require_GET
def activities(request: HttpRequest, tie: Tie) -> HttpResponse:
    seen = _seen(tie)
    form = _filter(request, tie.hub, seen)
    context = {
        **_table(request, form, seen),
        **_brought(benefits.of_activities(seen, on=today_in(tie.hub))),
        "headings": headings(),
        "writes": tie.keeps and may(request, KEEP, tie),
        "exports": parts.sheets(address("office_activities", tie)),
    }
    return workbench_page(request, tie, "twinning/office/activities.html", context, tab="office_activities")


@tie_view(Permission.VIEW_OFFICE)
@require_GET
def activities_export(request: HttpRequest, tie: Tie, extension: str) -> HttpResponseBase:
    seen = _seen(tie)
    found = activity_log.chosen(seen, **_filter(request, tie.hub, seen).chosen())
    return sheet_response(extension, activity_log.streamed(found), activity_log.COLUMNS, _("activities"))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def activity_new(request: HttpRequest, tie: Tie) -> HttpResponse:
    form = ActivityForm(request.POST or None, sides=_sides(tie), language=tie.hub.language)
    if request.method == "POST" and form.is_valid() and _record(request, tie, form):
        messages.success(request, _("The activity stands in the log."))
        return redirect(address("office_activities", tie))
    return _form_page(request, tie, form, _("Write down an activity"))


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, tie: Tie, activity_id: str) -> HttpResponse:
    activity = get_object_or_404(tie.partnership.activities, public_id=activity_id)
    form = ActivityForm(request.POST or None, sides=_sides(tie), language=tie.hub.language, activity=activity)
    if request.method == "POST" and form.is_valid() and _change(request, activity, form):
        messages.success(request, _("The activity is changed."))
        return redirect(address("office_activities", tie))
    return _form_page(request, tie, form, _("Change an activity"), activity)


@tie_view(KEEP, keeper=True)
@require_http_methods(["GET", "POST"])
def activity_remove(request: HttpRequest, tie: Tie, activity_id: str) -> HttpResponse:
    activity = get_object_or_404(tie.partnership.activities, public_id=activity_id)
    if request.method == "POST":
        actions.remove_activity(by=cast(User, request.user), activity=activity)
        messages.success(request, _("The activity is removed."))
        return redirect(address("office_activities", tie))
    context = {
        "heading": _("Remove this activity?"),
        "text": _("“{title}” and its numbers leave the log. The record keeps that it was removed.").format(
            title=activity.title
        ),
        "submit": _("Remove"),
        "danger": True,
        "cancel_url": address("office_activities", tie),
    }
    return office_page(request, tie.hub, "shell/confirm.html", context)


def headings(*, with_partnership: bool = False) -> list[parts.Heading]:
    which = [parts.Heading(_("Partnership"))] if with_partnership else []
    return [
        parts.Heading(_("What")),
        parts.Heading(_("When")),
        *which,
        parts.Heading(_("Kind")),
        parts.Heading(pgettext("taking part", "People"), numeric=True),
        parts.Heading(_("Organisations"), numeric=True),
        parts.Heading(_("Public")),
    ]


def _seen(tie: Tie) -> QuerySet[Activity]:
    """The keeper sees all, the others what is public; one that it trusts sees all too."""
    log = tie.partnership.activities.all()
    return log if tie.is_inside else log.filter(is_public=True)


def _sides(tie: Tie) -> list[Side]:
    return list(tie.partnership.sides.all())


def _filter(request: HttpRequest, hub: Hub, seen: QuerySet[Activity]) -> ActivityFilter:
    return ActivityFilter(
        request.GET or None, first_year=activity_log.first_year(seen), this_year=today_in(hub).year
    )


def _table(request: HttpRequest, form: ActivityFilter, seen: QuerySet[Activity]) -> dict[str, Any]:
    found = activity_log.complete(activity_log.chosen(seen, **form.chosen()))
    page: Any = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = activity_log.rows(page.object_list)
    return {"form": form, "chips": parts.chips(form, request.GET), "page": page, "rows": page.object_list}


def _brought(told: benefits.Benefits) -> dict[str, Any]:
    people = told.of(benefits.Benefit.PARTICIPATION)
    return {
        "benefits": told,
        "stats": benefits.figures(told),
        "activity_bars": benefits.bars(told.by_year),
        "people_bars": benefits.bars(people.by_year) if people.total else [],
    }


def _record(request: HttpRequest, tie: Tie, form: ActivityForm) -> bool:
    try:
        actions.record_activity(
            by=cast(User, request.user), partnership=tie.partnership, activity=form.draft()
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _change(request: HttpRequest, activity: Activity, form: ActivityForm) -> bool:
    try:
        actions.change_activity(by=cast(User, request.user), activity=activity, draft=form.draft())
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _form_page(
    request: HttpRequest, tie: Tie, form: ActivityForm, heading: str, activity: Activity | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "form_heading": heading,
        "back": address("office_activities", tie),
        "remove_url": address("office_activity_remove", tie, activity.public_id) if activity else "",
    }
    return workbench_page(
        request, tie, "twinning/office/activity_form.html", context, tab="office_activities"
    )


# --- the log of the whole office ---------------------------------------------------------------------------


@office_view(Permission.VIEW_OFFICE)
@require_GET
def all_activities(request: HttpRequest, hub: Hub) -> HttpResponse:
    log = activity_log.of_hub(hub)
    form = _filter(request, hub, log)
    context = {
        "heading": _("Activities"),
        "lead": _(
            "What the city and its partners did together, over all partnerships that this office keeps."
        ),
        **_table(request, form, log),
        **_brought(benefits.of_hub(hub, on=today_in(hub))),
        "headings": headings(with_partnership=True),
        "exports": parts.sheets(request.path),
        "rules": queries.rules_of(hub),
    }
    return office_page(request, hub, "twinning/office/all_activities.html", context)


@office_view(Permission.VIEW_OFFICE)
@require_GET
def all_activities_export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    log = activity_log.of_hub(hub)
    found = activity_log.chosen(log, **_filter(request, hub, log).chosen())
    return sheet_response(extension, activity_log.streamed(found), activity_log.COLUMNS, _("activities"))


@office_view(Permission.EDIT_HUB)
@require_http_methods(["GET", "POST"])
def partnership_rules(request: HttpRequest, hub: Hub) -> HttpResponse:
    initial = RulesForm.initial_of(queries.rules_of(hub))
    form = RulesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_rules(by=cast(User, request.user), hub=hub, **form.cleaned_data)
        messages.success(request, _("The rules are saved and hold from now on."))
        return redirect("twinning:office_all_activities", hub.slug)
    context = {
        "heading": _("Rules of our partnerships"),
        "crumbs": [parts.Crumb(_("Activities"), reverse("twinning:office_all_activities", args=[hub.slug]))],
        "form": form,
        "back": reverse("twinning:office_all_activities", args=[hub.slug]),
    }
    return office_page(request, hub, "twinning/office/rules.html", context)
