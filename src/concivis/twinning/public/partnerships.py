"""The table of partnerships in every format, and the page of one."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe

from concivis.hubs.freshness import etag
from concivis.shell import parts
from concivis.shell.context import address
from concivis.shell.exports import atom_response
from concivis.shell.jsonld import script
from concivis.shell.pictures import share_image
from concivis.shell.templatetags.shell import absolute_url
from concivis.twinning import agreeing, benefits, drawing, feeds, jsonld, listing, queries, rows, telling
from concivis.twinning.models import Partnership
from concivis.twinning.papers import as_attachment
from concivis.twinning.selection import Selection

PER_PAGE = 50


class CountedPages(Paginator[Any]):
    """Pages of a list whose length is already known."""

    def __init__(self, rows: Any, known_count: int) -> None:
        super().__init__(rows, PER_PAGE)
        self._known_count = known_count

    @cached_property
    def count(self) -> int:
        return self._known_count


@require_safe
def partnerships(request: HttpRequest) -> HttpResponse:
    selection = Selection.of(request)
    page = CountedPages(selection.ordered, selection.count).get_page(request.GET.get("page"))
    page.object_list = listing.listed(cast(QuerySet[Partnership], page.object_list))
    return render(
        request,
        "twinning/partnerships.html",
        {
            "heading": gettext("Partnerships"),
            "title": selection.title,
            "selection": selection,
            "filters": selection.panel,
            "chips": selection.in_force,
            "page": page,
            "body": rows.drawn(page.object_list),
            "headings": headings(),
            "exports": parts.exports(reverse("twinning:partnerships")),
            "watch": parts.watch(address("newsletter:subscribe_to_all"), "partnership", selection.in_force),
            "map_url": reverse("twinning:map") + selection.query_string,
        },
    )


def headings() -> list[parts.Heading]:
    return [
        parts.Heading(gettext("Partnership"), sort="place"),
        parts.Heading(gettext("Countries")),
        parts.Heading(gettext("Kind"), sort="kind"),
        parts.Heading(gettext("State"), sort="state"),
        parts.Heading(gettext("Since"), sort="started", numeric=True),
    ]


@require_safe
@condition(etag)
def partnerships_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    selection = Selection.of(request)
    return feeds.in_format(
        request,
        extension,
        selection.ordered,
        title=selection.title,
        name=gettext("partnerships"),
        page=reverse("twinning:partnerships") + selection.query_string,
        filters=selection.in_force,
    )


@require_safe
def partnership(request: HttpRequest, public_id: str) -> HttpResponse:
    shown = get_object_or_404(queries.for_page(queries.public()), public_id=public_id)
    row = listing.listed(Partnership.objects.filter(pk=shown.pk))[0]
    beside = telling.also_between(shown)
    return render(
        request,
        "twinning/partnership.html",
        {
            "heading": shown.title,
            "kicker": row.kind_label,
            "crumbs": [parts.Crumb(gettext("Partnerships"), reverse("twinning:partnerships"))],
            "partnership": shown,
            "row": row,
            "kind_explained": telling.KINDS[shown.kind],
            "state_explained": telling.STATES[row.state],
            "sides": [telling.side(side) for side in shown.sides.all()],
            "events": telling.timeline(shown),
            "accounts": telling.differing_accounts(shown),
            "evidence": telling.evidence(shown),
            "beside": beside,
            "objectives": agreeing.public_objectives(shown),
            "documents": telling.documents(shown),
            "people": telling.people(shown),
            "brings": benefits.public_figures(shown),
            "svg": drawing.chain(row.places, shown.title),
            "jsonld": script(jsonld.partnership(shown, row)),
            "share_url": absolute_url(reverse("twinning:partnership_share", args=[public_id])),
            "feed_url": reverse("twinning:partnership_feed", args=[public_id]),
        },
    )


@require_safe
def partnership_document(request: HttpRequest, public_id: str, document: str) -> FileResponse:
    """A public document of a public partnership, to be saved, never shown inside a page."""
    shown = get_object_or_404(queries.public(), public_id=public_id)
    response = as_attachment(get_object_or_404(shown.documents.filter(is_public=True), public_id=document))
    response["Cache-Control"] = "no-store"  # it may be taken back
    return response


@require_safe
@condition(etag)
def partnership_share(request: HttpRequest, public_id: str) -> HttpResponse:
    shown = get_object_or_404(queries.public(), public_id=public_id)
    row = listing.listed(Partnership.objects.filter(pk=shown.pk), dates=True)[0]
    countries = " – ".join(place.country_name for place in row.places)
    said = [row.kind_label, countries, str(row.since) if row.since else ""]
    picture = share_image(row.title, " · ".join(filter(None, said)), drawing.chain(row.places, row.title))
    return HttpResponse(picture, content_type="image/png")


@require_safe
def partnership_feed(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """The dated events and public activities of one partnership, the latest first."""
    shown = get_object_or_404(queries.for_page(queries.public()), public_id=public_id)
    page = absolute_url(reverse("twinning:partnership", args=[public_id]))
    return atom_response(
        feeds.of_events(shown, page),
        title=shown.title,
        url=page,
        feed_url=absolute_url(request.path),
        updated=shown.changed_at,
    )
