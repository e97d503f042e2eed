"""Distances on the sphere, and how much of something lies around a place."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from scipy.spatial import cKDTree

from concivis.twinning.matching.columns import Floats, Positions, Singles

RADIUS = 6371.0088  # km, mean radius of the earth (IUGG)
REACH = 2.5  # kernels are cut at so many times their width, where 4 % are left
GRAIN = 4  # cells are a quarter of the kernel's width wide
FEW = 64  # rows of a kernel that are added one by one
KM_PER_DEGREE = np.pi * RADIUS / 180


def unit_vectors(latitudes: Floats, longitudes: Floats) -> Singles:
    """Shape (n, 3): points on the unit sphere, so that the date line and the poles are nothing special.

    Rows of NaN where a coordinate is unknown."""
    north, east = np.radians(latitudes), np.radians(longitudes)
    points = np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
    points[~np.isfinite(points).all(axis=1)] = np.nan
    return points.astype(np.float32)


def kilometres(points: Singles, point: Singles) -> Singles:
    """Great-circle distances in km of shape (n,), from the chord, which stays exact for close points."""
    apart = points - point
    chord = np.sqrt(np.einsum("ij,ij->i", apart, apart))
    found: Singles = (2 * RADIUS) * np.arcsin(np.minimum(chord / 2, 1))
    return found


def nearness(distances: Singles, width: float) -> Singles:
    """Gaussian weight of each distance (km), 0 beyond REACH widths and where the distance is unknown."""
    near = np.exp(-np.square(distances / width) / 2)
    return np.where(distances <= REACH * width, near, np.float32(0)).astype(np.float32)


@dataclass(frozen=True)
class Surroundings:
    """A Gaussian kernel of one width over cells of land: what lies around each place, weighted by nearness.

    Cells, not places, because a kernel between 235,000 places would fill the memory."""

    width: float  # km
    cell: Positions  # (places,): the cell of each place; the last cell, which sees nothing, where unplaced
    source: Positions  # (linked places,): row of `kernel` of each linked place; -1 where unplaced
    kernel: Any  # CSR (cells with linked places, cells), float32
    cells: int

    @classmethod
    def of(cls, points: Singles, linked: Positions, width: float) -> "Surroundings":
        placed = np.isfinite(points[:, 0])
        centres, cell = _cells(points, placed, width / GRAIN)
        sources, source = np.unique(cell[linked], return_inverse=True)
        real = sources < len(centres)
        kernel = _kernel(centres[sources[real]], centres, width)
        rows = np.where(real[source], source, -1).astype(np.int32).reshape(-1)
        return cls(width, cell, rows, kernel, len(centres) + 1)

    def around(self, amounts: Singles) -> Singles:
        """Per cell, the sum of `amounts` (one per linked place), each weighted by nearness."""
        some = np.flatnonzero((amounts != 0) & (self.source >= 0))
        piled = np.bincount(self.source[some], amounts[some], self.kernel.shape[0]).astype(np.float32)
        rows = np.flatnonzero(piled)
        found = np.zeros(self.cells, dtype=np.float32)
        if len(rows) > FEW:
            found[:-1] = self.kernel.T @ piled
        else:
            self._add_rows(found, rows.tolist(), piled)
        return found

    def _add_rows(self, found: Singles, rows: list[int], piled: Singles) -> None:
        """Several times faster than the product where few rows are not zero."""
        starts, cells, weights = self.kernel.indptr, self.kernel.indices, self.kernel.data
        for row in rows:
            part = slice(starts[row], starts[row + 1])
            found[cells[part]] += weights[part] * piled[row]


def _cells(points: Singles, placed: Any, size: float) -> tuple[Floats, Positions]:
    """Centres (cells, 3) of occupied cells about `size` km wide, and each place's cell (-> len(centres) unplaced)."""
    north = np.degrees(np.arcsin(np.clip(points[placed, 2], -1, 1))) * KM_PER_DEGREE
    east = np.degrees(np.arctan2(points[placed, 1], points[placed, 0])) * KM_PER_DEGREE
    row = np.floor(north / size)
    column = np.floor(east * np.cos((row + 0.5) * size / KM_PER_DEGREE * np.pi / 180) / size)
    keys, inverse = np.unique((row * 100_000 + column).astype(np.int64), return_inverse=True)
    sums = [np.bincount(inverse, points[placed, axis], len(keys)) for axis in range(3)]
    centres = np.stack(sums, axis=1).astype(np.float64)
    centres /= np.linalg.norm(centres, axis=1)[:, None]
    cell = np.full(len(points), len(keys), dtype=np.int32)
    cell[placed] = inverse
    return centres, cell


def _kernel(sources: Floats, targets: Floats, width: float) -> Any:
    """CSR (sources, targets) of Gaussian weights between points on the unit sphere."""
    shape = (len(sources), len(targets))
    if not all(shape):
        return scipy.sparse.csr_array(shape, dtype=np.float32)
    chord = 2 * np.sin(min(REACH * width / RADIUS, np.pi) / 2)
    pairs = cKDTree(sources).sparse_distance_matrix(cKDTree(targets), chord, output_type="ndarray")
    apart = 2 * RADIUS * np.arcsin(np.minimum(pairs["v"] / 2, 1))
    weights = np.exp(-np.square(apart / width) / 2).astype(np.float32)
    ends = (pairs["i"].astype(np.int32), pairs["j"].astype(np.int32))
    return scipy.sparse.csr_array((weights, ends), shape=shape)
