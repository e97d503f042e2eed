import csv
import io
import json
from xml.etree import ElementTree

import pytest

from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.enums import PartnershipKind, PartnershipState
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db

LIST = "/en/partnerships/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def hamm():
    return PlaceFactory(name="Hamm", country__code="DE")


@pytest.fixture
def bradford():
    return PlaceFactory(name="Bradford", country__code="GB")


@pytest.fixture
def toul():
    return PlaceFactory(name="Toul", country__code="FR")


def body(response):
    return b"".join(response.streaming_content).decode("utf-8")


def csv_rows(client, query=""):
    text = body(client.get(f"/en/partnerships.csv{query}"))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def titles(client, query=""):
    return sorted(row["places"] for row in csv_rows(client, query))


def test_the_list_shows_a_partnership_with_its_countries_kind_state_and_year(client, hamm, bradford):
    factories.partnership(hamm, bradford, signed="1976-05")
    page = client.get(LIST).content.decode()
    for text in (
        "Hamm – Bradford",
        "Germany – United Kingdom",
        "twinning",
        "active",
        "1976",
        "1 partnership",
    ):
        assert text in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_five_queries_however_long(client, count, django_assert_num_queries):
    for _ in range(count):
        factories.partnership()
    with django_assert_num_queries(5):  # version, count, fields of work for the form; rows, places
        client.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_an_export_costs_five_queries_however_long(client, count, django_assert_num_queries):
    for _ in range(count):
        factories.partnership(signed="1963")
    with django_assert_num_queries(5):  # version; rows, places, dates, sources
        assert len(csv_rows(client)) == count


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?country=FR", ["Hamm; Toul"]),
        ("?country=DE", ["Hamm; Bradford", "Hamm; Toul"]),
        ("?country=DE&with=GB", ["Hamm; Bradford"]),
        ("?country=DE&with=DE", []),
        ("?kind=friendship", ["Hamm; Toul"]),
        ("?state=suspended", ["Hamm; Toul"]),
        ("?from=1970", ["Hamm; Bradford"]),
        ("?to=1970", ["Hamm; Toul"]),
        ("?q=brad", ["Hamm; Bradford"]),
        ("?q=HÁMM", ["Hamm; Bradford", "Hamm; Toul"]),
        ("?q=amm", []),
        ("?field=sport", ["Hamm; Toul"]),
    ],
)
def test_each_filter_leaves_what_fits(client, hamm, bradford, toul, query, found):
    factories.partnership(hamm, bradford, signed="1976")
    factories.partnership(
        hamm,
        toul,
        kind=PartnershipKind.FRIENDSHIP,
        state=PartnershipState.SUSPENDED,
        signed="1963-05-03",
        fields=[TermFactory(scheme__code="field", code="sport", texts={"en": "Sport"})],
    )
    assert titles(client, query) == found


def test_both_ends_in_one_country(client, hamm):
    halle = PlaceFactory(name="Halle", country__code="DE")
    factories.partnership(hamm, halle)
    assert titles(client, "?country=DE&with=DE") == ["Hamm; Halle"]


def test_the_filters_of_a_place_and_of_an_office(client, hamm, bradford, toul):
    hub = HubFactory(place=hamm, slug="hamm")
    factories.partnership(hamm, bradford, hub=hub)
    factories.partnership(bradford, toul)
    assert titles(client, f"?place={toul.public_id}") == ["Bradford; Toul"]
    assert titles(client, "?hub=hamm") == ["Hamm; Bradford"]
    assert titles(client, "?hub=nowhere") == []


def test_a_sleeping_partnership_is_found_as_dormant_and_shown_as_such(client, hamm, bradford, toul):
    factories.activity(factories.partnership(hamm, bradford), "2001")
    factories.partnership(hamm, toul)
    assert titles(client, "?state=dormant") == ["Hamm; Bradford"]
    assert ">dormant</span>" in client.get(f"{LIST}?state=dormant").content.decode()


@pytest.mark.parametrize("query", ["?country=XX", "?from=abc", "?kind=marriage", "?to=99999999999999999999"])
def test_a_filter_that_is_not_understood_says_so_and_filters_nothing(client, hamm, bradford, query):
    factories.partnership(hamm, bradford)
    response = client.get(LIST + query)
    assert response.status_code == 200
    assert "Hamm – Bradford" in response.content.decode()
    assert 'aria-invalid="true"' in response.content.decode()


