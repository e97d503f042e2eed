"""The public page of a city's office: its partnerships on a map, by kind and state, with their dates."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe

from concivis.hubs import hooks
from concivis.hubs.freshness import etag
from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.shell import parts
from concivis.shell.jsonld import script
from concivis.shell.pictures import share_image
from concivis.shell.templatetags.shell import absolute_url, state_tone
from concivis.twinning import drawing, feeds, jsonld, listing, partners, queries
from concivis.twinning.enums import PartnershipKind
from concivis.twinning.partners import Partner
from concivis.twinning.profiles import open_profiles
from concivis.twinning.public.map import words
from concivis.twinning.public.places import as_listed

Group = tuple[str, list[parts.Card]]


@require_safe
def hub(request: HttpRequest, slug: str) -> HttpResponse:
    shown = visible_hub(request.user, slug)
    rows = of_hub(shown)
    return render(
        request,
        "twinning/hub.html",
        {
            "hub": shown,
            "heading": shown.name,
            "kicker": f"{shown.place.name}, {shown.place.country.name}",
            "stats": partners.stats(rows),
            "first": partners.first(rows),
            "groups": by_kind(rows),
            "pieces": hooks.pieces_of_home(shown) if shown.is_published else [],
            "looking": open_profiles().filter(hub=shown).first(),
            "events": partners.timeline(rows),
            "exports": parts.exports(f"{shown.get_absolute_url()}partnerships/"),
            "svg": drawing.star(
                as_listed(shown.place), [(row.place, row.tie.state) for row in rows], shown.name
            ),
            "links_url": f"{reverse('twinning:map_links')}?hub={shown.slug}" if shown.is_published else "",
            "words": words(),
            "jsonld": script(jsonld.office(shown)) if shown.is_published else "",
            "share_url": absolute_url(reverse("twinning:hub_share", args=[slug])),
        },
    )


@require_safe
@condition(etag)
def hub_export(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    shown = visible_hub(request.user, slug)
    return feeds.in_format(
        request,
        extension,
        listing.ordered(queries.of_hub(shown), "-changed"),
        title=shown.name,
        name=shown.slug,
        page=shown.get_absolute_url(),
        filters={"hub": shown.slug},
    )


@require_safe
def hub_share(request: HttpRequest, slug: str) -> HttpResponseBase:
    shown = visible_hub(request.user, slug)
    rows = of_hub(shown)
    said = " · ".join(f"{stat.value} {stat.label}" for stat in partners.stats(rows)[:2])
    svg = drawing.star(as_listed(shown.place), [(row.place, row.tie.state) for row in rows], shown.name)
    return HttpResponse(share_image(shown.name, said, svg, shown.colour), content_type="image/png")


def of_hub(shown: Hub) -> list[Partner]:
    """The partners of the hub's city in the hub's partnerships and those of the commons. Four queries."""
    ties = listing.listed(queries.of_hub(shown).order_by("started", "pk"), dates=True)
    city = shown.place
    return [
        Partner(other, tie, partners.distance(city, other))
        for tie in ties
        for other in tie.others(city.public_id)
    ]


def by_kind(rows: list[Partner]) -> list[Group]:
    """Cards under the label of their kind, in the order of the kinds; within one those in force first."""
    order = {kind: position for position, kind in enumerate(PartnershipKind.values)}
    ranked = sorted(
        rows, key=lambda row: (order[row.tie.kind], state_rank(row), *partners.SORTS["name"](row))
    )
    return [
        (str(PartnershipKind(kind).label).capitalize(), [card(row) for row in group])
        for kind, group in groupby(ranked, key=lambda row: row.tie.kind)
    ]


def state_rank(row: Partner) -> int:
    return ("active", "signed", listing.DORMANT, "suspended", "ended").index(row.tie.state)


def card(row: Partner) -> parts.Card:
    since = [gettext("since %(date)s") % {"date": row.tie.since}] if row.tie.since else []
    return parts.Card(
        title=row.place.name,
        url=row.tie.url,
        kicker=row.place.country_name,
        meta=since,
        badge=row.tie.state_label,
        tone=state_tone(row.tie.state),
    )
