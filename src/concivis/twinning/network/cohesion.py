"""How the network holds together: components, clustering, core, links and places it falls apart without."""

from typing import Any

import numpy as np
import scipy.sparse
import scipy.sparse.linalg

from concivis.twinning.network.graph import Integers, Network, Node, defined, foremost

SMALL = 64  # nodes up to which the dense eigenvalue solver is used: the sparse one needs room to iterate


def component_figures(network: Network) -> dict[str, Any]:
    """Connected components; `lcc` is the largest of them."""
    largest = network.largest
    return {
        "components": len(network.component_sizes),
        "lcc_n": len(largest.nodes),
        "lcc_m": len(largest.edges),
        "lcc_share": len(largest.nodes) / len(network.nodes) if network.nodes else None,
    }


def clustering_figures(network: Network) -> dict[str, Any]:
    """Triangles and squares: whether the partners of a place are partners of each other."""
    wedges = int((network.degrees * (network.degrees - 1) // 2).sum())
    triangles = len(network.graph.list_triangles())
    local = np.array(network.graph.transitivity_local_undirected(mode="zero"), dtype=np.float64)
    return {
        "wedges": wedges,
        "triangles": triangles,
        "squares": squares(network),
        "transitivity": 3 * triangles / wedges if wedges else None,
        "avg_local_clustering_zero": float(local.mean()) if local.size else None,
        "avg_local_clustering_deg2plus": float(local[network.degrees >= 2].mean()) if wedges else None,
    }


def core_figures(network: Network) -> dict[str, Any]:
    """The densest part, and how much hangs by a single link or place."""
    return {
        "max_core": int(core_numbers(network).max(initial=0)),
        "bridges": len(network.graph.bridges()),
        "articulation_points": len(network.graph.articulation_points()),
        "spectral_norm": spectral_norm(network),
    }


def pagerank_figures(network: Network, top: int = 10) -> dict[str, Any]:
    ranks = network.graph.pagerank(damping=0.85, directed=False)
    return {"top_pagerank_0.85": [[network.label(i), ranks[i]] for i in foremost(network, ranks, top)]}


def core_numbers(network: Network) -> Integers:
    """Per node the largest k for which it lies in a part where everyone has k partners within that part."""
    return np.array(network.graph.coreness(), dtype=np.int64)


def bridges(network: Network) -> list[tuple[Node, Node]]:
    """The links without which some places could no longer reach each other."""
    ends = network.edges[sorted(network.graph.bridges())]
    return [(network.nodes[a], network.nodes[b]) for a, b in ends]


def squares(network: Network) -> int:
    """Distinct 4-cycles: c common partners of two places span c(c-1)/2; each is seen from two diagonals."""
    matrix = adjacency(network)
    common = (matrix @ matrix).tocoo()
    shared = common.data[common.row < common.col]
    return int((shared * (shared - 1) // 2).sum()) // 2


def spectral_norm(network: Network) -> float | None:
    """Largest eigenvalue of the adjacency matrix."""
    size = len(network.nodes)
    if not size:
        return None
    matrix = adjacency(network).astype(np.float64)
    if size <= SMALL:
        return defined(np.linalg.eigvalsh(matrix.toarray())[-1])
    # A fixed start makes the last bits repeatable.
    values = scipy.sparse.linalg.eigsh(matrix, k=1, which="LA", v0=np.ones(size), return_eigenvectors=False)
    return defined(values[0])


def adjacency(network: Network) -> Any:
    """Symmetric sparse matrix (scipy CSR) of ones, rows and columns aligned with `nodes`."""
    size, (first, second) = len(network.nodes), network.edges.T
    ends = (np.concatenate([first, second]), np.concatenate([second, first]))
    return scipy.sparse.csr_array((np.ones(len(ends[0]), dtype=np.int64), ends), shape=(size, size))
