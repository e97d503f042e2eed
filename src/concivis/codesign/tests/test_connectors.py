"""The roster: what the office keeps, what connectors say themselves, and what is left of them."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from concivis.codesign.actions import connectors, messages
from concivis.codesign.factories import ConnectorFactory, InsightFactory
from concivis.hubs.factories import HubFactory

pytestmark = pytest.mark.django_db
KEY = re.compile(r"/codesign/connector/([^/\s]+)/")


def invited(**said):
    given = {
        "by": None, "hub": HubFactory(), "name": "Lina", "email": "lina@example.org", "language": "en",
        "term_from": date(2026, 1, 1), "term_until": date(2027, 12, 31),
    }  # fmt: skip
    return connectors.invite_connector(**{**given, **said})


def test_who_is_invited_gets_a_link_of_which_only_the_hash_is_kept(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        connector = invited()
    key = KEY.search(mail.outbox[0].body)[1]
    assert connectors.find(key) == connector
    assert connector.key.key_hash != key


def test_a_new_link_closes_the_one_before(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        connector = invited()
        connectors.send_link(by=None, connector=connector)
    first, second = (KEY.search(letter.body)[1] for letter in mail.outbox)
    assert connectors.find(first) is None
    assert connectors.find(second) == connector


def test_a_term_lasts_at_most_two_years():
    with pytest.raises(ValidationError) as refused:
        invited(term_until=date(2028, 1, 2))
    assert "term_until" in refused.value.message_dict


def test_one_address_stands_on_a_roster_once():
    connector = invited()
    with pytest.raises(ValidationError) as refused:
        invited(hub=connector.hub, email="LINA@example.org")
    assert "email" in refused.value.message_dict


def test_what_is_not_volunteered_any_more_is_deleted():
    connector = ConnectorFactory()
    say = {"connector": connector, "name": "Lina", "name_public": False}
    connectors.say_about_oneself(**say, communities={"Tamil families": True}, languages={"ta": False})
    connectors.say_about_oneself(**say, communities={}, languages={"ta": True})
    assert list(connector.volunteered.values_list("value", "is_public")) == [("ta", True)]


def test_nothing_of_a_forgotten_connector_is_left_but_what_was_heard():
    connector = ConnectorFactory()
    insight = InsightFactory(connector=connector, process__hub=connector.hub)
    messages.write_to_office(connector=connector, text="Hello")
    connectors.end(connector=connector)
    connectors.forget(connector=connector)
    connector.refresh_from_db()
    insight.refresh_from_db()
    assert (connector.name, connector.email, connector.messages.count(), insight.connector) == (
        "",
        "",
        0,
        None,
    )


def test_who_is_on_the_roster_is_not_forgotten():
    with pytest.raises(ValidationError):
        connectors.forget(connector=ConnectorFactory())


def test_a_late_answer_is_excused_once(django_capture_on_commit_callbacks):
    from concivis.codesign import keeping
    from concivis.codesign.models import Message

    connector = ConnectorFactory()
    messages.write_to_office(connector=connector, text="Hello")
    assert keeping.excuse_late() == 0
    Message.objects.update(sent_at=now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        assert keeping.excuse_late() == 1
        assert keeping.excuse_late() == 0
    assert [letter.subject for letter in mail.outbox] == ["We have not forgotten your message"]
