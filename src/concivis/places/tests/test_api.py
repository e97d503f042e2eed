import pytest
from django.test import Client

from concivis.places.factories import PlaceFactory, RegionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/places"


def test_a_search_gives_the_best_first_and_pages(client: Client) -> None:
    for number in range(3):
        PlaceFactory(name=f"Hamm {number}", population=1_000 * number, names=["Hamm"])
    PlaceFactory(name="Hamm", population=10)
    first = client.get(ADDRESS, {"q": "hamm", "page_size": 2}).json()
    assert (first["count"], [row["name"] for row in first["results"]]) == (4, ["Hamm 2", "Hamm 1"])
    assert first["previous"] is None
    second = client.get(ADDRESS + "?" + first["next"].split("?")[1]).json()
    assert [row["name"] for row in second["results"]] == ["Hamm", "Hamm 0"]
    assert second["next"] is None


def test_a_country_lists_its_largest_first_unknown_sizes_last(client: Client) -> None:
    for name, population in (("Klein", 5), ("Groß", 500), ("Unbekannt", None)):
        PlaceFactory(name=name, population=population)
    PlaceFactory(name="Anderswo", country__code="FR")
    answer = client.get(ADDRESS, {"country": "DE"}).json()
    assert [row["name"] for row in answer["results"]] == ["Groß", "Klein", "Unbekannt"]
    assert client.get(ADDRESS).json()["count"] == 4


def test_one_place_tells_all_its_names(client: Client) -> None:
    place = PlaceFactory(
        name="Halle (Saale)", geonames_id=2911522, population=237_865, names=["Halle", "Галле"],
        region=RegionFactory(country__code="DE", name="Saxony-Anhalt"),
    )  # fmt: skip
    answer = client.get(f"{ADDRESS}/{place.public_id}").json()
    assert answer.pop("url").endswith("/places/gn2911522/halle-saale/")
    assert answer == {
        "id": "gn2911522", "name": "Halle (Saale)", "kind": "city", "country": "DE", "region": "Saxony-Anhalt",
        "population": 237_865, "latitude": 51.0, "longitude": 8.0, "geonames_id": 2911522, "wikidata_id": None,
        "timezone": "", "origin": "gazetteer",
        "names": [{"name": "Halle", "language": ""}, {"name": "Галле", "language": ""}],
    }  # fmt: skip


@pytest.mark.parametrize("public_id", ["gn1", "nothing", "%00", "a.b"])
def test_a_place_that_is_not_there_is_a_problem(client: Client, public_id: str) -> None:
    answer = client.get(f"{ADDRESS}/{public_id}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_question_not_understood_is_a_problem(client: Client) -> None:
    assert client.get(ADDRESS, {"country": "germany"}).status_code == 422
    assert client.get(ADDRESS, {"page": "0"}).status_code == 422
