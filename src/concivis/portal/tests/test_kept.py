"""Somebody without an account asks what is kept about them."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from concivis.accounts.people import Person
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Membership
from concivis.initiatives import actions, factories
from concivis.shell.guard import signer
from concivis.site.logs import without_keys

pytestmark = pytest.mark.django_db(databases="__all__")
ASK = "/en/your-data/"


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def entry():
    owner = actions.Owner(email="owner@example.org", name="Example Owner", language="en")
    return factories.initiative("Wells", owner=owner)


def ask(client, address="owner@example.org"):
    with time_machine.travel(timezone.now() - timedelta(seconds=10), tick=False):
        drawn = signer.sign("form")
    return client.post(ASK, {"email": address, "drawn": drawn, "nickname": ""})


def link() -> str:
    found = re.search(r"https?://\S+(/en/your-data/\S+/)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_the_link_of_the_letter_shows_how_much_and_the_button_gives_it(
    client, entry, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert "A letter is on its way" in ask(client).content.decode()
    assert "1 entry holds something of owner@example.org" in client.get(link()).content.decode()
    told = json.loads(client.post(link()).content)
    assert told["initiatives"][0]["owner_name"] == "Example Owner"
    assert told["initiatives"][0]["id"] == entry.public_id


def test_nobody_learns_whether_an_address_is_known(client, entry, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        known, unknown = ask(client), ask(client, "stranger@example.org")
    assert known.content == unknown.content and len(mail.outbox) == 2
    assert "Nothing is kept here of stranger@example.org" in client.get(link()).content.decode()


def test_a_link_of_yesterday_opens_nothing(client, entry, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(client)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        answer = client.get(link())
    assert answer.status_code == 404 and "Wells" not in answer.content.decode()


@pytest.mark.parametrize("key", ["nonsense", "owner@example.org", "a:b:c"])
def test_a_made_up_link_opens_nothing(client, entry, key):
    assert client.post(f"{ASK}{key}/").status_code == 404


def test_one_address_is_written_to_three_times_a_day(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            ask(client)
    assert len(mail.outbox) == 3


def test_the_page_is_kept_by_no_cache_and_its_key_by_no_log(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ask(client)
    answer = client.get(link())
    assert "no-store" in answer["Cache-Control"] and answer["X-Robots-Tag"] == "noindex, nofollow"
    assert without_keys(f"GET {link()}") == "GET /en/your-data/(key)/"


def test_an_empty_field_of_an_account_is_nobody():
    MembershipFactory(hub=HubFactory())
    nobody = Person.of_address("stranger@example.org")
    assert not Membership.objects.filter(nobody.by_account("user")).exists()
