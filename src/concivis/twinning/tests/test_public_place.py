import csv
import io
import json
import re

import pytest

from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.enums import MilestoneKind, PartnershipState

pytestmark = pytest.mark.django_db


@pytest.fixture
def hamm():
    return PlaceFactory(
        name="Hamm", country__code="DE", latitude=51.68, longitude=7.82, wikidata_id="Q2645", names=["Хамм"]
    )


@pytest.fixture
def toul():
    return PlaceFactory(name="Toul", country__code="FR", latitude=48.68, longitude=5.89)


@pytest.fixture
def santa_monica():
    return PlaceFactory(name="Santa Monica", country__code="US", latitude=34.02, longitude=-118.49)


def page_of(client, place, query=""):
    return client.get(f"/en/places/{place.public_id}/{place.slug}/{query}").content.decode()


def names_in_order(page):
    return re.findall(r'<tr><th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def chain(client, start, end):
    return client.get(
        f"/en/places/{start.public_id}/chain/", {"to": end if isinstance(end, str) else end.public_id}
    )


def test_a_place_shows_its_partners_with_kind_state_date_and_distance(client, hamm, toul):
    factories.partnership(hamm, toul, signed="1987-05")
    page = page_of(client, hamm)
    for text in ("Toul", "France", "twinning", "active", "May 1987", "361 km"):
        assert text in page


def test_the_key_figures_name_the_farthest_and_the_first(client, hamm, toul, santa_monica):
    factories.partnership(hamm, toul, signed="1987")
    factories.partnership(hamm, santa_monica, signed="1969")
    page = page_of(client, hamm)
    assert "kilometres to the farthest partner, Santa Monica" in page
    assert "The earliest partnership with a known date: Santa Monica, 1969." in page


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Santa Monica", "Toul"]),
        ("?sort=-name", ["Toul", "Santa Monica"]),
        ("?sort=country", ["Toul", "Santa Monica"]),
        ("?sort=since", ["Santa Monica", "Toul"]),
        ("?sort=distance", ["Toul", "Santa Monica"]),
        ("?sort=nonsense", ["Santa Monica", "Toul"]),
    ],
)
def test_partners_sort_by_name_country_date_and_distance(client, hamm, toul, santa_monica, sort, order):
    factories.partnership(hamm, toul, signed="1987")
    factories.partnership(hamm, santa_monica, signed="1969")
    assert names_in_order(page_of(client, hamm, sort)) == order


def test_what_is_known_of_the_place_has_its_other_names_and_identifiers(client, hamm):
    page = page_of(client, hamm)
    for text in (
        "Хамм",
        f"https://www.geonames.org/{hamm.geonames_id}/",
        "https://www.wikidata.org/wiki/Q2645",
        "51.68° N",
    ):
        assert text in page


def test_every_date_stands_beside_its_source(client, hamm, toul):
    factories.partnership(hamm, toul, milestones=[factories.milestone(MilestoneKind.RENEWED, "2007-06-01")])
    page = page_of(client, hamm)
    assert "Toul: Renewed" in page
    assert "A council paper" in page


def test_a_place_without_partners_says_what_to_do(client, hamm):
    page = page_of(client, hamm)
    assert "Hamm has no partner on record yet" in page
    assert "/en/hubs/new/" in page


def test_a_wrong_name_in_the_address_leads_to_the_right_one(client, hamm):
    for end in ("", "partners.csv", "share.png"):
        response = client.get(f"/en/places/{hamm.public_id}/bradford/{end}")
        assert response.status_code == 301
        assert response.headers["Location"] == f"/en/places/{hamm.public_id}/hamm/{end}"


def test_an_unknown_place_is_not_found(client):
    assert client.get("/en/places/gn1/hamm/").status_code == 404
    assert client.get("/en/places/gn1/chain/").status_code == 404


