import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.newsletter.actions import subscribing
from concivis.newsletter.factories import SubscriptionFactory
from concivis.newsletter.models import Subscription
from concivis.newsletter.tests.scene import form

pytestmark = pytest.mark.django_db
ADDRESS = "ada@example.org"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    cache.clear()


def ask(client: Client, commit: DjangoCaptureOnCommitCallbacks, address: str, **sent: str) -> str:
    """Fills in the form; returns the link of the letter, or ""."""
    before = len(mail.outbox)
    with commit(execute=True):
        response = client.post(address, form(**sent))
    assert response.status_code == 200
    assert "A letter is on its way" in response.text
    if len(mail.outbox) == before:
        return ""
    link = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert link
    return link.group(1)


def test_an_address_counts_once_its_holder_confirmed(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    hub = HubFactory(slug="hamm")
    link = ask(client, django_capture_on_commit_callbacks, "/en/hubs/hamm/newsletter/subscribe/")
    assert link.startswith("/de/newsletter/confirm/")

    assert client.get(link).status_code == 200
    assert Subscription.objects.get().confirmed_at is None  # mail scanners open links

    assert client.post(link).status_code == 302
    subscription = Subscription.objects.get()
    assert (subscription.hub, subscription.email, subscription.language) == (hub, ADDRESS, "de")
    assert subscription.confirmed_at is not None
    assert RecordLine.objects.get(action="subscription.confirmed").details == {"rhythm": "newsletter"}


def test_a_link_confirms_once(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    HubFactory(slug="hamm")
    link = ask(client, django_capture_on_commit_callbacks, "/en/hubs/hamm/newsletter/subscribe/")
    client.post(link)
    assert "Dieser Link" in client.get(link).text or "This link has ended" in client.get(link).text


def test_a_link_of_last_week_confirms_nothing_and_its_address_is_forgotten(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    HubFactory(slug="hamm")
    link = ask(client, django_capture_on_commit_callbacks, "/en/hubs/hamm/newsletter/subscribe/")
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert client.post(link).status_code == 200
        assert subscribing.forget_unconfirmed() == 1
    assert not Subscription.objects.exists()


def test_an_unknown_link_says_so_and_confirms_nothing(client: Client) -> None:
    assert "This link has ended" in client.get("/en/newsletter/confirm/not-a-key/").text


def test_who_asks_learns_nothing_of_whether_the_address_is_known(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    long_ago = timezone.now() - timedelta(days=1)
    known = SubscriptionFactory(email=ADDRESS, hub__slug="hamm", asked_at=long_ago)
    link = ask(client, django_capture_on_commit_callbacks, "/en/hubs/hamm/newsletter/subscribe/")
    assert link.startswith("/de/newsletter/yours/")
    assert Subscription.objects.get() == known


def test_the_form_does_not_fill_a_mailbox(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    HubFactory(slug="hamm")
    address = "/en/hubs/hamm/newsletter/subscribe/"
    assert ask(client, django_capture_on_commit_callbacks, address)
    assert ask(client, django_capture_on_commit_callbacks, address) == ""


def test_what_was_searched_for_becomes_a_wish(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    address = "/en/newsletter/subscribe/?country=GH&country=&theme=schools&place=gn1&hub=hamm&q=+old++bridges"
    ask(client, django_capture_on_commit_callbacks, address, rhythm="weekly")
    subscription = Subscription.objects.get()
    assert (subscription.hub, subscription.rhythm) == (None, "weekly")
    assert subscription.interests == {
        "country": ["GH"],
        "place": ["gn1"],
        "hub": ["hamm"],
        "term": ["schools"],
        "q": ["old bridges"],
    }


def test_one_cannot_subscribe_to_the_newsletter_of_no_office(client: Client) -> None:
    response = client.post("/en/newsletter/subscribe/", form(rhythm="newsletter"))
    assert "is not one of the available choices" in response.text
    assert not Subscription.objects.exists()


def test_a_wrong_address_is_named(client: Client) -> None:
    HubFactory(slug="hamm")
    response = client.post("/en/hubs/hamm/newsletter/subscribe/", form(email="ada@"))
    assert "Enter a valid email address" in response.text


@pytest.mark.parametrize("sent", [{"nickname": "bot"}, {"drawn": ""}, {"drawn": "form:1vXyzA:abc"}])
def test_a_program_does_not_ask_for_letters(client: Client, sent: dict[str, str]) -> None:
    HubFactory(slug="hamm")
    response = client.post("/en/hubs/hamm/newsletter/subscribe/", form(**sent))
    assert "as if a program had sent it" in response.text
    assert not Subscription.objects.exists()


def test_one_address_of_the_internet_does_not_ask_for_many(client: Client) -> None:
    HubFactory(slug="hamm")
    for number in range(11):
        response = client.post(
            "/en/hubs/hamm/newsletter/subscribe/", form(email=f"reader{number}@example.org")
        )
    assert "Please try again in an hour." in response.text
    assert Subscription.objects.count() == 10


def test_one_click_ends_the_letters_without_a_cookie() -> None:
    subscription = SubscriptionFactory()
    address = f"/en/newsletter/leave/{subscribing.token_of(subscription)}/"
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(address).status_code == 200
    assert Subscription.objects.exists()
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()
    assert "You get no letters" in strict.get(address).text


def test_the_language_of_letters_can_be_changed_by_their_link(client: Client) -> None:
    subscription = SubscriptionFactory(language="en")
    address = f"/en/newsletter/yours/{subscribing.token_of(subscription)}/"
    assert subscription.email in client.get(address).text
    client.post(address, {"language": "it"})
    subscription.refresh_from_db()
    assert subscription.language == "it"


def test_a_link_that_we_did_not_sign_opens_nothing(client: Client) -> None:
    SubscriptionFactory(public_id="s1")
    assert client.get("/en/newsletter/yours/InMxIg:1vXyzA:abc/").status_code == 404


def test_pages_of_a_link_are_kept_by_no_cache_and_told_to_no_other_page(client: Client) -> None:
    address = f"/en/newsletter/yours/{subscribing.token_of(SubscriptionFactory())}/"
    response = client.get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "strict-origin"
