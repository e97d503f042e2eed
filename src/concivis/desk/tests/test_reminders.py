import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.db.models.signals import pre_save
from django.urls import reverse

from concivis.accounts.factories import UserFactory
from concivis.desk import reminders
from concivis.desk.actions.reminders import begin, choose_letters, off_url, wants_letters
from concivis.desk.models import ReminderChoice, ReminderLetter, Told
from concivis.hubs import handling, matters
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db(databases="__all__", transaction=True)

MONDAY = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def on_a_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


@pytest.fixture
def hub():
    return HubFactory(name="Hamm", slug="hamm", place=PlaceFactory(name="Hamm"), language="en")


def sleeping(hub, name="Bradford"):
    """A tie that fell asleep, and of which nothing else is to say."""
    made = factories.partnership(hub.place, PlaceFactory(name=name), hub=hub)
    made.sides.filter(position=1).update(asked_at=MONDAY, confirmed_at=MONDAY)
    Partnership.objects.filter(pk=made.pk).update(
        last_activity=dt.date(2023, 5, 1), sleeps_on=dt.date(2026, 5, 1)
    )
    return made


def letters_to():
    return sorted(letter.to[0] for letter in mail.outbox)


def test_who_keeps_the_partnerships_is_told_what_is_new_and_how_to_wake_what_sleeps(hub):
    sleeping(hub)
    for role in ("coordinator", "editor", "contributor", "observer", "partner_city"):
        MembershipFactory(hub=hub, role=role, user__email=f"{role}@example.org")
    assert reminders.send_due() == 2
    assert letters_to() == ["coordinator@example.org", "editor@example.org"]
    letter = mail.outbox[0]
    assert letter.subject == "Hamm: 1 matter needs your attention"
    assert "Bradford\nIt sleeps: the last activity was on May 1, 2023." in letter.body
    assert "/activities/new/" in letter.body
    assert "/en/office/hamm/today/" in letter.body


def test_the_same_matter_is_not_told_twice(hub, time_machine):
    sleeping(hub)
    MembershipFactory(hub=hub)
    assert reminders.send_due() == 1
    time_machine.move_to(MONDAY + dt.timedelta(days=30))
    assert reminders.send_due() == 0


def test_a_letter_comes_once_a_week_at_most(hub, time_machine):
    MembershipFactory(hub=hub)
    sleeping(hub)
    reminders.send_due()
    sleeping(hub, "Toul")
    time_machine.move_to(MONDAY + dt.timedelta(days=6))
    assert reminders.send_due() == 0
    time_machine.move_to(MONDAY + dt.timedelta(days=7))
    assert reminders.send_due() == 1
    assert "Toul" in mail.outbox[1].body
    assert "Bradford" not in mail.outbox[1].body


def test_without_anything_new_no_letter_goes_out(hub):
    MembershipFactory(hub=hub)
    assert reminders.send_due() == 0


def test_each_letter_is_in_the_language_of_its_reader(hub):
    sleeping(hub)
    MembershipFactory(hub=hub, user__language="de")
    reminders.send_due()
    assert "/de/office/hamm/today/" in mail.outbox[0].body


def test_killed_in_the_middle_the_rest_goes_out_with_the_next_run_and_none_twice(hub):
    sleeping(hub)
    for number in range(3):
        MembershipFactory(hub=hub, user__email=f"m{number}@example.org")

    def dies_at_the_second(instance, **kwargs):
        if instance.user.email == "m1@example.org" and instance.sent_at:
            raise KeyboardInterrupt

    pre_save.connect(dies_at_the_second, sender=ReminderLetter)
    try:
        with pytest.raises(KeyboardInterrupt):
            reminders.send_due()
    finally:
        pre_save.disconnect(dies_at_the_second, sender=ReminderLetter)
    assert letters_to() == ["m0@example.org"]
    assert reminders.send_due() == 2
    assert letters_to() == ["m0@example.org", "m1@example.org", "m2@example.org"]
    assert Told.objects.count() == 1


