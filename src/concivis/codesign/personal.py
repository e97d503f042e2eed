"""What co-design holds about a person."""

from typing import Any

from concivis.accounts.people import Person
from concivis.codesign.actions import connectors, following, participants
from concivis.codesign.enums import ConnectorState, Sender
from concivis.codesign.models import Connector, Participant, Reader


def personal_data(person: Person) -> dict[str, Any]:
    """As a connector and as a participant, by the account and by its confirmed addresses. Eight queries."""
    people = Participant.objects.filter(person.by_address("email")).select_related("session").order_by("pk")
    told = Reader.objects.filter(person.by_address("email")).select_related("process").order_by("pk")
    return {
        "letters_about_processes": [
            {"process": each.process.title, "mail_address": each.email} for each in told
        ],
        "community_connector": [_connector(each) for each in _connectors(person)],
        "participant": [
            {
                "session": each.session.title,
                "name": each.name,
                "mail_address": each.email,
                "agreed": each.agreed_how,
                "until": each.forget_on.isoformat(),
            }
            for each in people
        ],
    }


def before_leaving(person: Person) -> None:
    """Who deletes the account is no connector any more, and nothing of them is left here."""
    for connector in _connectors(person):
        if connector.state != ConnectorState.ENDED:
            connectors.end(connector=connector)
        connectors.forget(connector=connector)
    for each in Participant.objects.filter(person.by_address("email")).order_by("pk"):
        participants.withdraw(participant=each)
    for reader in (
        Reader.objects.filter(person.by_address("email")).select_related("process__hub").order_by("pk")
    ):
        following.leave(reader=reader)


def _connectors(person: Person) -> list[Connector]:
    rows = Connector.objects.filter(person.by_account("user") | person.by_address("email")).order_by("pk")
    return list(
        rows.select_related("hub").prefetch_related("volunteered", "expenses", "messages", "training__part")
    )


def _connector(connector: Connector) -> dict[str, Any]:
    return {
        "office": connector.hub.name,
        "name": connector.name,
        "mail_address": connector.email,
        "state": connector.state,
        "from": connector.term_from.isoformat(),
        "until": connector.term_until.isoformat(),
        "said": [{each.kind: each.value, "public": each.is_public} for each in connector.volunteered.all()],
        "training": [
            {"part": each.part.title, "on": each.done_on.isoformat()} for each in connector.training.all()
        ],
        "expenses": [
            {"on": each.date.isoformat(), "what": each.what, "amount": f"{each.amount} {each.currency}"}
            for each in connector.expenses.all()
        ],
        "messages": [
            {"at": each.sent_at.isoformat(), "mine": each.sender == Sender.CONNECTOR, "text": each.text}
            for each in connector.messages.all()
        ],
    }
