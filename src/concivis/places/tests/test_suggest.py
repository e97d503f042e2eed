import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from concivis.places.enums import PlaceKind
from concivis.places.factories import PlaceFactory, RegionFactory
from concivis.places.models import Place
from concivis.places.queries import candidates, candidates_by_name, nearby, suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def bethlehems() -> dict[str, Place]:
    return {
        "PS": PlaceFactory(
            name="Bethlehem",
            country__code="PS",
            geonames_id=284315,
            population=29_019,
            names=["Betlemme", "بيت لحم"],
        ),
        "US": PlaceFactory(name="Bethlehem", country__code="US", population=74_892, names=["بيت لحم"]),
        "BR": PlaceFactory(name="Belém", country__code="BR", population=1_499_641, names=["Bethlehem"]),
        "IT": PlaceFactory(name="Betlemme", country__code="IT", population=562),
    }


@pytest.fixture
def halle() -> Place:
    return PlaceFactory(
        name="Halle (Saale)", population=237_865, names=["Halle", "Hale", "Галле"],
        region=RegionFactory(country__code="DE", code="14", name="Saxony-Anhalt"),
    )  # fmt: skip


def names(text: str, **options: object) -> list[str]:
    return [found.name for found in suggest(text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["Bethlehem", "bethlehem", "Betlemme", "بيت لحم", "بَيْت لَحْم"])
def test_the_palestinian_city_comes_first_in_every_spelling(bethlehems: dict[str, Place], text: str) -> None:
    assert suggest(text)[0].id == bethlehems["PS"].pk


def test_the_spelling_that_was_found_stands_beside_the_name(bethlehems: dict[str, Place]) -> None:
    found = {place.country: place.matched for place in suggest("Betlemme")}
    assert found == {"PS": "Betlemme", "IT": ""}


@pytest.mark.parametrize(
    "text", ["halle", "HALLE SAALE", "halle (s", "saale", "hale saale", "Галле", "Halle, Germany"]
)
def test_a_place_is_found_by_name_beginning_and_word_inside(halle: Place, text: str) -> None:
    assert [found.id for found in suggest(text)] == [halle.pk]


def test_the_same_name_comes_before_a_larger_place_whose_name_begins_so() -> None:
    PlaceFactory(name="Hamburg", population=1_973_896)
    PlaceFactory(name="Hamm", population=178_967)
    PlaceFactory(name="Ham", population=5_698)
    assert names("ham") == ["Ham", "Hamburg", "Hamm"]


def test_one_letter_finds_the_largest() -> None:
    for number in range(12):
        PlaceFactory(name=f"Stadt {number}", population=1_000 * (number + 1))
    assert names("s", limit=3) == ["Stadt 11", "Stadt 10", "Stadt 9"]


def test_a_comma_narrows_to_a_country_or_region_as_far_as_it_is_typed() -> None:
    illinois = RegionFactory(country__code="US", code="IL", name="Illinois")
    PlaceFactory(name="Springfield", country=illinois.country, region=illinois, population=114_394)
    PlaceFactory(name="Springfield", country=illinois.country, population=170_188)
    PlaceFactory(name="Springfield", country__code="AU", population=20_000)
    assert [found.region for found in suggest("Springfield, Ill")] == ["Illinois"]
    assert [found.country for found in suggest("springfield, Austral")] == ["AU"]
    with translation.override("de"):
        assert [found.country_name for found in suggest("Springfield, Australien")] == ["Australien"]
    assert len(suggest("Springfield, ")) == 3


def test_country_and_kind_narrow_the_search(bethlehems: dict[str, Place]) -> None:
    assert [found.country for found in suggest("beth", country="us")] == ["US"]
    assert {found.country for found in suggest("beth", kinds=[PlaceKind.CITY])} == {"BR"}


def test_a_misspelt_name_is_proposed_only_if_nothing_fits() -> None:
    PlaceFactory(name="Düsseldorf", population=618_685)
    assert names("Düsseldof") == ["Düsseldorf"]
    assert names("Dusseldrof") == ["Düsseldorf"]
    assert names("Dresden") == []


@pytest.mark.parametrize("text", ["", "   ", "%", "_", ",", "\x00", "?, !", "\U0010ffff"])
def test_what_holds_no_letter_finds_nothing(halle: Place, text: str) -> None:
    assert suggest(text) == []


def test_a_very_long_text_is_cut(halle: Place) -> None:
    assert suggest("halle " * 10_000) == []


def test_the_number_of_queries_does_not_grow_with_the_places() -> None:
    PlaceFactory(name="Santa")
    with CaptureQueriesContext(connection) as few:
        suggest("santa")
    for number in range(30):
        PlaceFactory(name=f"Santa Maria {number}", names=[f"Santa M {number}"])
    with CaptureQueriesContext(connection) as many:
        assert len(suggest("santa")) == 10
    assert (len(few), len(many)) == (4, 4)


def test_candidates_are_those_of_just_this_name_nearest_first() -> None:
    far = PlaceFactory(name="Halle", population=30_000, latitude=50.7, longitude=4.2)
    near = PlaceFactory(name="Halle", population=2_000, latitude=52.06, longitude=8.36)
    PlaceFactory(name="Hallein")
    assert [one.place for one in candidates("HALLE")] == [far, near]
    nearest = candidates("halle", latitude=52.0, longitude=8.4)
    assert [one.place for one in nearest] == [near, far]
    assert nearest[0].distance_km == pytest.approx(7.2, abs=0.1)
    assert candidates("halle", country="BE") == []


def test_candidates_of_many_names_cost_two_queries(bethlehems: dict[str, Place], halle: Place) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = candidates_by_name(["Bethlehem", "Galle", "Галле", "Saale", ""])
    assert {
        name: [(one.place.country_id, one.is_main) for one in places] for name, places in found.items()
    } == {
        "Bethlehem": [("BR", False), ("US", True), ("PS", True)],
        "Galle": [],
        "Галле": [("DE", False)],
        "Saale": [],
        "": [],
    }
    assert len(queries) == 2


def test_nearby_crosses_the_date_line_and_reaches_the_pole() -> None:
    suva = PlaceFactory(name="Ost", latitude=-17.0, longitude=179.95)
    west = PlaceFactory(name="West", latitude=-17.0, longitude=-179.95)
    pole = PlaceFactory(name="Pol", latitude=89.99, longitude=0.0)
    PlaceFactory(name="Fern", latitude=-17.0, longitude=0.0)
    assert [one.place for one in nearby(-17.0, 179.99, 20)] == [suva, west]
    assert [one.place for one in nearby(89.99, 180.0, 20)] == [pole]
    assert nearby(0.0, 0.0, 20) == []
