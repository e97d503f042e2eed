"""A small world for the tests of the finder: two countries, towns in twos, some of them twinned."""

from concivis.places.factories import CountryFactory, PlaceFactory, RegionFactory
from concivis.places.models import Place
from concivis.twinning import factories
from concivis.twinning.actions.finder import fit_finder


def towns() -> dict[str, Place]:
    """Ahorn, Birke (DE) near each other; Colle, Dorno, Erba (IT); Ahorn – Colle and Birke – Dorno are twinned."""
    westphalia = RegionFactory(country=CountryFactory(code="DE"), code="07", name="Westphalia")
    lombardy = RegionFactory(country=CountryFactory(code="IT"), code="09", name="Lombardy")
    made = {
        name: PlaceFactory(
            name=name,
            country=region.country,
            region=region,
            latitude=north,
            longitude=east,
            population=people,
        )
        for name, region, north, east, people in [
            ("Ahorn", westphalia, 51.7, 7.8, 20_000),
            ("Birke", westphalia, 51.8, 7.9, 25_000),
            ("Colle", lombardy, 45.2, 9.0, 21_000),
            ("Dorno", lombardy, 45.3, 9.1, 22_000),
            ("Erba", lombardy, 45.8, 9.2, 400_000),
        ]
    }
    factories.partnership(made["Ahorn"], made["Colle"])
    factories.partnership(made["Birke"], made["Dorno"])
    factories.partnership(made["Birke"], made["Colle"])
    return made


def fitted_towns() -> dict[str, Place]:
    made = towns()
    fit_finder()
    return made
