"""Who asks: a place of the gazetteer, or one that nobody has written down yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from concivis.twinning.matching.blocks import rank_among
from concivis.twinning.matching.columns import PlaceId, Positions, Singles
from concivis.twinning.matching.gazetteer import Gazetteer, log_size
from concivis.twinning.matching.sphere import unit_vectors
from concivis.twinning.matching.ties import Ties


@dataclass(frozen=True)
class Stranger:
    """A place that is not in the gazetteer; anything but its name may be unknown."""

    name: str
    country: str = ""
    latitude: float = np.nan
    longitude: float = np.nan
    population: int = 0
    region: str = ""
    partners: Sequence[PlaceId] = field(default=())  # ids of places of the gazetteer

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "partners", tuple(self.partners)
        )  # hashable, since rankings are kept by asker


@dataclass(frozen=True)
class Asker:
    place: int  # position in the gazetteer, -1 for a stranger
    linked: int  # position among the linked places, -1 for a place without links and for a stranger
    name: str
    point: Singles  # (3,), NaN where unplaced
    country: int  # -1 = unknown
    region: int
    size: float  # log10 of the population, NaN = unknown
    population: int
    rank: float
    partners: Positions  # positions in Ties.linked

    @property
    def is_placed(self) -> bool:
        return bool(np.isfinite(self.point[0]))


def resident(gazetteer: Gazetteer, ties: Ties, ranks: Singles, place: int) -> Asker:
    return Asker(
        place,
        int(ties.index[place]),
        str(gazetteer.names[place]),
        gazetteer.points[place],
        int(gazetteer.country[place]),
        int(gazetteer.region[place]),
        float(gazetteer.size[place]),
        int(gazetteer.populations[place]),
        float(ranks[place]),
        ties.partners(place),
    )


def stranger(gazetteer: Gazetteer, ties: Ties, who: Stranger, partners: Positions) -> Asker:
    """`partners`: positions in the gazetteer; those without links of their own tell nothing and are left out."""
    country = _position(gazetteer.countries, who.country)
    size = log_size(np.array([who.population]))
    yardstick = np.sort(gazetteer.size[ties.linked[ties.country == country]])
    known = yardstick[np.isfinite(yardstick)]
    is_ranked = country >= 0 and who.population > 0
    return Asker(
        -1,
        -1,
        who.name,
        unit_vectors(np.array([who.latitude]), np.array([who.longitude]))[0],
        country,
        _position(gazetteer.region_codes, f"{who.country}.{who.region}"),
        float(size[0]),
        who.population,
        float(rank_among(size, known)[0]) if is_ranked else np.nan,
        np.array([position for position in ties.index[partners] if position >= 0], dtype=np.int32),
    )


def _position(codes: Sequence[str], code: str) -> int:
    return codes.index(code) if code in codes else -1
