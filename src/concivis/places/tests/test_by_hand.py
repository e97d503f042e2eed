import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from concivis.places.actions import PlaceDraft, add_name, create_place, create_places
from concivis.places.enums import NameKind, PlaceKind, PlaceOrigin
from concivis.places.factories import CountryFactory, PlaceFactory, RegionFactory
from concivis.places.models import Place
from concivis.places.queries import suggest

pytestmark = pytest.mark.django_db


def test_a_place_by_hand_is_found_by_its_name() -> None:
    CountryFactory(code="FR")
    place = create_place(
        by=None,
        name=" Les  Trois-Villes ",
        country="FR",
        kind=PlaceKind.ASSOCIATION,
        latitude=50.1,
        longitude=3.2,
    )
    assert (place.name, place.origin, place.public_id[0]) == ("Les Trois-Villes", PlaceOrigin.HAND, "p")
    assert [found.id for found in suggest("trois villes")] == [place.pk]


def test_places_of_an_import_carry_the_reason_and_their_region() -> None:
    region = RegionFactory(country__code="DE", code="07", name="North Rhine-Westphalia")
    drafts = [
        PlaceDraft(
            name="Amt Niemandsland",
            country="DE",
            region="07",
            note="not in the gazetteer",
            names=("Nowhere",),
        ),
        PlaceDraft(name="Zweitort", country="DE", region="north rhine westphalia"),
    ]
    first, second = create_places(drafts)
    assert (first.origin, first.origin_note) == (PlaceOrigin.IMPORT, "not in the gazetteer")
    assert (first.region, second.region) == (region, region)
    assert [found.matched for found in suggest("nowhere")] == ["Nowhere"]


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (PlaceDraft(name=" ", country="DE"), "A place needs a name with letters or digits."),
        (PlaceDraft(name="?!", country="DE"), "A place needs a name with letters or digits."),
        (PlaceDraft(name="Ort", country="ZZ"), "Ort: there is no country with the code “ZZ”."),
        (PlaceDraft(name="Ort", country=""), "Ort: say in which country the place lies."),
        (
            PlaceDraft(name="Ort", country="DE", latitude=91.0, longitude=8.0),
            "Ort: latitude 91.0, longitude 8.0 is not on Earth; "
            "latitude goes from -90 to 90, longitude from -180 to 180.",
        ),
        (
            PlaceDraft(name="Ort", country="DE", latitude=float("nan"), longitude=8.0),
            "Ort: latitude nan, longitude 8.0 is not on Earth; "
            "latitude goes from -90 to 90, longitude from -180 to 180.",
        ),
        (
            PlaceDraft(name="Ort", country="DE", latitude=51.0),
            "Ort: give both latitude and longitude, or neither.",
        ),
        (PlaceDraft(name="Ort", country="DE", population=-1), "Ort: -1 is not a number of people."),
        (PlaceDraft(name="Ort", country="DE", kind="moon"), "“moon” is not a kind of place."),
    ],
)
def test_a_fault_is_a_sentence_and_nothing_is_created(draft: PlaceDraft, sentence: str) -> None:
    CountryFactory(code="DE")
    with pytest.raises(ValidationError) as caught:
        create_places([PlaceDraft(name="Guter Ort", country="DE"), draft])
    assert caught.value.messages == [sentence]
    assert Place.objects.count() == 0


def test_a_name_is_added_once_and_found() -> None:
    place = PlaceFactory(name="Hamm")
    add_name(by=None, place=place, name="Гамм", language="ru")
    add_name(by=None, place=place, name="Гамм", language="ru", kind=NameKind.PREFERRED)
    assert list(place.names.filter(language="ru").values_list("name", "kind")) == [("Гамм", "preferred")]
    assert [found.id for found in suggest("гам")] == [place.pk]
    with pytest.raises(ValidationError):
        add_name(by=None, place=place, name="…")


def test_the_database_refuses_a_place_off_the_earth() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceFactory(latitude=100.0)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceFactory(latitude=10.0, longitude=None)
    connection.check_constraints()
