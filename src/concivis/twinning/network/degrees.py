"""How many partners places have."""

from typing import Any

import numpy as np

from concivis.twinning.network.graph import Floats, Network, Node, defined, foremost


def degree_figures(network: Network, top: int = 20) -> dict[str, Any]:
    """Size, mean and spread of the degree, and the best connected."""
    degrees = network.degrees
    return {
        "n": len(network.nodes),
        "m": len(network.edges),
        "mean_degree": float(degrees.mean()) if degrees.size else None,
        "max_degree": int(degrees.max(initial=0)),
        "deg1_nodes": int((degrees == 1).sum()),
        "gini": gini(degrees.astype(np.float64)),
        "power_gamma_dmin1": power_gamma(network),
        "degree_assortativity": degree_assortativity(network),
        "top_degree": [[network.label(i), int(degrees[i])] for i in foremost(network, degrees, top)],
    }


def degree_distribution(network: Network) -> list[tuple[int, int]]:
    """(degree, how many places have it), rising, degrees that nobody has left out."""
    values, counts = np.unique(network.degrees, return_counts=True)
    return list(zip(values.tolist(), counts.tolist(), strict=True))


def most_connected(network: Network, count: int = 20) -> list[tuple[Node, int]]:
    """(node, number of partners), falling; ties by the node's spelling."""
    return [(network.nodes[i], int(network.degrees[i])) for i in foremost(network, network.degrees, count)]


def neighbours(network: Network, node: Node) -> list[Node]:
    """The partners of a node, in the order of the nodes; none for a node without a link."""
    if node not in network:
        return []
    return [network.nodes[i] for i in sorted(network.graph.neighbors(network.position(node)))]


def ego(network: Network, node: Node, steps: int = 1) -> Network:
    """The links among a node and all it reaches in at most `steps` links."""
    if node not in network:
        return network.within(())
    reached = network.graph.neighborhood(network.position(node), order=steps)
    return network.within(network.nodes[i] for i in reached)


def gini(values: Floats) -> float | None:
    """Gini coefficient: 0 where all have the same, towards 1 where one has everything."""
    if not values.size or not values.sum():
        return None
    ranks = np.arange(1, values.size + 1)
    shares = 2 * (ranks * np.sort(values)).sum() / (values.size * values.sum())
    return float(shares - (values.size + 1) / values.size)


def power_gamma(network: Network) -> float | None:
    """Exponent of a power law fitted from degree 1 on: 1 + n / Σ ln d (KONECT's gamma)."""
    logarithms = np.log(network.degrees).sum()
    return float(1 + len(network.nodes) / logarithms) if logarithms else None


def degree_assortativity(network: Network) -> float | None:
    """Pearson correlation of the degrees at both ends of a link; None where all degrees are equal."""
    if not len(network.edges):
        return None
    return defined(network.graph.assortativity_degree(directed=False))
