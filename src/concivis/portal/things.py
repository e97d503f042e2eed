"""Everything about a country or a theme, of all cities or of one: "everything Hamm does in Mexico"."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe

from concivis.catalogue import search as catalogue
from concivis.hubs.freshness import etag
from concivis.hubs.models import Hub
from concivis.hubs.queries import public_hubs
from concivis.places.models import Country
from concivis.portal import cardmap, jsonld
from concivis.portal.facets import SCHEMES
from concivis.portal.overview import Overview
from concivis.shell import parts
from concivis.shell.pictures import share_image
from concivis.shell.templatetags.shell import absolute_url, number
from concivis.vocabulary.models import Term

SCHEME_LABELS = {
    "theme": lambda: gettext("Themes"),
    "target-group": lambda: gettext("For whom"),
    "sdg": lambda: gettext("Goals of the United Nations"),
    "field": lambda: gettext("Fields of twinning"),
}


@require_safe
def hub_country(request: HttpRequest, slug: str, code: str) -> HttpResponseBase:
    chosen, hub = country_called(code), hub_called(slug)
    if code != chosen.code:
        return redirect("portal:hub_country", slug, chosen.code, permanent=True)
    told = of_country(chosen, hub)
    names = {"city": hub.place.name, "country": chosen.name}
    heading = gettext("%(city)s and %(country)s") % names
    crumbs = [
        parts.Crumb(hub.name, hub.get_absolute_url()),
        parts.Crumb(chosen.name, reverse("portal:country", args=[chosen.code])),
    ]
    return shown(
        request, told, heading, crumbs, jsonld.country(chosen.code, chosen.name), elsewhere=crumbs[1]
    )


@require_safe
def theme(request: HttpRequest, code: str, slug: str = "") -> HttpResponseBase:
    terms, hub = terms_called(code), hub_called(slug) if slug else None
    name = terms[0].label
    told = of_terms(code, terms, hub)
    crumbs = [parts.Crumb(gettext("Themes"), reverse("portal:themes"))]
    if hub is None:
        return shown(request, told, name, crumbs, jsonld.theme([code], name), lead=terms[0].description)
    everywhere = parts.Crumb(name, reverse("portal:theme", args=[code]))
    heading = gettext("%(theme)s in %(city)s") % {"theme": name, "city": hub.place.name}
    crumbs = [parts.Crumb(hub.name, hub.get_absolute_url()), everywhere]
    return shown(request, told, heading, crumbs, jsonld.theme([code], name), elsewhere=everywhere)


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """Every term that has cards, by its list."""
    found = catalogue.find("")
    counts = found.counts()["term"]
    terms = (
        Term.objects.filter(pk__in=[int(key) for key in counts]).with_labels().order_by("scheme", "position")
    )
    lists: dict[str, list[parts.Tab]] = {scheme: [] for scheme in SCHEMES.values()}
    for term in terms:
        url = reverse("portal:theme", args=[term.code])
        lists.setdefault(term.scheme_id, []).append(parts.Tab(term.label, url, count=counts[str(term.pk)]))
    named = [
        (SCHEME_LABELS[scheme]() if scheme in SCHEME_LABELS else scheme, tabs)
        for scheme, tabs in lists.items()
    ]
    return render(
        request,
        "portal/themes.html",
        {
            "heading": gettext("Themes"),
            "lists": [(label, tabs) for label, tabs in named if tabs],
            "more": found.more,
        },
    )


@require_safe
@condition(etag)
def map_cards(request: HttpRequest) -> HttpResponse:
    """The cards of a country, theme or hub as columns of JSON: `?country=`, `?term=`, `?hub=`."""
    hub = hub_called(request.GET["hub"]) if request.GET.get("hub") else None
    if request.GET.get("country"):
        told = of_country(country_called(request.GET["country"]), hub)
    elif request.GET.get("term"):
        told = of_terms(request.GET["term"], terms_called(request.GET["term"]), hub)
    else:
        told = Overview({}, (), hub)
    return HttpResponse(cardmap.encoded(told), content_type="application/json")


@require_safe
def world(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Everything on one map, of all cities or of one."""
    hub = hub_called(slug) if slug else None
    told = Overview({}, (), hub)
    heading = (
        gettext("Everything %(city)s does in the world") % {"city": hub.place.name}
        if hub
        else gettext("Everything on a map")
    )
    crumbs = [parts.Crumb(hub.name, hub.get_absolute_url())] if hub else []
    return shown(request, told, heading, crumbs, {"@type": "Place", "name": gettext("The world")})


