"""Ways through the network. A shortest chain is quick; the figures look at all pairs and take seconds."""

from typing import Any

import numpy as np

from concivis.twinning.network.graph import Floats, Network, Node, foremost


def shortest_chain(network: Network, start: Node, end: Node) -> list[Node] | None:
    """The places on a shortest way from start to end, both included; None where there is no way."""
    if not _connected(network, start, end):
        return None
    way = network.graph.get_shortest_path(network.position(start), network.position(end))
    return [network.nodes[i] for i in way]


def all_shortest_chains(network: Network, start: Node, end: Node) -> list[list[Node]]:
    """Every shortest way from start to end, in the order of the nodes; none where there is no way."""
    if not _connected(network, start, end):
        return []
    ways = network.graph.get_all_shortest_paths(network.position(start), network.position(end))
    return [[network.nodes[i] for i in way] for way in sorted(ways)]


def path_figures(network: Network) -> dict[str, Any]:
    """Lengths of the shortest ways between all pairs of the largest component.

    Slow: one search from every node, time grows with nodes times links."""
    counts = path_histogram(network)
    lengths, total = np.arange(1, counts.size + 1), int(counts.sum())
    return {
        "diameter": counts.size if total else None,
        "mean_path": float((lengths * counts).sum() / total) if total else None,
        "median_path": _median(counts) if total else None,
        "eff_diameter_90": _effective_diameter(counts, 0.9) if total else None,
        "path_hist": {str(length): int(count) for length, count in zip(lengths, counts, strict=True)},
    }


def path_histogram(network: Network) -> Floats:
    """How many unordered pairs of the largest component lie 1, 2, 3, … links apart. Slow."""
    if not len(network.edges):
        return np.zeros(0)
    histogram = network.largest.graph.path_length_hist(directed=False)
    return np.array([count for _, _, count in histogram.bins()], dtype=np.float64)


def betweenness(network: Network) -> Floats:
    """Per node the shortest ways between other nodes that lead through it, each pair sharing one vote.

    Slow: about twice the time of the paths."""
    return np.array(network.graph.betweenness(directed=False), dtype=np.float64)


def betweenness_figures(network: Network, top: int = 20) -> dict[str, Any]:
    values = betweenness(network).round(1)
    return {
        "top_betweenness": [[network.label(i), float(values[i])] for i in foremost(network, values, top, 1)]
    }


def _connected(network: Network, start: Node, end: Node) -> bool:
    if start not in network or end not in network:
        return False
    return network.component_of[network.position(start)] == network.component_of[network.position(end)]


def _median(counts: Floats) -> float | int:
    """Of an even number of pairs the mean of the middle two."""
    reached, total = np.cumsum(counts), int(counts.sum())
    middle = [int(np.searchsorted(reached, rank)) + 1 for rank in ((total + 1) // 2, total // 2 + 1)]
    return middle[0] if middle[0] == middle[1] else sum(middle) / 2


def _effective_diameter(counts: Floats, share: float) -> float:
    """The length within which `share` of the pairs lie, interpolated linearly between whole lengths."""
    reached, wanted = np.concatenate([[0.0], np.cumsum(counts)]), share * counts.sum()
    length = int(np.searchsorted(reached, wanted))
    return float(length - 1 + (wanted - reached[length - 1]) / (reached[length] - reached[length - 1]))
