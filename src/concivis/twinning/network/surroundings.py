"""What the network says to one place: whom its neighbours know, which triangles are open, what hangs by each link."""

from typing import NamedTuple

import numpy as np

from concivis.twinning.network.distances import haversine
from concivis.twinning.network.graph import Integers, Network, Node

NO_WAY = 1 << 40  # links


class Neighbour(NamedTuple):
    """A place near by, and its partners, those with the most links first."""

    node: Node
    kilometres: float
    partners: tuple[Node, ...]


class OpenTriangle(NamedTuple):
    """A place that is linked with `shared` of one's partners but not with oneself."""

    node: Node
    shared: tuple[Node, ...]


class Loss(NamedTuple):
    """What would change if the link to `partner` were gone.

    `cut_off`: how many places, the partner among them, one could no longer reach; 0 where there is another way.
    `detour`: over how many links the partner could then be reached; None where there is no other way.
    """

    partner: Node
    cut_off: int
    detour: int | None


def near_neighbours(
    network: Network, latitude: float, longitude: float, within: float, own: Node | None = None
) -> list[Neighbour]:
    """Places with links within so many kilometres, nearest first; `own` is left out. Needs known places."""
    if network.places is None or not np.isfinite(latitude) or not np.isfinite(longitude):
        return []
    there = np.array([(place.latitude, place.longitude) for place in network.places]).reshape(-1, 2)
    far = haversine(np.array([latitude]), np.array([longitude]), there[:, 0], there[:, 1])
    near = np.flatnonzero(far <= within)
    order = near[np.argsort(far[near], kind="stable")].tolist()
    return [
        Neighbour(network.nodes[i], float(far[i]), _partners(network, i))
        for i in order
        if network.nodes[i] != own
    ]


def open_triangles(network: Network, node: Node, most: int) -> list[OpenTriangle]:
    """Partners of at least two of one's partners, not linked with oneself: those with the most shared first.

    Of equals the one with fewer links first: to share two of its three partners says more than two of a hundred.
    """
    own = network.position(node)
    mine = set(network.graph.neighbors(own))
    shared: dict[int, list[int]] = {}
    for partner in mine:
        for other in network.graph.neighbors(partner):
            if other != own and other not in mine:
                shared.setdefault(other, []).append(partner)
    several = [(other, partners) for other, partners in shared.items() if len(partners) > 1]
    several.sort(key=lambda each: (-len(each[1]), network.degrees[each[0]], str(network.nodes[each[0]])))
    return [
        OpenTriangle(network.nodes[other], tuple(network.nodes[i] for i in sorted(partners)))
        for other, partners in several[:most]
    ]


def losses(network: Network, node: Node) -> list[Loss]:
    """What hangs by each of the place's links, the most first.

    Without the place itself every other one belongs to the partner nearest to it. Where the realms of two partners
    touch there is a way round; the realm of a partner that touches no other is what only its link leads to.
    """
    own = network.position(node)
    kept = network.edges[(network.edges != own).all(axis=1)]
    start, end = np.concatenate([kept, kept[:, ::-1]]).T
    partners = np.array(network.graph.neighbors(own), dtype=np.int64)
    realm, far = _realms(start, end, partners, len(network.nodes))
    border = (realm[start] >= 0) & (realm[end] >= 0) & (realm[start] != realm[end])
    around = np.full(len(network.nodes), NO_WAY)
    np.minimum.at(around, realm[start[border]], far[start[border]] + far[end[border]] + 2)
    found = []
    for partner in partners.tolist():
        detour = int(around[partner]) if around[partner] < NO_WAY else None
        cut_off = 0 if detour else int((realm == partner).sum())
        found.append(Loss(network.nodes[partner], cut_off, detour))
    return sorted(found, key=lambda loss: (-loss.cut_off, -(loss.detour or 0), str(loss.partner)))


def _realms(start: Integers, end: Integers, partners: Integers, size: int) -> tuple[Integers, Integers]:
    """Per position the partner nearest to it, and over how many links; -1 where none is reached."""
    realm, far = np.full(size, -1), np.full(size, -1)
    realm[partners], far[partners] = partners, 0
    steps = 0
    while (grows := (realm[start] >= 0) & (realm[end] < 0)).any():
        steps += 1
        realm[end[grows]] = realm[start[grows]]
        far[end[grows]] = steps
    return realm, far


def _partners(network: Network, position: int) -> tuple[Node, ...]:
    found = sorted(
        network.graph.neighbors(position), key=lambda i: (-network.degrees[i], str(network.nodes[i]))
    )
    return tuple(network.nodes[i] for i in found)
