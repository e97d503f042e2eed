import json

import pytest

from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import drawing, factories, mapcolumns, queries
from concivis.twinning.enums import PartnershipKind

pytestmark = pytest.mark.django_db

MAP, LINKS = "/en/map/", "/en/map/links.json"


@pytest.fixture
def link():
    hamm = PlaceFactory(name="Hamm", country__code="DE", latitude=51.68033, longitude=7.82089)
    toul = PlaceFactory(name="Toul", country__code="FR", latitude=48.68075, longitude=5.89115)
    return factories.partnership(hamm, toul, kind=PartnershipKind.FRIENDSHIP)


def columns(client, query=""):
    return json.loads(client.get(LINKS + query).content)


def test_a_link_is_two_places_a_kind_and_a_state(client, link):
    told = columns(client)
    assert told["count"] == 1
    assert told["places"]["name"] == ["Hamm", "Toul"]
    assert (told["places"]["lat"], told["places"]["lon"]) == ([51680, 48681], [7821, 5891])
    assert told["places"]["country"] == "DEFR"
    assert told["countries"] == {"DE": "Germany", "FR": "France"}
    (a,), (b,) = told["links"]["a"], told["links"]["b"]
    assert {a, b} == {0, 1}
    assert told["links"]["id"] == link.public_id
    assert told["kinds"][int(told["links"]["kind"])] == ["friendship", "friendship"]
    assert told["states"][int(told["links"]["state"])] == ["active", "active"]


def test_a_tie_of_three_places_is_three_lines(client):
    factories.partnership(PlaceFactory(), PlaceFactory(), PlaceFactory())
    assert len(columns(client)["links"]["a"]) == 3


def test_a_sleeping_link_has_the_state_dormant(client):
    factories.activity(factories.partnership(), "2001")
    told = columns(client)
    assert told["states"][int(told["links"]["state"])][0] == "dormant"


def test_a_place_without_coordinates_is_counted_not_drawn(client):
    factories.partnership(PlaceFactory(latitude=None, longitude=None), PlaceFactory())
    told = columns(client)
    assert (told["count"], told["unplaced"], told["links"]["a"]) == (1, 1, [])


@pytest.mark.parametrize(("query", "count"), [("?country=FR", 1), ("?country=IT", 0), ("?kind=twinning", 0)])
def test_the_map_follows_the_filters(client, link, query, count):
    assert columns(client, query)["count"] == count


def test_links_of_an_unpublished_office_are_not_on_the_map(client):
    factories.partnership(hub=HubFactory(is_published=False))
    assert columns(client)["count"] == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_columns_cost_five_queries_however_many_links(client, count, django_assert_num_queries):
    for _ in range(count):
        factories.partnership()
    with django_assert_num_queries(5):  # version twice; sides, places, partnerships
        client.get(LINKS)


def test_the_columns_are_not_sent_again_while_nothing_changed(client, link):
    tag = client.get(LINKS).headers["ETag"]
    assert client.get(LINKS, headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/de/map/links.json", headers={"If-None-Match": tag}).status_code == 200


def test_a_link_between_places_on_the_map_costs_less_than_thirty_bytes(link):
    """Thirty thousand links between twenty thousand places then stay under a megabyte and a half."""
    hamm, toul = link.places_in_order
    other = PlaceFactory(country__code="FR")
    factories.partnership(hamm, other)
    before = len(mapcolumns.encoded(queries.public(), 1))
    factories.partnership(toul, other)
    assert len(mapcolumns.encoded(queries.public(), 1)) - before < 30


def test_without_scripts_the_page_has_the_drawn_map_the_form_and_the_way_to_the_table(client, link):
    page = client.get(f"{MAP}?country=DE").content.decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="world"' in page
    assert page.count('<path class="arc') == 1
    assert '<select name="country"' in page
    assert 'href="/en/partnerships/?country=DE"' in page
    assert 'data-linkmap="/en/map/links.json?country=DE"' in page


def test_a_script_that_has_the_map_gets_what_stands_beside_it(client, link):
    response = client.get(f"{MAP}?country=DE", headers={"HX-Request": "true"})
    page = response.content.decode()
    assert "1 partnership" in page
    assert "<svg" not in page
    assert "HX-Request" in response.headers["Vary"]


def test_few_links_are_drawn_each_and_many_by_country(client, monkeypatch):
    german = [PlaceFactory(country__code="DE") for _ in range(3)]
    french = PlaceFactory(country__code="FR")
    for place in german:
        factories.partnership(place, french)
    assert drawing.links(queries.public(), 3, "Links").count('<path class="arc') == 3
    monkeypatch.setattr(drawing, "EACH_LINK_UP_TO", 2)
    assert drawing.links(queries.public(), 3, "Links").count('<path class="arc') == 1


def test_an_empty_map_is_still_a_map(client):
    response = client.get(MAP)
    assert response.status_code == 200
    assert "0 partnerships" in response.content.decode()


def test_a_name_cannot_leave_its_element_on_the_drawn_map(client):
    factories.partnership(PlaceFactory(name='"><script>'), PlaceFactory(name="B"))
    assert '<script>"' not in client.get(MAP).content.decode()
    assert '"><script><' not in client.get(MAP).content.decode()
