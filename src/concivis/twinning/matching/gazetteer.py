"""What is known of the places whatever their links: position, size, country, region, languages, name."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from babel.core import get_global
from babel.languages import get_official_languages
from numpy.typing import NDArray

from concivis.twinning.matching.columns import Nodes, Positions, Singles
from concivis.twinning.matching.spelling import Spellings
from concivis.twinning.matching.sphere import unit_vectors


@dataclass(frozen=True)
class Gazetteer:
    """Every array is aligned with the columns of `Nodes`. Index -1 in `country` and `region` means unknown."""

    ids: NDArray[np.generic]
    names: NDArray[np.str_]
    populations: NDArray[np.int64]
    points: Singles  # (places, 3)
    size: Singles  # log10 of the population, NaN = unknown
    country: Positions
    region: Positions
    countries: tuple[str, ...]
    region_country: Positions  # per region, its country
    region_codes: tuple[str, ...]
    spellings: Spellings

    @classmethod
    def of(cls, nodes: Nodes) -> "Gazetteer":
        countries, country = _coded(nodes.countries)
        pairs = nodes.regions or [""] * len(nodes)
        regions = [f"{c}.{r}" if c and r else "" for c, r in zip(nodes.countries, pairs, strict=True)]
        codes, region = _coded(regions)
        known = {code: number for number, code in enumerate(countries)}
        of_region = np.array([known[code.split(".")[0]] for code in codes], dtype=np.int32)
        return cls(
            np.array(nodes.ids),
            np.array(nodes.names, dtype=np.str_),
            nodes.populations,
            unit_vectors(nodes.latitudes, nodes.longitudes),
            log_size(nodes.populations),
            country,
            region,
            countries,
            of_region,
            codes,
            Spellings.of(nodes.names),
        )

    def __len__(self) -> int:
        return len(self.country)


def log_size(populations: NDArray[np.int64]) -> Singles:
    with np.errstate(divide="ignore"):
        found = np.log10(populations.astype(np.float32))
    return np.where(populations > 0, found, np.float32(np.nan)).astype(np.float32)


def _coded(words: Sequence[str]) -> tuple[tuple[str, ...], Positions]:
    """The distinct words, sorted, and the number of each; -1 for an empty one."""
    known = tuple(sorted(set(words) - {""}))
    number = {word: position for position, word in enumerate(known)}
    return known, np.array([number.get(word, -1) for word in words], dtype=np.int32)


@cache
def languages(country: str) -> frozenset[str]:
    """Official and de facto official languages of a whole country (CLDR); empty where CLDR knows none."""
    if country not in get_global("territory_languages"):
        return frozenset()
    return frozenset(get_official_languages(country, de_facto=True))


def languages_shared(countries: Sequence[str]) -> Singles:
    """Shape (countries + 1, countries + 1): 1 where two countries share a language; the last is the unknown one."""
    table = np.zeros((len(countries) + 1,) * 2, dtype=np.float32)
    spoken = [languages(code) for code in countries]
    for row, ours in enumerate(spoken):
        table[row, :-1] = [bool(ours & theirs) for theirs in spoken]
    return table
