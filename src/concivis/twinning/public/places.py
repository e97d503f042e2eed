"""A place and its partners, in every format, and the shortest chain from it to any other place."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe

from concivis.hubs.freshness import etag
from concivis.places.models import Place
from concivis.shell import parts
from concivis.shell.jsonld import script
from concivis.shell.pictures import share_image
from concivis.shell.templatetags.shell import absolute_url
from concivis.twinning import drawing, feeds, jsonld, listing, partners, queries
from concivis.twinning.forms import ChainForm
from concivis.twinning.listing import ListedPlace
from concivis.twinning.public.map import words


@require_safe
def place(request: HttpRequest, public_id: str, slug: str) -> HttpResponseBase:
    shown = find(public_id)
    if slug != shown.slug:
        return redirect(shown.get_absolute_url(), permanent=True)
    rows = partners.of_place(shown)
    return render(
        request,
        "twinning/place.html",
        {
            "heading": shown.name,
            "kicker": where(shown),
            "crumbs": crumbs(shown),
            "place": shown,
            "facts": partners.facts(shown),
            "stats": partners.stats(rows),
            "first": partners.first(rows),
            "rows": partners.ordered(rows, request.GET.get("sort", "name")),
            "headings": partners.headings(),
            "events": partners.timeline(rows),
            "bodies": partners.bodies(shown),
            "exports": exports(shown),
            "svg": drawing.star(as_listed(shown), [(row.place, row.tie.state) for row in rows], shown.name),
            "links_url": f"{reverse('twinning:map_links')}?place={shown.public_id}",
            "words": words(),
            "jsonld": script(jsonld.place(shown, len(rows))),
            "share_url": absolute_url(address(shown, "place_share")),
            "chain_form": ChainForm(),
            "chain_url": reverse("twinning:chain", args=[shown.public_id]),
        },
    )


@require_safe
@condition(etag)
def place_export(request: HttpRequest, public_id: str, slug: str, extension: str) -> HttpResponseBase:
    shown = find(public_id)
    if slug != shown.slug:
        return redirect(address(shown, "place_export", extension), permanent=True)
    return _exported(request, shown, extension)


def _exported(request: HttpRequest, shown: Place, extension: str) -> HttpResponseBase:
    return feeds.in_format(
        request,
        extension,
        listing.ordered(queries.of_place(shown), "-changed"),
        title=gettext("Partners of %(place)s") % {"place": shown.name},
        name=shown.slug,
        page=shown.get_absolute_url(),
        filters={"place": shown.public_id},
    )


@require_safe
@condition(etag)
def place_share(request: HttpRequest, public_id: str, slug: str) -> HttpResponseBase:
    shown = find(public_id)
    if slug != shown.slug:
        return redirect(address(shown, "place_share"), permanent=True)
    rows = partners.of_place(shown)
    said = " · ".join(f"{stat.value} {stat.label}" for stat in partners.stats(rows)[:2])
    svg = drawing.star(as_listed(shown), [(row.place, row.tie.state) for row in rows], shown.name)
    return HttpResponse(share_image(shown.name, f"{where(shown)} · {said}", svg), content_type="image/png")


def find(public_id: str) -> Place:
    return get_object_or_404(Place.objects.select_related("country", "region"), public_id=public_id)


def as_listed(shown: Place) -> ListedPlace:
    return ListedPlace(shown.public_id, shown.name, shown.country_id, shown.latitude, shown.longitude)


def where(shown: Place) -> str:
    return ", ".join(filter(None, [shown.region.name if shown.region else "", shown.country.name]))


def crumbs(shown: Place) -> list[parts.Crumb]:
    return [
        parts.Crumb(gettext("Countries"), reverse("portal:countries")),
        parts.Crumb(shown.country.name, partners.country_url(shown.country_id)),
    ]


def exports(shown: Place) -> list[parts.Export]:
    return parts.exports(f"{shown.get_absolute_url()}partners/")


def address(shown: Place, name: str, *more: Any) -> str:
    return reverse(f"twinning:{name}", args=[shown.public_id, shown.slug, *more])
