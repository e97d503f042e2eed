"""Agenda, attendance, minutes and tasks."""

import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from concivis.accounts.factories import UserFactory
from concivis.desk.actions.meetings import agenda, guests, minutes, planning, tasks
from concivis.desk.actions.meetings.guests import find_key
from concivis.desk.actions.meetings.minutes import Kept
from concivis.desk.meetings import attention, queries
from concivis.desk.meetings.enums import MinutesFor
from concivis.desk.meetings.factories import guest, held, invited, item, meeting, office
from concivis.desk.models import AgendaItem, Guest, Meeting, Task
from concivis.hubs import handling
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub, today_in
from concivis.mailings import sending
from concivis.shell.conflicts import EditConflict

pytestmark = pytest.mark.django_db(databases="__all__")


def titles(found: Meeting) -> list[str]:
    return [each.title for each in found.items.filter(is_agreed=True)]


def reasons(hub: Hub) -> list[str]:
    return [matter.why for matter in attention.of_meetings(hub)]


def task_matters(hub: Hub) -> list[Matter]:
    return list(attention.of_tasks(hub))


def test_items_are_moved() -> None:
    hub, by = office()
    found = meeting(hub)
    first, _second = item(found, by, "One"), item(found, by, "Two")
    agenda.move_item(by=by, item=first, step=1)
    assert titles(found) == ["Two", "One"]
    agenda.move_item(by=by, item=first, step=1)
    assert titles(found) == ["Two", "One"]


def test_a_proposal_comes_onto_the_agenda_when_the_office_takes_it_in() -> None:
    hub, by = office()
    one, _key = invited(meeting(hub), by)
    proposed = guests.propose(guest=one, title="Choirs")
    assert titles(one.meeting) == []
    agenda.accept(by=by, item=proposed)
    assert titles(one.meeting) == ["Choirs"]
    with pytest.raises(ValidationError, match="on the agenda already"):
        agenda.decline(by=by, item=proposed)


def test_an_item_with_minutes_is_not_taken_out() -> None:
    hub, by = office()
    found = meeting(hub)
    one = item(found, by)
    minutes.write(by=by, meeting=found, revision=2, text="", items={one.pk: Kept("Agreed.")})
    with pytest.raises(ValidationError, match="minutes say something"):
        agenda.remove_item(by=by, item=AgendaItem.objects.get())


def test_minutes_are_not_overwritten_unseen() -> None:
    hub, by = office()
    found = meeting(hub)
    minutes.write(by=by, meeting=found, revision=1, text="Mine", items={})
    with pytest.raises(EditConflict):
        minutes.write(by=by, meeting=found, revision=1, text="Yours", items={})


def test_minutes_of_an_item_of_another_meeting_are_left_alone() -> None:
    hub, by = office()
    found, other = meeting(hub), meeting(hub)
    foreign = item(other, by)
    minutes.write(by=by, meeting=found, revision=1, text="", items={foreign.pk: Kept("Ours now")})
    foreign.refresh_from_db()
    assert foreign.decision == ""


def test_there_must_be_minutes_to_show_them() -> None:
    hub, by = office()
    with pytest.raises(ValidationError, match="no minutes"):
        minutes.show(by=by, meeting=meeting(hub), to=MinutesFor.INVITED)


def test_minutes_of_a_closed_meeting_are_not_for_everybody() -> None:
    hub, by = office()
    found = minutes.write(by=by, meeting=meeting(hub), revision=1, text="We met.", items={})
    with pytest.raises(ValidationError, match="not public"):
        minutes.show(by=by, meeting=found, to=MinutesFor.EVERYBODY)


def test_those_invited_get_a_letter_about_the_minutes() -> None:
    hub, by = office()
    found = meeting(hub)
    invited(found, by)
    sending.send_due()
    found = held(found)
    found = minutes.write(by=by, meeting=found, revision=found.revision, text="We met.", items={})
    mail.outbox.clear()
    minutes.show(by=by, meeting=found, to=MinutesFor.INVITED, mail=True)
    sending.send_due()
    [message] = mail.outbox
    assert message.subject.startswith("Minutes: ")
    assert "/meetings/answer/" in message.body
    assert "We met." not in message.body


def test_it_is_noted_who_came() -> None:
    hub, by = office()
    found = meeting(hub)
    one, other = guest(found, by), guest(found, by)
    assert guests.note_attendance(by=by, meeting=found, came={one.public_id: 3, other.public_id: 0}) == 3
    assert queries.answers(found).came == 3
    with pytest.raises(ValidationError, match="At most 50"):
        guests.note_attendance(by=by, meeting=found, came={one.public_id: 51})


def test_who_is_on_another_list_is_not_noted() -> None:
    hub, by = office()
    foreign = guest(meeting(hub), by)
    guests.note_attendance(by=by, meeting=meeting(hub), came={foreign.public_id: 1})
    foreign.refresh_from_db()
    assert foreign.came is None


def test_a_task_is_mailed_to_whoever_does_it(django_capture_on_commit_callbacks: object) -> None:
    hub, by = office()
    found = meeting(hub)
    one = guest(found, by, email="ada@example.org", language="de")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        task = tasks.add_task(by=by, meeting=found, title="Ask the school", guest=one)
    [message] = mail.outbox
    key = next(line for line in message.body.split("\n") if "/task/" in line).rstrip("/").rsplit("/", 1)[1]
    opened = find_key(key)
    assert message.to == ["ada@example.org"]
    assert opened is not None
    assert opened.task == task
    assert task.mailed_at is not None


def test_who_gives_a_task_to_themselves_gets_no_letter() -> None:
    hub, by = office()
    assert tasks.add_task(by=by, meeting=meeting(hub), title="Mine", assignee=by).mailed_at is None


