"""Messages between a connector and the office, who read them, and what is said when an answer is late."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.codesign import letters
from concivis.codesign.actions.noting import locked, noted, require_text
from concivis.codesign.enums import ConnectorState, Sender
from concivis.codesign.models import Connector, Message, Reading

LONGEST = 4000
MOST_A_DAY = 50


@transaction.atomic
def write_to_office(*, connector: Connector, text: str) -> Message:
    """By the connector. The office gets a mail that says so, without the text. Raises ValidationError by field."""
    of = locked(connector)
    if of.forgotten_at:
        raise ValidationError(gettext("Nobody is at the other end any more."))
    since = timezone.now() - timedelta(days=1)
    if of.messages.filter(sender=Sender.CONNECTOR, sent_at__gte=since).count() >= MOST_A_DAY:
        raise ValidationError(gettext("You have written a lot today. Please go on tomorrow."))
    _read_all(of, Sender.OFFICE, None)
    message = Message.objects.create(
        connector=of,
        sender=Sender.CONNECTOR,
        text=require_text("text", text, LONGEST),
        sent_at=timezone.now(),
    )
    noted(of, None, "message.from_connector")
    letters.message_to_office(of)
    return message


@transaction.atomic
def write_to_connector(*, by: User | None, connector: Connector, text: str) -> Message:
    """By the office. What the connector wrote before is answered by it, and read. Raises ValidationError by field."""
    of = locked(connector)
    if of.state == ConnectorState.ENDED and of.forgotten_at:
        raise ValidationError(gettext("Nothing of this connector is kept any more; invite the person anew."))
    text = require_text("text", text, LONGEST)
    if by:
        _read_all(of, Sender.CONNECTOR, by)
    of.messages.filter(sender=Sender.CONNECTOR, settled_at=None).update(settled_at=timezone.now())
    message = Message.objects.create(
        connector=of, sender=Sender.OFFICE, by=by, text=text, sent_at=timezone.now()
    )
    noted(of, by, "message.from_office")
    letters.message_to_connector(of)
    return message


@transaction.atomic
def read_by_office(*, by: User, connector: Connector) -> int:
    """A person of the office has read what the connector wrote; how many messages were new to them."""
    of = locked(connector)
    count = _read_all(of, Sender.CONNECTOR, by)
    if count:
        noted(of, by, "message.read_by_office")
    return count


@transaction.atomic
def read_by_connector(*, connector: Connector) -> int:
    of = locked(connector)
    count = _read_all(of, Sender.OFFICE, None)
    if count:
        noted(of, None, "message.read_by_connector")
    return count


@transaction.atomic
def settle(*, by: User | None, connector: Connector) -> None:
    """What they wrote needs no answer: it is waited for no longer."""
    of = locked(connector)
    waiting = of.messages.filter(sender=Sender.CONNECTOR, settled_at=None)
    if waiting.update(settled_at=timezone.now()):
        noted(of, by, "message.settled")


@transaction.atomic
def excuse(*, message: Message) -> bool:
    """“We have not forgotten”, once for a message; whether it was mailed."""
    of = locked(message.connector)
    late = of.messages.select_for_update().get(pk=message.pk)
    if late.settled_at or late.excused_at or of.forgotten_at:
        return False
    # one letter for all that they wrote: nobody is told twice the same
    of.messages.filter(sender=Sender.CONNECTOR, settled_at=None).update(excused_at=timezone.now())
    noted(of, None, "message.excused")
    letters.not_forgotten(of, late)
    return True


def _read_all(connector: Connector, sender: Sender, by: User | None) -> int:
    unread = connector.messages.filter(sender=sender).exclude(
        pk__in=Reading.objects.filter(message__connector=connector, by=by).values("message")
    )
    rows = [Reading(message=message, by=by, at=timezone.now()) for message in unread]
    Reading.objects.bulk_create(rows)
    return len(rows)
