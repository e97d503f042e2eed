"""Messages to webhooks on their way: signed, tried again, given up, and never lost."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from concivis.hubs import deliveries, outgoing, signing, webhooks
from concivis.hubs.factories import DeliveryFactory, WebhookFactory
from concivis.hubs.models import Delivery
from concivis.hubs.tests.test_outgoing import receiver  # noqa: F401 - a fixture
from strict_templates import ROOT

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


@pytest.fixture
def sent(monkeypatch):
    """A world of receivers: {address: the status it answers, or the error}; `sent.calls` lists what was sent."""

    class World(dict):
        calls = []

    world = World()

    def post(url, body, headers):
        world.calls.append((url, body, headers))
        answer = world.get(url, 200)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    world.calls = []
    monkeypatch.setattr(outgoing, "post", post)
    return world


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def is_genuine() -> Callable[[str, str, bytes], bool]:
    """The function that docs/formats/api.md gives to receivers, as it stands there."""
    guide = (ROOT / "docs" / "formats" / "api.md").read_text(encoding="utf-8")
    found: dict[str, Any] = {"hmac": hmac, "hashlib": hashlib, "time": time}
    exec(guide.split("```python\n")[1].split("```")[0], found)
    return found["is_genuine"]


# --- what is sent ------------------------------------------------------------------------------------------


def test_a_real_receiver_can_verify_what_it_gets(receiver, noon):  # noqa: F811
    webhook = WebhookFactory(url=f"{receiver.address}/hook")
    delivery = DeliveryFactory(webhook=webhook, payload={"place": "Łódź", "count": 2})
    assert deliveries.deliver_due() == 1
    [(path, headers, body)] = receiver.got
    assert path == "/hook"
    assert headers["Concivis-Signature"].startswith(f"t={int(NOON.timestamp())},v1=")
    assert is_genuine()(webhooks.secret_of(webhook), headers["Concivis-Signature"], body)
    assert headers["Concivis-Event"] == "test.happened"
    assert headers["Concivis-Delivery"] == str(delivery.public_id)
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == {
        "id": str(delivery.public_id),
        "event": "test.happened",
        "hub": webhook.hub.slug,
        "at": "2026-06-30T12:00:00.000000Z",
        "data": {"place": "Łódź", "count": 2},
    }


def test_what_is_forged_or_old_or_signed_with_another_secret_is_not_genuine(noon):
    delivery = DeliveryFactory()
    body = signing.body_of(delivery)
    secret, now = webhooks.secret_of(delivery.webhook), int(NOON.timestamp())
    header = signing.headers_of(delivery, body, now)["Concivis-Signature"]
    old = signing.headers_of(delivery, body, now - 3600)["Concivis-Signature"]
    redated = old.replace(f"t={now - 3600}", f"t={now}")
    messages = [
        (secret, header, body),
        (secret, header, body + b" "),
        (secret + "x", header, body),
        (secret, old, body),
        (secret, redated, body),
    ]
    assert [is_genuine()(*message) for message in messages] == [True, False, False, False, False]


def test_the_body_is_the_same_at_every_attempt_and_the_time_of_its_signature_is_not(sent, noon):
    url = DeliveryFactory().webhook.url
    sent[url] = 500
    deliveries.deliver_due()
    noon.shift(timedelta(minutes=1))
    deliveries.deliver_due()
    (_, first, headers), (_, second, later) = sent.calls
    assert first == second
    assert headers["Concivis-Delivery"] == later["Concivis-Delivery"]
    assert headers["Concivis-Signature"] != later["Concivis-Signature"]


# --- attempts ----------------------------------------------------------------------------------------------


def test_what_arrived_is_not_sent_again(sent, noon):
    delivery = DeliveryFactory()
    assert [deliveries.deliver_due(), deliveries.deliver_due()] == [1, 0]
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.last_status, delivery.delivered_at) == (1, 200, NOON)
    assert delivery.next_attempt_at is None


def test_a_failure_is_tried_again_after_longer_and_longer_times_and_then_given_up(sent, noon):
    delivery = DeliveryFactory(created_at=NOON, next_attempt_at=NOON)
    sent[delivery.webhook.url] = 503
    tried = []
    for _ in range(20):
        deliveries.deliver_due()
        delivery.refresh_from_db()
        tried.append(timezone.now() - NOON)
        if delivery.next_attempt_at is None:
            break
        noon.move_to(delivery.next_attempt_at, tick=False)
    minutes = [elapsed.total_seconds() / 60 for elapsed in tried]
    assert minutes == [0, 1, 6, 36, 156, 516, 1956]  # waits of 1, 5, 30 minutes, 2, 6, 24 hours
    assert (delivery.attempts, delivery.last_status) == (7, 503)
    assert delivery.gave_up_at == timezone.now()


def test_it_is_not_sent_before_its_time(sent, noon):
    DeliveryFactory(next_attempt_at=NOON + timedelta(seconds=1))
    assert deliveries.deliver_due() == 0
    assert sent.calls == []


@pytest.mark.parametrize("status", [200, 202, 204])
def test_any_status_of_success_counts_as_arrived(sent, status):
    sent[DeliveryFactory().webhook.url] = status
    assert deliveries.deliver_due() == 1


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 404, 410, 500])
def test_a_redirection_or_a_refusal_is_a_failure(sent, status):
    delivery = DeliveryFactory()
    sent[delivery.webhook.url] = status
    assert deliveries.deliver_due() == 0
    delivery.refresh_from_db()
    assert (delivery.last_status, delivery.last_error) == (status, "")
    assert delivery.next_attempt_at


def test_a_redirection_to_the_inside_is_not_followed(receiver):  # noqa: F811
    receiver.answer = 302
    DeliveryFactory(webhook__url=f"{receiver.address}/hook")
    deliveries.deliver_due()
    assert [path for path, _headers, _body in receiver.got] == ["/hook"]


def test_why_nothing_arrived_is_kept_without_what_was_sent(sent, noon):
    delivery = DeliveryFactory(payload={"secret": "of the council"})
    sent[delivery.webhook.url] = outgoing.NotSent("No answer in time." + "x" * 300)
    deliveries.deliver_due()
    delivery.refresh_from_db()
    assert delivery.last_status is None
    assert delivery.last_error.startswith("No answer in time.")
    assert len(delivery.last_error) == 200


def test_a_name_that_leads_inside_is_a_failure_with_its_reason(monkeypatch):
    delivery = DeliveryFactory(webhook__url="https://rebound.example/")
    monkeypatch.setattr(outgoing, "resolve", lambda host, port: ["169.254.169.254"])
    deliveries.deliver_due()
    delivery.refresh_from_db()
    assert delivery.last_error == "The name leads inside a network, not to the public internet."


def test_a_webhook_is_failing_from_its_first_failure_until_something_arrives(sent, noon):
    delivery = DeliveryFactory()
    webhook = delivery.webhook
    sent[webhook.url] = 500
    deliveries.deliver_due()
    noon.shift(timedelta(minutes=1))
    deliveries.deliver_due()
    webhook.refresh_from_db()
    assert webhook.failing_since == NOON
    sent[webhook.url] = 200
    noon.shift(timedelta(minutes=5))
    deliveries.deliver_due()
    webhook.refresh_from_db()
    assert webhook.failing_since is None


def test_who_fails_is_asked_once_in_a_call_and_keeps_nobody_else_waiting(sent):
    broken, sound = WebhookFactory(), WebhookFactory()
    for webhook in (broken, broken, broken, sound, sound):
        DeliveryFactory(webhook=webhook)
    sent[broken.url] = outgoing.NotSent("No answer in time.")
    assert deliveries.deliver_due() == 2
    assert [url for url, _body, _headers in sent.calls] == [broken.url, sound.url, sound.url]


# --- nothing is lost ---------------------------------------------------------------------------------------


class Killed(BaseException):
    """The worker is gone, in the middle of it."""


def test_what_a_killed_worker_had_in_hand_is_sent_by_the_next_one(sent, noon):
    delivery = DeliveryFactory()
    other = DeliveryFactory()
    sent[delivery.webhook.url] = Killed()
    with pytest.raises(Killed):
        deliveries.deliver_due()
    del sent[delivery.webhook.url]
    assert (
        deliveries.deliver_due() == 1
    )  # the other one; the first is still held by the worker for all we know
    noon.shift(deliveries.CLAIM)
    assert deliveries.deliver_due() == 1
    assert set(Delivery.objects.filter(delivered_at__isnull=False)) == {delivery, other}


def test_a_claim_outlasts_the_longest_attempt():
    assert deliveries.CLAIM.total_seconds() > 3 * outgoing.TIMEOUT + outgoing.DEADLINE


def test_two_workers_do_not_send_the_same_message(sent, noon, monkeypatch):
    delivery = DeliveryFactory()
    inner = []

    def post(url, body, headers):
        inner.append(deliveries.deliver_due())  # the second worker, while the first one sends
        return 200

    monkeypatch.setattr(outgoing, "post", post)
    assert deliveries.deliver_due() == 1
    assert inner == [0]
    delivery.refresh_from_db()
    assert delivery.attempts == 1


def test_a_late_answer_does_not_overwrite_what_happened_meanwhile(noon, monkeypatch):
    delivery = DeliveryFactory()

    def post(url, body, headers):
        webhooks.switch_off(by=None, webhook=delivery.webhook)
        return 500

    monkeypatch.setattr(outgoing, "post", post)
    deliveries.deliver_due()
    delivery.refresh_from_db()
    assert (delivery.gave_up_at, delivery.last_error) == (NOON, "The webhook was switched off.")


def test_the_database_knows_no_message_that_is_neither_open_nor_done():
    delivery = DeliveryFactory()
    for state in [
        {"next_attempt_at": None},
        {"delivered_at": NOON},
        {"next_attempt_at": None, "delivered_at": NOON, "gave_up_at": NOON},
    ]:
        with pytest.raises(IntegrityError), transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(**state)


def test_what_is_done_is_forgotten_after_a_month_and_what_is_open_is_not(noon):
    long_ago = NOON - timedelta(days=31)
    done = {"next_attempt_at": None, "delivered_at": long_ago}
    DeliveryFactory(created_at=long_ago, **done)
    recent = DeliveryFactory(created_at=NOON - timedelta(days=29), **done)
    waiting = DeliveryFactory(created_at=long_ago)
    deliveries.forget_old()
    assert set(Delivery.objects.all()) == {recent, waiting}
