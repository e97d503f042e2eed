"""Countries: who is twinned with whom, counted in links between their cities."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from concivis.twinning.network.cohesion import clustering_figures, component_figures, core_figures
from concivis.twinning.network.communities import communities, community_figures
from concivis.twinning.network.degrees import degree_figures
from concivis.twinning.network.graph import Floats, Integers, Network, Place, defined, foremost
from concivis.twinning.network.paths import betweenness_figures, path_figures


@dataclass(frozen=True)
class CountryMatrix:
    """`counts[i, j]`: links between places of `codes[i]` and `codes[j]`; on the diagonal domestic ones."""

    codes: tuple[str, ...]
    counts: Integers

    @property
    def domestic(self) -> Integers:
        return np.diagonal(self.counts).astype(np.int64)

    @property
    def international(self) -> Integers:
        """Links of each country with others."""
        total: Integers = self.counts.sum(axis=1)
        return total - self.domestic

    def top(self, count: int) -> "CountryMatrix":
        """The part of the `count` countries with most links, those first; ties by code."""
        totals = self.international + self.domestic
        kept = sorted(range(len(self.codes)), key=lambda i: (-totals[i], self.codes[i]))[:count]
        return CountryMatrix(tuple(self.codes[i] for i in kept), self.counts[np.ix_(kept, kept)])


def country_matrix(network: Network) -> CountryMatrix:
    """Links whose two countries are known."""
    codes, ends = np.unique(_ends(network), return_inverse=True)
    ends = ends.reshape(-1, 2)
    counts = np.zeros((codes.size, codes.size), dtype=np.int64)
    np.add.at(counts, (ends[:, 0], ends[:, 1]), 1)
    return CountryMatrix(tuple(codes.tolist()), counts + np.triu(counts, 1).T + np.tril(counts, -1).T)


def country_network(network: Network) -> Network:
    """Countries as nodes; a link weighs the number of links between their cities. No domestic links."""
    first, second = _ends(network).T.tolist()
    return Network.of_pairs(first, second)


def country_figures(network: Network) -> dict[str, Any]:
    """The figures of the network of countries, unweighted unless the key says otherwise."""
    matrix, countries = country_matrix(network), country_network(network)
    paths = path_figures(countries)
    del paths["path_hist"]
    return {
        **degree_figures(countries, top=15),
        **clustering_figures(countries),
        **component_figures(countries),
        **paths,
        **core_figures(countries),
        **community_figures(countries),
        **betweenness_figures(countries, top=10),
        **_strength_figures(countries),
        **_weighted_communities(countries),
        "international_links": int(np.triu(matrix.counts, 1).sum()),
        "domestic_links": int(matrix.domestic.sum()),
        "top_pairs": _top_pairs(countries, 25),
        "top_domestic": _top_domestic(matrix, 10),
    }


def country_assortativity(network: Network) -> float | None:
    """Newman's nominal assortativity of the country over the links.

    1 if all are domestic, below 0 if fewer are than by chance, None where chance allows nothing else."""
    placed = zip(network.nodes, _places(network), strict=True)
    known = network.within(node for node, place in placed if place.country)
    if not len(known.edges):
        return None
    _, types = np.unique([place.country for place in _places(known)], return_inverse=True)
    return defined(known.graph.assortativity_nominal(types.tolist(), directed=False))


def _ends(network: Network) -> Any:
    """Country codes of both ends, shape (links, 2), of the links where both are known."""
    codes = np.array([place.country for place in _places(network)], dtype=np.str_)
    ends = codes[network.edges].reshape(-1, 2)
    return ends[(ends != "").all(axis=1)]


def _places(network: Network) -> tuple[Place, ...]:
    if network.places is None:
        raise ValueError("Figures of countries need to know the places: give `places` to Network.of_pairs.")
    return network.places


def _strength_figures(countries: Network) -> dict[str, Any]:
    strengths = np.array(countries.graph.strength(weights=countries.weights.tolist()), dtype=np.float64)
    return {
        "top_strength": [[countries.nodes[i], int(strengths[i])] for i in foremost(countries, strengths, 15)],
        "strength_assortativity_unweighted_edges": _assortativity(countries, strengths),
    }


def _assortativity(countries: Network, values: Floats) -> float | None:
    if not len(countries.edges):
        return None
    return defined(countries.graph.assortativity(values.tolist(), directed=False))


def _weighted_communities(countries: Network) -> dict[str, Any]:
    found = communities(countries, weighted=True)
    groups = [found.members(countries, number) for number in range(len(found.sizes))]
    return {"weighted_modularity": found.modularity, "leiden_clusters": groups}


def _top_pairs(countries: Network, count: int) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [countries.nodes[a], countries.nodes[b], weight]
        for (a, b), weight in zip(countries.edges.tolist(), countries.weights.tolist(), strict=True)
    ]
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1]))[:count]


def _top_domestic(matrix: CountryMatrix, count: int) -> list[list[Any]]:
    rows: list[list[Any]] = [
        [code, int(links)] for code, links in zip(matrix.codes, matrix.domestic, strict=True) if links
    ]
    return sorted(rows, key=lambda row: (-row[1], row[0]))[:count]
