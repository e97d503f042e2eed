from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.hubs import record, tasks, webhooks
from concivis.hubs.factories import DeliveryFactory, HubFactory, WebhookFactory
from concivis.hubs.models import Delivery, RecordLine, Webhook

pytestmark = pytest.mark.django_db
URL = "https://city.example/hooks/secret-path"


@pytest.fixture(autouse=True)
def events(monkeypatch):
    monkeypatch.setattr(webhooks, "EVENTS", {})
    webhooks.register_event("test.happened", "Something happened")
    webhooks.register_event("test.ended", "Something ended")


@pytest.fixture
def asked_for(monkeypatch):
    """How often the job was asked for."""
    found = []
    monkeypatch.setattr(type(tasks.deliver_due), "enqueue", lambda *args: found.append(1))
    return found


def create(hub=None, **details) -> tuple[Webhook, str]:
    asked = {"by": None, "hub": hub or HubFactory(), "url": URL, "events": ["test.happened"], **details}
    return webhooks.create_webhook(**asked)


def refused(**details) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as error:
        create(**details)
    return error.value.message_dict


# --- a webhook's life --------------------------------------------------------------------------------------


def test_a_webhooks_life_is_recorded_without_its_secret_and_its_whole_address():
    user, hub = UserFactory(), HubFactory()
    webhook, first = create(hub, by=user)
    webhooks.change_events(by=user, webhook=webhook, events=["test.ended"])
    webhook, second = webhooks.renew_secret(by=user, webhook=webhook)
    webhooks.switch_off(by=user, webhook=webhook)
    webhooks.switch_on(by=user, webhook=webhook)
    webhooks.delete_webhook(by=user, webhook=webhook)
    lines = RecordLine.objects.filter(chain__hub=hub, actor=user.pk)
    assert [(line.action, line.details) for line in lines] == [
        ("webhook.created", {"to": "city.example", "events": ["test.happened"]}),
        ("webhook.changed", {"to": "city.example", "events": ["test.ended"]}),
        ("webhook.secret_renewed", {"to": "city.example"}),
        ("webhook.switched_off", {"to": "city.example"}),
        ("webhook.switched_on", {"to": "city.example"}),
        ("webhook.deleted", {"to": "city.example"}),
    ]
    assert first != second
    assert record.verify(hub) == []


def test_what_changes_nothing_is_not_recorded():
    webhook, _secret = create()
    webhooks.change_events(by=None, webhook=webhook, events=["test.happened"])
    webhooks.switch_on(by=None, webhook=webhook)
    webhooks.switch_off(by=None, webhook=webhook)
    webhooks.switch_off(by=None, webhook=webhook)
    actions = list(RecordLine.objects.values_list("action", flat=True))
    assert actions == ["webhook.created", "webhook.switched_off"]


def test_the_secret_is_not_in_the_database_and_follows_the_key_of_the_site(settings):
    webhook, secret = create()
    assert secret.removeprefix("ccw_") not in str(Webhook.objects.values().get())
    settings.SECRET_KEY = "another"
    assert webhooks.secret_of(webhook) != secret


def test_two_webhooks_have_two_secrets():
    assert create()[1] != create()[1]


def test_a_webhook_inside_our_network_without_events_or_twice_is_refused():
    assert refused(url="https://10.0.0.1/") == {
        "url": ["This address lies inside a network, not in the public internet."]
    }
    assert refused(events=[]) == {"events": ["Choose at least one event."]}
    assert refused(events=["no.such"]) == {"events": ["There is no such event: no.such."]}
    hub = HubFactory()
    create(hub)
    assert refused(hub=hub) == {"url": ["There is a webhook with this address already."]}


def test_the_database_refuses_an_address_twice():
    webhook = WebhookFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        WebhookFactory(hub=webhook.hub, url=webhook.url)


def test_a_hub_has_so_many_webhooks_and_no_more(monkeypatch):
    monkeypatch.setattr(webhooks, "WEBHOOKS_OF_A_HUB", 1)
    hub = HubFactory()
    create(hub)
    with pytest.raises(ValidationError, match="This office has 1 webhooks already"):
        create(hub, url="https://other.example/")


# --- what is emitted ---------------------------------------------------------------------------------------


