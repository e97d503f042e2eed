"""The office's page of its reach, its table as a file, and what the figures are compared with."""

import datetime as dt
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.hubs import policies
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.reach import actions, queries, telling
from concivis.reach.forms import ReachForm
from concivis.reach.models import DayCount
from concivis.shell import parts
from concivis.shell.exports import Column, sheet_response

DAYS = 30

COLUMNS: list[Column[DayCount]] = [
    Column("day", gettext_lazy("day"), lambda row: row.day),
    Column("pages", gettext_lazy("which pages; “all”: any of them, each visitor once"), lambda row: row.kind),
    Column("visitors", gettext_lazy("different visitors of that day, estimated"), lambda row: row.visitors),
]


@office_view(Permission.VIEW_OFFICE)
@require_GET
def reach(request: HttpRequest, hub: Hub) -> HttpResponse:
    until = queries.yesterday()
    settings = queries.settings_of(hub)
    compared = queries.compared(hub, settings)
    counted = queries.span(hub, until - dt.timedelta(days=DAYS - 1), until)
    context = {
        "heading": _("Reach"),
        "lead": _("How many people a day look at your pages, without following anybody."),
        "settings": settings,
        "compared": telling.compared_with(compared),
        "stats": telling.stats(counted, compared) if counted else [],
        "bars": telling.days(counted) if counted else [],
        "kinds": telling.kinds(queries.means_by_kind(hub, counted)) if counted else [],
        "headings": telling.month_headings(compared),
        "rows": [telling.month(each, compared) for each in queries.months(hub, until)],
        "exports": parts.sheets(request.path),
        "may_edit": policies.may(request.user, Permission.EDIT_HUB, hub),
        "public_url": reverse("reach:public", args=[hub.slug]) if settings.is_public else "",
    }
    return office_page(request, hub, "reach/office/reach.html", context)


@office_view(Permission.VIEW_OFFICE)
@require_GET
def reach_export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    """Finished days only: today's number still grows."""
    rows = queries.days_of(hub).filter(day__lte=queries.yesterday())
    return sheet_response(extension, rows.iterator(1000), COLUMNS, f"{hub.slug}-reach")


@office_view(Permission.EDIT_HUB)
@require_http_methods(["GET", "POST"])
def reach_settings(request: HttpRequest, hub: Hub) -> HttpResponse:
    said = request.POST if request.method == "POST" else None
    form = ReachForm(said, initial=ReachForm.initial_of(queries.settings_of(hub)))
    if request.method == "POST" and form.is_valid():
        actions.set_reach(by=cast(User, request.user), hub=hub, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("reach:office", hub.slug)
    context = {
        "heading": _("What the reach is compared with"),
        "crumbs": [parts.Crumb(_("Reach"), reverse("reach:office", args=[hub.slug]))],
        "form": form,
        "cancel_url": reverse("reach:office", args=[hub.slug]),
    }
    return office_page(request, hub, "reach/office/settings.html", context)
