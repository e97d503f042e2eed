"""What the portal adds to the public page of a hub: the latest of everything, and the countries."""

from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse

from concivis.catalogue import queries
from concivis.hubs.models import Hub
from concivis.places.countries import country_name
from concivis.places.models import Country
from concivis.portal import cards
from concivis.shell.parts import Tab

LATEST = 6
COUNTRIES = 24
NOT_NEWS = ("hub", "partnership")  # the page shows them by itself


def latest(hub: Hub) -> str:
    """Five queries, one where there is nothing."""
    found = queries.cards(hub=hub.pk).exclude(kind__in=NOT_NEWS).order_by("-published_at", "-pk")[:LATEST]
    if not found:
        return ""
    context = {
        "hub": hub,
        "cards": [cards.found(card) for card in found],
        "all_url": f"{reverse('portal:search')}?hub={hub.slug}&sort=newest",
    }
    return render_to_string("portal/latest_home.html", context)


def countries(hub: Hub) -> str:
    """Where the city does something, most first. One query."""
    abroad = Country.objects.filter(cards__hub=hub).exclude(pk=hub.place.country_id)
    counted = abroad.annotate(n=Count("cards")).order_by("-n", "pk").values_list("pk", "n")[:COUNTRIES]
    tabs = [
        Tab(country_name(code), reverse("portal:hub_country", args=[hub.slug, code]), count=n)
        for code, n in counted
    ]
    return render_to_string("portal/countries_home.html", {"hub": hub, "countries": tabs}) if tabs else ""
