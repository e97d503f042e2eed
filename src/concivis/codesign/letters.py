"""The letters of this room. None repeats what somebody wrote: mails are read by others, pages behind a key less so."""

from django.conf import settings
from django.urls import reverse

from concivis.codesign import policies
from concivis.codesign.models import Connector, Expense, Message, Participant
from concivis.hubs import letters


def link(connector: Connector, key: str) -> None:
    """The link to their own pages."""
    _to(
        connector,
        "codesign/letters/link.txt",
        link=lambda: settings.BASE_URL + reverse("codesign:own", args=[key]),
        invited=connector.joined_at is None,
    )


def message_to_connector(connector: Connector) -> None:
    _to(connector, "codesign/letters/message.txt")


def not_forgotten(connector: Connector, message: Message) -> None:
    _to(connector, "codesign/letters/not_forgotten.txt", sent_at=message.sent_at)


def expense_decided(connector: Connector, expense: Expense) -> None:
    _to(connector, "codesign/letters/expense.txt", expense=expense)


def term_ends(connector: Connector) -> None:
    _to(connector, "codesign/letters/term_ends.txt")


def joined(connector: Connector) -> None:
    _to_office(connector, "codesign/letters/joined.txt")


def message_to_office(connector: Connector) -> None:
    _to_office(connector, "codesign/letters/message_to_office.txt", page="office_thread")


def participant(person: Participant, key: str) -> None:
    """What is kept, and the link that withdraws it."""
    session = person.session
    letters.send(
        to=person.email,
        language=person.language,
        template="codesign/letters/participant.txt",
        context={
            "person": person,
            "session": session,
            "hub": session.process.hub,
            "link": lambda: settings.BASE_URL + reverse("codesign:participant", args=[key]),
        },
        called=f"Letter to participant {person.pk}",
    )


def _to(connector: Connector, template: str, **more: object) -> None:
    letters.send(
        to=connector.email,
        language=connector.language,
        template=template,
        context={
            "connector": connector,
            "hub": connector.hub,
            "pages": lambda: settings.BASE_URL + reverse("codesign:mine"),
            **more,
        },
        called=f"Letter {template} to connector {connector.pk}",
    )


def _to_office(connector: Connector, template: str, page: str = "office_connector") -> None:
    hub = connector.hub
    letters.send_to_office(
        hub=hub,
        permission=policies.WORK,
        template=template,
        context={
            "connector": connector,
            "hub": hub,
            "link": lambda: (
                settings.BASE_URL + reverse(f"codesign:{page}", args=[hub.slug, connector.public_id])
            ),
        },
        called=f"Letter {template} of connector {connector.pk}",
    )
