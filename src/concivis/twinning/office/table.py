"""The office's table of its partnerships, in the browser and as a file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from concivis.hubs import policies
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell import parts
from concivis.twinning.office import bulk, bulk_words, saved, ties
from concivis.twinning.office.selection import TieSelection
from concivis.twinning.office.table_formats import in_format
from concivis.twinning.policies import KEEP

PER_PAGE = 50
ALL = "all"  # `?chosen=all`: every box of the page is ticked


@office_view(Permission.VIEW_OFFICE)
@require_GET
def partnerships(request: HttpRequest, hub: Hub) -> HttpResponse:
    selection = TieSelection(hub, request.GET)
    page: Any = Paginator(selection.ordered, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = ties.rows(page.object_list, hub)
    context = {
        "heading": _("Partnerships"),
        "selection": selection,
        "form": selection.filterset.form,
        "chips": selection.chips,
        "page": page,
        "count": page.paginator.count,
        "rows": page.object_list,
        "all_chosen": request.GET.get("chosen") == ALL,
        "deeds": deeds(request, hub),
        "kept_views": saved.chips(request, hub, selection.view),
        "headings": headings(),
        "exports": exports(hub),
    }
    return office_page(request, hub, "twinning/office/partnerships.html", context)


def deeds(request: HttpRequest, hub: Hub) -> list[tuple[str, str]]:
    """What the reader can do with the chosen: (value of `?do=`, what it is called)."""
    found = [(action.value, str(label)) for action, label in bulk_words.LABELS.items()]
    export = (bulk.EXPORT, _("Export as CSV"))
    return [*found, export] if policies.may(request.user, KEEP, hub) else [export]


def headings() -> list[parts.Heading]:
    return [
        parts.Heading(_("Partner"), sort="place"),
        parts.Heading(_("Country"), sort="country"),
        parts.Heading(_("Kind"), sort="kind"),
        parts.Heading(_("State"), sort="state"),
        parts.Heading(_("Next step"), sort="due"),
        parts.Heading(_("Last activity"), sort="activity"),
        parts.Heading(_("Confirmed")),
        parts.Heading(pgettext("partnership", "Public")),
    ]


def exports(hub: Hub) -> list[parts.Export]:
    return parts.tables(reverse("twinning:office_partnerships", args=[hub.slug]))


@office_view(Permission.VIEW_OFFICE)
@require_GET
def partnerships_export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    selection = TieSelection(hub, request.GET)
    return in_format(extension, ties.streamed(selection.ordered, hub), hub, selection.in_force)
