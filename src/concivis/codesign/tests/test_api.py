"""The API: what everybody reads, and what an office's program writes."""

import pytest

from concivis.codesign.factories import InsightFactory, PhaseFactory, ProcessFactory, SessionFactory
from concivis.codesign.models import Insight, Process
from concivis.hubs.factories import HubFactory
from concivis.hubs.scopes import Scope
from concivis.hubs.testing import Program, asks

pytestmark = pytest.mark.django_db(databases="__all__")
API = "/api/v1"


def test_everybody_reads_public_processes_only(client):
    shown = ProcessFactory()
    ProcessFactory(is_published=False)
    assert [row["id"] for row in client.get(f"{API}/processes").json()["results"]] == [shown.public_id]


def test_an_online_address_is_told_to_nobody(client):
    session = SessionFactory(setting="online", place="", online_url="https://meet.example/secret")
    PhaseFactory(process=session.process, code="listening", name="")
    found = client.get(f"{API}/processes/{session.process.public_id}")
    assert "meet.example" not in found.content.decode()
    assert found.json()["sessions"][0]["where"] == "online"


def test_a_session_that_is_not_public_is_not_told(client):
    session = SessionFactory(is_public=False)
    assert client.get(f"{API}/processes/{session.process.public_id}").json()["sessions"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_many_there_are(client, count):
    ProcessFactory.create_batch(count)
    with asks(3):
        client.get(f"{API}/processes")


def test_a_program_begins_a_process_with_the_phases_of_a_template(client):
    program = Program(client, HubFactory(), Scope.CODESIGN_WRITE)
    answer = program.send(
        "post", f"{API}/hub/processes", title="Who asks?", language="en", course="listening-1"
    )
    assert answer.status_code == 201
    assert Process.objects.get().phases.count() == 2


def test_a_change_made_from_something_older_is_a_conflict(client):
    process = ProcessFactory(revision=3)
    program = Program(client, process.hub, Scope.CODESIGN_WRITE)
    path = f"{API}/hub/processes/{process.public_id}"
    assert program.send("patch", path, title="Mine", revision=2).status_code == 409


def test_an_insight_that_leads_to_a_person_is_refused(client):
    program = Program(client, HubFactory(), Scope.CODESIGN_WRITE)
    path = f"{API}/hub/insights"
    assert program.send("post", path, text="Ask a@example.org", language="en").status_code == 422
    assert not Insight.objects.exists()


def test_insights_do_not_say_who_heard_them(client):
    from concivis.codesign.factories import ConnectorFactory

    connector = ConnectorFactory(name="Lina")
    InsightFactory(process__hub=connector.hub, connector=connector)
    program = Program(client, connector.hub, Scope.CODESIGN_READ)
    found = program.get(f"{API}/hub/insights")
    assert found.json()["count"] == 1
    assert "Lina" not in found.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"title": "", "language": "en"},
        {"title": "A", "language": "klingon?"},
        {"title": "A", "language": "en", "course": "none"},
        {"title": "A", "language": "en", "starts": "2026-05-02", "ends": "2026-05-01"},
        {"title": "A", "language": "en", "themes": ["nothing"]},
    ],
)
def test_what_cannot_be_is_refused(client, sent):
    program = Program(client, HubFactory(), Scope.CODESIGN_WRITE)
    assert program.send("post", f"{API}/hub/processes", **sent).status_code == 422
