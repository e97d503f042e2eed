"""What the finder is given: columns of places and of links, from a database or from two tables."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PlaceId = int | str  # all of one finder are of one kind
Floats = NDArray[np.float64]
Singles = NDArray[np.float32]  # signals: a third of the memory, and seven digits are plenty
Positions = NDArray[np.int32]  # of places in the columns; -1 = none
Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Nodes:
    """Places as columns of equal length.

    `countries` are ISO 3166-1 codes; `regions` are codes of the first level within the country; "" = unknown.
    Latitudes and longitudes in degrees, NaN where unknown. Populations: 0 = unknown."""

    ids: Sequence[PlaceId]
    names: Sequence[str]
    countries: Sequence[str]
    latitudes: Floats
    longitudes: Floats
    populations: NDArray[np.int64]
    regions: Sequence[str] | None = None

    def __post_init__(self) -> None:
        if len(self._lengths()) > 1:
            raise ValueError("The columns of places differ in length.")
        if len(set(self.ids)) < len(self.ids):
            raise ValueError("Two places have the same id.")

    def __len__(self) -> int:
        return len(self.ids)

    def _lengths(self) -> set[int]:
        words = [self.ids, self.names, self.countries, *([] if self.regions is None else [self.regions])]
        numbers = [self.latitudes, self.longitudes, self.populations]
        return {len(column) for column in words} | {len(column) for column in numbers}

    def at(self, positions: NDArray[np.integer]) -> "Nodes":
        """Some of the places, in the order given."""
        chosen = positions.tolist()
        return Nodes(
            [self.ids[i] for i in chosen],
            [self.names[i] for i in chosen],
            [self.countries[i] for i in chosen],
            self.latitudes[positions],
            self.longitudes[positions],
            self.populations[positions],
            None if self.regions is None else [self.regions[i] for i in chosen],
        )

    @classmethod
    def of_columns(
        cls,
        ids: Sequence[PlaceId],
        names: Sequence[str],
        countries: Sequence[str],
        latitudes: Sequence[float | None],
        longitudes: Sequence[float | None],
        populations: Sequence[int | None],
        regions: Sequence[str | None] | None = None,
    ) -> "Nodes":
        """The columns as a database gives them: None = unknown."""
        return cls(
            ids,
            names,
            countries,
            np.array(latitudes, dtype=np.float64),
            np.array(longitudes, dtype=np.float64),
            np.array([count or 0 for count in populations], dtype=np.int64),
            None if regions is None else [code or "" for code in regions],
        )

    @classmethod
    def of_table(cls, path: Path) -> "Nodes":
        """A table with a header: id, name, cc, lat, lon, pop and, if present, adm1 (the region)."""
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return cls.of_columns(
            [row["id"] for row in rows],
            [row["name"] for row in rows],
            [row["cc"] for row in rows],
            [float(row["lat"]) if row["lat"] else None for row in rows],
            [float(row["lon"]) if row["lon"] else None for row in rows],
            [int(row["pop"] or 0) for row in rows],
            [row["adm1"] for row in rows] if rows and "adm1" in rows[0] else None,
        )


@dataclass(frozen=True)
class Edges:
    """Links as two columns of place ids. Direction, order and repetition mean nothing."""

    first: Sequence[PlaceId]
    second: Sequence[PlaceId]

    @classmethod
    def of_table(cls, path: Path) -> "Edges":
        """A table with a header and the columns a and b."""
        with path.open(encoding="utf-8", newline="") as lines:
            pairs = [(row["a"], row["b"]) for row in csv.DictReader(lines)]
        return cls([a for a, _ in pairs], [b for _, b in pairs])

    def positions(self, nodes: Nodes) -> Positions:
        """Shape (links, 2): positions in `nodes`, smaller first, rows sorted; repeated links and loops dropped.

        ValueError for a link to a place that is not among `nodes`."""
        where = {place: position for position, place in enumerate(nodes.ids)}
        unknown = next((place for place in (*self.first, *self.second) if place not in where), None)
        if unknown is not None:
            raise ValueError(f"A link names the place {unknown!r}, which is not among the places.")
        pairs = [(where[a], where[b]) for a, b in zip(self.first, self.second, strict=True)]
        return tidy(np.array(pairs, dtype=np.int32).reshape(-1, 2))


def tidy(pairs: Positions) -> Positions:
    """Pairs of positions, shape (links, 2), smaller first, sorted, each once, no loops."""
    apart = pairs[pairs[:, 0] != pairs[:, 1]]
    return np.unique(np.sort(apart, axis=1), axis=0).astype(np.int32).reshape(-1, 2)
