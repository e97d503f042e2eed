"""The thread between a connector and the office, as both sides see it."""

from dataclasses import dataclass
from datetime import datetime

from concivis.codesign import queries
from concivis.codesign.enums import Sender
from concivis.codesign.models import Connector, Message


@dataclass(frozen=True)
class Line:
    """A message, and who of the other side read it when: [(name, or "" for the connector; when)]."""

    message: Message
    author: str
    from_office: bool
    read: list[tuple[str, datetime]]

    @property
    def is_new_to_connector(self) -> bool:
        return self.from_office and not self.read

    @property
    def waits(self) -> bool:
        return not self.from_office and self.message.settled_at is None


def told(connector: Connector) -> list[Line]:
    """The messages in their order. Three queries."""
    return [_line(connector, message) for message in queries.thread_of(connector)]


def new_to(lines: list[Line], user_id: int) -> bool:
    """Whether the connector wrote something that this person of the office has not read. No query."""
    return any(
        not line.from_office and all(reading.by_id != user_id for reading in line.message.readings.all())
        for line in lines
    )


def _line(connector: Connector, message: Message) -> Line:
    from_office = message.sender == Sender.OFFICE
    author = (message.by.name if message.by else "") if from_office else connector.name
    read = [(reading.by.name if reading.by else "", reading.at) for reading in message.readings.all()]
    return Line(message, author, from_office, read)
