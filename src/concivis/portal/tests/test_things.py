import json

import pytest
from django.urls import reverse

from concivis.hubs.factories import HubFactory
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.portal.cardmap import clustered
from concivis.portal.tests.test_search import card, page
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db


def test_the_page_of_a_country_shows_everything_that_is_done_there_by_kind(client):
    mexico = CountryFactory(code="MX")
    hamm = HubFactory(name="Office of Hamm", slug="hamm", is_published=True)
    card("Choir of Toluca", countries=frozenset({"MX"}), hub=hamm.pk)
    card("Toluca seeks", kind="partner_profile", countries=frozenset({mexico.pk}))
    text = page(client, "country", ["MX"])
    assert text.index("Choir of Toluca") < text.index("Toluca seeks")
    assert reverse("portal:hub_country", args=["hamm", "MX"]) in text
    assert "application/ld+json" in text


def test_everything_hamm_does_in_mexico(client):
    CountryFactory(code="MX")
    hamm = HubFactory(place=PlaceFactory(name="Hamm"), slug="hamm", is_published=True)
    toluca = PlaceFactory(name="Toluca", country=CountryFactory(code="MX"))
    card("Choir", countries=frozenset({"MX"}), hub=hamm.pk, places=frozenset({toluca.pk}))
    card("Of others", countries=frozenset({"MX"}))
    text = page(client, "hub_country", ["hamm", "MX"])
    assert "Hamm and Mexico" in text
    assert "Choir" in text
    assert "Of others" not in text
    assert "<svg" in text


def test_a_theme_of_all_and_of_one_hub(client):
    theme = TermFactory(code="music", scheme__code="theme", texts={"en": "Music"})
    hamm = HubFactory(place=PlaceFactory(name="Hamm"), slug="hamm", is_published=True)
    card("Choir", terms=frozenset({theme.pk}), hub=hamm.pk)
    card("Band", terms=frozenset({theme.pk}))
    assert "Band" in page(client, "theme", ["music"])
    assert "Band" not in page(client, "hub_theme", ["hamm", "music"])
    assert reverse("portal:theme", args=["music"]) in page(client, "themes")


@pytest.mark.parametrize(
    ("name", "args"),
    [("theme", ["nothing"]), ("hub_theme", ["hamm", "music"]), ("hub_country", ["hamm", "MX"]),
     ("hub_country", ["secret", "MX"]), ("hub_world", ["secret"]), ("country", ["ZZ"])],
)  # fmt: skip
def test_what_is_not_there_or_not_public_is_not_found(client, name, args):
    CountryFactory(code="MX"), HubFactory(slug="secret", is_published=False)
    TermFactory(code="music", scheme__code="theme", texts={"en": "Music"})
    assert client.get(reverse(f"portal:{name}", args=args)).status_code == 404


def test_a_code_in_small_letters_leads_to_the_page(client):
    CountryFactory(code="MX"), HubFactory(slug="hamm", is_published=True)
    response = client.get(reverse("portal:hub_country", args=["hamm", "mx"]))
    assert response.headers["Location"] == "/en/hubs/hamm/countries/MX/"


def test_an_empty_page_says_what_to_do_next(client):
    assert "Nothing is published about this yet" in page(client, "world")
    assert "Nothing is sorted by themes yet" in page(client, "themes")


def test_places_close_together_are_one_circle():
    hamm, ahlen = PlaceFactory(latitude=51.68, longitude=7.82), PlaceFactory(latitude=51.76, longitude=7.89)
    toluca = PlaceFactory(latitude=19.29, longitude=-99.65)
    spots = clustered([hamm, ahlen, toluca], {hamm.pk: 3, ahlen.pk: 1, toluca.pk: 2})
    assert [([place.pk for place in spot.places], spot.count) for spot in spots] == [
        ([hamm.pk, ahlen.pk], 4),
        ([toluca.pk], 2),
    ]


def test_the_moving_map_gets_a_link_for_each_card_from_the_hubs_city(client):
    hamm = HubFactory(
        place=PlaceFactory(name="Hamm", latitude=51.7, longitude=7.8), slug="hamm", is_published=True
    )
    toluca = PlaceFactory(name="Toluca", latitude=19.3, longitude=-99.7)
    public_id = card("Choir", hub=hamm.pk, places=frozenset({toluca.pk}))
    told = json.loads(client.get(reverse("portal:map_cards"), {"hub": "hamm"}).content)
    assert told["places"]["name"] == ["Hamm", "Toluca"] or told["places"]["name"][0] == "Hamm"
    assert told["links"]["title"][-1] == "Choir" or "Choir" in told["links"]["title"]
    assert f"partnership/{public_id}" in told["links"]["id"].split()


@pytest.mark.parametrize("query", [{"hub": "x"}, {"country": "'"}, {"term": "<b>"}, {"country": "ZZ"}])
def test_a_map_of_nothing_is_not_found(client, query):
    assert client.get(reverse("portal:map_cards"), query).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_of_a_country_costs_the_same_queries(client, number, django_assert_num_queries):
    mexico = CountryFactory(code="MX")
    hub = HubFactory(slug="hamm", is_published=True)
    for _ in range(number):
        place = PlaceFactory(country=mexico)
        card("Choir", countries=frozenset({"MX"}), hub=hub.pk, places=frozenset({place.pk}))
    with django_assert_num_queries(9):
        client.get(reverse("portal:hub_country", args=["hamm", "MX"]))


@pytest.mark.parametrize(
    "path",
    [
        "countries/MX/",
        "themes/music/",
        "everything/",
        "hubs/hamm/countries/MX/",
        "hubs/hamm/themes/music/",
        "hubs/hamm/everything/",
    ],
)
def test_every_overview_has_a_picture_to_be_shared_with(client, path):
    CountryFactory(code="MX")
    theme = TermFactory(code="music", scheme__code="theme", texts={"en": "Music"})
    hamm = HubFactory(slug="hamm")
    toluca = PlaceFactory(name="Toluca", country_id="MX")
    card(
        "Choir",
        hub=hamm.pk,
        countries=frozenset({"MX"}),
        terms=frozenset({theme.pk}),
        places=frozenset({toluca.pk}),
    )
    assert f"http://localhost:8000/en/{path}share.png" in client.get(f"/en/{path}").content.decode()
    response = client.get(f"/en/{path}share.png")
    assert (response["Content-Type"], response.content[:4]) == ("image/png", b"\x89PNG")


def test_the_page_of_a_city_shows_the_latest_and_its_countries(client):
    CountryFactory(code="MX")
    hamm = HubFactory(slug="hamm")
    card("Choir", kind="initiative", hub=hamm.pk, countries=frozenset({"MX"}))
    card("Of others", countries=frozenset({"MX"}))
    text = client.get("/en/hubs/hamm/").content.decode()
    assert (">Choir<" in text, "Of others" in text) == (True, False)
    assert '<a class="chip" href="/en/hubs/hamm/countries/MX/">Mexico' in text
