"""Stories: on the page of a city, and all of them."""

import datetime as dt

import pytest
from django.test import Client

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.initiatives import factories
from concivis.initiatives.models import Initiative, Picture, Update

pytestmark = pytest.mark.django_db


@pytest.fixture
def hub() -> Hub:
    return HubFactory(slug="hamm")


def story(initiative: Initiative, title: str, day: str = "2026-05-03", pictured: bool = True) -> None:
    number = Update.objects.count()
    update = Update.objects.create(
        public_id=f"u{number:09}",
        initiative=initiative,
        title=title,
        text="We *went* there.",
        language="en",
        date=dt.date.fromisoformat(day),
        precision="day",
    )
    if pictured:
        Picture.objects.create(
            public_id=f"p{number:09}",
            initiative=initiative,
            update=update,
            file="x.jpg",
            media_type="image/jpeg",
            alt="People in a boat",
            language="en",
            width=30,
            height=20,
            position=number,
        )


def text(response) -> str:
    return response.content.decode()


def test_what_has_a_picture_stands_on_the_citys_page(hub: Hub, client: Client) -> None:
    made = factories.initiative(hub=hub)
    story(made, "By boat")
    story(made, "Without a picture", pictured=False)
    page = text(client.get("/en/hubs/hamm/"))
    assert ["By boat" in page, "We went there." in page, "People in a boat" in page] == [True] * 3
    assert "Without a picture" not in page


def test_the_latest_comes_first(hub: Hub, client: Client) -> None:
    made = factories.initiative(hub=hub)
    story(made, "Old", "2020-01-01")
    story(made, "New", "2026-01-01")
    stories = client.get("/en/hubs/hamm/stories/").context["stories"]
    assert [each.update.title for each in stories] == ["New", "Old"]


def test_of_what_is_not_public_nothing_is_told(hub: Hub, client: Client) -> None:
    story(factories.initiative(hub=hub, published=False), "Secret")
    assert "Secret" not in text(client.get("/en/hubs/hamm/")) + text(client.get("/en/hubs/hamm/stories/"))
    Hub.objects.update(is_published=False)
    assert client.get("/en/hubs/hamm/stories/").status_code == 404


def test_an_empty_list_says_what_to_do(hub: Hub, client: Client) -> None:
    assert "No story yet" in text(client.get("/en/hubs/hamm/stories/"))


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_of_stories_costs_the_same(
    hub: Hub, client: Client, many: int, django_assert_num_queries
) -> None:
    for _ in range(many):
        story(factories.initiative(hub=hub), "By boat")
    client.get("/en/hubs/hamm/stories/")
    with django_assert_num_queries(4):
        client.get("/en/hubs/hamm/stories/")


@pytest.mark.parametrize(
    ("query", "watched", "wider"),
    [
        ("", "kind=initiative", False),
        ("?country=MX&q=choir", "kind=initiative&q=choir&country=MX", False),
        ("?country=MX&stage=running", "kind=initiative&country=MX", True),
    ],
)
def test_a_filtered_list_can_be_watched_by_mail(
    client: Client, query: str, watched: str, wider: bool
) -> None:
    from concivis.places.factories import CountryFactory

    factories.initiative("Choir", countries=(CountryFactory(code="MX").pk,), stage="running")
    watch = client.get(f"/en/initiatives/{query}").context["watch"]
    assert (watch.url, watch.wider) == (f"/en/newsletter/subscribe/?{watched}", wider)
