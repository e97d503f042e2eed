"""Messages between a connector and the office."""

import pytest
from django.core import mail

from concivis.codesign.actions import connectors, messages
from concivis.codesign.enums import ConnectorState
from concivis.codesign.factories import ConnectorFactory
from concivis.hubs.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def test_an_answer_settles_and_reads_what_was_written():
    connector = ConnectorFactory()
    person = MembershipFactory(hub=connector.hub).user
    asked = messages.write_to_office(connector=connector, text="Hello")
    messages.write_to_connector(by=person, connector=connector, text="Good day")
    asked.refresh_from_db()
    assert asked.settled_at
    assert [reading.by for reading in asked.readings.all()] == [person]


def test_what_was_read_twice_was_read_once():
    connector = ConnectorFactory()
    person = MembershipFactory(hub=connector.hub).user
    messages.write_to_office(connector=connector, text="Hello")
    assert messages.read_by_office(by=person, connector=connector) == 1
    assert messages.read_by_office(by=person, connector=connector) == 0


def test_who_joined_is_active_and_the_office_is_told(django_capture_on_commit_callbacks):
    connector = ConnectorFactory(state=ConnectorState.INVITED, joined_at=None)
    MembershipFactory(hub=connector.hub)
    with django_capture_on_commit_callbacks(execute=True):
        assert connectors.join(connector=connector).state == ConnectorState.ACTIVE
    assert "said yes" in mail.outbox[-1].subject
