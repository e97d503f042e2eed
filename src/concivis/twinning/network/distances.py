"""How far apart twinned places are, and how alike in size. Kilometres on a sphere of radius 6371."""

from typing import Any

import numpy as np

from concivis.twinning.network.graph import Floats, Network, defined

EARTH_RADIUS = 6371.0  # km
DRAWS = (
    200_000  # random pairs for the yardstick: a quarter of a second instead of all 246 million of the world
)


def haversine(latitude: Floats, longitude: Floats, other_latitude: Floats, other_longitude: Floats) -> Floats:
    """Great-circle distance in km of points in degrees, element by element; NaN where a coordinate is."""
    here, there = np.radians(latitude), np.radians(other_latitude)
    turned = np.radians(np.subtract(longitude, other_longitude))
    chord = np.sin((here - there) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(turned / 2) ** 2
    distance: Floats = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(chord, 1)))
    return distance


def link_lengths(network: Network) -> Floats:
    """Length of each link in km, aligned with `network.edges`; NaN where an end has no coordinates."""
    points = _coordinates(network)
    return _apart(points, network.edges[:, 0], network.edges[:, 1])


def distance_figures(network: Network) -> dict[str, Any]:
    """Lengths of the links beside those of pairs drawn at random (seeded) from the same places."""
    lengths = link_lengths(network)
    lengths, drawn = lengths[np.isfinite(lengths)], random_pair_distances(network)
    return {
        "link_distance_km": {
            "mean": _mean(lengths),
            "median": _percentile(lengths, 50),
            "p10": _percentile(lengths, 10),
            "p90": _percentile(lengths, 90),
        },
        "random_pair_distance_km": {"mean": _mean(drawn), "median": _percentile(drawn, 50)},
    }


def random_pair_distances(network: Network, draws: int = DRAWS, seed: int = 0) -> Floats:
    """Distances in km of pairs of different places with coordinates, drawn evenly."""
    points = _coordinates(network)
    points = points[np.isfinite(points).all(axis=1)]
    if len(points) < 2:
        return np.zeros(0)
    generator = np.random.default_rng(seed)
    first = generator.integers(0, len(points), draws)
    second = generator.integers(0, len(points), draws)
    return _apart(points, first[first != second], second[first != second])


def population_figures(network: Network) -> dict[str, Any]:
    """Whether like is twinned with like: Pearson correlation of ln(population) at both ends of a link,
    over the links with both populations known, each counted both ways."""
    populations = np.array([place.population for place in network.places or ()], dtype=np.float64)
    ends = populations[network.edges].reshape(-1, 2)
    ends = np.log(ends[(ends > 0).all(axis=1)])
    both_ways = np.concatenate([ends, ends[:, ::-1]])
    varied = len(ends) and both_ways[:, 0].std() > 0
    correlation = np.corrcoef(both_ways.T)[0, 1] if varied else np.nan
    return {"logpop_assortativity": defined(correlation), "links_with_both_pops": len(ends)}


def _coordinates(network: Network) -> Floats:
    """Latitude and longitude per node, shape (nodes, 2)."""
    rows = [(place.latitude, place.longitude) for place in network.places or ()]
    return np.array(rows, dtype=np.float64).reshape(-1, 2)


def _apart(points: Floats, first: Any, second: Any) -> Floats:
    (latitude, longitude), (other_latitude, other_longitude) = points[first].T, points[second].T
    return haversine(latitude, longitude, other_latitude, other_longitude)


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if values.size else None


def _percentile(values: Floats, share: float) -> float | None:
    return float(np.percentile(values, share)) if values.size else None
