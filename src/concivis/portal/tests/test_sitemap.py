import pytest
from django.test import override_settings
from lxml import etree

from concivis.hubs.factories import HubFactory
from concivis.places.factories import CountryFactory
from concivis.portal import sitemaps
from concivis.portal.tests.test_search import card

pytestmark = pytest.mark.django_db
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client, path: str):
    response = client.get(path)
    assert response.status_code == 200
    return etree.fromstring(response.getvalue() if response.streaming else response.content)


def test_the_index_names_parts_that_exist(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "KEYS", 2)
    for number in range(3):
        card(f"Choir {number}")
    index = read(client, "/sitemap.xml")
    parts = [loc.text for loc in index.findall("s:sitemap/s:loc", NAMES)]
    entries = [read(client, "/" + part.split("/", 3)[3]).findall("s:url", NAMES) for part in parts]
    assert len(entries) >= 3
    assert all(entries)


def test_a_page_is_named_in_every_language_with_its_alternates_and_last_change(client):
    CountryFactory(code="MX")
    card("Choir", countries=frozenset({"MX"}))
    pages = read(client, "/sitemap-pages.xml").findall("s:url", NAMES)
    mexico = [page for page in pages if page.findtext("s:loc", namespaces=NAMES).endswith("/countries/MX/")]
    assert len(mexico) == 5
    assert {link.get("hreflang") for link in mexico[0].findall("x:link", NAMES)} == {
        "en",
        "de",
        "it",
        "ro",
        "fr",
    }
    assert mexico[0].find("s:lastmod", NAMES) is not None


@pytest.mark.parametrize("name", ["99999", "x", "-1", "9999999999999", "٣"])
def test_a_part_that_is_not_there_is_not_found(client, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_robots_are_told_of_the_sitemap_but_not_in_a_demo(client):
    with override_settings(DEMO=False):
        assert "Sitemap: " in client.get("/robots.txt").text
    with override_settings(DEMO=True):
        assert "Sitemap: " not in client.get("/robots.txt").text


def test_lists_of_every_room_and_of_each_public_city_are_named(client):
    HubFactory(slug="hamm")
    HubFactory(slug="private", is_published=False)
    pages = [loc.text for loc in read(client, "/sitemap-pages.xml").findall("s:url/s:loc", NAMES)]
    for path in ("/en/organisations/", "/de/initiatives/", "/it/partnerships/", "/en/hubs/hamm/stories/"):
        assert f"http://localhost:8000{path}" in pages
    assert not [page for page in pages if "private" in page]
