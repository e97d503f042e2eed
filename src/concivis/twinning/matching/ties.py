"""What the links say, whoever asks: degrees, ties between countries and regions, tastes, latent factors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse

from concivis.twinning.matching.columns import Floats, Positions, Singles
from concivis.twinning.matching.gazetteer import Gazetteer
from concivis.twinning.matching.sphere import RADIUS, Surroundings

WIDTHS = (20, 80, 300)  # km: next door, the same region, the same part of the world
FACTORS = 64
USUAL_SIZE = 4.0  # log10 of the population of an ordinary twinned town: 10,000
ROUNDS = 6  # of the power iteration that finds the factors
DAMPED = 3  # added to degrees before the factors are found, else places with one partner drown all others


CountryLinks = Mapping[tuple[str, str], int]
"""{("DE", "FR"): number of links}; twice the same country: links within it."""


@dataclass(frozen=True)
class Ties:
    """Arrays "per linked place" are aligned with `linked`; tables of countries have a last row for the unknown."""

    linked: Positions  # places with at least one link, sorted
    index: Positions  # per place of the gazetteer, its position in `linked`, -1 for places without links
    adjacency: Any  # CSR (linked, linked) of ones, float32, symmetric
    degree: Singles
    heights: Singles  # sine of the latitude per linked place, NaN where unplaced
    country: Positions  # per linked place
    region: Positions
    country_links: Floats  # (countries + 1, countries + 1): ends of links from a country (row) into another
    country_lift: Singles  # log of observed over expected links
    region_links: Any  # CSR (regions + 1, regions + 1)
    region_ends: Singles  # (regions + 1,): ends of links
    taste: Singles  # mean log size of its partners, see `own_taste` where none of theirs is known
    factors: Singles  # (linked, FACTORS)
    surroundings: tuple[Surroundings, ...]  # one per WIDTHS
    volumes: tuple[Singles, ...]  # per width and cell: ends of links around, weighted by nearness

    @cached_property
    def _northward(self) -> tuple[Positions, Singles]:
        """Positions in `linked` from south to north, and how far along the axis of the unit sphere."""
        order = np.argsort(self.heights, kind="stable").astype(np.int32)
        return order, self.heights[order]

    def band(self, height: float, reach: float) -> Positions:
        """Positions in `linked` between the parallels `reach` km to the south and north, ascending; unplaced: none."""
        order, heights = self._northward
        limits = np.searchsorted(heights, [height - reach / RADIUS, height + reach / RADIUS])
        return np.sort(order[slice(*limits)]) if np.isfinite(height) else order[:0]

    @classmethod
    def of(cls, gazetteer: Gazetteer, edges: Positions, known: CountryLinks | None = None) -> "Ties":
        """`edges`: pairs of positions in the gazetteer, shape (links, 2), each once, no loops.

        `known`: links between countries, {("DE", "FR"): number}, that are counted beside those of `edges`."""
        linked = np.unique(edges).astype(np.int32)
        index = np.full(len(gazetteer), -1, dtype=np.int32)
        index[linked] = np.arange(len(linked), dtype=np.int32)
        adjacency = _symmetric(index[edges], len(linked))
        degree = np.asarray(adjacency.sum(axis=1), dtype=np.float32).reshape(-1)
        country, region = gazetteer.country[linked], gazetteer.region[linked]
        links = _between(country, len(gazetteer.countries), adjacency).toarray().astype(np.float64)
        links += _ends(gazetteer.countries, known or {})
        regions = _between(region, len(gazetteer.region_codes), adjacency)
        around = tuple(Surroundings.of(gazetteer.points, linked, width) for width in WIDTHS)
        factors = _factors(adjacency, degree)
        return cls(
            linked, index, adjacency, degree, gazetteer.points[linked, 2], country, region,
            links, _lift(links), regions, np.asarray(regions.sum(axis=1), dtype=np.float32).reshape(-1),
            _taste(adjacency, gazetteer.size[linked]), factors,
            around, tuple(each.around(degree) for each in around),
        )  # fmt: skip

    @cached_property
    def lengths(self) -> Singles:
        """Of the factors of each linked place."""
        found: Singles = np.sqrt(np.square(self.factors).sum(axis=1)).astype(np.float32)
        return found

    @cached_property
    def country_ends(self) -> Floats:
        """(countries + 1,): ends of links of each country."""
        found: Floats = self.country_links.sum(axis=1)
        return found

    @property
    def ends(self) -> float:
        """Twice the number of links, at least one."""
        return max(float(self.degree.sum()), 1.0)

    def partners(self, place: int) -> Positions:
        """Positions in `linked` of the partners of a place of the gazetteer."""
        return self.partners_of(int(self.index[place]))

    def partners_of(self, position: int) -> Positions:
        """The same for a position in `linked`; none for -1."""
        if position < 0:
            return np.zeros(0, dtype=np.int32)
        found: Positions = self.adjacency.indices[slice(*self.adjacency.indptr[position : position + 2])]
        return found

    def region_lift(self, region: int, country: int, region_country: Positions) -> Singles:
        """Per region (and the unknown one, 0): links observed over those that the two countries' ties explain."""
        observed = self.region_links[[region]].toarray().reshape(-1)
        by_country = np.append(np.exp(self.country_lift[country][region_country]), np.float32(1))
        expected = self.region_ends[region] * self.region_ends / self.ends * by_country
        lift = np.log((observed + 2) / (expected + 2)).astype(
            np.float32
        )  # two links doubt each pair of regions
        lift[-1] = 0
        return lift if region >= 0 else np.zeros_like(lift)


