import pytest
from django import forms

from concivis.places.factories import PlaceFactory, RegionFactory
from concivis.places.fields import PlaceField
from concivis.places.models import Place

pytestmark = pytest.mark.django_db


class TripForm(forms.Form):
    place = PlaceField(label="Where?")
    stop = PlaceField(label="By way of?", required=False, country="BE")


@pytest.fixture
def neufchateaux() -> list[Place]:
    east = RegionFactory(country__code="FR", code="44", name="Grand Est")
    return [
        PlaceFactory(name="Neufchâteau", country=east.country, region=east, population=8_047),
        PlaceFactory(name="Neufchâteau", country__code="BE", population=6_416),
    ]


def test_a_place_chosen_from_the_list_is_taken(neufchateaux: list[Place]) -> None:
    form = TripForm({"place": "Neufchâteau, Belgium", "place_id": neufchateaux[1].public_id})
    assert form.is_valid()
    assert form.cleaned_data == {"place": neufchateaux[1], "stop": None}


def test_a_text_that_can_mean_one_place_only_is_taken(neufchateaux: list[Place]) -> None:
    assert TripForm({"place": "neufchateau, france"}).is_valid()
    narrowed = TripForm({"place": "Neufchâteau, Frankreich", "stop": "Neufchateau"})
    assert narrowed.is_valid()
    assert narrowed.cleaned_data == {"place": neufchateaux[0], "stop": neufchateaux[1]}


def test_namesakes_are_told_apart_by_radio_buttons(neufchateaux: list[Place]) -> None:
    form = TripForm({"place": "Neufchâteau"})
    assert form.errors["place"] == ["More than one place is called “Neufchâteau”. Choose one of those below."]
    page = form.as_p()
    for place in neufchateaux:
        assert f'type="radio" name="place_id" value="{place.public_id}"' in page
    assert "Grand Est, France · 8,047 people" in page


def test_a_beginning_is_not_taken_for_a_name() -> None:
    PlaceFactory(name="Hamburg")
    form = TripForm({"place": "Ham"})
    assert form.errors["place"] == ["More than one place is called “Ham”. Choose one of those below."]


def test_an_unknown_name_and_a_made_up_id_are_refused(neufchateaux: list[Place]) -> None:
    unknown = TripForm({"place": "Xyzzyq"})
    assert unknown.errors["place"] == [
        "We know no place called “Xyzzyq”. Try another spelling, or add the country after a comma."
    ]
    made_up = TripForm({"place": "x", "place_id": "gn0\x00"})
    assert made_up.errors["place"] == ["This place is not available here. Write its name and choose again."]
    elsewhere = TripForm({"place_id": neufchateaux[0].public_id, "stop_id": neufchateaux[0].public_id})
    assert list(elsewhere.errors) == ["stop"]
    assert TripForm({}).errors["place"] == ["This field is required."]


def test_the_field_shows_the_place_it_holds(neufchateaux: list[Place]) -> None:
    form = TripForm(initial={"place": neufchateaux[0]})
    page = form.as_p()
    assert 'value="Neufchâteau, France"' in page
    assert f'name="place_id" value="{neufchateaux[0].public_id}"' in page


def test_what_was_typed_comes_back_escaped() -> None:
    page = TripForm({"place": '"><script>'}).as_p()
    assert "<script>" not in page
    assert "&quot;&gt;&lt;script&gt;" in page
