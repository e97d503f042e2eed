"""Invitations: letters with entries for calendars, private links, answers."""

from datetime import timedelta
from email import message_from_bytes
from email.message import Message

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar

from concivis.accounts.people import Person
from concivis.desk.actions.meetings import guests, inviting, planning
from concivis.desk.actions.meetings.guests import Reply
from concivis.desk.meetings import personal
from concivis.desk.meetings.enums import Answer, InvitedAs
from concivis.desk.meetings.factories import guest, held, invited, item, meeting, office
from concivis.desk.models import Guest, MeetingKey
from concivis.directory.factories import organisation
from concivis.initiatives import actions as initiatives
from concivis.initiatives.factories import initiative
from concivis.mailings import sending
from concivis.mailings.models import Letter, Mailing

pytestmark = pytest.mark.django_db(databases="__all__")


def sent() -> list[mail.EmailMessage]:
    """What leaves now."""
    mail.outbox.clear()
    sending.send_due()
    return list(mail.outbox)


def entry(message: mail.EmailMessage) -> tuple[Message, Calendar]:
    """The part that mail programs take for an invitation, and what it says."""
    parsed = message_from_bytes(message.message().as_bytes())
    part = next(each for each in parsed.walk() if each.get_content_type() == "text/calendar")
    return part, Calendar.from_ical(part.get_payload(decode=True))


def link_of(message: mail.EmailMessage) -> str:
    return next(line for line in str(message.body).split("\n") if "/meetings/answer/" in line)


def test_an_invitation_carries_an_entry_for_the_calendar() -> None:
    hub, by = office(name="Hamm")
    found = meeting(hub, title="Round table", online_url="https://meet.example/room")
    invited(found, by, name="Ada", email="ada@example.org")
    [message] = sent()
    part, calendar = entry(message)
    event = calendar.walk("VEVENT")[0]
    assert part.get_param("method") == "REQUEST"
    assert calendar["METHOD"] == "REQUEST"
    assert (event["SEQUENCE"], event["STATUS"], event["SUMMARY"]) == (0, "CONFIRMED", "Round table")
    assert event["UID"].startswith(f"meeting-{found.public_id}@")
    assert event["DTSTART"].dt == found.starts_at.replace(microsecond=0)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert (event["ORGANIZER"], event["ATTENDEE"]) == ("mailto:office@city.example", "mailto:ada@example.org")
    assert message.subject == "Invitation: Round table"
    assert message.extra_headers["Reply-To"] == "office@city.example"


def test_an_invitation_names_no_other_guest() -> None:
    hub, by = office()
    found = meeting(hub)
    guest(found, by, email="other@example.org")
    invited(found, by, email="ada@example.org")
    letters = {message.to[0]: message.message().as_string() for message in sent()}
    assert "other@example.org" not in letters["ada@example.org"]


def test_nobody_is_invited_twice() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)
    with pytest.raises(ValidationError, match="invited already"):
        inviting.invite(by=by, meeting=found)
    assert len(sent()) == 1
    assert sent() == []


def test_who_is_put_on_the_list_later_is_invited_alone() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)
    sent()
    invited(found, by, email="late@example.org")
    assert [message.to for message in sent()] == [["late@example.org"]]


def test_without_an_address_for_replies_nobody_is_invited() -> None:
    hub, by = office(contact_email="")
    found = meeting(hub)
    guest(found, by)
    with pytest.raises(ValidationError, match="no mail address for replies"):
        inviting.invite(by=by, meeting=found)


def test_five_hundred_are_invited_in_as_many_queries_as_five(django_assert_max_num_queries: object) -> None:
    hub, by = office()
    found = meeting(hub)
    Guest.objects.bulk_create(
        Guest(
            public_id=f"g{number}",
            meeting=found,
            invited_as=InvitedAs.ORGANISATION,
            name=f"Choir {number}",
            email=f"choir{number}@example.org",
            language="en",
        )
        for number in range(500)
    )
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        inviting.invite(by=by, meeting=found)
    assert len(sent()) == 500
    assert Letter.objects.filter(state="handed_over").count() == 500