def test_its_partners_come_as_csv_json_and_atom(client, hamm, toul, santa_monica):
    factories.partnership(hamm, toul)
    factories.partnership(toul, santa_monica)
    stem = f"/en/places/{hamm.public_id}/hamm/partners"
    text = b"".join(client.get(f"{stem}.csv").streaming_content).decode().removeprefix("\ufeff")
    assert [row["places"] for row in csv.DictReader(io.StringIO(text))] == ["Hamm; Toul"]
    document = json.loads(b"".join(client.get(f"{stem}.json").streaming_content))
    assert (document["title"], document["count"]) == ("Partners of Hamm", 1)
    assert b"<title>Hamm \xe2\x80\x93 Toul</title>" in b"".join(client.get(f"{stem}.atom").streaming_content)


def test_machines_read_what_the_place_is_and_what_it_is_the_same_as(client, hamm):
    page = page_of(client, hamm)
    document = json.loads(re.search(r'<script type="application/ld\+json">(.+?)</script>', page)[1])
    assert document["@type"] == "City"
    assert document["sameAs"] == [
        f"https://www.geonames.org/{hamm.geonames_id}/",
        "https://www.wikidata.org/wiki/Q2645",
    ]


def test_it_has_a_picture_to_share(client, hamm, toul):
    factories.partnership(hamm, toul)
    response = client.get(f"/en/places/{hamm.public_id}/hamm/share.png")
    assert response.content.startswith(b"\x89PNG")


def test_ties_that_are_not_public_are_not_among_the_partners(client, hamm, toul, santa_monica):
    factories.partnership(hamm, toul, hub=HubFactory(is_published=False))
    factories.partnership(hamm, santa_monica, state=PartnershipState.ENQUIRY)
    assert "Hamm has no partner on record yet" in page_of(client, hamm)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_eight_queries_however_many_partners(client, hamm, count, django_assert_num_queries):
    for _ in range(count):
        factories.partnership(hamm, PlaceFactory(), signed="1963")
    with django_assert_num_queries(8):  # place; rows, places, dates; names, milestones, activities, bodies
        page_of(client, hamm)


# --- chains ------------------------------------------------------------------------------------------------


def test_the_shortest_chain_is_told_step_by_step_and_drawn(client, hamm, toul, santa_monica):
    factories.partnership(hamm, toul, signed="1987")
    factories.partnership(toul, santa_monica)
    page = chain(client, hamm, santa_monica).content.decode()
    assert "From Hamm to Santa Monica it takes 2 partnerships." in page
    assert page.count('<path class="arc') == 2
    assert re.findall(
        r'<li><a href="[^"]+">(\w+)', re.search(r'<ol class="steps">(.+?)</ol>', page, re.S)[1]
    ) == ["Hamm", "Toul"]


def test_partners_are_one_step_apart(client, hamm, toul):
    factories.partnership(hamm, toul)
    assert "Hamm and Toul are partners." in chain(client, hamm, toul).content.decode()


def test_without_a_chain_a_sentence_says_why(client, hamm, toul, santa_monica):
    factories.partnership(hamm, PlaceFactory())
    assert "Toul has no partnership on record" in chain(client, hamm, toul).content.decode()
    factories.partnership(toul, santa_monica)
    assert "No chain of partnerships joins Hamm and Toul." in chain(client, hamm, toul).content.decode()
    assert "That is the place you start from." in chain(client, hamm, hamm).content.decode()


def test_the_other_end_can_be_named(client, hamm, toul):
    factories.partnership(hamm, toul)
    assert "Hamm and Toul are partners." in chain(client, hamm, "toul").content.decode()


def test_namesakes_are_proposed_and_unknown_names_said(client, hamm):
    PlaceFactory(name="Halle", country__code="DE")
    PlaceFactory(name="Halle", country__code="BE")
    page = chain(client, hamm, "Halle").content.decode()
    assert page.count('type="radio" name="to_id"') == 2
    assert "We know no place called" in chain(client, hamm, "Qqqqxyz").content.decode()


def test_both_ends_can_be_asked_for(client, hamm, toul):
    page = client.get("/en/chain/").content.decode()
    assert "From which place?" in page
    response = client.get("/en/chain/", {"start": "Hamm", "to": "Toul"})
    assert response.headers["Location"] == f"/en/places/{hamm.public_id}/chain/?to={toul.public_id}"
    assert (
        "We know no place called"
        in client.get("/en/chain/", {"start": "Hamm", "to": "Qqqqxyz"}).content.decode()
    )