def test_a_task_is_for_one_who_belongs_to_it() -> None:
    hub, by = office()
    found = meeting(hub)
    foreign = guest(meeting(hub), by)
    with pytest.raises(ValidationError, match="member of this office"):
        tasks.add_task(by=by, meeting=found, title="x", assignee=UserFactory())
    with pytest.raises(ValidationError, match="not on the list"):
        tasks.add_task(by=by, meeting=found, title="x", guest=foreign)
    with pytest.raises(ValidationError, match="one person"):
        tasks.add_task(by=by, meeting=found, title="x", guest=guest(found, by), assignee=by)


def test_a_task_given_to_somebody_else_closes_the_earlier_link() -> None:
    hub, by = office()
    found = meeting(hub)
    one, other = guest(found, by), guest(found, by)
    task = tasks.add_task(by=by, meeting=found, title="x", guest=one)
    before = set(task.keys.values_list("key_hash", flat=True))
    tasks.change_task(by=by, task=task, title="x", assignee=None, guest=other, due_on=None)
    after = set(task.keys.values_list("key_hash", flat=True))
    assert len(before) == len(after) == 1
    assert before.isdisjoint(after)


def test_a_task_of_an_earlier_meeting_keeps_its_guest() -> None:
    hub, by = office()
    found = meeting(hub)
    one = guest(found, by)
    task = tasks.add_task(by=by, meeting=found, title="x", guest=one)
    planning.copy(by=by, meeting=found, weeks=4, with_guests=True, with_agenda=False)
    changed = tasks.change_task(by=by, task=task, title="y", assignee=None, guest=one, due_on=None)
    assert changed.guest == one


def test_nobody_is_reminded_of_what_is_done() -> None:
    hub, by = office()
    task = tasks.add_task(by=by, meeting=meeting(hub), title="x")
    with pytest.raises(ValidationError, match="Nobody with a mail address"):
        tasks.remind(by=by, task=task)
    tasks.finish(by=by, task=task)
    with pytest.raises(ValidationError, match="is done"):
        tasks.remind(by=by, task=task)


def test_open_tasks_stand_on_today_the_late_ones_as_urgent() -> None:
    hub, by = office()
    found = meeting(hub)
    today = today_in(hub)
    tasks.add_task(by=by, meeting=found, title="Late", due_on=today - dt.timedelta(days=1))
    tasks.add_task(by=by, meeting=found, title="Soon", due_on=today + dt.timedelta(days=3))
    tasks.add_task(by=by, meeting=found, title="Some day")
    tasks.finish(by=by, task=tasks.add_task(by=by, meeting=found, title="Done"))
    assert [(matter.title, matter.urgency) for matter in task_matters(hub)] == [
        ("Late", Urgency.NOW),
        ("Soon", Urgency.SOON),
        ("Some day", Urgency.LATER),
    ]


def test_today_settles_assigns_and_brings_back_a_task() -> None:
    hub, by = office()
    tasks.add_task(by=by, meeting=meeting(hub), title="x")
    matters = task_matters(hub)
    handling.assign(by=by, hub=hub, matters=matters, to=by)
    assert Task.objects.get().assignee == by
    handling.done(by=by, hub=hub, matters=matters)
    assert Task.objects.get().done_at is not None
    handling.bring_back(by=by, hub=hub, keys=[matters[0].key])
    assert Task.objects.get().done_at is None


def test_a_meeting_next_week_needs_an_agenda_and_guests() -> None:
    hub, by = office()
    found = meeting(hub, in_days=6)
    meeting(hub, in_days=30)
    assert reasons(hub) == ["It has no agenda yet.", "Nobody is invited yet."]
    item(found, by)
    invited(found, by)
    assert reasons(hub) == ["1 of those who are invited has not answered."]


def test_a_proposal_waits_for_the_office() -> None:
    hub, by = office()
    found = meeting(hub, in_days=6)
    one, _key = invited(found, by)
    item(found, by)
    guests.propose(guest=one, title="Choirs")
    assert reasons(hub)[0] == "1 proposal for its agenda waits."


def test_a_meeting_without_minutes_is_remembered() -> None:
    hub, by = office()
    found = held(meeting(hub), days_ago=3)
    held(meeting(hub), days_ago=1)
    held(meeting(hub), days_ago=300)
    assert reasons(hub) == ["Nothing is written down of it."]
    minutes.write(by=by, meeting=found, revision=1, text="We met.", items={})
    assert reasons(hub) == []


def test_a_cancelled_meeting_needs_nothing() -> None:
    hub, by = office()
    planning.cancel(by=by, meeting=meeting(hub, in_days=3))
    assert reasons(hub) == []


def test_what_needs_attention_costs_the_same_for_one_and_for_three(django_assert_num_queries: object) -> None:
    hub, by = office()
    for number in (1, 3):
        while Meeting.objects.count() < number:
            found = meeting(hub, in_days=5)
            invited(found, by)
            tasks.add_task(by=by, meeting=found, title="x")
        with django_assert_num_queries(1):  # type: ignore[operator]
            list(attention.of_meetings(hub))
        with django_assert_num_queries(1):  # type: ignore[operator]
            list(attention.of_tasks(hub))


def test_a_forgotten_guest_has_no_name_on_the_pages_but_stays_counted(client: Client) -> None:
    hub, by = office()
    found = held(meeting(hub), days_ago=1)
    Guest.objects.create(public_id="g1", meeting=found, invited_as="person", name="", language="en", came=4)
    client.force_login(by)
    page = client.get(f"/en/office/{hub.slug}/meetings/{found.public_id}/attendance/")
    assert "Forgotten" in page.content.decode()
    assert queries.answers(found).came == 4
