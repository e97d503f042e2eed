"""All figures of a network in one dictionary that JSON can hold: numbers, text, lists, None; never NaN."""

from collections.abc import Callable
from typing import Any

from concivis.twinning.network.cohesion import (
    clustering_figures,
    component_figures,
    core_figures,
    pagerank_figures,
)
from concivis.twinning.network.communities import community_figures
from concivis.twinning.network.countries import country_assortativity, country_figures
from concivis.twinning.network.degrees import degree_figures
from concivis.twinning.network.distances import distance_figures, population_figures
from concivis.twinning.network.graph import Network
from concivis.twinning.network.paths import betweenness_figures, path_figures

Family = Callable[[Network], dict[str, Any]]

# Of links alone; together about a second for 30,000 links.
QUICK: tuple[Family, ...] = (
    degree_figures,
    clustering_figures,
    component_figures,
    core_figures,
    pagerank_figures,
    community_figures,
)
# A search from every node: many seconds.
SLOW: tuple[Family, ...] = (path_figures, betweenness_figures)


def figures(network: Network, *, slow: bool = True) -> dict[str, Any]:
    """Every figure the network allows; those of places only where places are known. See QUICK and SLOW."""
    of_places: tuple[Family, ...] = () if network.places is None else (place_figures,)
    families = QUICK + (SLOW if slow else ()) + of_places
    return {key: value for family in families for key, value in family(network).items()}


def place_figures(network: Network) -> dict[str, Any]:
    """What needs countries, coordinates and populations."""
    return {
        "country_attr_assortativity": country_assortativity(network),
        **population_figures(network),
        **distance_figures(network),
        "country_network": country_figures(network),
    }