def test_an_event_reaches_the_webhooks_of_the_hub_that_want_it_and_no_others():
    hub = HubFactory()
    wanted = WebhookFactory(hub=hub)
    WebhookFactory(hub=hub, events=["test.ended"])
    WebhookFactory(hub=hub, is_active=False)
    WebhookFactory()
    found = webhooks.emit(hub=hub, event="test.happened", payload={"id": "p1"})
    assert [(each.webhook, each.payload) for each in found] == [(wanted, {"id": "p1"})]
    assert list(Delivery.objects.all()) == found


def test_nothing_is_sent_of_what_was_rolled_back(asked_for, django_capture_on_commit_callbacks):
    webhook = WebhookFactory()
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(ZeroDivisionError),
        transaction.atomic(),
    ):
        webhooks.emit(hub=webhook.hub, event="test.happened", payload={})
        1 / 0  # noqa: B018
    assert (asked_for, Delivery.objects.count()) == ([], 0)


def test_the_job_is_asked_for_once_the_change_is_committed(asked_for, django_capture_on_commit_callbacks):
    hub = WebhookFactory().hub
    WebhookFactory(hub=hub)
    with django_capture_on_commit_callbacks(execute=True):
        webhooks.emit(hub=hub, event="test.happened", payload={})
        assert asked_for == []
    assert asked_for == [1]


def test_nobody_is_troubled_where_nobody_listens(asked_for, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert webhooks.emit(hub=HubFactory(), event="test.happened", payload={}) == []
    assert asked_for == []


def test_an_event_that_nobody_registered_is_a_mistake_of_ours():
    with pytest.raises(LookupError):
        webhooks.emit(hub=HubFactory(), event="no.such", payload={})


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_an_event_outside_a_transaction_is_a_mistake_of_ours():
    hub = HubFactory()
    with pytest.raises(transaction.TransactionManagementError):
        webhooks.emit(hub=hub, event="test.happened", payload={})


def test_an_event_is_told_in_words():
    words = [webhooks.label_of(event) for event in ("test.happened", "webhook.test", "gone.away")]
    assert words == ["Something happened", "A test", "gone.away"]


# --- by hand -----------------------------------------------------------------------------------------------


def test_a_test_is_sent_and_not_too_often(monkeypatch):
    monkeypatch.setattr(webhooks, "TESTS_AN_HOUR", 1)
    webhook = WebhookFactory()
    delivery = webhooks.send_test(webhook=webhook)
    assert (delivery.event, delivery.payload) == ("webhook.test", {"hub": webhook.hub.name})
    with pytest.raises(ValidationError, match="You have sent 1 tests within an hour"):
        webhooks.send_test(webhook=WebhookFactory(hub=webhook.hub))
    webhooks.send_test(webhook=WebhookFactory())


def test_switching_off_gives_up_what_waits_and_nothing_can_be_sent_by_hand():
    delivery = DeliveryFactory()
    webhook = webhooks.switch_off(by=None, webhook=delivery.webhook)
    delivery.refresh_from_db()
    assert (delivery.next_attempt_at, delivery.last_error) == (None, "The webhook was switched off.")
    assert delivery.gave_up_at
    for send in (lambda: webhooks.send_test(webhook=webhook), lambda: webhooks.send_again(delivery=delivery)):
        with pytest.raises(ValidationError, match="switched off"):
            send()


def test_a_message_is_sent_again_under_its_number_with_all_its_attempts_before_it(asked_for):
    now = timezone.now()
    delivery = DeliveryFactory(
        next_attempt_at=None, gave_up_at=now, attempts=7, last_attempt_at=now - timedelta(hours=1)
    )
    again = webhooks.send_again(delivery=delivery)
    assert (again.public_id, again.attempts, again.gave_up_at) == (delivery.public_id, 0, None)
    assert again.next_attempt_at >= now
    Delivery.objects.update(last_attempt_at=timezone.now())
    with pytest.raises(ValidationError, match="a moment ago"):
        webhooks.send_again(delivery=delivery)


def test_the_list_tells_when_something_last_arrived(django_assert_num_queries):
    now = timezone.now()
    webhook = WebhookFactory()
    for hours in (1, 2):
        DeliveryFactory(webhook=webhook, next_attempt_at=None, delivered_at=now - timedelta(hours=hours))
    DeliveryFactory(webhook=webhook, next_attempt_at=None, gave_up_at=now)
    WebhookFactory()
    with django_assert_num_queries(1):
        [listed] = webhooks.webhooks_of(webhook.hub)
        assert listed.hub.name
    assert (listed.last_delivered_at, listed.last_given_up_at) == (now - timedelta(hours=1), now)
