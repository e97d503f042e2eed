"""What is done again and again: answers that are late, terms that end, people whose time is over."""

import datetime as dt

from django.utils import timezone

from concivis.codesign import queries
from concivis.codesign.actions import connectors, messages, participants, terms
from concivis.codesign.enums import ConnectorState, Sender
from concivis.codesign.models import Connector, Message, Participant
from concivis.hubs.models import Hub, today_in
from concivis.shell.dates import months_later

TERM_REMINDER = dt.timedelta(days=30)


def keep() -> None:
    """For `shell.schedule`: may be killed and begun anew, as each step says for itself that it was done."""
    excuse_late()
    remind_of_terms()
    forget_due()


def excuse_late() -> int:
    """Who has waited longer than the office promised is told that nobody forgot; how many letters."""
    told = 0
    waiting = Message.objects.filter(sender=Sender.CONNECTOR, settled_at=None, excused_at=None)
    for hub in Hub.objects.filter(connectors__messages__in=waiting).distinct():
        late = waiting.filter(connector__hub=hub, sent_at__lt=queries.late_since(queries.rules_of(hub)))
        for message in late.order_by("pk"):
            told += messages.excuse(message=message)
    return told


def remind_of_terms() -> int:
    """Once, a month before the end of a term; how many letters."""
    soon = timezone.now().date() + TERM_REMINDER
    rows = Connector.objects.filter(
        state__in=[ConnectorState.ACTIVE, ConnectorState.RESTING], term_reminded_at=None, term_until__lte=soon
    )
    return sum(terms.remind(connector=connector) for connector in rows.order_by("pk"))


def forget_due() -> int:
    """Participants whose day has come, connectors long ended; how many people."""
    today = timezone.now().date()
    count = 0
    for person in Participant.objects.filter(forget_on__lte=today).order_by("pk"):
        participants.withdraw(participant=person)
        count += 1
    ended = Connector.objects.filter(state=ConnectorState.ENDED, forgotten_at=None).select_related("hub")
    for connector in ended.order_by("pk"):
        months = queries.rules_of(connector.hub).connector_months
        if connector.ended_at and months_later(connector.ended_at.date(), months) <= today_in(connector.hub):
            connectors.forget(connector=connector)
            count += 1
    return count
