"""The pages of meetings: of the office, of those who are invited, and of everybody."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from concivis.desk.actions.meetings import guests, inviting, minutes, planning, tasks
from concivis.desk.actions.meetings.guests import Reply
from concivis.desk.meetings.enums import Answer, MinutesFor
from concivis.desk.meetings.factories import guest, held, invited, item, meeting, office
from concivis.desk.models import Guest, Meeting, MeetingKey, Task
from concivis.directory.factories import organisation
from concivis.hubs.factories import MembershipFactory
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.initiatives.factories import initiative

pytestmark = pytest.mark.django_db(databases="__all__")
READ = "login 404 403 403 403 200 200 404"
DO = "login 404 403 403 403 302 302 404"
FORM = {
    "title": "Round table",
    "starts": "2040-05-07T18:00",
    "ends": "2040-05-07T20:00",
    "timezone": "Europe/Berlin",
    "place": "Town hall",
    "languages": "German, Turkish",
    "language": "en",
}


@pytest.fixture
def scene(client: Client) -> tuple[Client, Meeting, Any]:
    """An editor signed in, a public meeting of theirs, who made it."""
    hub, by = office(slug="hamm")
    client.force_login(MembershipFactory(hub=hub, role="editor").user)
    return client, meeting(hub, is_public=True, title="Round table"), by


def address(found: Meeting, rest: str = "") -> str:
    return f"/en/office/{found.hub.slug}/meetings/{found.public_id}/{rest}"


def answer_url(key: str, rest: str = "") -> str:
    return f"/en/meetings/answer/{key}/{rest}"


def test_who_may_open_what() -> None:
    hub, by = office(slug="hamm")
    found = meeting(hub)
    one = guest(found, by)
    point = item(found, by)
    task = tasks.add_task(by=by, meeting=found, title="x")
    base = "/en/office/hamm/meetings/"
    pages = ["", "edit/", "invite/", "cancel/", "copy/", "delete/", "agenda/", f"agenda/{point.pk}/"]
    pages += ["guests/", "guests/add/", f"guests/{one.public_id}/", f"guests/{one.public_id}/remove/"]
    pages += ["attendance/", "attendance/?print=1", "minutes/", "tasks/", f"tasks/{task.public_id}/"]
    acts: list[Any] = [
        ("agenda/act/", {"up": point.pk}),
        ("invite/", {}),
        ("cancel/", {}),
        ("copy/", {"weeks": 4}),
        (f"guests/{one.public_id}/remove/", {}),
        ("attendance/note/", {}),
        ("minutes/show/", {}),
        (f"tasks/{task.public_id}/act/", {"done": 1}),
    ]
    assert_permission_table(
        people_around(hub),
        [
            ("GET", base, READ),
            ("GET", f"{base}new/", READ),
            ("GET", f"{base}tasks/", READ),
            *[("GET", address(found, page), READ) for page in pages],
            ("GET", f"{base}{found.public_id}/attendance.csv", READ),
            *[("POST", address(found, page), DO, sent) for page, sent in acts],
        ],
    )


def test_a_meeting_of_another_office_is_not_found(scene: tuple[Client, Meeting, Any]) -> None:
    client, _found, _by = scene
    other = meeting()
    assert client.get(f"/en/office/hamm/meetings/{other.public_id}/").status_code == 404


def test_a_guest_or_task_of_another_meeting_is_not_found(scene: tuple[Client, Meeting, Any]) -> None:
    client, found, by = scene
    other = meeting(found.hub)
    one, task = guest(other, by), tasks.add_task(by=by, meeting=other, title="x")
    assert client.get(address(found, f"guests/{one.public_id}/")).status_code == 404
    assert client.post(address(found, f"tasks/{task.public_id}/act/"), {"done": 1}).status_code == 404


def test_a_meeting_is_planned_by_the_clock_of_the_place(scene: tuple[Client, Meeting, Any]) -> None:
    client, _found, _by = scene
    client.post("/en/office/hamm/meetings/new/", {**FORM, "timezone": "America/Chicago"})
    made = Meeting.objects.get(starts_at__year=2040)
    assert made.starts_at.isoformat() == "2040-05-07T23:00:00+00:00"
    assert made.languages == ["de", "tr"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"ends": "2040-05-07T17:00"}, "It must end after it begins."),
        ({"starts": "2040-03-25T02:30"}, "This time does not exist"),
        ({"starts": "soon"}, "Write day and time like"),
        ({"starts": "9999-05-07T17:00"}, "Write day and time like"),
        ({"place": ""}, "Say where it takes place"),
        ({"timezone": "Europe/Nowhere"}, "Select a valid choice"),
        ({"online_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"ends": "2041-05-07T17:00"}, "A meeting lasts a month at most."),
    ],
)
def test_bad_input_is_answered_with_a_sentence(
    scene: tuple[Client, Meeting, Any], wrong: dict[str, str], why: str
) -> None:
    client, _found, _by = scene
    page = client.post("/en/office/hamm/meetings/new/", {**FORM, **wrong})
    assert page.status_code == 422
    assert why in page.content.decode()


def test_an_edited_meeting_keeps_what_was_not_touched(scene: tuple[Client, Meeting, Any]) -> None:
    client, found, _by = scene
    form = client.get(address(found, "edit/")).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    before = Meeting.objects.get(pk=found.pk)
    client.post(address(found, "edit/"), {**sent, "title": "Other"})
    after = Meeting.objects.get(pk=found.pk)
    assert after.title == "Other"
    assert abs(after.starts_at - before.starts_at) < timedelta(minutes=1)
    assert after.is_public


def test_those_ticked_or_all_are_put_on_the_list(scene: tuple[Client, Meeting, Any]) -> None:
    client, found, _by = scene
    choir, _other = initiative("Choir", hub=found.hub), initiative("Chess", hub=found.hub, owner=None)
    for number in range(3):
        organisation(f"Club {number}", hub=found.hub, email=f"club{number}@example.org")
    add = address(found, "guests/add/")
    client.post(add, {"initiatives": "1", "initiative": [choir.public_id, "nonsense"]})
    client.post(f"{add}?q=Club&all=1", {"organisations": "all"})
    assert found.guests.count() == 4


def test_an_initiative_of_another_office_is_not_put_on_the_list(scene: tuple[Client, Meeting, Any]) -> None:
    client, found, _by = scene
    client.post(address(found, "guests/add/"), {"initiatives": "1", "initiative": initiative().public_id})
    assert not found.guests.exists()


def test_attendance_is_ticked_and_exported(scene: tuple[Client, Meeting, Any]) -> None:
    client, found, by = scene
    one, other = guest(found, by, name="=Ada"), guest(found, by, name="Bo")
    sent = {
        "listed": [one.public_id, other.public_id],
        "came": [one.public_id],
        f"people-{one.public_id}": "3",
    }
    client.post(address(found, "attendance/note/"), sent)
    assert sorted(Guest.objects.values_list("came", flat=True)) == [0, 3]
    text = b"".join(client.get(f"{address(found)[:-1]}/attendance.csv")).decode()
    assert "'=Ada,person,,,,3" in text
    assert "@" not in text


@pytest.mark.parametrize("number", ["-1", "x", "99999999999", "０"])
def test_a_strange_number_of_people_counts_as_one(scene: tuple[Client, Meeting, Any], number: str) -> None:
    client, found, by = scene
    one = guest(found, by)
    sent = {"listed": one.public_id, "came": one.public_id, f"people-{one.public_id}": number}
    client.post(address(found, "attendance/note/"), sent)
    assert Guest.objects.get().came == 1


def test_lists_cost_the_same_for_one_and_for_three(
    scene: tuple[Client, Meeting, Any], django_assert_max_num_queries: Any
) -> None:
    client, found, by = scene
    counted = []
    for number in (1, 3):
        while found.guests.count() < number:
            guest(found, by)
            item(found, by)
            tasks.add_task(by=by, meeting=found, title="x", assignee=by)
            meeting(found.hub)
        for page in ("", "agenda/", "guests/", "attendance/", "minutes/", "tasks/", "../", "../tasks/"):
            with django_assert_max_num_queries(40) as queries:
                client.get(address(found, page).replace(f"{found.public_id}/../", ""))
            counted.append((page, len(queries)))
    half = len(counted) // 2
    assert counted[:half] == counted[half:]


# --- those who are invited ------------------------------------------------------------------------------------


def test_an_answer_needs_no_account_and_looking_changes_nothing(client: Client) -> None:
    hub, by = office()
    one, key = invited(meeting(hub), by)
    page = client.get(answer_url(key))
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert page["Referrer-Policy"] == "strict-origin"
    assert Guest.objects.get().answer == ""
    client.post(answer_url(key), {"answer": "yes", "people": "2", "needs": "Arabic"})
    one.refresh_from_db()
    assert (one.answer, one.people, one.needs) == ("yes", 2, "Arabic")


def test_the_link_can_be_used_twice_and_the_later_answer_counts(client: Client) -> None:
    hub, by = office()
    one, key = invited(meeting(hub), by)
    for answer in ("yes", "no"):
        client.post(answer_url(key), {"answer": answer, "people": "1"})
    one.refresh_from_db()
    assert one.answer == "no"


@pytest.mark.parametrize(
    "sent", [{}, {"answer": "perhaps"}, {"answer": "yes", "people": "500"}, {"answer": "yes", "people": "-3"}]
)
def test_an_answer_that_is_none_is_refused(client: Client, sent: dict[str, str]) -> None:
    hub, by = office()
    _one, key = invited(meeting(hub), by)
    status = client.post(answer_url(key), sent).status_code
    assert status == (422 if sent else 200)
    assert Guest.objects.get().answer == ""


def test_an_answer_to_a_cancelled_meeting_is_told_so(client: Client) -> None:
    hub, by = office()
    found = meeting(hub)
    _one, key = invited(found, by)
    planning.cancel(by=by, meeting=found)
    page = client.post(answer_url(key), {"answer": "yes", "people": "1"})
    assert page.status_code == 422
    assert "This meeting is cancelled." in page.content.decode()


def test_a_key_of_a_guest_opens_no_task_and_none_of_another_meeting(client: Client) -> None:
    hub, by = office()
    found, other = meeting(hub, title="Ours"), meeting(hub, title="Theirs")
    _one, key = invited(found, by)
    _two, _key = invited(other, by)
    assert client.get(f"/en/meetings/task/{key}/").status_code == 404
    page = client.get(answer_url(key)).content.decode()
    assert "Ours" in page
    assert "Theirs" not in page


def test_an_expired_and_an_unknown_key_open_nothing(client: Client) -> None:
    hub, by = office()
    _one, key = invited(meeting(hub), by)
    MeetingKey.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(answer_url(key)).status_code == 410
    assert client.post(answer_url(key), {"answer": "yes"}).status_code == 410
    assert client.get(answer_url("x" * 43)).status_code == 404
    assert client.get(answer_url("x" * 3000)).status_code == 404


def test_an_answer_before_the_change_is_asked_again(client: Client) -> None:
    hub, by = office()
    found = meeting(hub)
    one, key = invited(found, by)
    guests.answer(by=None, guest=one, reply=Reply(Answer.YES))
    found.refresh_from_db()
    planning.change(by=by, meeting=found, revision=found.revision, place="Library")
    assert "Does your answer still hold?" in client.get(answer_url(key)).content.decode()


def test_a_guest_proposes_an_item(client: Client) -> None:
    hub, by = office()
    one, key = invited(meeting(hub), by)
    client.post(answer_url(key, "propose/"), {"title": "Choirs", "length": "10"})
    assert one.proposals.get().is_agreed is False
    assert client.get(answer_url(key, "propose/")).status_code == 405


def test_minutes_are_read_by_those_for_whom_they_are(client: Client) -> None:
    hub, by = office()
    found = meeting(hub, is_public=True)
    _one, key = invited(found, by)
    found.refresh_from_db()
    found = minutes.write(by=by, meeting=found, revision=found.revision, text="We **met**.", items={})
    public = found.get_absolute_url()
    seen = []
    for to in MinutesFor:
        minutes.show(by=by, meeting=found, to=to)
        pages = (client.get(public), client.get(answer_url(key)))
        seen.append(["<strong>met</strong>" in page.content.decode() for page in pages])
    assert seen == [[False, False], [False, True], [True, True]]


def test_a_task_is_said_to_be_done_by_the_link_alone(client: Client) -> None:
    hub, by = office()
    found = meeting(hub)
    task = tasks.add_task(by=by, meeting=found, title="Ask", guest=guest(found, by))
    key = inviting.new_task_key(task)
    url = f"/en/meetings/task/{key}/"
    assert client.get(url).status_code == 200
    assert Task.objects.get().done_at is None
    client.post(url, {"done": "1"})
    client.post(url, {"done": "1"})
    assert Task.objects.get().done_at is not None
    client.post(url, {"reopen": "1"})
    assert Task.objects.get().done_at is None


# --- everybody ------------------------------------------------------------------------------------------------


def test_everybody_sees_public_meetings_and_no_closed_ones(client: Client) -> None:
    hub, by = office(slug="hamm")
    public, closed = meeting(hub, is_public=True, title="Open house"), meeting(hub, title="Inner circle")
    guest(public, by, name="Ada Example", email="ada@example.org")
    listed = client.get("/en/hubs/hamm/meetings/")
    page = client.get(public.get_absolute_url())
    assert "Open house" in listed.content.decode()
    assert "Inner circle" not in listed.content.decode()
    assert "Ada" not in page.content.decode()
    assert not listed.cookies
    assert not page.cookies
    assert "csrf" not in page.content.decode()
    assert client.get(closed.get_absolute_url()).status_code == 404


def test_the_online_address_is_shown_to_everybody_only_where_the_office_says_so(client: Client) -> None:
    hub, by = office()
    found = meeting(hub, is_public=True, online_url="https://meet.example/room")
    feed = f"/en/hubs/{hub.slug}/meetings.ics"
    assert "meet.example" not in client.get(found.get_absolute_url()).content.decode()
    assert "meet.example" not in client.get(feed).content.decode()
    planning.change(by=by, meeting=found, revision=1, online_is_public=True)
    assert "meet.example" in client.get(found.get_absolute_url()).content.decode()
    assert "meet.example" in client.get(feed).content.decode()


def test_the_feed_holds_public_meetings_and_says_which_are_cancelled(client: Client) -> None:
    hub, by = office(slug="hamm", name="Hamm")
    one, other = meeting(hub, is_public=True, title="One"), meeting(hub, is_public=True, title="Other")
    guest(one, by, email="ada@example.org")
    meeting(hub, title="Closed")
    planning.cancel(by=by, meeting=other)
    answer = client.get("/en/hubs/hamm/meetings.ics")
    calendar = Calendar.from_ical(answer.content)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert (calendar["METHOD"], str(calendar["X-WR-CALNAME"])) == ("PUBLISH", "Hamm")
    found = {str(event["SUMMARY"]): str(event["STATUS"]) for event in calendar.walk("VEVENT")}
    assert found == {"One": "CONFIRMED", "Other": "CANCELLED"}
    assert b"ATTENDEE" not in answer.content
    assert client.get(f"/en/hubs/hamm/meetings/{one.public_id}.ics").status_code == 200


def test_machines_read_one_event(client: Client) -> None:
    hub, _by = office()
    found = meeting(hub, is_public=True, title="Round </script> table", languages=["de"])
    page = client.get(found.get_absolute_url()).content.decode()
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    event = json.loads(script)
    assert (event["@type"], event["name"]) == ("Event", "Round </script> table")
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["location"][0]["name"] == "Town hall"


def test_a_meeting_of_a_private_office_is_seen_by_its_members_alone(client: Client) -> None:
    hub, by = office(is_published=False)
    found = meeting(hub, is_public=True)
    assert client.get(found.get_absolute_url()).status_code == 404
    client.force_login(by)
    assert client.get(found.get_absolute_url()).status_code == 200


def test_past_meetings_are_kept(client: Client) -> None:
    hub, _by = office(slug="hamm")
    held(meeting(hub, is_public=True, title="Long ago"))
    assert "Long ago" not in client.get("/en/hubs/hamm/meetings/").content.decode()
    assert "Long ago" in client.get("/en/hubs/hamm/meetings/?past=1").content.decode()