def test_a_filter_in_force_is_a_chip_that_removes_it(client, hamm, bradford):
    factories.partnership(hamm, bradford)
    page = client.get(f"{LIST}?country=DE&kind=twinning").content.decode()
    assert 'class="chip" href="?kind=twinning"' in page
    assert "<strong>Germany</strong>" in page


def test_without_a_match_the_page_says_what_to_do(client, hamm, bradford):
    factories.partnership(hamm, bradford)
    page = client.get(f"{LIST}?country=IT").content.decode()
    assert "No partnership fits these filters" in page
    assert "Remove all filters" in page


def test_an_empty_installation_says_how_to_begin(client):
    assert "No partnership has been recorded yet" in client.get(LIST).content.decode()


def test_the_list_sorts_by_name_and_by_date(client, hamm, bradford, toul):
    factories.partnership(hamm, bradford, signed="1976")
    factories.partnership(bradford, toul, signed="1921")
    factories.partnership(toul, hamm)
    assert [row["places"] for row in csv_rows(client, "?sort=place")] == [
        "Bradford; Toul",
        "Hamm; Bradford",
        "Toul; Hamm",
    ]
    assert [row["since"] for row in csv_rows(client, "?sort=-started")] == ["1976", "1921", ""]
    assert [row["since"] for row in csv_rows(client, "?sort=started")] == ["1921", "1976", ""]


def test_fifty_stand_on_a_page(client):
    places = [PlaceFactory() for _ in range(12)]
    pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :]][:51]
    for a, b in pairs:
        factories.partnership(a, b)
    assert client.get(LIST).content.decode().count('<tr><th scope="row">') == 50
    assert client.get(f"{LIST}?page=2").content.decode().count('<tr><th scope="row">') == 1


def test_every_filtered_list_comes_as_csv_json_and_atom(client, hamm, bradford, toul):
    factories.partnership(hamm, bradford, signed="1976-05")
    factories.partnership(hamm, toul)
    (row,) = csv_rows(client, "?country=GB")
    assert (row["since"], row["countries"], row["sources"]) == ("1976-05", "DE; GB", "A council paper")
    document = json.loads(body(client.get("/en/partnerships.json?country=GB")))
    assert document["count"] == 1
    assert document["filters"] == {"country": "GB"}
    assert document["items"][0]["places"] == ["Hamm", "Bradford"]
    feed = ElementTree.fromstring(body(client.get("/en/partnerships.atom?country=GB")))
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Hamm – Bradford"]
    assert client.get("/en/partnerships.pdf").status_code == 404


def test_what_is_not_public_is_in_no_list(client, hamm, bradford, toul):
    factories.partnership(hamm, bradford, is_published=False)
    factories.partnership(hamm, toul, state=PartnershipState.EXPLORING)
    factories.partnership(bradford, toul, hub=HubFactory(is_published=False))
    assert titles(client) == []


def test_hostile_names_are_text_on_the_page_and_no_formula_in_the_file(client):
    factories.partnership(PlaceFactory(name="<script>alert(1)</script>"), PlaceFactory(name="=cmd()"))
    page = client.get(LIST).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; – =cmd()" in page
    first = PlaceFactory(name="=1+1")
    factories.partnership(first, PlaceFactory(name="B"))
    assert "'=1+1; B" in titles(client)


def test_the_pages_set_no_cookie_and_hold_no_token(client):
    tie = factories.partnership()
    place = tie.places_in_order[0]
    for address in (LIST, "/en/map/", f"{LIST}{tie.public_id}/", place.get_absolute_url(), "/en/figures/"):
        response = client.get(address if address.startswith("/en") else f"/en{address}")
        assert response.status_code == 200
        assert not response.cookies
        assert "csrfmiddlewaretoken" not in response.content.decode()


def test_an_export_is_not_sent_again_while_nothing_changed(client):
    factories.partnership()
    tag = client.get("/en/partnerships.csv").headers["ETag"]
    assert client.get("/en/partnerships.csv", headers={"If-None-Match": tag}).status_code == 304
    factories.partnership()
    assert client.get("/en/partnerships.csv", headers={"If-None-Match": tag}).status_code == 200
