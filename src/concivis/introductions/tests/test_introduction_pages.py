"""The pages of an introduction: who may ask, the mailed link of one side, what the office sees."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.hubs.testing import asks
from concivis.initiatives import actions as initiatives
from concivis.initiatives.actions.owners import new_key
from concivis.initiatives.enums import Purpose
from concivis.introductions import actions
from concivis.introductions.enums import Outcome, State
from concivis.introductions.factories import ADA, BEN, asked, brokered, entry, introduced
from concivis.introductions.models import AnswerKey, Introduction
from concivis.shell import guard, keys

pytestmark = pytest.mark.django_db(databases="__all__")
AGREE = {"act": "agree", "name": "Example Ben", "email": BEN}


@pytest.fixture(autouse=True)
def patient_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(guard, "_drawn_by_us", lambda stamp: True)


def page_of(introduction: Introduction, position: int = 1) -> str:
    key = keys.new()
    AnswerKey.objects.create(
        side=introduction.sides.all()[position],
        key_hash=keys.hashed(key),
        expires_at=timezone.now() + timedelta(days=9),
    )
    return f"/en/introductions/yours/{key}/"


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_opening_the_mailed_link_changes_nothing_and_shows_no_address(client: Client) -> None:
    made = asked(message="Shall we sing?")
    page = page_of(made)
    shown = client.get(page)
    client.head(page)
    made.refresh_from_db()
    assert made.state == State.ASKED
    assert ADA not in shown.content.decode()
    assert "Shall we sing?" in shown.content.decode()
    assert shown["Cache-Control"] == "private, no-store"
    assert "noindex" in shown["X-Robots-Tag"]


def test_who_agrees_sees_at_once_how_to_reach_the_other(client: Client) -> None:
    page = page_of(asked())
    assert client.post(page, AGREE).status_code == 302
    shown = text(client, page)
    assert "you are introduced" in shown
    assert f"mailto:{ADA}" in shown


def test_a_link_used_twice_says_what_was_answered(client: Client) -> None:
    made = asked()
    page = page_of(made)
    client.post(page, {"act": "decline", "note": ""})
    assert client.post(page, AGREE).status_code == 302
    made.refresh_from_db()
    assert made.state == State.DECLINED
    assert "You declined" in text(client, page)


def test_without_a_way_to_be_reached_the_page_says_what_is_missing(client: Client) -> None:
    page = page_of(asked())
    shown = client.post(page, {"act": "agree", "name": "Ben", "email": ""}).content.decode()
    assert "so that you can be reached" in shown


def test_the_key_of_one_side_answers_for_that_side_alone(client: Client) -> None:
    made = brokered(HubFactory())
    client.post(page_of(made, 0), {"act": "agree", "email": ADA})
    assert [side.answer for side in made.sides.order_by("position")] == ["agreed", "waiting"]


def test_the_key_of_another_introduction_opens_only_that_one(client: Client) -> None:
    first, second = asked(), asked(entry(email="c@example.org"), entry(email="d@example.org"))
    client.post(page_of(second), {**AGREE, "introduction": first.public_id})
    first.refresh_from_db()
    assert first.state == State.ASKED


@pytest.mark.parametrize("key", ["unknown-key-unknown-key", "x" * 300])
def test_an_unknown_link_is_told_in_plain_words(client: Client, key: str) -> None:
    shown = client.get(f"/en/introductions/yours/{key}/")
    assert shown.status_code == 404
    assert "There is no such link" in shown.content.decode()


def test_an_expired_link_is_told_in_plain_words(client: Client) -> None:
    page = page_of(asked())
    AnswerKey.objects.update(expires_at=timezone.now())
    shown = client.get(page)
    assert shown.status_code == 410
    assert "expired" in shown.content.decode()


def test_a_withdrawn_one_is_told_in_plain_words(client: Client) -> None:
    made = asked()
    page = page_of(made)
    actions.withdraw(by=None, introduction=made)
    assert "was withdrawn" in text(client, page)
    assert "Yes, introduce us" not in text(client, page)


def test_who_asked_withdraws_by_the_mailed_link(client: Client) -> None:
    made = asked()
    client.post(page_of(made, 0), {"act": "withdraw"})
    made.refresh_from_db()
    assert made.state == State.WITHDRAWN


def test_an_owner_says_what_came_of_it(client: Client) -> None:
    made = introduced()
    client.post(page_of(made), {"act": "outcome", "outcome": "joint_event", "note": "A concert in May"})
    made.refresh_from_db()
    assert (made.outcome, made.outcome_note) == (Outcome.JOINT_EVENT, "A concert in May")


def test_an_unknown_outcome_is_refused(client: Client) -> None:
    made = introduced()
    assert client.post(page_of(made), {"act": "outcome", "outcome": "war"}).status_code == 200
    made.refresh_from_db()
    assert made.outcome == ""


# --- who may ask -------------------------------------------------------------------------------------------


def test_who_has_no_entry_is_led_to_the_form_and_to_writing(client: Client) -> None:
    theatre = entry("A theatre", email=BEN)
    assert theatre.hub
    page = text(client, f"/en/introductions/to/initiative/{theatre.public_id}/")
    assert f"/en/hubs/{theatre.hub.slug}/initiatives/new/" in page
    assert f"/en/initiatives/{theatre.public_id}/help/" in page
    assert BEN not in page


def test_who_has_an_entry_but_no_account_gets_a_link_by_mail_and_asks_with_it(
    client: Client, mailoutbox: list, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    entry("A choir", email=ADA)
    theatre = entry("A theatre", email=BEN)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/en/introductions/to/initiative/{theatre.public_id}/", {"email": ADA})
    found = re.search(r"/en/introductions/mine/\S+", mailoutbox[0].body)
    assert found
    assert client.post(found[0], {"message": "Hello", "name": "Ada", "email": ADA}).status_code == 302
    assert Introduction.objects.get().state == State.ASKED


def test_the_answer_tells_nobody_whether_an_address_is_known(client: Client) -> None:
    theatre = entry(email=BEN)
    address = f"/en/introductions/to/initiative/{theatre.public_id}/"
    assert "If an entry is looked after" in client.post(address, {"email": "x@example.org"}).content.decode()


def test_strangers_ask_for_at_most_five_links_an_hour(client: Client) -> None:
    address = f"/en/introductions/to/initiative/{entry(email=BEN).public_id}/"
    for _ in range(5):
        client.post(address, {"email": "x@example.org"})
    assert "try again in an hour" in client.post(address, {"email": "x@example.org"}).content.decode()


def test_who_is_signed_in_asks_for_an_own_entry(client: Client) -> None:
    user = UserFactory(email=ADA)
    choir, theatre = entry("A choir", email=ADA), entry(email=BEN)
    assert choir.initiative
    type(choir.initiative).objects.filter(pk=choir.initiative.pk).update(owner=user)
    client.force_login(user)
    address = f"/en/introductions/own/initiative/{choir.public_id}/to/initiative/{theatre.public_id}/"
    assert address in text(client, f"/en/introductions/to/initiative/{theatre.public_id}/")
    assert client.post(address, {"email": ADA}).status_code == 302
    assert "asked on" in text(client, f"/en/introductions/own/initiative/{choir.public_id}/")


def test_a_message_of_links_is_refused(client: Client) -> None:
    choir, theatre = entry(email=ADA), entry(email=BEN)
    assert choir.initiative
    key = new_key(choir.initiative, Purpose.EDIT)
    address = f"/en/introductions/mine/{key}/to/initiative/{theatre.public_id}/"
    said = {"email": ADA, "message": " ".join(f"https://buy{number}.example" for number in range(5))}
    assert "many links" in client.post(address, said).content.decode()
    assert not Introduction.objects.exists()


def test_nobody_asks_for_an_entry_of_others(client: Client) -> None:
    choir, theatre = entry(email=ADA), entry(email=BEN)
    address = f"/en/introductions/own/initiative/{choir.public_id}/to/initiative/{theatre.public_id}/"
    assert client.post(address, {"email": ADA}).status_code == 302  # to where one signs in
    client.force_login(UserFactory())
    assert client.post(address, {"email": ADA}).status_code == 403
    assert not Introduction.objects.exists()


def test_the_page_of_who_looks_after_an_entry_leads_to_others_and_introductions(client: Client) -> None:
    choir = entry(email=ADA)
    asked(choir)
    assert choir.initiative
    key = new_key(choir.initiative, Purpose.EDIT)
    page = text(client, f"/en/initiatives/mine/{key}/")
    assert "1 introduction is not answered yet." in page
    assert f"/en/introductions/mine/{key}/" in page


def test_the_key_of_an_archived_entry_asks_for_nothing(client: Client) -> None:
    choir = entry(email=ADA)
    assert choir.initiative
    key = new_key(choir.initiative, Purpose.EDIT)
    initiatives.archive(by=None, initiative=choir.initiative)
    assert client.get(f"/en/introductions/mine/{key}/").status_code == 404


def test_an_archived_or_unknown_entry_cannot_be_asked(client: Client) -> None:
    theatre = entry(email=BEN)
    assert theatre.initiative
    initiatives.archive(by=None, initiative=theatre.initiative)
    for address in (f"initiative/{theatre.public_id}", "initiative/nothing", "partnership/abc"):
        assert client.get(f"/en/introductions/to/{address}/").status_code == 404


def test_the_public_page_leads_to_asking_and_to_all_that_is_alike(client: Client) -> None:
    theatre = entry(email=BEN)
    page = text(client, f"/en/initiatives/{theatre.public_id}/")
    assert f"/en/introductions/to/initiative/{theatre.public_id}/" in page
    assert client.get(f"/en/initiatives/{theatre.public_id}/alike/").status_code == 200
    assert not client.cookies


# --- the office --------------------------------------------------------------------------------------------


@pytest.fixture
def hub() -> Hub:
    return HubFactory(slug="hamm")


@pytest.fixture
def office(client: Client, hub: Hub) -> Client:
    client.force_login(MembershipFactory(hub=hub, role="editor").user)
    return client


def test_the_office_asks_both_by_the_addresses_of_their_pages(office: Client, hub: Hub) -> None:
    choir, theatre = entry("A choir", email=ADA, hub=hub), entry("A theatre", email=BEN)
    said = {
        "first": choir.id,
        "second": f"https://x.example/de/initiatives/{theatre.public_id}/",
        "message": "",
    }
    answer = office.post("/en/office/hamm/introductions/new/", said)
    assert answer.status_code == 302
    page = text(office, answer["Location"])
    assert "asked both" in page
    assert BEN not in page


def test_the_office_is_told_which_address_is_none(office: Client) -> None:
    said = {"first": "nonsense", "second": "initiative:nothing"}
    assert "not the address" in office.post("/en/office/hamm/introductions/new/", said).content.decode()


def test_the_office_reminds_withdraws_and_notes_what_came_of_it(office: Client, hub: Hub) -> None:
    made = asked(entry(email=ADA, hub=hub))
    address = f"/en/office/hamm/introductions/{made.public_id}/"
    office.post(address, {"act": "remind"})
    assert "Reminded on" in text(office, address)
    office.post(address, {"act": "withdraw"})
    assert "withdrawn" in text(office, address)
    other = introduced(entry(email="c@example.org", hub=hub), entry(email="d@example.org"))
    office.post(
        f"/en/office/hamm/introductions/{other.public_id}/",
        {"act": "outcome", "outcome": "merged", "note": "One board now"},
    )
    assert "they merged" in text(office, "/en/office/hamm/introductions/?state=introduced")


def test_an_introduction_of_other_cities_is_not_this_offices(office: Client) -> None:
    made = asked()
    assert office.get(f"/en/office/hamm/introductions/{made.public_id}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_offices_table_costs_the_same_however_many(office: Client, hub: Hub, count: int) -> None:
    for number in range(count):
        asked(entry(email=f"a{number}@example.org", hub=hub), entry(email=f"b{number}@example.org"))
    text(office, "/en/office/hamm/introductions/")
    with asks(7):
        text(office, "/en/office/hamm/introductions/")


def test_the_table_goes_along_as_a_file_without_addresses(office: Client, hub: Hub) -> None:
    asked(entry("A choir", email=ADA, hub=hub))
    answer = office.get("/en/office/hamm/introductions.csv")
    content = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "A choir" in content
    assert "@" not in content
