"""Which candidates come into question at all."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from concivis.twinning.matching.asker import Asker
from concivis.twinning.matching.columns import Truths
from concivis.twinning.matching.gazetteer import Gazetteer
from concivis.twinning.matching.sphere import kilometres


@dataclass(frozen=True)
class Filters:
    countries: frozenset[str] | None
    kilometres: tuple[float | None, float | None]
    population: tuple[float | None, float | None]
    domestic: bool | None

    @classmethod
    def of(
        cls,
        country: str | Collection[str] | None,
        min_km: float | None,
        max_km: float | None,
        min_population: int | None,
        max_population: int | None,
        domestic: bool | None,
    ) -> "Filters":
        countries = {country} if isinstance(country, str) else country
        return cls(
            None if countries is None else frozenset(countries),
            (min_km, max_km),
            (min_population, max_population),
            domestic,
        )

    def admitted(self, gazetteer: Gazetteer, asker: Asker) -> Truths:
        """Per place. What is unknown fails a filter that asks for it; both limits are included."""
        found = np.ones(len(gazetteer), dtype=np.bool_)
        if self.countries is not None:
            wanted = [number for number, code in enumerate(gazetteer.countries) if code in self.countries]
            found &= np.isin(gazetteer.country, wanted)
        if self.domestic is not None:
            home = (gazetteer.country == asker.country) & (asker.country >= 0)
            found &= home if self.domestic else ~home & (gazetteer.country >= 0)
        if self.kilometres != (None, None):
            found &= _within(kilometres(gazetteer.points, asker.point), *self.kilometres)
        if self.population != (None, None):
            people = np.where(gazetteer.populations > 0, gazetteer.populations, np.nan)
            found &= _within(people, *self.population)
        return found


def _within(
    values: np.ndarray[tuple[int], np.dtype[np.floating]], least: float | None, most: float | None
) -> Truths:
    low = -np.inf if least is None else least
    high = np.inf if most is None else most
    found: Truths = (values >= low) & (values <= high)
    return found
