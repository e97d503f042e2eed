"""What an office's programs read and change of its meetings."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from concivis.desk.meetings import factories
from concivis.desk.models import Meeting
from concivis.hubs.scopes import Scope
from concivis.hubs.testing import Program, asks

pytestmark = pytest.mark.django_db(databases="__all__")
MEETINGS = "/api/v1/hub/meetings"
BOTH = [Scope.MEETINGS_READ, Scope.MEETINGS_WRITE]
EVENING = {"starts_at": "2031-05-06T16:00:00Z", "ends_at": "2031-05-06T18:00:00Z"}


@pytest.fixture
def office():
    hub, _person = factories.office(slug="hamm")
    return hub


@pytest.fixture
def program(client, office):
    return Program(client, office, *BOTH)


def test_everybody_reads_public_meetings_and_only_those(client, office):
    factories.meeting(office, title="Open evening", is_public=True, online_url="https://meet.example.org/a")
    factories.meeting(office, title="Closed round")
    page = client.get("/api/v1/meetings?hub=hamm").json()
    assert [row["title"] for row in page["results"]] == ["Open evening"]
    assert page["results"][0]["online_url"] == ""  # it is for those who are invited


@pytest.mark.parametrize("many", [1, 3])
def test_a_list_of_meetings_costs_the_same_however_long(client, office, many):
    for _ in range(many):
        factories.meeting(office, is_public=True)
    with asks(2):
        assert client.get("/api/v1/meetings").json()["count"] == many


def test_a_program_plans_a_meeting_by_the_clock_of_the_city(program, office):
    made = program.send("post", MEETINGS, title="Round table", language="de", **EVENING).json()
    meeting = Meeting.objects.get(public_id=made["id"])
    assert (meeting.hub, meeting.starts.hour, made["timezone"]) == (office, 18, "Europe/Berlin")
    assert not made["is_public"] and not mail.outbox


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": "2031-05-06T15:00:00Z"},
        {"starts_at": "2031-05-06T16:00:00"},  # of which clock?
        {"starts_at": "9999-12-31T23:59:59Z"},
        {"title": " "},
        {"online_url": "javascript:alert(1)"},
    ],
)
def test_a_meeting_that_cannot_be_is_refused(program, wrong):
    given = {"title": "Round table", "language": "de", **EVENING, **wrong}
    assert program.send("post", MEETINGS, **given).status_code == 422
    assert not Meeting.objects.exists()


def test_who_changes_from_an_older_state_is_told(program, office):
    meeting = factories.meeting(office)
    path = f"{MEETINGS}/{meeting.public_id}"
    assert program.send("patch", path, revision=1, place="Library").json()["place"] == "Library"
    assert program.send("patch", path, revision=1, place="Town hall").status_code == 409


def test_a_meeting_tells_numbers_and_nobodys_name(program, office):
    meeting = factories.meeting(office)
    factories.guest(meeting, program.person, name="Example Guest", email="guest@example.org")
    answer = program.get(f"/api/v1/hub/meetings/{meeting.public_id}")
    assert answer.json()["answers"]["invited"] == 0
    assert "Example Guest" not in answer.content.decode() and "guest@" not in answer.content.decode()


def test_a_task_is_added_done_and_opened_again(program, office):
    meeting = factories.meeting(office)
    made = program.send("post", f"{MEETINGS}/{meeting.public_id}/tasks", title="Write").json()
    state = f"/api/v1/hub/meeting-tasks/{made['id']}/state"
    assert program.send("put", state, state="done").json()["done_at"]
    assert program.get("/api/v1/hub/meeting-tasks?state=done").json()[0]["title"] == "Write"
    assert program.send("put", state, state="open").json()["done_at"] is None


def test_cancelled_twice_is_cancelled_once(program, office):
    meeting = factories.meeting(office)
    path = f"{MEETINGS}/{meeting.public_id}/cancellation"
    first = program.send("put", path, because="Snow").json()
    assert first["cancelled_at"] and program.send("put", path, because="Ice").json()["cancelled_at"]
    meeting.refresh_from_db()
    assert meeting.cancelled_because == "Snow"


def test_what_is_over_cannot_be_cancelled(program, office):
    meeting = factories.held(factories.meeting(office))
    assert meeting.ends_at < timezone.now() - dt.timedelta(days=1)
    answer = program.send("put", f"{MEETINGS}/{meeting.public_id}/cancellation")
    assert answer.status_code == 422
