"""Messages to the office's programs: who is told of what. A broken rule raises `ValidationError` by field.

Rooms above register the names of their events when the site starts, and `emit` them inside the transaction of the
change they tell of. What happens to a message then is the matter of `deliveries`.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concivis.accounts.models import User
from concivis.hubs import outgoing, record, tasks
from concivis.hubs.models import Delivery, Hub, Webhook
from concivis.hubs.signing import secret_of

TEST_EVENT = "webhook.test"
WEBHOOKS_OF_A_HUB = 10
TESTS_AN_HOUR = 30  # of one hub
A_MOMENT = timedelta(minutes=1)  # between two orders to send the same message again
SWITCHED_OFF = "The webhook was switched off."
EVENTS: dict[str, Promise | str] = {}


def register_event(name: str, label: Promise | str) -> None:
    """`name` such as "partnership.confirmed"; `label` says it to a coordinator: "A partner confirmed a link"."""
    EVENTS[name] = label


def label_of(event: str) -> str:
    """In the active language; the name itself where no room registered it."""
    return str(EVENTS.get(event, gettext_lazy("A test") if event == TEST_EVENT else event))


def emit(*, hub: Hub, event: str, payload: Mapping[str, Any]) -> list[Delivery]:
    """Tells every webhook of `hub` that wants `event`, once the transaction around this call is committed.

    `payload` is what JSON can hold, and no more personal data than the office's programs need. What was committed is
    sent even if everything stops in between. Raises `TransactionManagementError` outside a transaction,
    `LookupError` for an event that no room has registered.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "A webhook's message is written inside the transaction of the change it tells of."
        )
    if event not in EVENTS:
        raise LookupError(f"No room has registered the event {event!r}.")
    interested = _interested(hub, event)
    if interested:
        _start_soon()
    return [Delivery.objects.create(webhook=each, event=event, payload=dict(payload)) for each in interested]


def wanted(hub: Hub, event: str) -> bool:
    """Whether any program of the hub is told of it. One query: who changes thousands asks first."""
    return bool(_interested(hub, event))


def _interested(hub: Hub, event: str) -> list[Webhook]:
    return [each for each in Webhook.objects.filter(hub=hub, is_active=True) if event in each.events]


def _start_soon() -> None:
    """If this fails, the minutely look at what is due finds the message."""
    transaction.on_commit(tasks.deliver_due.enqueue, robust=True)


# --- who is told -------------------------------------------------------------------------------------------


@transaction.atomic
def create_webhook(*, by: User | None, hub: Hub, url: str, events: Iterable[str]) -> tuple[Webhook, str]:
    """(the webhook, the secret its messages are signed with, which the pages show only now)."""
    hub = Hub.objects.select_for_update(of=("self",)).get(pk=hub.pk)
    url, wanted = url.strip(), _known(events)
    _check_address(hub, url)
    if Webhook.objects.filter(hub=hub).count() >= WEBHOOKS_OF_A_HUB:
        text = _("This office has {count} webhooks already, the most there can be. Delete one first.")
        raise ValidationError(text.format(count=WEBHOOKS_OF_A_HUB))
    webhook = Webhook.objects.create(
        hub=hub, url=url, events=wanted, secret_salt=secrets.token_hex(16), created_by=by
    )
    _record(webhook, by=by, action="webhook.created", details={"events": wanted})
    return webhook, secret_of(webhook)


@transaction.atomic
def change_events(*, by: User | None, webhook: Webhook, events: Iterable[str]) -> Webhook:
    webhook = _locked(webhook)
    wanted = _known(events)
    if wanted != webhook.events:
        webhook.events = wanted
        webhook.save(update_fields=["events"])
        _record(webhook, by=by, action="webhook.changed", details={"events": wanted})
    return webhook


@transaction.atomic
def renew_secret(*, by: User | None, webhook: Webhook) -> tuple[Webhook, str]:
    """(the webhook, its new secret); messages from now on are signed with it."""
    webhook = _locked(webhook)
    webhook.secret_salt = secrets.token_hex(16)
    webhook.save(update_fields=["secret_salt"])
    _record(webhook, by=by, action="webhook.secret_renewed", details={})
    return webhook, secret_of(webhook)


@transaction.atomic
def switch_off(*, by: User | None, webhook: Webhook) -> Webhook:
    """Nothing is sent any more; what was still to be sent is given up (and can be sent again by hand)."""
    webhook = _locked(webhook)
    if not webhook.is_active:
        return webhook
    webhook.is_active, webhook.failing_since = False, None
    webhook.save(update_fields=["is_active", "failing_since"])
    waiting = Delivery.objects.filter(webhook=webhook, next_attempt_at__isnull=False)
    waiting.update(next_attempt_at=None, gave_up_at=timezone.now(), last_error=SWITCHED_OFF)
    _record(webhook, by=by, action="webhook.switched_off", details={})
    return webhook


