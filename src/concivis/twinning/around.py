"""What the network says to one city: its neighbours' partners, open triangles, what hangs by a single partnership."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import caches
from django.db.models import Count

from concivis.hubs.record import data_version
from concivis.places.models import Place
from concivis.twinning import figures, queries
from concivis.twinning.listing import ListedPlace
from concivis.twinning.models import Side
from concivis.vocabulary.models import Term

NEAR = 30.0  # km
NEIGHBOURS, TRIANGLES, LOSSES = 12, 15, 12  # shown
NAMED = 8  # partners named of a neighbour, or shared partners of a triangle
ENOUGH = 5  # partnerships with fields, below which nothing is said of “cities like you”
ALIKE = 2  # cities of half to double the size are like you
KEPT_FOR = 600  # seconds; keyed by the data version anyway


@dataclass(frozen=True)
class NeighbourTold:
    place: ListedPlace
    kilometres: float
    partners: Sequence[ListedPlace]  # the first NAMED
    more: int


@dataclass(frozen=True)
class TriangleTold:
    place: ListedPlace
    shared: Sequence[ListedPlace]
    count: int


@dataclass(frozen=True)
class LossTold:
    partner: ListedPlace
    cut_off: int
    detour: int | None


@dataclass(frozen=True)
class Around:
    """`bridges`: partnerships that alone lead to some places; `detours`: the longest ways round for the others."""

    neighbours: Sequence[NeighbourTold]
    triangles: Sequence[TriangleTold]
    bridges: Sequence[LossTold]
    detours: Sequence[LossTold]
    partners: int


def around(place: Place) -> Around:
    """Remembered by data version. One query, three when the network is read anew."""
    key = f"around:{data_version()}:{place.pk}"
    found: Around | None = caches["memory"].get(key)
    if found is None:
        found = _around(place)
        caches["memory"].set(key, found, KEPT_FOR)
    return found


def _around(place: Place) -> Around:
    world, node = figures.current_network(), place.public_id
    engine: Any = figures.network
    if place.latitude is None or place.longitude is None:
        near = []
    else:
        near = engine.near_neighbours(world, place.latitude, place.longitude, NEAR, node)[:NEIGHBOURS]
    linked = node in world
    triangles = engine.open_triangles(world, node, TRIANGLES) if linked else []
    losses = engine.losses(world, node) if linked else []
    spot = _Spots(world)
    told = [LossTold(spot(loss.partner), loss.cut_off, loss.detour) for loss in losses]
    return Around(
        [NeighbourTold(spot(a), km, spot.some(b), max(0, len(b) - NAMED)) for a, km, b in near],
        [TriangleTold(spot(a), spot.some(shared), len(shared)) for a, shared in triangles],
        [loss for loss in told if loss.detour is None][:LOSSES],
        [loss for loss in told if loss.detour is not None and loss.detour > 2][:LOSSES],
        len(losses),
    )


class _Spots:
    """Nodes of the network as places that a page can name and link."""

    def __init__(self, world: Any) -> None:
        self.world = world

    def __call__(self, node: Any) -> ListedPlace:
        known = self.world.places[self.world.position(node)]
        return ListedPlace(str(node), known.name, known.country, known.latitude, known.longitude)

    def some(self, nodes: Sequence[Any]) -> list[ListedPlace]:
        return [self(node) for node in nodes[:NAMED]]


@dataclass(frozen=True)
class Cooperation:
    """Of how many partnerships of cities of similar size in the same country fields are known, and which."""

    partnerships: int
    fields: Sequence[tuple[str, int]]  # label, partnerships

    @property
    def says_enough(self) -> bool:
        return self.partnerships >= ENOUGH


def cooperation(place: Place) -> Cooperation | None:
    """None where the size of the place is not known. Three queries."""
    if not place.population:
        return None
    alike = Side.objects.filter(
        place__country=place.country_id,
        place__population__range=(place.population // ALIKE, place.population * ALIKE),
        partnership__fields__scheme="field",
        partnership__in=queries.public().values("pk"),
    ).exclude(place=place)
    total = alike.aggregate(n=Count("partnership", distinct=True))["n"]
    counted = alike.values_list("partnership__fields").annotate(n=Count("partnership", distinct=True))
    terms = {term.pk: term.label for term in Term.objects.filter(scheme="field").with_labels()}
    found = sorted(((terms[pk], n) for pk, n in counted if pk in terms), key=lambda pair: (-pair[1], pair[0]))
    return Cooperation(total, found)
