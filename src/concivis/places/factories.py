"""Test objects: countries, regions and places that the type-ahead finds as it finds real ones."""

from typing import Any

import factory

from concivis.places.actions.merging import NAME_COLUMNS, name_rows
from concivis.places.enums import PlaceOrigin
from concivis.places.facts import NameFacts, PlaceFacts
from concivis.places.models import Country, Place, PlaceName, Region
from concivis.places.sizes import kind_of
from concivis.shell import bulk


class CountryFactory(factory.django.DjangoModelFactory[Country]):
    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "DE"
    continent = "EU"


class RegionFactory(factory.django.DjangoModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("country", "code")

    country = factory.SubFactory(CountryFactory)
    code = factory.Sequence(lambda number: f"{number:02}")
    name = factory.Sequence(lambda number: f"Region {number}")


class PlaceFactory(factory.django.DjangoModelFactory[Place]):
    """`PlaceFactory(name="Halle (Saale)", country__code="DE", names=["Halle"])`."""

    class Meta:
        model = Place
        skip_postgeneration_save = True

    geonames_id = factory.Sequence(lambda number: 90_000_000 + number)
    public_id = factory.LazyAttribute(lambda place: f"gn{place.geonames_id}")
    name = factory.Sequence(lambda number: f"Ort {number}")
    country = factory.SubFactory(CountryFactory)
    kind = factory.LazyAttribute(lambda place: kind_of(place.population))
    latitude = 51.0
    longitude = 8.0
    population = 10_000
    origin = PlaceOrigin.GAZETTEER

    @factory.post_generation
    def names(self: Place, create: bool, extracted: list[str] | None, **kwargs: Any) -> None:
        if create:
            add_names(self, extracted or [])


def add_names(place: Place, names: list[str]) -> None:
    """The rows for the search, as the loader makes them."""
    facts = PlaceFacts(
        geonames_id=place.geonames_id or 0,
        name=place.name,
        country=place.country_id,
        region="",
        kind=place.kind,
        latitude=place.latitude,
        longitude=place.longitude,
        population=place.population,
        names=map(NameFacts, names),
    )
    bulk.insert(PlaceName, NAME_COLUMNS, name_rows(place.pk, facts))
