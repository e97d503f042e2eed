import pytest

from concivis.directory import queries
from concivis.directory.actions import NameFacts
from concivis.directory.factories import organisation
from concivis.directory.naming import key_of
from concivis.directory.queries import Known, Reason
from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub():
    return HubFactory()


def similar(name, hub, **facts):
    return queries.similar_organisations(name, hub=hub, **facts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Freunde Togos e.V.", "Verein der Freunde Togos"),
        ("Sprachbrücke gGmbH", "SPRACHBRUCKE"),
        ("Associazione Ponte ONLUS", "Ponte APS"),
        ("Asociația Podul", "Podul"),
        ("Товариство Дніпро", "Tovaristvo Dnipro"),
        ("Σύλλογος Κρήτης", "Syllogos Kritis"),
    ],
)
def test_legal_forms_accents_and_scripts_make_no_difference(one, other):
    assert key_of(one) == key_of(other)


def test_a_name_of_nothing_but_legal_forms_keeps_its_words():
    assert key_of("Verein e.V.") == "verein e v"


def test_the_same_name_in_the_same_town_is_sure(hub):
    there = organisation("Freunde Togos e.V.", hub=hub, place=hub.place)
    (found,) = similar("Verein Freunde Togos", hub, place=hub.place)
    assert (found.organisation, found.reasons) == (there, (Reason.SAME_NAME, Reason.SAME_TOWN))
    assert found.is_sure


def test_the_same_name_in_another_town_is_less_sure(hub):
    organisation("Freunde Togos", hub=hub, place=PlaceFactory())
    (found,) = similar("Freunde Togos", hub, place=PlaceFactory())
    assert found.reasons == (Reason.SAME_NAME, Reason.OTHER_TOWN)
    assert found.confidence == 0.6


def test_a_slip_of_the_pen_is_found(hub):
    organisation("Deutsch-Ghanaische Gesellschaft", hub=hub)
    (found,) = similar("Deutsch Ghanaische Geselschaft", hub)
    assert found.reasons == (Reason.SIMILAR_NAME,)


def test_a_name_in_its_own_script_finds_the_one_in_latin_letters(hub):
    organisation("Ukrainska hromada", hub=hub)
    assert [found.reasons for found in similar("Українська громада", hub)] != []


def test_a_name_without_vowels_is_compared_by_its_consonants(hub):
    organisation("جمعية الصداقة", hub=hub)
    assert Reason.SOUNDS_ALIKE in similar("Jamiyat al-Sadaqa", hub)[0].reasons


def test_another_name_of_the_entry_counts_as_its_name(hub):
    organisation(
        "Türk-Alman Dostluk Derneği", hub=hub, other_names=(NameFacts(name="Freundschaftsverein Afyon"),)
    )
    assert len(similar("Freundschaftsverein Afyon", hub)) == 1


def test_a_number_in_the_register_decides_whatever_the_name(hub):
    organisation("Alt", hub=hub, register_scheme="DE-CR", register_number="VR 1234")
    (found,) = similar("Ganz anders", hub, register_id=("DE-CR", "VR1234"))
    assert (found.confidence, found.reasons) == (0.99, (Reason.REGISTER,))


def test_the_same_number_in_another_register_says_nothing(hub):
    organisation("Alt", hub=hub, register_scheme="DE-CR", register_number="1234")
    assert similar("Ganz anders", hub, register_id=("IT-CF", "1234")) == []


def test_the_same_website_is_a_reason_but_not_a_shared_one(hub):
    organisation("Alt", hub=hub, website="https://www.alt.example/")
    organisation("Neu", hub=hub, website="https://facebook.com/")
    assert [found.reasons for found in similar("Ganz anders", hub, website="http://alt.example")] == [
        (Reason.WEBSITE,)
    ]
    assert similar("Ganz anders", hub, website="https://www.facebook.com") == []


def test_what_has_nothing_in_common_is_not_proposed(hub):
    organisation("Freunde Togos", hub=hub)
    assert similar("Kulturzentrum Süd", hub) == []
    assert similar("…", hub) == []


def test_the_directory_of_another_hub_is_not_searched(hub):
    organisation("Freunde Togos")
    assert similar("Freunde Togos", hub) == []


@pytest.mark.parametrize("many", [1, 3])
def test_asking_takes_two_queries_however_many_there_are(hub, many, django_assert_num_queries):
    for number in range(many):
        organisation(f"Freunde Togos {number}", hub=hub)
    with django_assert_num_queries(2):
        known = Known(hub)
        assert len(known.similar("Freunde Togos")) == many
        known.similar("Something else")
