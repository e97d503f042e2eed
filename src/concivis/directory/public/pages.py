"""What everybody sees: the list of organisations in every format, and the page of one."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from concivis.directory import hooks, listing, policies, queries, telling
from concivis.directory.filters import OrganisationFilter, ordered
from concivis.directory.models import Organisation
from concivis.hubs import crests
from concivis.hubs.freshness import etag
from concivis.shell import parts
from concivis.shell.context import address
from concivis.shell.exports import FEEDS, TABLES, Entry, feed_response, table_response
from concivis.shell.jsonld import script
from concivis.shell.pictures import share_image
from concivis.shell.templatetags.shell import absolute_url

PER_PAGE = 50
ENTRIES = 100


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    form = OrganisationFilter(request.GET or None)
    found = listing.complete(ordered(form.chosen(queries.public()), request.GET.get("sort", "")))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Organisations"),
        "lead": _("Who does something here, with whom in the world, and what they need and offer."),
        "form": form,
        "chips": parts.chips(form, request.GET),
        "page": page,
        "rows": [row(each) for each in page.object_list],
        "headings": headings(),
        "exports": parts.exports(reverse("directory:organisations")),
        "watch": parts.watch(address("newsletter:subscribe_to_all"), "organisation", form.wanted()),
    }
    return render(request, "directory/organisations.html", context)


def headings() -> list[parts.Heading]:
    return [
        parts.Heading(_("Organisation"), sort="name"),
        parts.Heading(_("Kind")),
        parts.Heading(_("Town")),
        parts.Heading(_("Tied to")),
        parts.Heading(_("Confirmed"), sort="confirmed"),
    ]


def row(organisation: Organisation) -> dict[str, Any]:
    return {
        "organisation": organisation,
        "kind": listing.kind_label(organisation),
        "where": listing.where(organisation),
        "tied_to": listing.tied_to(organisation),
    }


@require_safe
@condition(etag)
def organisations_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    form = OrganisationFilter(request.GET or None)
    found = ordered(form.chosen(queries.public()), request.GET.get("sort", ""))
    title, page = _("Organisations"), absolute_url(reverse("directory:organisations"))
    if extension in TABLES:
        filters = {chip.label: chip.value for chip in parts.chips(form, request.GET)}
        rows = listing.streamed(found)
        return table_response(
            extension, rows, listing.COLUMNS, "organisations", title=title, url=page, filters=filters
        )
    if extension in FEEDS:
        latest = list(found.order_by("-changed_at", "pk")[:ENTRIES])
        return feed_response(request, extension, entries(latest), title=title, url=page)
    raise Http404


def entries(latest: list[Organisation]) -> Iterator[Entry]:
    for each in latest:
        page = absolute_url(each.get_absolute_url())
        yield Entry(
            id=page,
            title=each.name,
            url=page,
            updated=each.changed_at,
            published=each.created_at,
            summary=each.description,
            language=each.language,
        )


@require_safe
def organisation(request: HttpRequest, public_id: str) -> HttpResponseBase:
    shown = _shown(public_id)
    if shown.public_id != public_id:  # it was merged into another
        return redirect(shown, permanent=False)
    text = telling.text(shown, request.GET.get("original", ""))
    address = reverse("directory:share", args=[public_id])
    context = {
        "heading": shown.name,
        "kicker": listing.kind_label(shown),
        "crumbs": [parts.Crumb(_("Organisations"), reverse("directory:organisations"))],
        "organisation": shown,
        "hub": shown.hub,
        "facts": telling.facts(shown),
        "text": text,
        "original_url": f"?original={text.original}",
        "back_url": request.path if request.GET.get("original") else "",
        "ties": telling.ties(shown),
        "svg": telling.star(shown, shown.ties.all()),
        "exchanged": telling.exchanged(shown),
        "people": telling.people(shown),
        "networks": telling.networks(shown),
        "members": telling.members(shown),
        "cards": telling.beside(shown),
        "jsonld": script(telling.jsonld(shown, text)),
        "share_url": absolute_url(address),
        "may_edit": policies.may_edit(request.user, shown),
        "pieces": [piece for say in hooks.on_page if (piece := say(request, shown))],
    }
    return render(request, "directory/organisation.html", context)


@require_safe
@condition(etag)
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    shown = _shown(public_id)
    said = [listing.kind_label(shown), listing.where(shown), truncatechars(listing.tied_to(shown), 80)]
    svg = telling.star(shown, shown.ties.all()) or None
    colour = shown.hub.colour if shown.hub else None
    picture = share_image(shown.name, " · ".join(filter(None, said)), svg, colour)
    return HttpResponse(picture, content_type="image/png")


@require_safe
def logo(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Of a public organisation, or of one whose reader may change it."""
    shown = get_object_or_404(Organisation.objects.select_related("hub"), public_id=public_id)
    is_public = queries.public().filter(pk=shown.pk).exists()
    if not shown.logo or not (is_public or policies.may_edit(request.user, shown)):
        raise Http404
    try:
        content = shown.logo.open()
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, content_type=crests.content_type(str(shown.logo.name)))
    response["ETag"] = f'"{PurePath(str(shown.logo.name)).stem}"'
    response["Cache-Control"] = f"{'public' if is_public else 'private'}, max-age=86400"
    return response


def _shown(public_id: str) -> Organisation:
    """The public one at this address, also at an old one. Raises `Http404`."""
    found = queries.by_public_id(public_id)
    wanted = queries.public().filter(pk=found.pk if found else 0)
    complete = listing.complete(wanted).select_related("place", "hub__place")
    return get_object_or_404(complete.prefetch_related("competent_for", "links"))
