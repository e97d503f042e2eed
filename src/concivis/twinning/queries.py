"""Every reused read of partnerships. Each says how many queries it costs."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from concivis.hubs.models import Hub
from concivis.places.models import Place
from concivis.twinning.enums import PUBLIC_STATES, PartnershipState
from concivis.twinning.models import (
    Activity,
    Evidence,
    FigureSnapshot,
    Milestone,
    OfficeRules,
    Partnership,
    Side,
)
from concivis.vocabulary.models import Term

IN_FORCE = (PartnershipState.SIGNED, PartnershipState.ACTIVE)


def public() -> QuerySet[Partnership]:
    """Partnerships that everybody may see: published, and past the drafting."""
    return _public().all()


@cache
def _public() -> QuerySet[Partnership]:
    """Built once, never read itself: its conditions cost as much as reading fifty rows."""
    hub_is_public = Q(hub__isnull=True) | Q(hub__is_published=True)
    return Partnership.objects.filter(hub_is_public, is_published=True, state__in=PUBLIC_STATES)


def for_list(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """With sides and places, as a table or a card shows them: two more queries, whatever the number of rows."""
    sides = Side.objects.select_related("place").order_by("position")
    return partnerships.prefetch_related(Prefetch("sides", sides))


def for_page(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """With all that one partnership's page shows: eight more queries."""
    sides = Side.objects.select_related("place__region", "organisation").order_by("position")
    return partnerships.select_related("hub").prefetch_related(
        Prefetch("sides", sides),
        Prefetch("milestones", Milestone.objects.select_related("source", "side__place")),
        Prefetch("activities", public_activities(), to_attr="public_activities"),
        Prefetch("evidence", Evidence.objects.select_related("source").order_by("pk")),
        Prefetch("fields", Term.objects.with_labels()),
    )


def public_activities() -> QuerySet[Activity]:
    """Activities that everybody may see where their partnership is public, the oldest first, with their sources."""
    return Activity.objects.filter(is_public=True).select_related("source").order_by("date", "pk")


def of_place(place: Place) -> QuerySet[Partnership]:
    """The public partnerships that this place is a side of."""
    return public().filter(pk__in=Side.objects.filter(place=place).values("partnership"))


def of_hub(hub: Hub) -> QuerySet[Partnership]:
    """What the public sees of a hub: its own partnerships and those of its city in the commons."""
    of_city = Side.objects.filter(place=hub.place_id).values("partnership")
    own = Q(hub=hub) | Q(hub__isnull=True, pk__in=of_city)
    return Partnership.objects.filter(own, is_published=True, state__in=PUBLIC_STATES)


def in_office(hub: Hub) -> QuerySet[Partnership]:
    """What the office of `hub` sees: what it keeps, and ties of its city that are public or that it may answer for."""
    own_side = Side.objects.filter(place=hub.place_id)
    trusted = own_side.filter(office=hub).values("partnership")
    shown = Q(pk__in=public().filter(pk__in=own_side.values("partnership")).values("pk"))
    return Partnership.objects.filter(Q(hub=hub) | Q(pk__in=trusted) | shown)


def for_office(partnerships: QuerySet[Partnership]) -> QuerySet[Partnership]:
    """With hub, sides and places: two more queries."""
    sides = Side.objects.select_related("place__country", "place__region", "organisation").order_by(
        "position"
    )
    return partnerships.select_related("hub").prefetch_related(Prefetch("sides", sides))


def kept_dates(partnership: Partnership) -> QuerySet[Milestone]:
    """The dated events that the keeper answers for: all but what a side states of itself. No query yet."""
    return Milestone.objects.filter(partnership=partnership, source__stated_by__isnull=True)


def is_dormant(sleeps_on: dt.date | None, on: dt.date | None = None) -> bool:
    """Whether a partnership with this `sleeps_on` sleeps on the day `on` (today).

    True if activity was once recorded and none for as long as the keeper's `OfficeRules` say, three years where none
    do. Nothing recorded is not dormancy.
    """
    return sleeps_on is not None and sleeps_on <= (on or timezone.localdate())


def dormant(partnerships: QuerySet[Partnership], on: dt.date | None = None) -> QuerySet[Partnership]:
    """Those in force that `is_dormant` says sleep. No query yet."""
    return partnerships.filter(state__in=IN_FORCE, sleeps_on__lte=on or timezone.localdate())


def rules_of(hub: Hub | None) -> OfficeRules:
    """The rules of the hub, or the defaults, not saved. One query; none for the commons."""
    found = OfficeRules.objects.filter(hub=hub).first() if hub else None
    return found or OfficeRules(hub=hub)


@dataclass(frozen=True)
class NetworkEdges:
    """The network as columns. `links` are pairs of positions in them; a tie of three places is three links."""

    ids: Sequence[int]  # primary keys of places
    public_ids: Sequence[str]
    names: Sequence[str]
    countries: Sequence[str]  # ISO 3166-1 alpha-2
    latitudes: Sequence[float | None]
    longitudes: Sequence[float | None]
    populations: Sequence[int | None]
    links: Sequence[tuple[int, int]]
    partnerships: Sequence[int]  # per link, the partnership's primary key


def network_edges(partnerships: QuerySet[Partnership] | None = None) -> NetworkEdges:
    """The public network, or that of `partnerships`. Two queries."""
    chosen = public() if partnerships is None else partnerships
    rows = Side.objects.filter(partnership__in=chosen.order_by().values("pk")).order_by(
        "partnership", "position"
    )
    by_partnership: dict[int, list[int]] = {}
    for partnership, place in rows.values_list("partnership", "place").iterator(10_000):
        by_partnership.setdefault(partnership, []).append(place)
    used = (
        Place.objects.filter(sides__partnership__in=chosen.order_by().values("pk")).distinct().order_by("pk")
    )
    columns = list(
        used.values_list("pk", "public_id", "name", "country", "latitude", "longitude", "population")
    )
    index = {row[0]: position for position, row in enumerate(columns)}
    links, owners = _pairs(by_partnership, index)
    ids, public_ids, names, countries, lats, lons, populations = (
        zip(*columns, strict=True) if columns else ((),) * 7
    )
    return NetworkEdges(ids, public_ids, names, countries, lats, lons, populations, links, owners)


def _pairs(
    by_partnership: dict[int, list[int]], index: dict[int, int]
) -> tuple[list[tuple[int, int]], list[int]]:
    links: list[tuple[int, int]] = []
    owners: list[int] = []
    for partnership, places in by_partnership.items():
        for position, a in enumerate(places):
            for b in places[position + 1 :]:
                links.append((index[a], index[b]))
                owners.append(partnership)
    return links, owners


def snapshot(scope: str) -> FigureSnapshot | None:
    """The stored figures of "world"; None before they were first computed. One query."""
    return FigureSnapshot.objects.filter(scope=scope, computed_at__isnull=False).first()


def link_counts(ids: Collection[int]) -> dict[int, int]:
    """How many public links each of these places has. One query."""
    rows = Side.objects.filter(place__in=ids, partnership__in=public().values("pk"))
    return dict(rows.values_list("place").annotate(Count("pk")))
