"""What is new, told once a day or once a week to whoever asked for it. Nothing new, no letter."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from concivis.mailings import actions as mailings
from concivis.mailings.actions import Recipient
from concivis.newsletter.enums import Rhythm
from concivis.newsletter.models import Subscription
from concivis.newsletter.watching import KIND, object_id

INTERVALS = {Rhythm.DAILY: timedelta(days=1), Rhythm.WEEKLY: timedelta(days=7)}
CHUNK = 500


def tell_due() -> int:
    """Opens a mailing to each group of subscriptions that are due together; how many subscriptions were told.

    A subscription and its letter move in one transaction: killed before it, the letter is due again; after it, the
    mailings see to the rest.
    """
    told = 0
    for rhythm, interval in INTERVALS.items():
        while batch := _tell_batch(rhythm, timezone.now() - interval):
            told += batch
    return told


@transaction.atomic
def _tell_batch(rhythm: Rhythm, before: datetime) -> int:
    due = Subscription.objects.filter(rhythm=rhythm, told_until__lte=before).order_by("pk")
    batch = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("hub")[:CHUNK])
    now = timezone.now()
    by_office: dict[int | None, list[Subscription]] = {}
    for subscription in batch:
        by_office.setdefault(subscription.hub_id, []).append(subscription)
    for group in by_office.values():
        mailings.open_mailing(
            by=None,
            hub=group[0].hub,
            kind=KIND,
            object_id=object_id(group[0], now),
            recipients=_recipients(group),
        )
    for subscription in batch:
        subscription.told_before, subscription.told_until = subscription.told_until, now
    Subscription.objects.bulk_update(batch, ["told_before", "told_until"])
    return len(batch)


def _recipients(group: list[Subscription]) -> list[Recipient]:
    return [Recipient(each.email, each.language, each.public_id) for each in group]
