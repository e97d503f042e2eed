"""Figures of the network of twinned places. A pure engine: columns of numbers in, numbers out; no database.

    network = Network.of_pairs(first, second, places)
    figures(network, slow=False)        all that takes about a second
    shortest_chain(network, a, b)       a way through the world

The definitions are those of networkx, igraph and KONECT; each function names its own.
"""

from concivis.twinning.network.cohesion import (
    bridges,
    clustering_figures,
    component_figures,
    core_figures,
    core_numbers,
    pagerank_figures,
)
from concivis.twinning.network.communities import Communities, communities, community_figures
from concivis.twinning.network.countries import (
    CountryMatrix,
    country_figures,
    country_matrix,
    country_network,
)
from concivis.twinning.network.degrees import (
    degree_distribution,
    degree_figures,
    ego,
    most_connected,
    neighbours,
)
from concivis.twinning.network.distances import distance_figures, haversine, link_lengths, population_figures
from concivis.twinning.network.figures import figures, place_figures
from concivis.twinning.network.graph import Network, Node, Place
from concivis.twinning.network.paths import (
    all_shortest_chains,
    betweenness,
    betweenness_figures,
    path_figures,
    shortest_chain,
)
from concivis.twinning.network.surroundings import (
    Loss,
    Neighbour,
    OpenTriangle,
    losses,
    near_neighbours,
    open_triangles,
)

__all__ = [
    "Communities",
    "CountryMatrix",
    "Loss",
    "Neighbour",
    "Network",
    "Node",
    "OpenTriangle",
    "Place",
    "all_shortest_chains",
    "betweenness",
    "betweenness_figures",
    "bridges",
    "clustering_figures",
    "communities",
    "community_figures",
    "component_figures",
    "core_figures",
    "core_numbers",
    "country_figures",
    "country_matrix",
    "country_network",
    "degree_distribution",
    "degree_figures",
    "distance_figures",
    "ego",
    "figures",
    "haversine",
    "link_lengths",
    "losses",
    "most_connected",
    "near_neighbours",
    "neighbours",
    "open_triangles",
    "pagerank_figures",
    "path_figures",
    "place_figures",
    "population_figures",
    "shortest_chain",
]
