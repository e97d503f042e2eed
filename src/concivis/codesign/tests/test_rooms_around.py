"""What other rooms ask of co-design: Today, the calendar, the yearly report, what is kept of a person."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.utils.timezone import now

from concivis.accounts.factories import UserFactory
from concivis.accounts.people import Person
from concivis.codesign import attention, dated, keeping, personal, yearly
from concivis.codesign.actions import connectors, sessions
from concivis.codesign.factories import ConnectorFactory, ProcessFactory, SessionFactory
from concivis.codesign.models import Connector, Message, Participant, Session
from concivis.codesign.tests.scene import scene
from concivis.hubs.annual import Period
from concivis.hubs.factories import HubFactory
from concivis.hubs.matters import Urgency
from concivis.hubs.testing import asks
from concivis.shell.calendars import calendar, event

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def city():
    return scene()


# --- Today -------------------------------------------------------------------------------------------------


def test_today_names_who_waits_what_is_to_be_decided_and_counted(city):
    Session.objects.update(starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=2, hours=-1))
    keys = [matter.key.split()[1] for matter in attention.found(city.hub)]
    assert keys == ["message", "expenses", "session", "insights"]


def test_an_answer_that_is_late_is_to_be_given_now(city):
    Message.objects.update(sent_at=now() - timedelta(days=8))
    assert next(attention.found(city.hub)).urgency == Urgency.NOW


def test_who_wrote_twice_waits_once(city):
    from concivis.codesign.actions import messages

    messages.write_to_office(connector=city.connector, text="And one more thing.")
    found = [matter for matter in attention.found(city.hub) if " message " in matter.key]
    assert len(found) == 1


def test_a_term_that_ends_is_seen_a_month_before(city):
    Connector.objects.update(term_until=now().date() + timedelta(days=20))
    assert any(" term " in matter.key for matter in attention.found(city.hub))


def test_an_office_without_codesign_is_asked_for_nothing():
    assert list(attention.found(HubFactory())) == []
    assert attention.figures(HubFactory()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_today_asks_the_same_however_many_wait(city, count):
    for _number in range(count - 1):
        Message.objects.create(
            connector=ConnectorFactory(hub=city.hub), sender="connector", text="Hello", sent_at=now()
        )
    with asks(6):
        list(attention.found(city.hub))


# --- the calendar ------------------------------------------------------------------------------------------


def test_public_sessions_stand_in_the_calendar_without_their_online_address():
    session = SessionFactory(setting="both", online_url="https://meet.example/secret")
    entries = list(dated.of_hub(session.process.hub))
    text = calendar(map(event, entries)).decode()
    assert "DTSTART;TZID=Europe/Berlin:20270301T180000" in text
    assert "meet.example" not in text


def test_sessions_of_a_process_that_is_not_public_stand_in_no_calendar():
    session = SessionFactory(process=ProcessFactory(is_published=False))
    assert list(dated.of_hub(session.process.hub)) == []


def test_a_cancelled_session_says_so_in_the_calendar():
    session = SessionFactory()
    sessions.cancel_session(by=None, session=session, because="The hall is flooded.")
    (entry,) = dated.of_hub(session.process.hub)
    assert (entry.is_cancelled, entry.text, entry.sequence) == (True, "The hall is flooded.", 1)


# --- the yearly report -------------------------------------------------------------------------------------


def test_the_year_counts_people_by_number(city):
    sessions.count_attendance(by=None, session=city.session, attended=14, by_language={"ta": 12})
    zone = ZoneInfo("Europe/Berlin")
    year = Period(date(2026, 1, 1), date(2026, 12, 31), zone, datetime(2027, 1, 2, tzinfo=UTC))
    counted = yearly.count(city.hub, year)
    assert counted.numbers["people"] == 14
    assert counted.numbers["sessions"] == 1
    assert counted.tables["languages"] == {"ta": 12}
    assert counted.tables["needs"] == {"information": 1}


def test_the_year_before_counts_nothing_of_this_one(city):
    zone = ZoneInfo("Europe/Berlin")
    year = Period(date(2025, 1, 1), date(2025, 12, 31), zone, datetime(2027, 1, 2, tzinfo=UTC))
    assert set(yearly.count(city.hub, year).numbers.values()) == {0}


# --- what is kept of a person ------------------------------------------------------------------------------


@pytest.fixture
def person(city):
    found = UserFactory(email="connector@example.org")
    Connector.objects.filter(pk=city.connector.pk).update(email=found.email)
    Participant.objects.update(email=found.email)
    return found


def test_a_person_learns_all_that_is_kept_of_them(city, person):
    kept = personal.personal_data(Person.of_user(person))
    (connector,) = kept["community_connector"]
    assert connector["said"] == [
        {"community": "Tamil families", "public": False},
        {"language": "ta", "public": True},
    ]
    assert connector["messages"][0]["text"] == "When is the answer?"
    assert kept["participant"][0]["session"] == "Tea"


def test_who_deletes_the_account_leaves_nothing_here(city, person):
    personal.before_leaving(Person.of_user(person))
    connector = Connector.objects.get(pk=city.connector.pk)
    assert (connector.name, connector.email, connector.user) == ("", "", None)
    assert not Participant.objects.exists()


def test_an_address_that_is_not_confirmed_shows_nothing(city, person):
    EmailAddress.objects.update(verified=False)
    kept = personal.personal_data(Person.of_user(person))
    assert set(kept) == {"letters_about_processes", "community_connector", "participant"}
    assert not any(kept.values())


def test_an_account_is_connected_only_by_its_confirmed_address(city, person):
    city.connector.refresh_from_db()
    assert connectors.connect_account(by=person, connector=city.connector).user == person
    with pytest.raises(Exception, match="another mail address"):
        connectors.connect_account(by=UserFactory(), connector=city.connector)


# --- again and again ---------------------------------------------------------------------------------------


def test_the_end_of_a_term_is_mailed_once(city):
    Connector.objects.update(term_until=now().date() + timedelta(days=20))
    assert keeping.remind_of_terms() == 1
    assert keeping.remind_of_terms() == 0


def test_a_connector_who_ended_is_forgotten_after_the_months_of_the_rules(city):
    connectors.end(connector=city.connector)
    assert keeping.forget_due() == 0
    Connector.objects.update(ended_at=now() - timedelta(days=400))
    assert keeping.forget_due() == 1
    assert Connector.objects.get(pk=city.connector.pk).forgotten_at
