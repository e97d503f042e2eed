import pytest

from concivis.hubs.factories import HubFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import actions, factories
from concivis.twinning.explaining import degrees

pytestmark = pytest.mark.django_db

FIGURES = "/en/figures/"


@pytest.fixture
def star():
    """Hamm with three partners abroad."""
    hamm = PlaceFactory(name="Hamm", country__code="DE")
    for number in range(3):
        factories.partnership(
            hamm, PlaceFactory(name=f"Ville {number}", country__code="FR", latitude=45.0 + number)
        )
    return hamm


def test_before_the_first_computation_the_page_says_to_wait(client, star):
    assert "The figures are being computed" in client.get(FIGURES).content.decode()


def test_the_world_s_figures_are_those_stored_and_say_when(client, star):
    actions.refresh_figures()
    page = client.get(FIGURES).content.decode()
    for text in ("As of ", "places with partners", ">1.5<", "Hamm, Germany", "Germany – France"):
        assert text in page
    assert "Partnerships have changed since" not in page
    factories.partnership()
    assert "Partnerships have changed since" in client.get(FIGURES).content.decode()


def test_the_matrix_leads_from_a_cell_to_its_partnerships(client, star):
    actions.refresh_figures()
    page = client.get(FIGURES).content.decode()
    assert 'href="/en/partnerships/?country=DE&amp;with=FR">3</a>' in page
    assert 'title="Germany and France: 3 links"' in page


def test_a_country_and_an_office_have_figures_of_their_own(client, star):
    HubFactory(slug="hamm", place=star)
    factories.partnership(PlaceFactory(country__code="IT"), PlaceFactory(country__code="ES"))
    for query in ("?country=DE", "?country=de", "?hub=hamm"):
        page = client.get(FIGURES + query).content.decode()
        assert ">4<" in page


def test_a_country_without_links_says_so(client, star):
    assert "No links to count here" in client.get(f"{FIGURES}?country=MT").content.decode()


@pytest.mark.parametrize("query", ["?country=XX", "?country=<script>", "?hub=nowhere"])
def test_what_does_not_exist_is_not_found(client, query):
    assert client.get(FIGURES + query).status_code == 404


def test_an_unpublished_office_has_no_public_figures(client, star):
    HubFactory(slug="hamm", place=star, is_published=False)
    assert client.get(f"{FIGURES}?hub=hamm").status_code == 404


def test_partners_are_counted_in_growing_steps():
    bars = [(bar.label, bar.value) for bar in degrees([(1, 50), (2, 20), (6, 3), (7, 2), (9, 1)])]
    assert bars == [("1", 50), ("2", 20), ("3", 0), ("4", 0), ("5", 0), ("6–7", 5), ("8–9", 1)]
