"""What an office did not admit, and why: of each that may be read, its title, the reason and the office's words."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.proposals import queries, showing
from concivis.proposals.enums import Rejection, State
from concivis.proposals.models import Proposal
from concivis.shell import parts
from concivis.shell.exports import Column, table_response
from concivis.shell.templatetags.shell import absolute_url

PER_PAGE = 24
AT_ONCE = 500

COLUMNS: list[Column[Proposal]] = [
    Column("id", gettext_lazy("identifier"), lambda row: row.public_id),
    Column("title", gettext_lazy("title"), lambda row: row.title),
    Column("language", gettext_lazy("language of the text, BCP 47"), lambda row: row.language),
    Column("decided_on", gettext_lazy("day"), lambda row: row.ended_on),
    Column("reason", gettext_lazy("reason"), lambda row: row.rejection),
    Column("note", gettext_lazy("in the words of the office"), lambda row: row.rejection_note),
    Column("same_as", gettext_lazy("page of the proposal about the same"), showing.same_as_url),
]


@dataclass(frozen=True)
class Row:
    """`url` is empty for what was never published. `same`: the public proposal about the same."""

    proposal: Proposal
    reason: str
    url: str
    same: Proposal | None


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Four queries."""
    hub = visible_hub(request.user, slug)
    found = Paginator(queries.not_admitted(hub), PER_PAGE).get_page(request.GET.get("page"))
    url = reverse("proposals:of_hub", args=[hub.slug])
    context = {
        "heading": _("What was not admitted"),
        "kicker": hub.name,
        "lead": _("Every decision of the office not to admit a proposal has one of the public reasons."),
        "crumbs": [
            parts.Crumb(hub.name, hub.get_absolute_url()),
            parts.Crumb(_("Citizens’ proposals"), url),
        ],
        "hub": hub,
        "page": found,
        "rows": [_row(each) for each in found.object_list],
        "numbers": _numbers(hub),
        "exports": parts.tables(reverse("proposals:not_admitted", args=[hub.slug])),
    }
    return render(request, "proposals/not_admitted.html", context)


@require_safe
def export(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    hub = visible_hub(request.user, slug)
    rows = queries.not_admitted(hub).iterator(AT_ONCE)
    url = absolute_url(reverse("proposals:not_admitted", args=[hub.slug]))
    title = _("What was not admitted")
    return table_response(extension, rows, COLUMNS, "not-admitted", title=title, url=url)


def _row(proposal: Proposal) -> Row:
    url = proposal.get_absolute_url() if proposal.published_at else ""
    return Row(proposal, str(Rejection(proposal.rejection).label), url, showing.same_as(proposal))


def _numbers(hub: Hub) -> list[tuple[str, int]]:
    """(reason, how many), the most frequent first, also of what stands on no list. One query."""
    rows = Proposal.objects.filter(hub=hub, state=State.REJECTED).order_by()
    counted = rows.values_list("rejection").annotate(number=Count("pk"))
    return sorted(
        ((str(Rejection(code).label), number) for code, number in counted), key=lambda each: -each[1]
    )
