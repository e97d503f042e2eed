"""The office's table of initiatives: what waits for review first, with filters and exports."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.initiatives import actions, listing, queries, telling
from concivis.initiatives.actions.submitting import tell_office
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.filters import InitiativeFilter, narrowed
from concivis.initiatives.forms.whole import OfficeForm, WholeForm
from concivis.initiatives.models import Initiative
from concivis.initiatives.office.doors import address, may_edit
from concivis.shell import parts
from concivis.shell.exports import TABLES
from concivis.shell.parts import Crumb, Heading, Tab
from concivis.shell.refusals import put_into

PER_PAGE = 50
STATES = [state for state in ReviewState if state != ReviewState.DRAFT]
SORTS = {
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
    "confirmed": ("last_confirmed", "pk"),
    "-confirmed": ("-last_confirmed", "-pk"),
    "changed": ("changed_at", "pk"),
    "-changed": ("-changed_at", "-pk"),
}


@office_view(Permission.VIEW_OFFICE)
@require_safe
def table(request: HttpRequest, hub: Hub) -> HttpResponse:
    form, rows = _found(request, hub)
    page = Paginator(queries.for_list(rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Initiatives"),
        "form": form,
        "chips": parts.chips(form, request.GET),
        "tabs": _tabs(request, hub),
        "page": page,
        "rows": [(row, telling.where(row)) for row in page.object_list],
        "headings": [
            Heading(_("Initiative"), sort="title"),
            Heading(_("Where")),
            Heading(_("Stage")),
            Heading(_("Review")),
            Heading(_("Last confirmed"), sort="confirmed"),
            Heading(_("Changed"), sort="changed"),
        ],
        "exports": parts.tables(reverse("initiatives:office", args=[hub.slug])),
        "edits": may_edit(request, hub),
    }
    return office_page(request, hub, "initiatives/office/table.html", context)


@office_view(Permission.EDIT_INITIATIVES)
@require_safe
def export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    """The table as a file; with the owners' addresses, so only for who may edit."""
    form, rows = _found(request, hub)
    return listing.in_format(
        request,
        extension if extension in TABLES else "",
        queries.for_list(rows),
        title=_("Initiatives"),
        page=reverse("initiatives:office", args=[hub.slug]),
        filters={chip.label: chip.value for chip in parts.chips(form, request.GET)},
        columns=listing.OFFICE_COLUMNS,
    )


@office_view(Permission.PROPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    """The office enters one and shows it at once or later; a contributor's waits for review."""
    edits = may_edit(request, hub)
    form = (OfficeForm if edits else WholeForm)(
        request.POST or None, hub=hub, initial={"language": hub.language}
    )
    if request.method == "POST" and form.is_valid():
        made = _enter(request, hub, form, edits)
        if made is not None:
            return redirect(address("office_initiative", made))
    context = {
        "heading": _("Enter an initiative"),
        "lead": "" if edits else _("The office looks at it before it becomes public."),
        "crumbs": [Crumb(_("Initiatives"), reverse("initiatives:office", args=[hub.slug]))],
        "form": form,
        "groups": form.groups(),
        "known": sorted(form.known) if edits else [],
        "cancel_url": reverse("initiatives:office", args=[hub.slug]),
    }
    return office_page(request, hub, "initiatives/office/new.html", context)


def _enter(request: HttpRequest, hub: Hub, form: WholeForm, edits: bool) -> Initiative | None:
    by = cast(User, request.user)
    owner = None if edits else actions.Owner(email=by.email, name=by.name, language=by.language)
    try:
        made = actions.record_initiative(by=by, hub=hub, facts=form.facts(), owner=owner)
    except ValidationError as error:
        put_into(form, error)
        return None
    if edits:
        messages.success(request, _("Entered. Nobody but the office sees it until you publish it."))
    else:
        tell_office(made, "initiatives/letters/submitted.txt")
        messages.success(request, _("Thank you. The office looks at it and writes to you."))
    return made


def _found(request: HttpRequest, hub: Hub) -> tuple[InitiativeFilter, QuerySet[Initiative]]:
    form = InitiativeFilter(request.GET or None)
    rows = narrowed(queries.in_office(hub), form.wanted())
    state = request.GET.get("state", "")
    if state in STATES:
        rows = rows.filter(state=state)
    elif state == "changed":
        rows = rows.filter(changed_unseen=True)
    order = SORTS.get(request.GET.get("sort", ""), ("-changed_at", "-pk"))
    return form, rows.order_by(*order)


def _tabs(request: HttpRequest, hub: Hub) -> list[Tab]:
    """By state of review, with counts. Two queries."""
    counted = dict(queries.in_office(hub).order_by().values_list("state").annotate(n=Count("pk")))
    now = request.GET.get("state", "")
    tabs = [Tab(_("All"), "?", current=not now, count=sum(counted.values()))]
    for state in STATES:
        if counted.get(state) or now == state:
            label = telling.capitalised(state.label)
            tabs.append(Tab(label, f"?state={state}", current=now == state, count=counted.get(state, 0)))
    unseen = queries.in_office(hub).filter(changed_unseen=True).count()
    if unseen or now == "changed":
        tabs.append(Tab(_("Changed by owners"), "?state=changed", current=now == "changed", count=unseen))
    return tabs