def _symmetric(pairs: Positions, size: int) -> Any:
    ends = (np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]]))
    return scipy.sparse.csr_array((np.ones(2 * len(pairs), dtype=np.float32), ends), shape=(size, size))


def _between(groups: Positions, count: int, adjacency: Any) -> Any:
    """CSR (groups + 1, groups + 1): ends of links from one group to another; group -1 is the last."""
    own = np.where(groups < 0, count, groups)
    places = np.arange(len(own), dtype=np.int32)
    member = scipy.sparse.csr_array(
        (np.ones(len(own), dtype=np.float32), (places, own)), shape=(len(own), count + 1)
    )
    return (member.T @ adjacency @ member).tocsr()


def _ends(countries: Sequence[str], known: CountryLinks) -> Floats:
    """(countries + 1, countries + 1): ends of the links that `known` counts; unknown countries are left out."""
    number = {code: position for position, code in enumerate(countries)}
    found: Floats = np.zeros((len(countries) + 1, len(countries) + 1))
    for (one, other), links in known.items():
        if one in number and other in number:
            found[number[one], number[other]] += links
            found[number[other], number[one]] += links
    return found


def _lift(links: Floats) -> Singles:
    """log((observed + ½) / (expected + ½)), expected if links were drawn between ends at random."""
    ends = links.sum(axis=1)
    expected = np.outer(ends, ends) / max(ends.sum(), 1.0)
    lift: Singles = np.log((links + 0.5) / (expected + 0.5)).astype(np.float32)
    lift[-1] = lift[:, -1] = 0
    return lift


def _taste(adjacency: Any, size: Singles) -> Singles:
    known = np.isfinite(size)
    count = adjacency @ known.astype(np.float32)
    total = adjacency @ np.where(known, size, np.float32(0))
    return np.where(count > 0, total / np.maximum(count, 1), own_taste(size)).astype(np.float32)


def own_taste(size: Singles) -> Singles:
    """Of places without partners of known size: their own size; a usual one where that is not known either."""
    return np.where(np.isfinite(size), size, np.float32(USUAL_SIZE)).astype(np.float32)


def _factors(adjacency: Any, degree: Singles) -> Singles:
    """Leading eigenvectors of the degree-normalised adjacency, by randomised subspace iteration.

    Halko, Martinsson & Tropp (2011), SIAM Review 53(2); seeded, so the same links give the same factors."""
    size, wanted = len(degree), min(FACTORS, len(degree))
    scale = scipy.sparse.diags_array(1 / np.sqrt(degree + DAMPED)).astype(np.float32)
    matrix = (scale @ adjacency @ scale).tocsr()
    start = np.random.default_rng(0).standard_normal((size, min(size, wanted + 16)))
    basis = np.linalg.qr(start.astype(np.float32))[0]
    for _ in range(ROUNDS):
        basis = np.linalg.qr(matrix @ basis)[0]
    values, turn = np.linalg.eigh(basis.T @ (matrix @ basis))
    kept = np.argsort(-np.abs(values))[:wanted]
    found: Singles = (basis @ turn[:, kept]).astype(np.float32)
    return found
