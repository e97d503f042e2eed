"""What the network says to one place: whom its neighbours know, which triangles are open, what hangs by each link."""

from typing import NamedTuple

import numpy as np

from concivis.twinning.network.distances import haversine
from concivis.twinning.network.graph import Network, Node


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

    Without the place itself its partners fall into groups: within one they still reach each other, and through the
    others of the group the place reaches the partner whose link is gone; a group of one partner would be cut off.
    """
    own = network.position(node)
    partners = network.graph.neighbors(own)
    rest = network.graph.copy()
    rest.delete_edges(rest.incident(own))
    component = rest.connected_components().membership
    sizes = np.bincount(np.array(component))
    group = np.bincount([component[partner] for partner in partners], minlength=len(sizes))
    found = []
    for partner in partners:
        if group[component[partner]] == 1:
            found.append(Loss(network.nodes[partner], int(sizes[component[partner]]), None))
        else:
            others = [other for other in partners if other != partner]
            steps = min(rest.distances(source=partner, target=others)[0])
            found.append(Loss(network.nodes[partner], 0, int(steps) + 1))
    return sorted(found, key=lambda loss: (-loss.cut_off, -(loss.detour or 0), str(loss.partner)))


def _partners(network: Network, position: int) -> tuple[Node, ...]:
    found = sorted(
        network.graph.neighbors(position), key=lambda i: (-network.degrees[i], str(network.nodes[i]))
    )
    return tuple(network.nodes[i] for i in found)
