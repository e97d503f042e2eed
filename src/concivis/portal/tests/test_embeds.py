"""Pages in the frames of other websites."""

import json

import pytest
from django.test import Client

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.initiatives import factories

pytestmark = pytest.mark.django_db(databases="__all__")
PAGES = ["initiatives", "partnerships", "dates", "map"]


@pytest.fixture
def hub() -> Hub:
    return HubFactory(slug="hamm", name="Hamm", colour="#0b5fa5")


@pytest.fixture
def office(hub: Hub) -> Client:
    client = Client()
    client.force_login(MembershipFactory(hub=hub, role="observer").user)
    return client


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_any_website_may_frame_it_and_nothing_runs_in_it(hub: Hub, client: Client, page: str) -> None:
    response = client.get(f"/en/embed/hamm/{page}/")
    policy = response["Content-Security-Policy"]
    assert ("frame-ancestors *" in policy, "script-src 'none'" in policy, "default-src 'none'" in policy) == (
        True, True, True,
    )  # fmt: skip
    assert ("X-Frame-Options" in response, response.cookies, "<script" in text(response)) == (
        False,
        {},
        False,
    )


@pytest.mark.parametrize("page", ["hubs/hamm/", "hubs/hamm/initiatives/", "initiatives/"])
def test_no_other_page_may_be_framed(hub: Hub, client: Client, page: str) -> None:
    response = client.get(f"/en/{page}")
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("page", [*PAGES, "theme-dark.css"])
def test_of_a_private_city_there_is_nothing(client: Client, page: str) -> None:
    HubFactory(slug="hamm", is_published=False)
    tail = "" if page.endswith("css") else "/"
    assert client.get(f"/en/embed/hamm/{page}{tail}").status_code == 404


def test_links_leave_the_frame(hub: Hub, client: Client) -> None:
    factories.initiative("Choir", hub=hub)
    page = text(client.get("/en/embed/hamm/initiatives/"))
    assert page.count("<a ") == page.count('target="_top" rel="noopener"') == 3
    assert '<base target="_top">' in page


def test_the_filters_are_those_of_the_list(hub: Hub, client: Client) -> None:
    factories.initiative("Choir", hub=hub, kind="festival")
    factories.initiative("Debate", hub=hub, kind="training")
    page = text(client.get("/en/embed/hamm/initiatives/?kind=festival"))
    assert ("Choir" in page, "Debate" in page, "?kind=festival" in page) == (True, False, True)


@pytest.mark.parametrize(
    "query",
    ["look=<script>", "most=-1", "most=٣", "most=99999999999", "kind='%22><svg onload=1>", "country=%00"],
)
def test_what_is_not_understood_changes_nothing(hub: Hub, client: Client, query: str) -> None:
    factories.initiative("Choir", hub=hub)
    response = client.get(f"/en/embed/hamm/initiatives/?{query}")
    assert (response.status_code, "onload" in text(response), "Choir" in text(response)) == (200, False, True)


def test_a_look_is_chosen_or_the_devices(hub: Hub, client: Client) -> None:
    looks = [text(client.get(f"/en/embed/hamm/map/{query}")) for query in ("", "?look=dark", "?look=loud")]
    assert [
        'class="look-auto"' in looks[0],
        'class="look-dark"' in looks[1],
        'class="look-auto"' in looks[2],
    ] == [True] * 3


def test_the_citys_colour_is_readable_in_the_dark_too(hub: Hub, client: Client) -> None:
    light, dark = (text(client.get(f"/en/embed/hamm/theme-{look}.css")) for look in ("light", "dark"))
    assert ("#0b5fa5" in light, "#0b5fa5" in dark) == (True, False)
    assert client.get("/en/embed/hamm/theme-loud.css").status_code == 404


def test_a_page_that_is_known_is_not_sent_again(hub: Hub, client: Client) -> None:
    etag = client.get("/en/embed/hamm/initiatives/")["ETag"]
    assert client.get("/en/embed/hamm/initiatives/", headers={"if-none-match": etag}).status_code == 304


def test_it_says_how_many_more_there_are(hub: Hub, client: Client) -> None:
    for _ in range(3):
        factories.initiative(hub=hub)
    page = text(client.get("/en/embed/hamm/initiatives/?most=1"))
    assert "2 more" in page


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_the_same_for_one_and_for_many(
    hub: Hub, client: Client, many: int, django_assert_num_queries
) -> None:
    for _ in range(many):
        factories.initiative(hub=hub)
    client.get("/en/embed/hamm/initiatives/")
    with django_assert_num_queries(11):
        client.get("/en/embed/hamm/initiatives/")


def test_the_office_composes_the_code(hub: Hub, office: Client) -> None:
    response = office.get(
        "/en/office/hamm/embed/?what=initiatives&page_language=de&look=dark&most=3&kind=festival"
    )
    code = response.context["code"]
    assert (
        'src="http://localhost:8000/de/embed/hamm/initiatives/?kind=festival&amp;most=3&amp;look=dark"'
        in code
    )
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    assert "hubs/hamm/initiatives.feed.json?kind=festival" in text(response)


def test_what_the_office_writes_cannot_break_out_of_the_code(hub: Hub, office: Client) -> None:
    Hub.objects.update(name='"><script>alert(1)</script>')
    response = office.get("/en/office/hamm/embed/")
    assert "<script>alert" not in response.context["code"]


@pytest.mark.parametrize("query", ["what=secrets", "page_language=xx", "height=1e9", "most=0"])
def test_a_strange_choice_is_said_to_be_one(hub: Hub, office: Client, query: str) -> None:
    response = office.get(f"/en/office/hamm/embed/?{query}")
    assert (response.status_code, len(response.context["form"].errors)) == (200, 1)


def test_a_private_office_is_told_to_publish_first(office: Client) -> None:
    Hub.objects.update(is_published=False)
    assert "not public yet" in text(office.get("/en/office/hamm/embed/"))


def test_the_feed_of_a_filtered_list_may_be_read_by_other_websites(hub: Hub, client: Client) -> None:
    factories.initiative("Choir", hub=hub, kind="festival", summary="We sing.")
    response = client.get("/en/hubs/hamm/initiatives.feed.json?kind=festival")
    feed = json.loads(response.content)
    assert (feed["version"], response["Access-Control-Allow-Origin"]) == (
        "https://jsonfeed.org/version/1.1",
        "*",
    )
    assert [(item["title"], item["content_text"]) for item in feed["items"]] == [("Choir", "We sing.")]
