"""The pages of the office on which programs get their tokens and webhooks."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from concivis.hubs import tokens, webhooks
from concivis.hubs.factories import DeliveryFactory, HubFactory, MembershipFactory, WebhookFactory
from concivis.hubs.models import ApiToken, Delivery, Webhook
from concivis.hubs.testing import assert_permission_table, people_around

pytestmark = pytest.mark.django_db(databases="__all__")
URL = "https://city.example/hook"


@pytest.fixture(autouse=True)
def events(monkeypatch):
    monkeypatch.setattr(webhooks, "EVENTS", {})
    webhooks.register_event("test.happened", "Something happened")
    webhooks.register_event("test.ended", "Something ended")


@pytest.fixture
def hub(client):
    membership = MembershipFactory(hub__slug="hamm", hub__name="Hamm", user__name="Kim")
    client.force_login(membership.user)
    return membership.hub


def at(name, *args):
    return reverse(f"hubs:{name}", args=["hamm", *args])


def text_of(response) -> str:
    return response.content.decode()


def token_of(hub, name="council website", **details):
    asked = {"by": None, "scopes": ["finder:read"], "expires_on": None, **details}
    return tokens.issue_token(hub=hub, name=name, **asked)


# --- who may -----------------------------------------------------------------------------------------------


def test_only_a_coordinator_deals_with_integrations():
    hub = HubFactory(slug="hamm", is_published=False)
    people = people_around(hub)
    token, _key = token_of(hub)
    webhook = WebhookFactory(hub=hub)
    delivery = DeliveryFactory(webhook=webhook)
    sees, does = "login 404 403 403 403 403 200 404", "login 404 403 403 403 403 302 404"
    new_token = {"name": "site", "scopes": ["finder:read"]}
    new_webhook = {"url": URL, "events": ["test.happened"]}
    rows = [
        ("GET", at("integrations"), sees),
        ("GET", at("new_token"), sees),
        ("POST", at("new_token"), sees, new_token),
        ("GET", at("revoke_token", token.pk), sees),
        ("POST", at("revoke_token", token.pk), does),
        ("GET", at("new_webhook"), sees),
        ("POST", at("new_webhook"), sees, new_webhook),
        ("GET", at("webhook", webhook.pk), sees),
        ("POST", at("webhook", webhook.pk), does, {"events": ["test.ended"]}),
        ("POST", at("test_webhook", webhook.pk), does),
        ("POST", at("switch_webhook", webhook.pk), does, {"on": "0"}),
        ("GET", at("renew_secret", webhook.pk), sees),
        ("POST", at("renew_secret", webhook.pk), sees),
        ("GET", at("delete_webhook", webhook.pk), sees),
        ("POST", at("delete_webhook", webhook.pk), does),
        ("POST", at("send_again", delivery.pk), does),
    ]
    assert_permission_table(people, rows)


def test_a_coordinator_does_not_reach_the_integrations_of_another_hub_by_their_numbers():
    hub = HubFactory(slug="hamm")
    people = people_around(hub)
    token, _key = token_of(HubFactory())
    delivery = DeliveryFactory()
    one_webhook = ("webhook", "renew_secret", "delete_webhook")
    by_number = [
        ("GET", "revoke_token", token.pk),
        ("POST", "revoke_token", token.pk),
        *(("GET", name, delivery.webhook.pk) for name in one_webhook),
        *(("POST", name, delivery.webhook.pk) for name in (*one_webhook, "test_webhook", "switch_webhook")),
        ("POST", "send_again", delivery.pk),
    ]
    rows = [
        (method, at(name, number), "login 404 403 403 403 403 404 404") for method, name, number in by_number
    ]
    assert_permission_table(people, rows)


def test_the_menu_shows_integrations_to_who_may_manage_them(client, hub):
    assert at("integrations") in text_of(client.get(at("office")))
    client.force_login(MembershipFactory(hub=hub, role="editor").user)
    assert at("integrations") not in text_of(client.get(at("office")))


# --- tokens ------------------------------------------------------------------------------------------------


def test_an_office_without_programs_is_told_what_they_are_good_for(client, hub):
    page = text_of(client.get(at("integrations")))
    assert "No program has a token yet" in page
    assert "Nobody is told yet" in page
    assert (at("new_token") in page, at("new_webhook") in page) == (True, True)


def test_a_new_token_lasts_a_year_unless_the_coordinator_says_otherwise(client, hub, time_machine):
    time_machine.move_to("2026-06-30T12:00:00Z", tick=False)
    assert 'value="2027-06-30"' in text_of(client.get(at("new_token")))


def test_the_key_is_shown_once_and_works(client, hub):
    response = client.post(at("new_token"), {"name": "council website", "scopes": ["finder:read"]})
    [key] = set(re.findall(r"ccv_[\w-]{43}", text_of(response)))
    assert response["Cache-Control"] == "private, no-store"
    token = ApiToken.objects.get()
    assert (token.hub, token.created_by.name, token.scopes) == (hub, "Kim", ["finder:read"])
    assert client.get("/api/v1/hub", headers={"Authorization": f"Bearer {key}"}).json()["address"] == "hamm"
    for page in (at("integrations"), at("record"), at("revoke_token", token.pk)):
        assert key not in text_of(client.get(page))


def test_what_is_wrong_with_a_token_is_said_beside_the_field(client, hub):
    response = client.post(at("new_token"), {"name": "", "scopes": ["all"], "expires_on": "2020-01-01"})
    assert set(response.context["form"].errors) == {"name", "scopes"}
    response = client.post(
        at("new_token"), {"name": "a", "scopes": ["finder:read"], "expires_on": "2020-01-01"}
    )
    assert response.context["form"].errors == {"expires_on": ["This day is past already."]}
    assert ApiToken.objects.count() == 0


def test_one_token_too_many_is_refused_on_the_form(client, hub, monkeypatch):
    monkeypatch.setattr(tokens, "TOKENS_OF_A_HUB", 0)
    response = client.post(at("new_token"), {"name": "a", "scopes": ["finder:read"]})
    assert "Revoke one first" in text_of(response)


def test_the_list_tells_of_each_token_what_it_may_and_whether_it_is_used(client, hub, time_machine):
    time_machine.move_to("2026-06-30T12:00:00Z", tick=False)
    used, _key = token_of(hub, "report", scopes=["journey:read", "finder:read"], expires_on=date(2026, 7, 2))
    tokens.note_use(used)
    revoked, _key = token_of(hub, "old site")
    tokens.revoke_token(by=None, token=revoked)
    time_machine.shift(timedelta(days=1))
    page = text_of(client.get(at("integrations")))
    assert "journey:read finder:read" in page
    assert ("July 2, 2026" in page, "June 30, 2026" in page, "revoked" in page) == (True, True, True)
    assert at("revoke_token", used.pk) in page
    assert at("revoke_token", revoked.pk) not in page
    time_machine.shift(timedelta(days=3))
    assert "expired on July 2, 2026" in text_of(client.get(at("integrations")))


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_costs_as_many_queries_for_one_as_for_three(client, hub, count):
    for number in range(count):
        token_of(hub, f"program {number}")
        WebhookFactory(hub=hub)
    client.get(at("integrations"))
    with CaptureQueriesContext(connection) as asked:
        client.get(at("integrations"))
    # user, hub, roles; tokens; webhooks (the session lies in a database of its own, or not)
    assert len([each for each in asked if "django_session" not in each["sql"]]) == 5


def test_revoking_asks_first(client, hub):
    token, key = token_of(hub)
    assert "Last used: never." in text_of(client.get(at("revoke_token", token.pk)))
    assert tokens.find(key).is_valid
    response = client.post(at("revoke_token", token.pk), follow=True)
    assert "The token “council website” opens nothing any more." in text_of(response)
    assert not tokens.find(key).is_valid


# --- webhooks ----------------------------------------------------------------------------------------------


def test_the_secret_of_a_webhook_is_shown_when_it_is_made_and_not_again(client, hub):
    response = client.post(at("new_webhook"), {"url": URL, "events": ["test.happened"]})
    webhook = Webhook.objects.get()
    secret = webhooks.secret_of(webhook)
    assert secret in text_of(response)
    for page in (at("webhook", webhook.pk), at("integrations"), at("renew_secret", webhook.pk)):
        assert secret not in text_of(client.get(page))
    renewed = text_of(client.post(at("renew_secret", webhook.pk)))
    webhook.refresh_from_db()
    assert webhooks.secret_of(webhook) in renewed
    assert webhooks.secret_of(webhook) != secret


@pytest.mark.parametrize("url", ["http://city.example/", "https://10.0.0.1/", "nonsense"])
def test_a_wrong_address_is_refused_beside_its_field(client, hub, url):
    response = client.post(at("new_webhook"), {"url": url, "events": ["test.happened"]})
    assert list(response.context["form"].errors) == ["url"]
    assert Webhook.objects.count() == 0


def test_the_events_of_a_webhook_can_be_changed(client, hub):
    webhook = WebhookFactory(hub=hub)
    response = client.post(at("webhook", webhook.pk), {"events": ["test.ended"]}, follow=True)
    webhook.refresh_from_db()
    assert webhook.events == ["test.ended"]
    assert "Saved." in text_of(response)


def test_a_webhook_shows_what_became_of_its_messages(client, hub):
    now = timezone.now()
    webhook = WebhookFactory(hub=hub, failing_since=now)
    DeliveryFactory(webhook=webhook, next_attempt_at=None, delivered_at=now, attempts=1, last_status=204)
    DeliveryFactory(webhook=webhook, next_attempt_at=None, gave_up_at=now, attempts=7, last_status=500)
    DeliveryFactory(webhook=webhook, attempts=2, last_error="No answer in time.")
    DeliveryFactory(webhook=webhook)
    DeliveryFactory(event="elsewhere.happened")
    page = text_of(client.get(at("webhook", webhook.pk)))
    states = ["arrived", "given up", "is tried again", "on its way", "failing since"]
    assert [state for state in states if state not in page] == []
    for words in ("answered 204", "7 attempts", "1 attempt", "No answer in time.", "Something happened"):
        assert words in page
    assert "elsewhere" not in page


def test_a_webhook_to_which_nothing_was_sent_says_what_to_do(client, hub):
    webhook = WebhookFactory(hub=hub)
    assert "Send a test to see whether your program takes it." in text_of(
        client.get(at("webhook", webhook.pk))
    )


def test_a_test_is_sent_from_the_page_and_its_refusal_is_told(client, hub):
    webhook = WebhookFactory(hub=hub)
    page = text_of(client.post(at("test_webhook", webhook.pk), follow=True))
    assert "The test is on its way." in page
    assert Delivery.objects.get().event == "webhook.test"
    webhooks.switch_off(by=None, webhook=webhook)
    page = text_of(client.post(at("test_webhook", webhook.pk), follow=True))
    assert "This webhook is switched off. Switch it on first." in page


def test_a_webhook_is_switched_off_and_on(client, hub):
    webhook = WebhookFactory(hub=hub)
    for on in ("0", "1"):
        client.post(at("switch_webhook", webhook.pk), {"on": on})
        webhook.refresh_from_db()
        assert webhook.is_active == (on == "1")


def test_a_message_is_sent_again_from_the_list(client, hub):
    now = timezone.now()
    webhook = WebhookFactory(hub=hub)
    delivery = DeliveryFactory(webhook=webhook, next_attempt_at=None, gave_up_at=now, attempts=7)
    assert at("send_again", delivery.pk) in text_of(client.get(at("webhook", webhook.pk)))
    assert "is sent again" in text_of(client.post(at("send_again", delivery.pk), follow=True))
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.gave_up_at) == (0, None)
    Delivery.objects.update(last_attempt_at=timezone.now())
    assert "a moment ago" in text_of(client.post(at("send_again", delivery.pk), follow=True))


def test_deleting_a_webhook_asks_first(client, hub):
    webhook = WebhookFactory(hub=hub, url=URL)
    assert "Delete the webhook to city.example?" in text_of(client.get(at("delete_webhook", webhook.pk)))
    client.post(at("delete_webhook", webhook.pk))
    assert Webhook.objects.count() == 0


def test_the_record_tells_of_integrations_in_words(client, hub):
    token, _key = token_of(hub)
    tokens.revoke_token(by=None, token=token)
    webhooks.create_webhook(by=None, hub=hub, url=URL, events=["test.happened"])
    page = text_of(client.get(at("record")))
    for words in (
        "issued the token “council website”",
        "revoked the token",
        "created a webhook to city.example",
    ):
        assert words in page