def shown(
    request: HttpRequest,
    told: Overview,
    heading: str,
    crumbs: list[parts.Crumb],
    about: dict[str, Any],
    *,
    lead: str = "",
    elsewhere: parts.Crumb | None = None,
) -> HttpResponse:
    context = overview_context(told, heading) | {
        "heading": heading,
        "lead": lead,
        "crumbs": crumbs,
        "elsewhere": elsewhere,
        "share_url": absolute_url(f"{request.path}share.png"),
        "jsonld": jsonld.overview(told, heading, request.path, about),
    }
    return render(request, "portal/overview.html", context)


@require_safe
@condition(etag)
def share(request: HttpRequest, slug: str = "", country: str = "", code: str = "") -> HttpResponse:
    """The picture that such a page is shared with."""
    hub = hub_called(slug) if slug else None
    told, title = _of(country, code, hub)
    said = [hub.name] if hub else []
    said += [f"{group.count} {group.label}" for group in told.groups[:2]]
    svg = cardmap.drawn(told, title) if told.places else None
    picture = share_image(title, " · ".join(said), svg, hub.colour if hub else None)
    return HttpResponse(picture, content_type="image/png")


def _of(country: str, code: str, hub: Hub | None) -> tuple[Overview, str]:
    """Of a country, of the terms with a code, or of everything; and what it is called."""
    if country:
        chosen = country_called(country)
        return of_country(chosen, hub), chosen.name
    if code:
        terms = terms_called(code)
        return of_terms(code, terms, hub), terms[0].label
    return Overview({}, (), hub), gettext("Everything on a map")


def overview_context(told: Overview, title: str) -> dict[str, Any]:
    """What `portal/_overview.html` draws."""
    return {
        "told": told,
        "hub": told.hub,
        "groups": told.groups,
        "svg": cardmap.drawn(told, title) if told.places else "",
        "map_url": f"{reverse('portal:map_cards')}?{told.search_url.partition('?')[2]}"
        if told.places
        else "",
        "map_words": cardmap.words(),
        "card_url": reverse("portal:card", args=["KIND", "ID"]).replace("KIND/ID", "ID"),
        "formats": formats(told),
        "total": number(told.found.total) + ("+" if told.found.more else ""),
        "hub_tabs": []
        if told.hub
        else [parts.Tab(hub.name, told.address_of(hub), count=n) for hub, n in told.hubs],
    }


def formats(told: Overview) -> list[parts.Export]:
    query = told.search_url.partition("?")[2]
    return [
        parts.Export(export.label, f"{export.path}?{query}", export.mime)
        for export in parts.exports(reverse("portal:search"))
    ]


def of_country(country: Country, hub: Hub | None) -> Overview:
    return Overview({"country": [country.code]}, [("country", country.code)], hub)


def of_terms(code: str, terms: list[Term], hub: Hub | None) -> Overview:
    return Overview({"term": [str(term.pk) for term in terms]}, [("term", code)], hub)


def country_called(code: str) -> Country:
    if len(code) != 2:
        raise Http404
    return get_object_or_404(Country, code=code.upper())


def terms_called(code: str) -> list[Term]:
    """The terms with that word, of whatever list; a theme before others."""
    order = list(SCHEMES.values())
    found = list(Term.objects.filter(code=code[:60], scheme__in=order).with_labels())
    if not found:
        raise Http404
    return sorted(found, key=lambda term: order.index(term.scheme_id))


def hub_called(slug: str) -> Hub:
    return get_object_or_404(public_hubs(), slug=slug[:60])