def test_what_was_settled_before_the_letter_left_is_not_told(hub):
    made = sleeping(hub)
    MembershipFactory(hub=hub)
    begin(hub=hub)
    Partnership.objects.filter(pk=made.pk).update(last_activity=MONDAY.date(), sleeps_on=dt.date(2029, 6, 1))
    assert reminders.send_due() == 0
    assert ReminderLetter.objects.count() == 0


def test_who_left_the_office_gets_no_letter_that_still_waited(hub):
    sleeping(hub)
    membership = MembershipFactory(hub=hub)
    begin(hub=hub)
    membership.delete()
    assert reminders.send_due() == 0


def test_who_switched_the_letters_off_gets_none(hub):
    sleeping(hub)
    silent = MembershipFactory(hub=hub)
    choose_letters(hub=hub, user=silent.user, wants=False)
    MembershipFactory(hub=hub, user__email="other@example.org")
    reminders.send_due()
    assert letters_to() == ["other@example.org"]


def test_with_nobody_to_read_it_a_matter_waits_for_a_reader(hub):
    sleeping(hub)
    assert reminders.send_due() == 0
    MembershipFactory(hub=hub)
    assert reminders.send_due() == 1


def test_the_letter_names_the_way_out_for_people_and_for_mail_programs(hub):
    sleeping(hub)
    member = MembershipFactory(hub=hub)
    reminders.send_due()
    url = off_url(hub, member.user)
    assert url in mail.outbox[0].body
    assert mail.outbox[0].extra_headers == {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def path_of(url):
    return "/" + url.split("://", 1)[1].split("/", 1)[1]


def test_looking_at_the_way_out_changes_nothing_a_post_switches_off_without_signing_in(hub, client):
    member = MembershipFactory(hub=hub)
    path = path_of(off_url(hub, member.user))
    client.handler.enforce_csrf_checks = True
    page = client.get(path)
    assert wants_letters(hub, member.user) is True
    assert (page.cookies, "csrf" in page.content.decode()) == ({}, False)
    client.post(path, {"List-Unsubscribe": "One-Click"})
    assert wants_letters(hub, member.user) is False


def test_a_way_out_that_we_did_not_write_leads_nowhere(hub, client):
    assert client.post(reverse("desk:letters_off", args=["made-up"])).status_code == 404
    stranger = UserFactory()
    assert client.post(path_of(off_url(hub, stranger))).status_code == 404
    assert ReminderChoice.objects.count() == 0


def test_the_letters_are_switched_off_and_on_in_the_office(hub, client):
    member = MembershipFactory(hub=hub)
    client.force_login(member.user)
    url = reverse("desk:letter_choice", args=["hamm"])
    assert member.user.email in client.get(url).content.decode()
    client.post(url, {"wants": "0"})
    assert wants_letters(hub, member.user) is False
    assert "Switch the letters on" in client.get(url).content.decode()
    client.post(url, {"wants": "1"})
    assert wants_letters(hub, member.user) is True


def test_twenty_matters_are_spelled_out_and_the_rest_is_counted(hub):
    for number in range(22):
        sleeping(hub, f"Partner {number}")
    MembershipFactory(hub=hub)
    reminders.send_due()
    assert "And 2 more." in mail.outbox[0].body
    assert mail.outbox[0].body.count("It sleeps") == 20


def test_the_operator_can_send_what_is_due(hub, capsys):
    sleeping(hub)
    MembershipFactory(hub=hub)
    call_command("send_reminders")
    assert capsys.readouterr().out == "Letters sent: 1\n"


def test_what_somebody_else_sees_to_is_told_to_nobody_else(hub):
    sleeping(hub)
    first = MembershipFactory(hub=hub, user__email="first@example.org").user
    MembershipFactory(hub=hub, user__email="second@example.org")
    found = list(matters.everything(hub))
    handling.assign(by=first, hub=hub, matters=found, to=first)
    reminders.send_due()
    assert letters_to() == ["first@example.org"]


def test_what_is_done_is_not_told(hub):
    sleeping(hub)
    member = MembershipFactory(hub=hub).user
    handling.done(by=member, hub=hub, matters=matters.everything(hub))
    assert reminders.send_due() == 0
