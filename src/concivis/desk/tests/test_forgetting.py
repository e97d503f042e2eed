"""What is kept of an asker goes when its time is over, or when the asker wishes it."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from concivis.accounts.factories import UserFactory
from concivis.accounts.people import Person
from concivis.desk import personal
from concivis.desk.actions import enquiries as actions
from concivis.desk.actions.forgetting import blanked, forget, forget_due
from concivis.desk.actions.keys import new_key
from concivis.desk.actions.rules import set_rules
from concivis.desk.enums import Outcome
from concivis.desk.factories import EnquiryFactory
from concivis.desk.models import Enquiry
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine

pytestmark = pytest.mark.django_db(databases="__all__")
CLOSED_ON = dt.datetime(2030, 1, 31, 12, tzinfo=dt.UTC)


@pytest.fixture
def hub():
    return HubFactory(language="en")


@pytest.fixture
def editor(hub):
    return MembershipFactory(hub=hub, role="editor").user


@pytest.fixture
def closed(hub, editor, time_machine):
    """An enquiry that was answered and closed on 31 January 2030."""
    time_machine.move_to(CLOSED_ON, tick=False)
    enquiry = EnquiryFactory(
        hub=hub,
        topic="Choirs",
        subject="Ada Beispiel asks about a choir",
        text="Call me: 02381 17-0, or ada@example.org. Ada",
        asker_name="Ada Beispiel",
        asker_email="ada@example.org",
        asker_phone="02381 17-0",
    )
    actions.answer(by=editor, enquiry=enquiry, text="Dear Ada Beispiel, on Monday.", send=False)
    return actions.close(by=editor, enquiry=enquiry, outcome=Outcome.ANSWERED)


def test_a_year_after_closing_nothing_of_the_asker_is_kept(closed, time_machine):
    time_machine.move_to(dt.datetime(2031, 2, 1, 12, tzinfo=dt.UTC), tick=False)
    assert forget_due() == 1
    closed.refresh_from_db()
    assert (closed.asker_name, closed.asker_email, closed.asker_phone) == ("", "", "")


def test_within_the_year_everything_stays(closed, time_machine):
    time_machine.move_to(dt.datetime(2031, 1, 31, 12, tzinfo=dt.UTC), tick=False)
    assert forget_due() == 0


def test_a_hub_keeps_as_long_as_it_decided(closed, hub, editor, time_machine):
    set_rules(by=editor, hub=hub, form_is_open=True, topics="", answer_days=14, keep_months=1)
    time_machine.move_to(dt.datetime(2030, 3, 2, 12, tzinfo=dt.UTC), tick=False)
    assert forget_due() == 1


def test_the_question_the_answer_and_the_figures_stay_without_the_person(closed):
    forget(by=None, enquiry=closed)
    closed.refresh_from_db()
    assert closed.text == "Call me: (telephone), or (mail address). (name)"
    assert closed.subject == "(name) asks about a choir"
    assert closed.entries.get().text == "Dear (name), on Monday."
    assert (closed.topic, closed.outcome, closed.first_answered_at) == ("Choirs", "answered", CLOSED_ON)


def test_at_the_askers_wish_the_texts_go_too_and_what_is_open_is_closed(closed, editor):
    actions.reopen(by=editor, enquiry=closed)
    forget(by=None, enquiry=closed, at_their_wish=True)
    closed.refresh_from_db()
    assert (closed.subject, closed.text) == ("Removed at the wish of who asked", "")
    assert (closed.outcome, closed.entries.get().text) == (Outcome.WITHDRAWN, "")


def test_what_is_open_is_kept_however_old(closed, editor, time_machine):
    actions.reopen(by=editor, enquiry=closed)
    time_machine.move_to(dt.datetime(2040, 1, 1, 12, tzinfo=dt.UTC), tick=False)
    assert forget_due() == 0


def test_what_nobody_confirmed_is_deleted_after_a_week(hub, time_machine):
    time_machine.move_to(CLOSED_ON, tick=False)
    EnquiryFactory(hub=hub, channel="form", is_confirmed=False, asker_email="ada@example.org")
    time_machine.move_to(CLOSED_ON + dt.timedelta(days=7), tick=False)
    kept = (forget_due(), Enquiry.objects.count())
    time_machine.move_to(CLOSED_ON + dt.timedelta(days=7, seconds=1), tick=False)
    assert (kept, forget_due(), Enquiry.objects.count()) == ((0, 1), 1, 0)


def test_the_record_says_so_without_the_person(closed):
    forget(by=None, enquiry=closed)
    line = RecordLine.objects.order_by("-number").first()
    assert (line.action, line.details) == ("enquiry.forgotten", {"at_their_wish": False})


def test_the_links_of_the_asker_open_nothing_any_more(closed, client):
    address = f"/en/enquiries/yours/{new_key(closed)}/"
    before = client.get(address).status_code
    client.post(f"{address}forget/")
    assert (before, client.get(address).status_code) == (200, 404)


def test_who_is_forgotten_cannot_be_written_in_again(closed, editor):
    forget(by=None, enquiry=closed)
    with pytest.raises(IntegrityError), transaction.atomic():
        Enquiry.objects.filter(pk=closed.pk).update(asker_name="Ada")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("In 2024 there were 1250 guests on 03.05.2024", "In 2024 there were 1250 guests on 03.05.2024"),
        ("+49 (2381) 17 30 00 is mine", "(telephone) is mine"),
        ("0049 2381 173000", "(telephone)"),
        ("a.b+c@mail.city.example!", "(mail address)!"),
        ("Adare is no Ada", "Adare is no (name)"),
        ("ADA wrote", "(name) wrote"),
    ],
)
def test_addresses_are_found_in_texts_and_years_are_not(text, left):
    assert blanked(text, {"Ada"}) == left


def test_who_has_an_account_learns_what_they_asked_and_no_notes(closed, editor):
    actions.add_note(by=editor, enquiry=closed, text="Difficult.")
    user = UserFactory(email="ada@example.org")
    user.emailaddress_set.update_or_create(email="ada@example.org", defaults={"verified": True})
    (told,) = personal.personal_data(Person.of_user(user))["enquiries"]
    assert (told["asker_phone"], [each["text"] for each in told["messages"]]) == (
        "02381 17-0",
        ["Dear Ada Beispiel, on Monday."],
    )


def test_who_deletes_the_account_is_forgotten_where_nothing_is_owed(closed):
    user = UserFactory(email="ada@example.org")
    user.emailaddress_set.update_or_create(email="ada@example.org", defaults={"verified": True})
    owed = EnquiryFactory(hub=closed.hub, asker_email="ada@example.org")
    personal.before_leaving(Person.of_user(user))
    assert [bool(Enquiry.objects.get(pk=each.pk).asker_email) for each in (closed, owed)] == [False, True]