@transaction.atomic
def switch_on(*, by: User | None, webhook: Webhook) -> Webhook:
    webhook = _locked(webhook)
    if webhook.is_active:
        return webhook
    webhook.is_active = True
    webhook.save(update_fields=["is_active"])
    _record(webhook, by=by, action="webhook.switched_on", details={})
    return webhook


@transaction.atomic
def delete_webhook(*, by: User | None, webhook: Webhook) -> None:
    """With the list of what was sent to it."""
    webhook = _locked(webhook)
    _record(webhook, by=by, action="webhook.deleted", details={})
    webhook.delete()


@transaction.atomic
def send_test(*, webhook: Webhook) -> Delivery:
    """A message that tells of nothing, to see whether it arrives. It changes nothing, so the record is silent."""
    webhook = _locked(webhook)
    _check_active(webhook)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    tests = Delivery.objects.filter(webhook__hub=webhook.hub, event=TEST_EVENT, created_at__gt=an_hour_ago)
    if tests.count() >= TESTS_AN_HOUR:
        text = _("You have sent {count} tests within an hour. Send the next one later.")
        raise ValidationError(text.format(count=TESTS_AN_HOUR))
    _start_soon()
    return Delivery.objects.create(webhook=webhook, event=TEST_EVENT, payload={"hub": webhook.hub.name})


@transaction.atomic
def send_again(*, delivery: Delivery) -> Delivery:
    """The same message, under the same number, with the whole timetable of attempts before it."""
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("webhook").get(pk=delivery.pk)
    _check_active(delivery.webhook)
    now = timezone.now()
    if delivery.last_attempt_at and delivery.last_attempt_at > now - A_MOMENT:
        raise ValidationError(_("This was sent a moment ago. Wait a minute."))
    delivery.attempts, delivery.next_attempt_at = 0, now
    delivery.delivered_at = delivery.gave_up_at = None
    delivery.save(update_fields=["attempts", "next_attempt_at", "delivered_at", "gave_up_at"])
    _start_soon()
    return delivery


def _locked(webhook: Webhook) -> Webhook:
    return Webhook.objects.select_for_update(of=("self",)).select_related("hub").get(pk=webhook.pk)


def _check_active(webhook: Webhook) -> None:
    if not webhook.is_active:
        raise ValidationError(_("This webhook is switched off. Switch it on first."))


def _check_address(hub: Hub, url: str) -> None:
    refusal = outgoing.why_not(url)
    if refusal:
        raise ValidationError({"url": refusal})
    if Webhook.objects.filter(hub=hub, url=url).exists():
        raise ValidationError({"url": _("There is a webhook with this address already.")})


def _known(events: Iterable[str]) -> list[str]:
    wanted = sorted(set(events))
    unknown = [event for event in wanted if event not in EVENTS]
    if unknown:
        raise ValidationError({"events": _("There is no such event: {event}.").format(event=unknown[0])})
    if not wanted:
        raise ValidationError({"events": _("Choose at least one event.")})
    return wanted


def _record(webhook: Webhook, *, by: User | None, action: str, details: dict[str, Any]) -> None:
    record.write(
        hub=webhook.hub,
        by=by,
        action=action,
        kind="webhook",
        object_id=str(webhook.pk),
        details={
            "to": outgoing.host_of(webhook.url),
            **details,
        },  # the path may hold a secret of the receiver
    )


# --- reads -------------------------------------------------------------------------------------------------


def webhooks_of(hub: Hub) -> QuerySet[Webhook]:
    """With `last_delivered_at` and `last_given_up_at` (None: never). One query."""
    latest = Delivery.objects.filter(webhook=OuterRef("pk"))
    arrived = latest.filter(delivered_at__isnull=False).order_by("-delivered_at").values("delivered_at")[:1]
    given_up = latest.filter(gave_up_at__isnull=False).order_by("-gave_up_at").values("gave_up_at")[:1]
    found = Webhook.objects.filter(hub=hub).select_related("hub", "created_by")
    return found.annotate(last_delivered_at=Subquery(arrived), last_given_up_at=Subquery(given_up))


def deliveries_to(webhook: Webhook, limit: int = 50) -> list[Delivery]:
    """The latest first."""
    return list(Delivery.objects.filter(webhook=webhook).select_related("webhook")[:limit])