def test_a_change_tells_those_who_have_the_earlier_time_under_the_same_number() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)
    _part, first = entry(sent()[0])
    found.refresh_from_db()
    planning.change(by=by, meeting=found, revision=found.revision, place="Library")
    [message] = sent()
    _part, second = entry(message)
    before, after = first.walk("VEVENT")[0], second.walk("VEVENT")[0]
    assert after["UID"] == before["UID"]
    assert (after["SEQUENCE"], after["LOCATION"], second["METHOD"]) == (1, "Library", "REQUEST")
    assert message.subject.startswith("Changed: ")


def test_who_is_invited_after_the_change_gets_no_second_letter_about_it() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)  # the letter has not left yet
    found.refresh_from_db()
    planning.change(by=by, meeting=found, revision=found.revision, place="Library")
    letters = sent()
    assert [message.subject.split(":")[0] for message in letters] == ["Invitation"]
    assert entry(letters[0])[1].walk("VEVENT")[0]["SEQUENCE"] == 1


def test_a_cancellation_takes_the_entry_out_of_the_calendar() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)
    sent()
    planning.cancel(by=by, meeting=found, because="The hall is flooded.")
    [message] = sent()
    part, calendar = entry(message)
    event = calendar.walk("VEVENT")[0]
    assert (part.get_param("method"), calendar["METHOD"], event["STATUS"]) == (
        "CANCEL",
        "CANCEL",
        "CANCELLED",
    )
    assert event["SEQUENCE"] == 1
    assert "The hall is flooded." in message.body


def test_who_never_got_the_invitation_gets_no_cancellation() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)
    planning.cancel(by=by, meeting=found)
    assert sent() == []


def test_a_letter_waiting_for_who_was_taken_off_the_list_is_not_sent() -> None:
    hub, by = office()
    found = meeting(hub)
    one, _key = invited(found, by)
    guests.remove_guest(by=by, guest=one)
    assert sent() == []


def test_the_link_in_the_letter_opens_the_answer_and_only_its_hash_is_kept() -> None:
    hub, by = office()
    found = meeting(hub)
    one, _key = invited(found, by)
    [message] = sent()
    key = link_of(message).rstrip("/").rsplit("/", 1)[1]
    opened = guests.find_key(key)
    assert opened is not None
    assert opened.guest == one
    assert key not in str(MeetingKey.objects.values_list())


def test_a_person_is_invited_by_mail_only_with_consent() -> None:
    hub, by = office()
    with pytest.raises(ValidationError, match="how the person agreed"):
        guest(meeting(hub), by, consent_how=" ")
    assert guest(meeting(hub), by, email="", consent_how="").email == ""


def test_who_came_uninvited_is_put_on_the_list_afterwards_but_gets_no_invitation() -> None:
    hub, by = office()
    found = held(meeting(hub))
    guest(found, by)
    with pytest.raises(ValidationError, match="is over"):
        inviting.invite(by=by, meeting=found)


def test_nobody_is_put_on_the_list_of_a_cancelled_meeting() -> None:
    hub, by = office()
    found = planning.cancel(by=by, meeting=meeting(hub))
    with pytest.raises(ValidationError, match="is cancelled"):
        guest(found, by)


def test_an_address_stands_on_the_list_once() -> None:
    hub, by = office()
    found = meeting(hub)
    guest(found, by, email="Ada@example.org")
    with pytest.raises(ValidationError, match="on the list already"):
        guest(found, by, email="ada@example.org")


def test_initiatives_and_organisations_are_put_on_the_list_once_each() -> None:
    hub, by = office(language="de")
    found = meeting(hub)
    choir = initiative(hub=hub, owner=initiatives.Owner(email="choir@example.org", name="C", language="it"))
    club = organisation(hub=hub, email="info@club.example")
    assert guests.add_initiatives(by=by, meeting=found, initiatives=[choir]) == 1
    assert guests.add_initiatives(by=by, meeting=found, initiatives=[choir]) == 0
    assert guests.add_organisations(by=by, meeting=found, organisations=[club]) == 1
    kept = {each.email: (each.invited_as, each.language) for each in found.guests.all()}
    assert kept == {"choir@example.org": ("initiative", "it"), "info@club.example": ("organisation", "de")}


