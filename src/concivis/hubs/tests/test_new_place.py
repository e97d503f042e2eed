import pytest
from django.urls import reverse

from concivis.accounts.factories import UserFactory
from concivis.hubs import new_place
from concivis.hubs.models import RecordLine
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.places.models import Place

pytestmark = pytest.mark.django_db(databases="__all__")
FACTS = {
    "name": "Ems-Dollart-Region",
    "kind": "region",
    "country": "DE",
    "latitude": "53.2",
    "longitude": "7.2",
}


@pytest.fixture
def person(client):
    CountryFactory(code="DE")
    user = UserFactory()
    client.force_login(user)
    return user


def enter(client, **changes):
    return client.post(reverse("hubs:new_place"), FACTS | changes)


def test_a_place_that_no_list_has_is_entered_and_the_hub_goes_on_with_it(client, person):
    assert enter(client).headers["Location"] == reverse("hubs:new_office")
    place = Place.objects.get()
    assert (place.name, place.kind, place.origin) == ("Ems-Dollart-Region", "region", "hand")
    assert RecordLine.objects.get().action == "place.entered"
    assert "Ems-Dollart-Region" in client.get(reverse("hubs:new_office")).text


def test_a_place_that_is_known_is_named_instead_unless_it_is_another(client, person):
    PlaceFactory(name="Ems-Dollart-Region", kind="region", country_id="DE")
    assert "There is a region of this name already" in enter(client).text
    assert Place.objects.count() == 1
    enter(client, another="on")
    assert Place.objects.count() == 2


@pytest.mark.parametrize(
    "changes", [{"latitude": "91"}, {"longitude": "x"}, {"country": "ZZ"}, {"kind": "moon"}, {"name": " "}]
)
def test_what_cannot_be_is_refused_at_its_field(client, person, changes):
    response = enter(client, **changes)
    assert response.status_code == 200
    assert Place.objects.count() == 0


def test_one_person_enters_only_so_many_places_a_day(client, person, monkeypatch):
    monkeypatch.setattr(new_place, "MOST_A_DAY", 1)
    enter(client)
    assert "Please go on tomorrow" in enter(client, name="Euregio").text
    assert Place.objects.count() == 1


def test_a_stranger_signs_in_first(client, db):
    assert enter(client).status_code == 302
    assert Place.objects.count() == 0
