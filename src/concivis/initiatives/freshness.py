"""The job that keeps the register from going stale. It bears to be killed: each step is noted with its letter."""

import datetime as dt

from django.utils import timezone

from concivis.hubs.models import Hub
from concivis.initiatives import actions, queries
from concivis.initiatives.actions import submitting
from concivis.initiatives.models import Initiative

REMIND_AFTER = dt.timedelta(days=28)
LEAST_NOTICE = dt.timedelta(
    days=42
)  # from the question to the archive, however old the entry was when it was asked


def keep_fresh() -> int:
    """Asks owners, reminds them once, archives what nobody answered for; how many entries were handled."""
    handled = 0
    for hub in Hub.objects.filter(initiatives__isnull=False).distinct().order_by("pk"):
        handled += _ask(hub) + _remind(hub) + _archive(hub)
    return handled + submitting.forget_unsent()


def _ask(hub: Hub) -> int:
    waiting = queries.to_ask_about(hub).filter(asked_at=None).exclude(owner_email="")
    return sum(actions.ask_owner(initiative=each) for each in list(waiting))


def _remind(hub: Hub) -> int:
    long_ago = timezone.now() - REMIND_AFTER
    waiting = queries.to_ask_about(hub).filter(asked_at__lt=long_ago, reminded_at=None)
    return sum(actions.remind_owner(initiative=each) for each in list(waiting))


def _archive(hub: Hub) -> int:
    """Those asked long enough ago, and those of which nobody can be asked."""
    old: list[Initiative] = list(queries.to_archive(hub))
    before = timezone.now() - LEAST_NOTICE
    due = [each for each in old if not each.owner_email or (each.asked_at and each.asked_at < before)]
    for each in due:
        actions.archive(by=None, initiative=each, unanswered=True)
    return len(due)
