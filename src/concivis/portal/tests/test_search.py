import datetime as dt
import json

import pytest
from django.urls import reverse

from concivis.catalogue import actions
from concivis.catalogue.cards import CardDraft, Text
from concivis.catalogue.enums import Support
from concivis.hubs.factories import HubFactory
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db
numbers = iter(range(100_000))


def card(title: str, summary: str = "", *, language="en", **facts) -> str:
    facts.setdefault("kind", "partnership")
    public_id = f"s{next(numbers)}"
    texts = {language: Text(title=title, summary=summary)}
    actions.publish(
        CardDraft(
            public_id=public_id, path=f"/partnerships/{public_id}/", language=language, texts=texts, **facts
        )
    )
    return public_id


def page(client, name="search", args=(), **query) -> str:
    response = client.get(reverse(f"portal:{name}", args=args), query)
    assert response.status_code == 200
    assert not response.cookies
    return response.text


def test_who_works_with_ghana_is_answered_across_hubs(client):
    ghana = frozenset({CountryFactory(code="GH").pk})
    for name in ("Office of Hamm", "Office of Bonn"):
        card(f"School of {name}", countries=ghana, hub=HubFactory(name=name, is_published=True).pk)
    text = page(client, q="Who works with Ghana?")
    assert reverse("portal:country", args=["GH"]) in text
    assert "School of Office of Hamm" in text
    assert "School of Office of Bonn" in text


def test_filters_are_checkboxes_with_counts_and_each_has_a_chip_to_take_it_away(client):
    hub = HubFactory(name="Office of Hamm", slug="hamm", is_published=True)
    theme = TermFactory(code="music", scheme__code="theme", texts={"en": "Music"})
    card("Choir", hub=hub.pk, terms=frozenset({theme.pk}), needs=frozenset({Support.ROOM}))
    card("Garden")
    text = page(client, theme="music", hub="hamm")
    assert 'name="theme" value="music" checked' in text
    assert 'name="need" value="room"> <span>Room</span> <span class="count">1</span>' in text
    assert 'href="?hub=hamm"' in text
    assert "Choir" in text
    assert "Garden" not in text


def test_a_filter_that_nobody_knows_finds_nothing_and_can_be_removed(client):
    card("Choir")
    text = page(client, theme="<b>", hub="nowhere", country="XX")
    assert "Nothing fits these filters" in text
    assert "&lt;b&gt;" in text
    assert "Choir" not in text


def test_a_spelling_that_is_put_right_is_said(client):
    card("Kindergarten")
    assert "These are the entries for “kindergarten”" in page(client, q="Kindergaren")


def test_a_list_has_pages_that_keep_the_filters(client):
    for number in range(21):
        card(f"Choir {number}")
    text = page(client, q="choir", kind="partnership", page="2")
    assert text.count('<article class="card"') == 1
    assert "?q=choir&amp;kind=partnership&amp;page=1" in text


HOSTILE = [
    "'",
    '"',
    "a" * 10_000,
    "😀",
    "\u202e",
    "*:*",
    "%",
    "[",
    "<script>alert(1)</script>",
    "-1",
    "9" * 30,
]


@pytest.mark.parametrize("value", HOSTILE)
def test_no_address_breaks_the_search(client, value):
    card("Choir")
    for name in (
        "q",
        "kind",
        "hub",
        "country",
        "place",
        "theme",
        "goal",
        "language",
        "state",
        "year",
        "sort",
        "page",
    ):
        assert "<script>alert" not in page(client, **{name: value})


def test_the_search_is_there_as_csv_json_and_feed(client):
    theme = TermFactory(code="music", scheme__code="theme", texts={"en": "Music"})
    card("=Choir", "With all", terms=frozenset({theme.pk}), from_date=dt.date(2020, 1, 1))
    card("Garden")
    address = reverse("portal:search_export", args=["csv"])
    lines = client.get(address, {"theme": "music"}).getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "'=Choir" in lines[1]
    told = json.loads(client.get(address.replace("csv", "json"), {"theme": "music"}).getvalue())
    assert [row["terms"] for row in told["items"]] == [["theme:music"]]
    assert told["filters"] == {"Theme": "Music"}
    feed = client.get(address.replace("csv", "atom"), {"theme": "music"}).getvalue().decode()
    assert feed.count("<entry>") == 1
    assert client.get(address.replace("csv", "exe")).status_code == 404


@pytest.mark.parametrize("words", ["", "x", "gha", "Ghana", "mus", "<b>", "\u202e", "a" * 1000, "Choir of"])
def test_proposals_while_typing_harm_nobody(client, words):
    assert "<b>" not in page(client, "suggest", q=words)


def test_proposals_name_countries_themes_entries_and_places(client):
    TermFactory(code="music", scheme__code="theme", texts={"en": "Music of Ghana"})
    PlaceFactory(name="Musina")
    card("Musicians of Hamm")
    text = page(client, "suggest", q="musi")
    assert text.count('role="option"') == 3
    assert reverse("portal:theme", args=["music"]) in text
    assert reverse("portal:country", args=["GH"]) in page(client, "suggest", q="ghan")


def test_a_card_is_found_by_its_kind_and_identifier(client):
    public_id = card("Choir")
    response = client.get(reverse("portal:card", args=["partnership", public_id]))
    assert response.headers["Location"].endswith(f"/partnerships/{public_id}/")
    assert client.get(reverse("portal:card", args=["hub", public_id])).status_code == 404


@pytest.mark.parametrize("number", [3, 6])  # with fewer, another spelling would be looked for
def test_a_page_of_the_search_costs_the_same_queries(client, number, django_assert_num_queries):
    theme = TermFactory(code="music", scheme__code="theme", texts={"en": "Music"})
    for _ in range(number):
        hub, place = HubFactory(is_published=True), PlaceFactory()
        card("Choir", hub=hub.pk, places=frozenset({place.pk}), terms=frozenset({theme.pk}))
    page(client, q="choir")
    with django_assert_num_queries(13):
        client.get(reverse("portal:search"), {"q": "choir", "theme": "music"})


def test_a_filtered_search_can_be_watched_by_mail(client):
    card("School in Tamale", countries=frozenset({CountryFactory(code="GH").pk}))
    assert "/en/newsletter/subscribe/?country=GH" in page(client, country="GH")
    assert "/en/newsletter/subscribe/?q=school" in page(client, q="school")
    assert "/newsletter/subscribe/" not in page(client)