def test_an_answer_says_how_many_come_and_what_they_need() -> None:
    hub, by = office()
    one, _key = invited(meeting(hub), by)
    kept = guests.answer(by=None, guest=one, reply=Reply(Answer.YES, people=3, needs="Arabic"))
    assert (kept.answer, kept.people, kept.needs) == ("yes", 3, "Arabic")


def test_who_does_not_come_needs_nothing() -> None:
    hub, by = office()
    one, _key = invited(meeting(hub), by)
    kept = guests.answer(by=None, guest=one, reply=Reply(Answer.NO, people=3, needs="Arabic"))
    assert (kept.people, kept.needs) == (1, "")


@pytest.mark.parametrize("people", [0, 51])
def test_a_number_out_of_range_is_refused(people: int) -> None:
    hub, by = office()
    one, _key = invited(meeting(hub), by)
    with pytest.raises(ValidationError, match="Between 1 and 50"):
        guests.answer(by=None, guest=one, reply=Reply(Answer.YES, people=people))


def test_nobody_answers_for_a_meeting_that_is_cancelled_or_over() -> None:
    hub, by = office()
    found, past = meeting(hub), meeting(hub)
    one, _key = invited(found, by)
    other, _key = invited(past, by)
    planning.cancel(by=by, meeting=found)
    held(past)
    for who, why in ((one, "is cancelled"), (other, "is over")):
        with pytest.raises(ValidationError, match=why):
            guests.answer(by=None, guest=who, reply=Reply(Answer.YES))


def test_a_new_address_closes_the_links_of_the_earlier_one() -> None:
    hub, by = office()
    one, key = invited(meeting(hub), by)
    guests.change_guest(
        by=by, guest=one, name=one.name, email="new@example.org", language="en", consent_how="said so"
    )
    assert guests.find_key(key) is None
    assert Guest.objects.get().asked_at is None


def test_a_guest_proposes_three_things_at_most() -> None:
    hub, by = office()
    one, _key = invited(meeting(hub), by)
    for number in range(3):
        guests.propose(guest=one, title=f"Idea {number}")
    with pytest.raises(ValidationError, match="enough for now"):
        guests.propose(guest=one, title="Idea 4")


def test_guests_of_long_ago_are_forgotten_and_their_numbers_stay() -> None:
    hub, by = office()
    found = meeting(hub)
    _one, key = invited(found, by)
    recent, _key = invited(meeting(hub), by)
    held(found, days_ago=400)
    Guest.objects.filter(meeting=found).update(came=2)
    assert guests.forget_guests() == 1
    kept = found.guests.get()
    assert (kept.name, kept.email, kept.came) == ("", "", 2)
    assert guests.find_key(key) is None
    recent.refresh_from_db()
    assert recent.email


def test_keys_that_expired_long_ago_are_deleted() -> None:
    hub, by = office()
    _one, key = invited(meeting(hub), by)
    MeetingKey.objects.update(expires_at=timezone.now() - timedelta(days=200))
    assert inviting.forget_keys() == 1
    assert guests.find_key(key) is None


def test_what_is_kept_of_a_person_is_told_and_forgotten() -> None:
    hub, by = office()
    one, _key = invited(meeting(hub), by, email=by.email)
    if not by.emailaddress_set.exists():  # type: ignore[attr-defined]
        by.emailaddress_set.create(email=by.email, verified=True, primary=True)  # type: ignore[attr-defined]
    assert personal.personal_data(Person.of_user(by))["meetings"][0]["name"] == one.name
    personal.before_leaving(Person.of_user(by))
    assert personal.personal_data(Person.of_user(by))["meetings"] == []


def test_a_letter_speaks_the_guests_language() -> None:
    hub, by = office()
    invited(meeting(hub, languages=["de", "tr"]), by, language="de")
    assert Letter.objects.get().language == "de"
    assert Mailing.objects.get().kind == "meeting.invitation"


def test_the_agenda_stands_in_the_invitation() -> None:
    hub, by = office()
    found = meeting(hub)
    item(found, by, "School exchange", speaker="The mayor")
    invited(found, by)
    assert "1. School exchange (The mayor)" in sent()[0].body
