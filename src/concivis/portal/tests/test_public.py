import pytest
from django.urls import reverse

from concivis.hubs.factories import HubFactory
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.twinning import factories

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query) -> str:
    response = client.get(reverse(f"portal:{name}", args=args), query)
    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    assert "csrfmiddlewaretoken" not in response.text
    return response.text


def test_an_empty_house_says_what_to_do_next(client):
    assert "No city has an office here yet" in page(client, "home")
    assert "No partnership is recorded yet" in page(client, "countries")


def test_home_shows_the_public_hubs_and_counts(client):
    hub = HubFactory(name="Office of Hamm", is_published=True)
    HubFactory(name="Secret office", is_published=False)
    factories.partnership(hub.place, PlaceFactory(), hub=hub)
    text = page(client, "home")
    assert "Office of Hamm" in text
    assert "Secret office" not in text
    assert "<svg" in text


def test_search_finds_a_place_by_another_spelling_and_its_partnerships_by_name(client):
    hamm = PlaceFactory(name="Hamm")
    factories.partnership(hamm, PlaceFactory(name="Bradford"))
    text = page(client, "search", q="hämm")
    assert hamm.get_absolute_url() in text
    assert "<mark>Hamm</mark> – Bradford" in text


def test_search_without_a_hit_says_what_to_try(client):
    assert "Nothing found" in page(client, "search", q="zzzzzz")


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a" * 200, "' OR 1=1 --", "%2500"])
def test_hostile_words_do_no_harm(client, words):
    assert "<script>alert" not in page(client, "search", q=words)


def test_a_private_hubs_partnerships_are_nowhere(client):
    hub = HubFactory(is_published=False)
    factories.partnership(hub.place, PlaceFactory(name="Unheard-of"), hub=hub)
    assert "Partnerships and offices" not in page(client, "search", q="Unheard-of")
    assert "No partnership is recorded yet" in page(client, "countries")


def test_a_country_counts_links_abroad_and_at_home(client):
    germany, france = CountryFactory(code="DE"), CountryFactory(code="FR")
    a, b = PlaceFactory(country=germany, name="Aa"), PlaceFactory(country=germany, name="Bb")
    c = PlaceFactory(country=france, name="Cc")
    factories.partnership(a, b), factories.partnership(a, c), factories.partnership(b, c)
    text = page(client, "country", "DE")
    assert text.index(f'{a.get_absolute_url()}">Aa') < text.index(f'{b.get_absolute_url()}">Bb')
    assert reverse("portal:country", args=["FR"]) in text


@pytest.mark.parametrize(("code", "status"), [("de", 301), ("XX", 404), ("DEU", 404), ("<b>", 404)])
def test_addresses_of_countries(client, code, status):
    CountryFactory(code="DE")
    assert client.get(reverse("portal:country", args=[code])).status_code == status


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_countries_costs_one_query(client, number, django_assert_num_queries):
    for _ in range(number):
        factories.partnership()
    with django_assert_num_queries(1):
        client.get(reverse("portal:countries"))


@pytest.mark.parametrize("language", ["en", "de", "it", "ro", "fr"])
def test_every_page_opens_in_every_language(client, language):
    for address in ("", "search/", "countries/"):
        response = client.get(f"/{language}/{address}")
        assert f'lang="{language}"' in response.text


def test_the_bare_address_leads_to_the_readers_language(client):
    response = client.get("/", headers={"accept-language": "ro,de;q=0.5"})
    assert response.headers["Location"] == "/ro/"
