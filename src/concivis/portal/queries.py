"""What the public front reads: counts of the whole house, countries, and search over places and cards."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Count, F, Q, QuerySet

from concivis.catalogue.models import Card
from concivis.hubs.models import Hub
from concivis.hubs.record import data_version
from concivis.places.models import Country, Place
from concivis.reach.visits import Owner
from concivis.shell.chunks import chunks
from concivis.twinning import queries as twinning
from concivis.twinning.models import Partnership, Side

KEPT_FOR = 600  # seconds; what is kept is named by the data version anyway


@dataclass(frozen=True)
class Totals:
    partnerships: int
    places: int  # with at least one partnership
    countries: int


def totals() -> Totals:
    """Of all public partnerships. Remembered by data version: one query, or three that read every link."""
    key = f"totals:{data_version()}"
    known: Totals | None = caches["memory"].get(key)
    if known is None:
        known = _totals()
        caches["memory"].set(key, known, KEPT_FOR)
    return known


def _totals() -> Totals:
    sides = Side.objects.filter(partnership__in=twinning.public().values("pk"))
    counted = sides.aggregate(
        places=Count("place", distinct=True), countries=Count("place__country", distinct=True)
    )
    return Totals(twinning.public().count(), counted["places"], counted["countries"])


@dataclass(frozen=True)
class CountryRow:
    code: str
    name: str  # in the active language
    places: int
    partnerships: int


def countries() -> list[CountryRow]:
    """Every country with a linked place, by its name in the reader's language. One query."""
    sides = Side.objects.filter(partnership__in=twinning.public().values("pk"))
    rows = sides.values(code=F("place__country")).annotate(
        places=Count("place", distinct=True), partnerships=Count("partnership", distinct=True)
    )
    named = [
        CountryRow(row["code"], Country(code=row["code"]).name, row["places"], row["partnerships"])
        for row in rows.order_by("code")
    ]
    return sorted(named, key=lambda row: row.name)


def places_with_links(country: Country) -> QuerySet[Place]:
    """The country's places with partnerships, each with `links`, most first."""
    public = Q(sides__partnership__in=twinning.public().values("pk"))
    places = Place.objects.filter(country=country).select_related("region")
    return (
        places.annotate(links=Count("sides", filter=public))
        .filter(links__gt=0)
        .order_by("-links", "name", "pk")
    )


def partner_countries(country: Country) -> list[tuple[str, int]]:
    """(country, partnerships) of a country's places with other countries and at home, most first. One query."""
    here = Side.objects.filter(partnership__in=twinning.public().values("pk"), place__country=country).values(
        "partnership"
    )
    others = (
        Side.objects.filter(partnership__in=here)
        .exclude(place__country=country)
        .values_list("place__country")
        .annotate(links=Count("partnership", distinct=True))
    )
    return sorted(others, key=lambda row: (-row[1], row[0]))


def domestic_partnerships(country: Country) -> int:
    """Partnerships within the country. One query."""
    both = Partnership.objects.annotate(
        here=Count("sides", filter=Q(sides__place__country=country)), all=Count("sides")
    )
    return both.filter(pk__in=twinning.public().values("pk"), here=F("all")).count()


def foremost_hubs(most: int = 12) -> list[tuple[Hub, int]]:
    """The public hubs with the most public partnerships, and how many. Three queries."""
    kept = twinning.public().filter(hub__isnull=False).order_by()
    links = dict(kept.values_list("hub").annotate(links=Count("pk")))
    public = Hub.objects.filter(is_published=True).order_by("name").values_list("pk", flat=True)
    foremost = sorted(public, key=lambda pk: -links.get(pk, 0))[:most]
    hubs = Hub.objects.select_related("place__country").in_bulk(foremost)
    return [(hubs[pk], links.get(pk, 0)) for pk in foremost]


def hubs_of_things(things: Collection[Owner]) -> dict[Owner, int]:
    """For `reach.hooks.owners`: whose the public things are, by their cards. One query for each 500."""
    found = {}
    for some in chunks(things, 500):
        cards = Card.objects.filter(
            kind__in={thing.kind for thing in some},
            public_id__in=[thing.name for thing in some],
            hub__isnull=False,
        )
        for kind, public_id, hub in cards.values_list("kind", "public_id", "hub"):
            found[Owner(kind, public_id)] = hub
    return found
