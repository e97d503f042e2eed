"""The office's table of its partnerships, in the browser and as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell import parts
from concivis.shell.exports import Column, csv_response, json_response
from concivis.shell.templatetags.shell import absolute_url
from concivis.twinning import queries
from concivis.twinning.models import Partnership
from concivis.twinning.office import ties
from concivis.twinning.office.table_filters import SHOWN, TieFilter
from concivis.twinning.office.ties import TieRow

PER_PAGE = 50
ALL = "all"  # `?chosen=all`: every box of the page is ticked


@dataclass
class TieSelection:
    """The table as an address names it."""

    hub: Hub
    query: QueryDict

    @cached_property
    def filterset(self) -> TieFilter:
        return TieFilter(self.query, hub=self.hub)

    @cached_property
    def partnerships(self) -> QuerySet[Partnership]:
        """Unordered. A value that is not understood filters nothing; the form says so beside its field."""
        if not self.in_force:
            return queries.in_office(self.hub)
        found: QuerySet[Partnership] = self.filterset.qs
        return found

    @property
    def ordered(self) -> QuerySet[Partnership]:
        sort = self.query.get("sort", ties.DEFAULT_SORT)
        return ties.ordered(ties.with_columns(self.partnerships, self.hub), sort)

    @cached_property
    def in_force(self) -> dict[str, str]:
        """The filters that are set, without sort and page."""
        return {name: str(self.query[name]) for name in SHOWN if self.query.get(name)}

    @cached_property
    def view(self) -> str:
        """Filters and order as a query string without its question mark: what a member keeps."""
        kept = QueryDict(mutable=True)
        kept.update(self.in_force)
        if self.query.get("sort"):
            kept["sort"] = str(self.query["sort"])
        return kept.urlencode()

    @cached_property
    def chips(self) -> list[parts.Chip]:
        return parts.chips(self.filterset.form, self.query) if self.in_force else []


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
        "headings": headings(),
        "exports": exports(hub),
    }
    return office_page(request, hub, "twinning/office/partnerships.html", context)


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
    def path(extension: str) -> str:
        return reverse("twinning:office_partnerships_export", args=[hub.slug, extension])

    return [
        parts.Export("CSV", path("csv"), "text/csv"),
        parts.Export("JSON", path("json"), "application/json"),
    ]


@office_view(Permission.VIEW_OFFICE)
@require_GET
def partnerships_export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    selection = TieSelection(hub, request.GET)
    return in_format(extension, ties.streamed(selection.ordered, hub), hub, selection.in_force)


def in_format(extension: str, found: Iterator[TieRow], hub: Hub, filters: dict[str, str]) -> HttpResponseBase:
    """The rows as `csv` or `json`; raises `Http404` for another format."""
    if extension == "csv":
        return csv_response(found, COLUMNS, f"{hub.slug}.csv")
    if extension == "json":
        page = reverse("twinning:office_partnerships", args=[hub.slug])
        return json_response(found, COLUMNS, title=hub.name, url=absolute_url(page), filters=filters)
    raise Http404


COLUMNS: list[Column[TieRow]] = [
    Column("id", gettext_lazy("identifier"), lambda row: row.public_id),
    Column("partners", gettext_lazy("partners"), lambda row: [place.name for place in row.partners]),
    Column(
        "countries",
        gettext_lazy("countries, ISO 3166-1"),
        lambda row: [place.country for place in row.partners],
    ),
    Column("kind", gettext_lazy("kind"), lambda row: row.kind),
    Column("state", gettext_lazy("state"), lambda row: row.state),
    Column("next_step", gettext_lazy("next step"), lambda row: row.next_step),
    Column("due", gettext_lazy("due"), lambda row: row.next_due),
    Column("last_activity", gettext_lazy("last activity"), lambda row: row.last_activity),
    Column("valid_until", gettext_lazy("agreed until"), lambda row: row.valid_until),
    Column("confirmed", gettext_lazy("confirmed"), lambda row: row.confirmation.value),
    Column("kept_by", gettext_lazy("kept by"), lambda row: row.keeper_name),
    Column("public", gettext_lazy("public"), lambda row: row.is_published),
    Column("example", gettext_lazy("an example of the demonstration"), lambda row: row.is_example),
    Column("changed", gettext_lazy("last changed"), lambda row: row.changed_at),
]
