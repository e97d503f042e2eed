"""The network of twinned places: a simple undirected graph with what is known of each place.

Loops are dropped, repeated and reciprocal links collapse; only places with at least one link are nodes.
Nodes are sorted (numbers as numbers, words as words), so that every figure is the same for the same links
whatever their order, the seeded communities included.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import igraph
import numpy as np
from numpy.typing import NDArray

Node = int | str
N = TypeVar("N", int, str)  # the nodes of one network are all numbers or all words
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Place(NamedTuple):
    """What the figures may know of a node. Latitude and longitude in degrees; population 0 = unknown."""

    name: str = ""
    country: str = ""  # ISO 3166 code, "" = unknown
    latitude: float = np.nan
    longitude: float = np.nan
    population: int = 0


UNKNOWN = Place()


@dataclass(frozen=True)
class Network:
    """Build one with `Network.of_pairs`; every per-node array here and elsewhere is aligned with `nodes`."""

    nodes: tuple[Node, ...]
    edges: Integers  # shape (links, 2): positions in `nodes`, smaller first, rows sorted
    weights: Integers  # shape (links,): how often each link was given, in either direction
    places: tuple[Place, ...] | None = None

    @classmethod
    def of_pairs(
        cls, first: Sequence[N], second: Sequence[N], places: Mapping[N, Place] | None = None
    ) -> "Network":
        """The network of two columns of equal length; `places` may know more or fewer nodes than these."""
        pairs = Counter((min(a, b), max(a, b)) for a, b in zip(first, second, strict=True) if a != b)
        nodes = tuple(sorted({node for pair in pairs for node in pair}))
        position = {node: number for number, node in enumerate(nodes)}
        rows = sorted((position[a], position[b], count) for (a, b), count in pairs.items())
        table = np.array(rows, dtype=np.int64).reshape(-1, 3)
        known = None if places is None else tuple(places.get(node, UNKNOWN) for node in nodes)
        return cls(nodes, table[:, :2], table[:, 2], known)

    @cached_property
    def graph(self) -> Any:
        """The igraph graph; vertex i is `nodes[i]`, edge j is `edges[j]`."""
        return igraph.Graph(n=len(self.nodes), edges=self.edges.tolist())

    @cached_property
    def degrees(self) -> Integers:
        return np.bincount(self.edges.ravel(), minlength=len(self.nodes)).astype(np.int64)

    @cached_property
    def component_of(self) -> list[int]:
        """Per node the number of its connected component: nodes of the same number reach each other."""
        membership: list[int] = self.graph.connected_components().membership
        return membership

    @cached_property
    def component_sizes(self) -> Integers:
        return np.bincount(np.array(self.component_of, dtype=np.int64))

    @cached_property
    def largest(self) -> "Network":
        """The largest connected component (of equals, the first node's) as a network of its own."""
        if not self.nodes:
            return self
        return self._of_links(np.array(self.component_of)[self.edges[:, 0]] == self.component_sizes.argmax())

    @cached_property
    def _positions(self) -> dict[Node, int]:
        return {node: number for number, node in enumerate(self.nodes)}

    @property
    def is_placed(self) -> bool:
        """Whether anything is known of any place."""
        return any(place is not UNKNOWN for place in self.places or ())

    def __contains__(self, node: object) -> bool:
        return node in self._positions

    def position(self, node: Node) -> int:
        """KeyError for a node without a link."""
        return self._positions[node]

    def label(self, position: int) -> Node:
        """ "Hamm, DE" where the place is known, else the node itself."""
        place = self.places[position] if self.places else UNKNOWN
        return f"{place.name}, {place.country}" if place.name else self.nodes[position]

    def within(self, nodes: Iterable[Node]) -> "Network":
        """The links between the given nodes."""
        return self._of_links(np.logical_and(*self._chosen(nodes)[self.edges].T))

    def touching(self, nodes: Iterable[Node]) -> "Network":
        """The links with at least one end among the given nodes: a hub's network."""
        return self._of_links(np.logical_or(*self._chosen(nodes)[self.edges].T))

    def of_country(self, code: str) -> "Network":
        """The links with at least one end in the country."""
        known = zip(self.nodes, self.places or (), strict=False)
        return self.touching(node for node, place in known if place.country == code)

    def _chosen(self, nodes: Iterable[Node]) -> NDArray[np.bool_]:
        chosen = np.zeros(len(self.nodes), dtype=np.bool_)
        chosen[[self._positions[node] for node in nodes if node in self._positions]] = True
        return chosen

    def _of_links(self, kept: NDArray[np.bool_]) -> "Network":
        linked, edges = np.unique(self.edges[kept], return_inverse=True)
        return Network(
            tuple(self.nodes[i] for i in linked),
            edges.reshape(-1, 2),
            self.weights[kept],
            None if self.places is None else tuple(self.places[i] for i in linked),
        )


def defined(value: float) -> float | None:
    """A figure for people: None where the formula gives no number (0/0), never NaN."""
    return float(value) if np.isfinite(value) else None


def foremost(
    network: Network, values: Sequence[float] | Floats | Integers, count: int, digits: int = 12
) -> list[int]:
    """Positions of the `count` nodes with the largest values.

    Values equal to `digits` decimals are ties, which the node's spelling decides, so that the last bit of a
    floating-point sum never does."""
    rounded = np.round(values, digits).tolist()
    return sorted(range(len(rounded)), key=lambda i: (-rounded[i], str(network.nodes[i])))[:count]
