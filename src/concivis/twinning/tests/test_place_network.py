import pytest

from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.around import cooperation
from concivis.twinning.tests.finder_scene import towns
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db


def page(client, place) -> str:
    answer = client.get(f"/en/places/{place.public_id}/{place.slug}/network/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_neighbours_are_named_with_their_partners(client):
    text = page(client, towns()["Ahorn"])
    assert ("Birke" in text, "13 km" in text, "Dorno" in text) == (True, True, True)


def test_a_bridge_says_how_many_places_would_be_out_of_reach(client):
    text = page(client, towns()["Ahorn"])
    assert "These partnerships are bridges" in text
    assert "3 places would be out of reach" in text


def test_a_triangle_worth_closing_names_the_shared_partners(client):
    world = towns()
    factories.partnership(world["Ahorn"], world["Dorno"])
    text = page(client, world["Ahorn"])
    assert "2 shared partners:" in text
    assert "Nobody else is linked with two or more" not in text


def test_a_place_without_partners_is_led_to_the_finder(client):
    lonely = PlaceFactory(name="Lonely")
    text = page(client, lonely)
    assert "Lonely has no partner on record yet" in text
    assert f"/en/places/{lonely.public_id}/lonely/finder/" in text


def test_a_place_without_position_and_size_is_told_so(client):
    text = page(client, PlaceFactory(name="Nowhere", latitude=None, longitude=None, population=None))
    assert "Where Nowhere lies is not known here" in text
    assert "How many people live in Nowhere is not known here" in text


def test_cities_like_you_are_of_the_same_country_and_of_similar_size():
    music, sport = (
        TermFactory(code="music", texts={"en": "Music"}),
        TermFactory(code="sport", texts={"en": "Sport"}),
    )
    own = PlaceFactory(population=10_000)
    for people, fields in [(9_000, [music]), (19_000, [music, sport]), (500_000, [sport])]:
        factories.partnership(
            PlaceFactory(population=people), PlaceFactory(country__code="FR"), fields=fields
        )
    found = cooperation(own)
    assert (found.partnerships, found.fields, found.says_enough) == (2, [("Music", 2), ("Sport", 1)], False)


def test_too_little_is_said_to_be_too_little(client):
    assert "Too little is known to say" in page(client, PlaceFactory(name="Alone"))


def test_with_enough_partnerships_the_fields_are_shown(client):
    music = TermFactory(code="music", texts={"en": "Music"})
    for _ in range(5):
        factories.partnership(PlaceFactory(), PlaceFactory(country__code="FR"), fields=[music])
    text = page(client, PlaceFactory(name="Alone"))
    assert ("Partnerships by field" in text, "Music" in text) == (True, True)


def test_the_page_costs_the_same_with_one_and_with_three_neighbours(client, django_assert_num_queries):
    home = PlaceFactory(name="Home")
    factories.partnership(PlaceFactory(), PlaceFactory(country__code="FR", latitude=40.0))
    page(client, home)
    with django_assert_num_queries(5):
        page(client, home)
    for _ in range(2):
        factories.partnership(PlaceFactory(), PlaceFactory(country__code="FR", latitude=40.0))
    page(client, home)
    with django_assert_num_queries(5):
        page(client, home)


def test_the_place_s_page_leads_to_the_finder_and_to_the_network(client):
    place = towns()["Ahorn"]
    text = client.get(place.get_absolute_url()).content.decode()
    assert f"{place.get_absolute_url()}finder/" in text
    assert f"{place.get_absolute_url()}network/" in text
