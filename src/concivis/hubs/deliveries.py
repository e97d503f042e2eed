"""What happens to a webhook's messages: sent, tried again, given up.

A message is claimed before it is sent, by moving its next attempt a little into the future: two workers do not send it
at once, and if the worker is killed the message is simply due again. So a receiver can get a message twice, and
knows it by its number; it never gets none. `deliver_due` runs after each change that sends something, and every minute.
"""

import time
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from concivis.hubs import outgoing, signing
from concivis.hubs.models import Delivery, Webhook

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""Before the second attempt, the third …; after the last the message is given up."""

CLAIM = timedelta(minutes=2)  # longer than an attempt can take
KEPT = timedelta(days=30)
CLAIM_TRIES = 20  # of one search, while other workers take what it found


def deliver_due() -> int:
    """Sends what is due; returns how many messages arrived. Who fails once is left in peace until the next call."""
    arrived, failing = 0, set[int]()
    while (delivery := _claim_next(failing)) is not None:
        if _attempt(delivery):
            arrived += 1
        else:
            failing.add(delivery.webhook_id)
    return arrived


def forget_old() -> None:
    """What was sent or given up more than thirty days ago is not kept."""
    Delivery.objects.filter(next_attempt_at=None, created_at__lt=timezone.now() - KEPT).delete()


def _claim_next(failing: set[int]) -> Delivery | None:
    """The longest due message, claimed, with its webhook and hub; None if there is nothing to do."""
    for _ in range(CLAIM_TRIES):
        now = timezone.now()
        due = Delivery.objects.filter(next_attempt_at__lte=now, webhook__is_active=True)
        found = due.exclude(webhook__in=failing).order_by("next_attempt_at", "pk").first()
        if found is None:
            return None
        same = Delivery.objects.filter(pk=found.pk, next_attempt_at=found.next_attempt_at)
        if same.update(next_attempt_at=now + CLAIM, last_attempt_at=now, attempts=F("attempts") + 1):
            return Delivery.objects.select_related("webhook__hub").filter(pk=found.pk).first()
    return None


def _attempt(delivery: Delivery) -> bool:
    body = signing.body_of(delivery)
    headers = signing.headers_of(delivery, body, int(time.time()))
    try:
        status = outgoing.post(delivery.webhook.url, body, headers)
    except outgoing.NotSent as error:
        _note_failure(delivery, None, str(error))
        return False
    arrived = HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
    if arrived:
        _note_success(delivery, status)
    else:
        _note_failure(delivery, status, "")
    return arrived


@transaction.atomic
def _note_success(delivery: Delivery, status: int) -> None:
    _note(delivery, status, "", next_attempt_at=None, delivered_at=timezone.now(), gave_up_at=None)
    Webhook.objects.filter(pk=delivery.webhook_id, failing_since__isnull=False).update(failing_since=None)


@transaction.atomic
def _note_failure(delivery: Delivery, status: int | None, error: str) -> None:
    now = timezone.now()
    if delivery.attempts > len(WAITS):
        _note(delivery, status, error, next_attempt_at=None, gave_up_at=now)
    else:
        _note(delivery, status, error, next_attempt_at=now + WAITS[delivery.attempts - 1])
    Webhook.objects.filter(pk=delivery.webhook_id, failing_since=None).update(failing_since=now)


def _note(delivery: Delivery, status: int | None, error: str, **state: datetime | None) -> None:
    """Only while our claim holds: it may have been given up, or claimed by another, meanwhile."""
    ours = Delivery.objects.filter(pk=delivery.pk, next_attempt_at=delivery.next_attempt_at)
    ours.update(last_status=status, last_error=error[:200], **state)
