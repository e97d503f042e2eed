import pytest
from django.test import Client

from concivis.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/en/places/suggest/"


def test_proposals_are_options_of_a_listbox(client: Client) -> None:
    place = PlaceFactory(name="Hamm & Söhne", population=178_967)
    page = client.get(ADDRESS, {"q": "hamm"})
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    text = page.content.decode()
    assert f'data-place="{place.public_id}" data-label="Hamm &amp; Söhne, Germany"' in text
    assert "178,967 people" in text


def test_the_field_of_a_form_may_be_named_otherwise(client: Client) -> None:
    PlaceFactory(name="Hamm")
    text = client.get(ADDRESS, {"field": "trip-place", "trip-place": "ham"}).content.decode()
    assert 'id="trip-place-option-1"' in text


@pytest.mark.parametrize(
    "asking", [{"query": {"format": "json"}}, {"headers": {"accept": "application/json"}}]
)
def test_json_is_given_to_who_asks_for_it(client: Client, asking: dict[str, dict[str, str]]) -> None:
    place = PlaceFactory(name="Hamm", population=178_967)
    answer = client.get(ADDRESS, {"q": "hamm", **asking.get("query", {})}, headers=asking.get("headers"))
    assert answer.json()["results"] == [
        {
            "id": place.public_id, "name": "Hamm", "matched": "", "kind": "city", "region": "", "country": "DE",
            "country_name": "Germany", "population": 178_967, "latitude": 51.0, "longitude": 8.0,
        }
    ]  # fmt: skip


def test_proposals_may_be_kept_for_minutes_and_set_no_cookie(client: Client) -> None:
    answer = client.get(ADDRESS, {"q": "x"})
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Accept" in answer.headers["Vary"]
    assert not answer.cookies


@pytest.mark.parametrize(
    "query",
    [{}, {"q": ""}, {"q": "\x00"}, {"q": "a" * 5000}, {"limit": "²"}, {"q": "h", "limit": "99999999999"},
     {"q": "h", "country": "ZZ", "kind": "moon"}, {"field": "nothing"}],
)  # fmt: skip
def test_odd_questions_get_an_answer(client: Client, query: dict[str, str]) -> None:
    assert client.get(ADDRESS, query).status_code == 200


def test_who_finds_nothing_is_told_what_to_do(client: Client) -> None:
    text = client.get(ADDRESS, {"q": "<b>xyzzyq"}).content.decode()
    assert "No place is called “&lt;b&gt;xyzzyq” here. Try another spelling, or the nearest town." in text


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post(ADDRESS).status_code == 405
