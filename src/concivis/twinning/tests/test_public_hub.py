import pytest

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.enums import PartnershipKind, PartnershipState

pytestmark = pytest.mark.django_db(databases="__all__")  # signing in writes a session


@pytest.fixture
def hamm():
    place = PlaceFactory(name="Hamm", country__code="DE")
    return HubFactory(name="City of Hamm", slug="hamm", place=place, about="Eight partner towns.")


@pytest.fixture
def toul():
    return PlaceFactory(name="Toul", country__code="FR", latitude=48.68, longitude=5.89)


PAGE = "/en/hubs/hamm/"


def test_an_office_shows_its_partnerships_by_kind_with_state_and_date(client, hamm, toul):
    factories.partnership(hamm.place, toul, hub=hamm, signed="1987", state=PartnershipState.SUSPENDED)
    factories.partnership(hamm.place, PlaceFactory(name="Kalisz"), hub=hamm, kind=PartnershipKind.FRIENDSHIP)
    page = client.get(PAGE).content.decode()
    assert "Eight partner towns." in page
    assert page.index("Twinning <span") < page.index("Toul</a></h3>") < page.index("Friendship <span")
    assert "since 1987" in page
    assert "suspended" in page


def test_what_the_commons_know_of_its_city_is_there_too(client, hamm, toul):
    factories.partnership(hamm.place, toul)
    assert "Toul</a></h3>" in client.get(PAGE).content.decode()


def test_an_example_says_that_it_is_one(client, hamm):
    assert "<strong>Example.</strong>" not in client.get(PAGE).content.decode()
    hamm.is_example = True
    hamm.save()
    assert "<strong>Example.</strong>" in client.get(PAGE).content.decode()


def test_an_office_without_partnerships_says_what_to_do(client, hamm):
    assert "No partnership of Hamm is shown here yet" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    "address", [PAGE, f"{PAGE}partnerships.csv", f"{PAGE}partnerships.json", f"{PAGE}share.png"]
)
def test_an_unpublished_office_is_found_by_its_members_only(client, hamm, toul, address):
    factories.partnership(hamm.place, toul, hub=hamm)
    hamm.is_published = False
    hamm.save()
    assert client.get(address).status_code == 404
    client.force_login(MembershipFactory().user)
    assert client.get(address).status_code == 404
    client.force_login(MembershipFactory(hub=hamm).user)
    assert client.get(address).status_code == 200


def test_only_members_are_told_that_a_page_is_not_public(client, hamm, toul):
    factories.partnership(hamm.place, toul, hub=hamm)
    hamm.is_published = False
    hamm.save()
    client.force_login(MembershipFactory(hub=hamm).user)
    page = client.get(PAGE).content.decode()
    assert "Only members of the office see this page." in page
    assert "data-linkmap" not in page  # the public columns know nothing of it


def test_unpublished_ties_stay_in_the_office(client, hamm, toul):
    factories.partnership(hamm.place, toul, hub=hamm, is_published=False)
    assert "Toul" not in client.get(PAGE).content.decode()


def test_its_partnerships_come_as_csv_json_and_atom(client, hamm, toul):
    factories.partnership(hamm.place, toul, hub=hamm)
    for extension in ("csv", "json", "atom"):
        response = client.get(f"{PAGE}partnerships.{extension}")
        assert "Toul" in b"".join(response.streaming_content).decode()


def test_a_picture_in_the_colour_of_the_office(client, hamm, toul):
    factories.partnership(hamm.place, toul, hub=hamm)
    assert client.get(f"{PAGE}share.png").content.startswith(b"\x89PNG")


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_fourteen_queries_however_many_partnerships(
    client, hamm, count, django_assert_num_queries
):
    for _ in range(count):
        factories.partnership(hamm.place, PlaceFactory(), hub=hamm)
    with django_assert_num_queries(14):  # milestones, activities, profile; stories, latest, countries, reach
        client.get(PAGE)
