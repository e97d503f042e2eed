"""Newsletters for programs."""

import pytest
from django.test import Client

from concivis.hubs.scopes import Scope
from concivis.hubs.testing import Program
from concivis.mailings import sending
from concivis.newsletter import writing
from concivis.newsletter.actions import issues
from concivis.newsletter.factories import SubscriptionFactory
from concivis.newsletter.tests.scene import draft, office

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def _nothing_is_kept_of_other_tests() -> None:
    writing._finished.cache_clear()


def test_everybody_reads_what_was_sent_and_no_draft(client: Client) -> None:
    hub, person = office(slug="hamm")
    SubscriptionFactory(hub=hub)
    sent = draft(hub, person)
    issues.send(by=person, issue=sent, revision=1)
    waiting = draft(hub, person)
    page = client.get("/api/v1/newsletters?hub=hamm").json()
    assert [each["id"] for each in page["results"]] == [sent.public_id]
    assert page["results"][0]["subjects"]["en"] == f"News from {hub.name}"
    detail = client.get(f"/api/v1/newsletters/{sent.public_id}").json()
    assert {
        text["heading"] for item in detail["items"] for text in item["texts"] if text["language"] == "en"
    } == {
        "A school in Tamale",
        "Water for Mazatlán",
    }
    assert client.get(f"/api/v1/newsletters/{waiting.public_id}").status_code == 404


def test_newsletters_of_a_private_office_are_not_told(client: Client) -> None:
    hub, person = office(slug="hamm")
    SubscriptionFactory(hub=hub)
    issue = draft(hub, person)
    issues.send(by=person, issue=issue, revision=1)
    type(hub).objects.update(is_published=False)
    assert client.get("/api/v1/newsletters").json()["count"] == 0
    assert client.get(f"/api/v1/newsletters/{issue.public_id}").status_code == 404


def test_an_office_sees_its_draft_and_how_far_the_sending_is(client: Client) -> None:
    hub, person = office()
    SubscriptionFactory(hub=hub)
    sent = draft(hub, person)
    issues.send(by=person, issue=sent, revision=1)
    sending.send_due()
    draft(hub, person)
    program = Program(client, hub, Scope.NEWSLETTERS_READ, by=person)
    results = program.get("/api/v1/hub/newsletters").json()["results"]
    assert [(each["state"], each["letters"]) for each in results] == [
        ("draft", {}),
        ("sent", {"handed_over": 1}),
    ]


def test_subscribers_are_counted_and_not_named(client: Client) -> None:
    hub, person = office()
    SubscriptionFactory(hub=hub, language="de")
    SubscriptionFactory(hub=hub, language="en", rhythm="weekly")
    SubscriptionFactory()
    program = Program(client, hub, Scope.NEWSLETTERS_READ, by=person)
    answer = program.get("/api/v1/hub/newsletters/subscribers")
    assert answer.json() == {
        "confirmed": 2,
        "by_rhythm": {"newsletter": 1, "weekly": 1},
        "by_language": {"de": 1, "en": 1},
    }
    assert "@" not in answer.text
