import pytest
from django.urls import reverse

from concivis.accounts.factories import UserFactory
from concivis.hubs import choices, drafts
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.hubs.tests.pictures import picture
from concivis.places.factories import PlaceFactory, RegionFactory

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def browser(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(UserFactory(email="jo@example.org"))
    return client


def answers(**changes):
    asked = {
        "name": "Hamm",
        "slug": "hamm",
        "language": "de",
        "timezone": "Europe/Berlin",
        "preset": "#a61c28",
        "own_colour": "#a61c28",
    }
    return {**asked, **changes}


def choose_city(browser, **place):
    city = PlaceFactory(**{"name": "Hamm", "timezone": "Europe/Berlin", **place})
    response = browser.post(reverse("hubs:new"), {"place": city.name, "place_id": city.public_id})
    assert response["Location"] == reverse("hubs:new_office")
    return city


def test_a_hub_is_made_in_three_steps(browser):
    city = choose_city(browser)
    page = browser.get(reverse("hubs:new_office"))
    assert page.context["form"].initial == {
        "name": "Hamm",
        "slug": "hamm",
        "language": "de",
        "timezone": "Europe/Berlin",
        "colour": "#0b5fa5",
        "preset": "#0b5fa5",
        "own_colour": "#0b5fa5",
    }
    asked = browser.post(reverse("hubs:new_office"), answers(crest=picture()))
    assert asked["Location"] == reverse("hubs:new_preview")
    preview = browser.get(asked["Location"]).content.decode()
    assert "http://testserver/en/hubs/hamm/" in preview
    assert browser.get(reverse("hubs:new_crest"))["Content-Type"] == "image/png"
    assert "#a61c28" in browser.get(reverse("hubs:new_theme")).content.decode()
    done = browser.post(reverse("hubs:new_preview"), {"publish": "1"})
    assert done["Location"] == reverse("hubs:office", args=["hamm"])
    hub = Hub.objects.get()
    assert (hub.place, hub.colour, hub.language, hub.is_published) == (city, "#a61c28", "de", True)
    assert hub.crest
    assert [each.user.email for each in hub.memberships.all()] == ["jo@example.org"]
    assert drafts.KEY not in browser.session


def test_it_stays_private_where_nobody_says_public(browser):
    choose_city(browser)
    browser.post(reverse("hubs:new_office"), answers())
    browser.post(reverse("hubs:new_preview"))
    assert not Hub.objects.get().is_published


def test_one_can_go_back_without_losing_the_answers(browser):
    choose_city(browser)
    browser.post(reverse("hubs:new_office"), answers(name="Hamm in Westfalen"))
    page = browser.get(reverse("hubs:new_office"))
    assert page.context["form"].initial["name"] == "Hamm in Westfalen"


def test_another_city_begins_again(browser):
    choose_city(browser)
    browser.post(reverse("hubs:new_office"), answers())
    choose_city(browser, name="Halle (Saale)")
    page = browser.get(reverse("hubs:new_office"))
    assert page.context["form"].initial["slug"] == "halle-saale"


def test_no_step_can_be_jumped_over(browser):
    assert browser.get(reverse("hubs:new_preview"))["Location"] == reverse("hubs:new")
    assert browser.get(reverse("hubs:new_office"))["Location"] == reverse("hubs:new")
    choose_city(browser)
    assert browser.post(reverse("hubs:new_preview"))["Location"] == reverse("hubs:new")
    assert not Hub.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"slug": "taken"}, "slug", "This address is taken. Add your country or region to it."),
        ({"slug": "Mine"}, "slug", "This address is taken. Add your country or region to it."),
        (
            {"preset": "own", "own_colour": "#f4bd41"},
            "own_colour",
            "White text on this colour is hard to read (contrast 1.7, at least 4.5 is needed). "
            "Choose a darker one.",
        ),
        ({"preset": "own", "own_colour": ""}, "own_colour", "Choose a colour, or one of those above."),
        (
            {"preset": "own", "own_colour": "red"},
            "own_colour",
            "Write a colour as # and six digits, such as #0b5fa5.",
        ),
        (
            {"crest": picture("GIF")},
            "crest",
            "This is not a PNG, JPEG or WebP picture, or the file is damaged.",
        ),
    ],
    ids=["taken", "ours", "too light", "no colour", "not a colour", "not a picture"],
)
def test_what_is_wrong_is_said_beside_its_field(browser, changes, field, sentence):
    HubFactory(slug="taken")
    choose_city(browser)
    page = browser.post(reverse("hubs:new_office"), answers(**changes))
    assert page.context["form"].errors == {field: [sentence]}


def test_a_crest_is_kept_while_another_answer_is_wrong(browser):
    choose_city(browser)
    browser.post(reverse("hubs:new_office"), answers(slug="", crest=picture()))
    assert browser.get(reverse("hubs:new_crest")).status_code == 200


def test_an_address_taken_meanwhile_is_asked_again(browser):
    choose_city(browser)
    browser.post(reverse("hubs:new_office"), answers())
    HubFactory(slug="hamm")
    again = browser.post(reverse("hubs:new_preview"))
    assert again["Location"] == reverse("hubs:new_office")


def test_the_proposed_address_is_free():
    region = RegionFactory(country__code="DE", name="Hesse")
    place = PlaceFactory(name="Hamm", country=region.country, region=region)
    taken = []
    for expected in ["hamm", "hamm-de", "hamm-hesse", "hamm-2", "hamm-3"]:
        assert drafts.free_slug(place) == expected
        taken.append(HubFactory(slug=expected))


def test_a_name_without_latin_letters_gets_an_address_of_the_places_number():
    place = PlaceFactory(name="京都市")
    assert drafts.free_slug(place) == place.public_id


@pytest.mark.parametrize(
    ("country", "language"), [("DE", "de"), ("IT", "it"), ("UA", "uk"), ("AT", "de"), ("AQ", "en")]
)
def test_the_language_of_the_country_is_proposed(country, language):
    assert choices.language_of_country(country) == language
