"""From partnerships to the figures of their network: what the pages, the API and the command show.

A scope is "world", "country:DE" (links with an end there) or "hub:hamm" (the hub's own and its city's links).
The world's figures take many seconds and are computed by a job into a snapshot; those of a part when asked.
"""

from __future__ import annotations

import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from concivis.hubs.models import Hub
from concivis.hubs.record import data_version
from concivis.twinning import queries
from concivis.twinning.models import Partnership

if TYPE_CHECKING:
    from concivis.twinning import network
else:  # its libraries take a second to load, which the first page of a server should not wait for
    network = SimpleLazyObject(lambda: import_module("concivis.twinning.network"))

WORLD = "world"
COMMUNITY_PLACES = 400  # places shown on the map of communities: the most connected ones
MATRIX_COUNTRIES = 25

_lock = threading.Lock()
_kept: dict[str, Any] = {"version": None, "network": None}


def current_network() -> network.Network:
    """The public network of the world, its nodes the public ids of places.

    Kept in the process until the data version moves: one query then, three when it is built anew.
    """
    version = data_version()
    with _lock:
        if _kept["version"] != version:
            _kept["network"] = network_of(queries.public())
            _kept["version"] = version
        kept: network.Network = _kept["network"]
        return kept


def network_of(partnerships: QuerySet[Partnership]) -> network.Network:
    """The network of these partnerships, with what is known of their places. Two queries."""
    edges = queries.network_edges(partnerships)
    places: dict[str, network.Place] = {
        public_id: network.Place(
            name=name,
            country=country,
            latitude=float("nan") if latitude is None else latitude,
            longitude=float("nan") if longitude is None else longitude,
            population=population or 0,
        )
        for public_id, name, country, latitude, longitude, population in zip(
            edges.public_ids,
            edges.names,
            edges.countries,
            edges.latitudes,
            edges.longitudes,
            edges.populations,
            strict=True,
        )
    }
    first = [edges.public_ids[a] for a, _ in edges.links]
    second = [edges.public_ids[b] for _, b in edges.links]
    return network.Network.of_pairs(first, second, places)


def in_scope(scope: str) -> network.Network:
    """The network of a scope. Raises ValueError with a sentence for a scope that does not exist."""
    kind, _, code = scope.partition(":")
    if scope == WORLD:
        return current_network()
    if kind == "country" and len(code) == 2:
        return current_network().of_country(code.upper())
    if kind == "hub":
        hub = Hub.objects.filter(slug=code, is_published=True).first()
        if hub is not None:
            return network_of(queries.of_hub(hub))
    raise ValueError(gettext("There are no figures of “%(scope)s”.") % {"scope": scope[:80]})


def compute(scope: str, *, slow: bool) -> dict[str, Any]:
    """The figures of a scope with what the page draws. `slow` adds paths and betweenness (see `network.SLOW`)."""
    chosen = in_scope(scope)
    return {"figures": network.figures(chosen, slow=slow), "pictures": _pictures(chosen)}


def _pictures(chosen: network.Network) -> dict[str, Any]:
    """Degree distribution as [degree, places]; country matrix; the communities of the most connected places."""
    matrix = network.country_matrix(chosen).top(MATRIX_COUNTRIES)
    found = network.communities(chosen)
    shown = [chosen.position(node) for node, _ in network.most_connected(chosen, COMMUNITY_PLACES)]
    return {
        "degree_distribution": [list(pair) for pair in network.degree_distribution(chosen)],
        "matrix": {"countries": list(matrix.codes), "counts": matrix.counts.tolist()},
        "community_sizes": found.sizes[:12].tolist(),
        "communities": [[chosen.nodes[i], int(found.membership[i]), int(chosen.degrees[i])] for i in shown],
    }
