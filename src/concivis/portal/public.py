"""The public front: home, search, countries."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from concivis.places.models import Country
from concivis.portal import cards, jsonld, queries
from concivis.portal.maps import hubs_map
from concivis.portal.things import of_country, overview_context
from concivis.shell.parts import Bar, Crumb, Heading, Stat
from concivis.shell.templatetags.shell import absolute_url
from concivis.twinning.figures import WORLD
from concivis.twinning.queries import snapshot

PLACES_PER_PAGE = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    totals = queries.totals()
    counted = queries.foremost_hubs()
    hubs = [hub for hub, _ in counted]
    return render(
        request,
        "portal/home.html",
        {
            "title": gettext("The coordination office for a city's relations"),
            "stats": [
                Stat(totals.partnerships, gettext("partnerships"), url=reverse("twinning:partnerships")),
                Stat(totals.places, gettext("cities, towns and villages")),
                Stat(totals.countries, gettext("countries"), url=reverse("portal:countries")),
            ],
            "svg": hubs_map(hubs),
            "hubs": [cards.hub(hub, links) for hub, links in counted],
            "is_demo": settings.DEMO,
            "has_world": totals.partnerships > sum(links for _, links in counted),
            "has_figures": snapshot(WORLD) is not None,
            "tour": next((hub for hub in hubs if hub.slug == "hamm"), None),
        },
    )


@require_safe
def countries(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "portal/countries.html",
        {
            "heading": gettext("Countries"),
            "rows": queries.countries(),
            "headings": [
                Heading(gettext("Country")),
                Heading(gettext("Places with partners"), numeric=True),
                Heading(gettext("Partnerships"), numeric=True),
            ],
        },
    )


@require_safe
def country(request: HttpRequest, code: str) -> HttpResponse:
    if len(code) != 2:
        raise Http404
    if code != code.upper():
        return redirect("portal:country", code.upper(), permanent=True)
    chosen = get_object_or_404(Country, code=code)
    partners = queries.partner_countries(chosen)
    domestic = queries.domestic_partnerships(chosen)
    places = Paginator(queries.places_with_links(chosen), PLACES_PER_PAGE)
    told = of_country(chosen, None)
    return render(
        request,
        "portal/country.html",
        overview_context(told, chosen.name)
        | {
            "jsonld": jsonld.overview(told, chosen.name, request.path, jsonld.country(code, chosen.name)),
            "heading": chosen.name,
            "crumbs": [Crumb(gettext("Countries"), reverse("portal:countries"))],
            "country": chosen,
            "share_url": absolute_url(f"{request.path}share.png"),
            "stats": [
                Stat(places.count, gettext("places with partners")),
                Stat(
                    domestic + sum(links for _, links in partners),
                    gettext("partnerships"),
                    note=gettext("one with several countries counts once for each"),
                    url=f"{reverse('twinning:partnerships')}?country={code}",
                ),
                Stat(domestic, gettext("within the country")),
                Stat(len(partners), gettext("partner countries")),
            ],
            "bars": [
                Bar(Country(code=other).name, links, reverse("portal:country", args=[other]))
                for other, links in partners[:20]
            ],
            "page": places.get_page(request.GET.get("page")),
            "headings": [
                Heading(gettext("Place")),
                Heading(gettext("Region")),
                Heading(gettext("Population"), numeric=True),
                Heading(gettext("Partnerships"), numeric=True),
            ],
        },
    )
