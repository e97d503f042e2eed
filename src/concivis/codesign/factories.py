"""Processes, connectors, sessions and insights for tests, as they stand in their tables."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from concivis.codesign.enums import ConnectorState, ProcessState
from concivis.codesign.models import Connector, Insight, Phase, Process, Session
from concivis.hubs.factories import HubFactory


class ProcessFactory(DjangoModelFactory[Process]):
    """A running public process of a public hub."""

    class Meta:
        model = Process

    public_id = factory.Sequence(lambda n: f"pr{n}")
    hub = factory.SubFactory(HubFactory)
    title = factory.Sequence(lambda n: f"Process {n}")
    language = "en"
    state = ProcessState.RUNNING
    is_published = True
    published_at = datetime(2026, 1, 5, 9, tzinfo=UTC)


class PhaseFactory(DjangoModelFactory[Phase]):
    class Meta:
        model = Phase

    process = factory.SubFactory(ProcessFactory)
    position = factory.Sequence(int)
    name = factory.Sequence(lambda n: f"Phase {n}")


class ConnectorFactory(DjangoModelFactory[Connector]):
    """An active connector whose key nobody knows (`actions.send_link` makes one)."""

    class Meta:
        model = Connector

    public_id = factory.Sequence(lambda n: f"co{n}")
    hub = factory.SubFactory(HubFactory)
    name = factory.Sequence(lambda n: f"Connector {n}")
    email = factory.Sequence(lambda n: f"connector{n}@example.org")
    language = "en"
    state = ConnectorState.ACTIVE
    term_from = date(2026, 1, 1)
    term_until = date(2027, 12, 31)
    joined_at = datetime(2026, 1, 5, 9, tzinfo=UTC)


class SessionFactory(DjangoModelFactory[Session]):
    """A public session to come."""

    class Meta:
        model = Session

    public_id = factory.Sequence(lambda n: f"se{n}")
    process = factory.SubFactory(ProcessFactory)
    title = factory.Sequence(lambda n: f"Session {n}")
    language = "en"
    place = "Library"
    starts_at = datetime(2027, 3, 1, 17, tzinfo=UTC)
    ends_at = datetime(2027, 3, 1, 19, tzinfo=UTC)
    timezone = "Europe/Berlin"
    is_public = True


class InsightFactory(DjangoModelFactory[Insight]):
    """An insight of a process, from nobody in particular."""

    class Meta:
        model = Insight

    public_id = factory.Sequence(lambda n: f"in{n}")
    process = factory.SubFactory(ProcessFactory)
    hub = factory.SelfAttribute("process.hub")
    language = "en"
    text = factory.Sequence(lambda n: f"Heard {n}")
