import pytest

from concivis.portal.tests.test_search import card
from concivis.vocabulary.factories import TermFactory

pytestmark = pytest.mark.django_db


def test_cards_are_found_and_paged(client):
    for number in range(3):
        card(f"Choir {number}")
    told = client.get("/api/v1/cards", {"q": "choir", "page_size": 2, "kind": ["partnership", "hub"]}).json()
    assert (told["count"], told["more"], len(told["results"])) == (3, False, 2)
    assert "kind=partnership&kind=hub" in told["next"]
    following = client.get(told["next"][told["next"].index("/api") :]).json()
    assert [row["title"] for row in following["results"]] == ["Choir 0"]


def test_facets_come_with_labels_and_counts(client):
    theme = TermFactory(code="music", scheme__code="theme", texts={"en": "Music"})
    card("Choir", terms=frozenset({theme.pk}))
    told = client.get("/api/v1/cards/facets").json()
    assert told["facets"]["theme"] == [{"value": "music", "label": "Music", "count": 1}]


@pytest.mark.parametrize("query", [{"q": "a" * 500}, {"page": "0"}, {"sort": "x"}, {"page_size": "1000"}])
def test_what_is_not_understood_is_a_problem(client, query):
    assert client.get("/api/v1/cards", query).status_code == 422
