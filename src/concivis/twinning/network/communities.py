"""Communities: groups of places that are linked among themselves more than with the rest (Leiden)."""

import random
from dataclasses import dataclass
from threading import Lock
from typing import Any

import igraph
import numpy as np

from concivis.twinning.network.graph import Floats, Integers, Network, Node

SEED = 42
_one_seed_at_a_time = Lock()  # igraph has a single generator for the whole process


@dataclass(frozen=True)
class Communities:
    """`membership[i]` is the community of `nodes[i]`; 0 is the largest, of equals the first node's."""

    membership: Integers
    sizes: Integers
    modularity: float | None  # of the weighted network where weights were used; None without links

    def members(self, network: Network, community: int) -> list[Node]:
        return [network.nodes[i] for i in np.flatnonzero(self.membership == community)]


def communities(network: Network, *, weighted: bool = False, seed: int = SEED) -> Communities:
    """Leiden by modularity at resolution 1, until nothing improves; the same seed gives the same communities.

    `weighted` counts a link as often as it was given."""
    if not len(network.edges):
        return Communities(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), None)
    weights = network.weights.astype(np.float64) if weighted else None
    found = _leiden(network, weights, seed)
    order = sorted(map(list, found), key=lambda part: (-len(part), part[0]))
    membership = np.empty(len(network.nodes), dtype=np.int64)
    for number, part in enumerate(order):
        membership[part] = number
    modularity = network.graph.modularity(membership.tolist(), weights=_column(weights))
    return Communities(membership, np.array([len(part) for part in order], dtype=np.int64), float(modularity))


def community_figures(network: Network) -> dict[str, Any]:
    found = communities(network)
    return {"modularity_leiden": found.modularity, "leiden_communities": len(found.sizes)}


def _leiden(network: Network, weights: Floats | None, seed: int) -> Any:
    with _one_seed_at_a_time:
        # A generator of its own: seeding the global one would make the rest of the process predictable.
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311
        try:
            return network.graph.community_leiden(
                objective_function="modularity", weights=_column(weights), resolution=1, n_iterations=-1
            )
        finally:
            igraph.set_random_number_generator(random)


def _column(weights: Floats | None) -> list[float] | None:
    return None if weights is None else weights.tolist()
