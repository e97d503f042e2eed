"""The API: what everybody reads, and what an office's program writes."""

import pytest

from concivis.codesign.actions import recommending
from concivis.codesign.actions.recommending import RecommendationFacts
from concivis.codesign.factories import InsightFactory, PhaseFactory, ProcessFactory, SessionFactory
from concivis.codesign.models import Insight, Process
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import today_in
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


def test_a_recommendation_goes_its_whole_way_through_the_api(client):
    process = ProcessFactory()
    insight = InsightFactory(process=process)
    program = Program(client, process.hub, Scope.CODESIGN_WRITE)
    path = f"{API}/hub/processes/{process.public_id}/recommendations"
    said = {"title": "Letters in Tamil", "language": "en", "insights": [insight.public_id]}
    written = program.send("post", path, **said).json()
    assert (written["state"], written["supported_by"]) == ("draft", None)
    one = f"{API}/hub/recommendations/{written['id']}"
    program.send("post", f"{one}/handing-over", department="Registry", answer_due="2099-01-31")
    answer = {"verdict": "in_part", "text": "Two letters", "reason": "No money for more"}
    program.send("post", f"{one}/answers", **answer, language="en", due="2099-12-31")
    measure = {"title": "Translate two letters", "who": "Registry", "due": "2099-06-30", "language": "en"}
    promised = program.send("post", f"{one}/measures", **measure).json()["measures"][0]
    step = {"state": "done", "on": str(today_in(process.hub)), "language": "en"}
    program.send("post", f"{API}/hub/measures/{promised['id']}/steps", **step)
    (told,) = client.get(f"{API}/processes/{process.public_id}/recommendations").json()
    assert (told["state"], told["department"], told["answers"][0]["verdict"]) == (
        "answered",
        "Registry",
        "in_part",
    )
    assert (told["measures"][0]["state"], told["measures"][0]["steps"][-1]["state"]) == ("done", "done")
    assert "insights" not in told


def test_a_draft_is_told_to_the_office_only(client):
    process = ProcessFactory()
    facts = RecommendationFacts(title="More benches", language="en")
    draft = recommending.write_recommendation(by=None, process=process, facts=facts)
    path = f"processes/{process.public_id}/recommendations"
    assert client.get(f"{API}/{path}").json() == []
    program = Program(client, process.hub, Scope.CODESIGN_READ)
    assert [row["id"] for row in program.get(f"{API}/hub/{path}").json()] == [draft.public_id]


def test_words_that_were_handed_over_stand(client):
    process = ProcessFactory()
    facts = RecommendationFacts(title="More benches", language="en")
    asked = recommending.write_recommendation(by=None, process=process, facts=facts)
    due = today_in(process.hub)
    recommending.hand_over(by=None, recommendation=asked, department="Parks", answer_due=due)
    program = Program(client, process.hub, Scope.CODESIGN_WRITE)
    refused = program.send("patch", f"{API}/hub/recommendations/{asked.public_id}", title="Fewer benches")
    assert refused.status_code == 422
    assert "handed over in these words" in refused.content.decode()


def test_an_insight_of_another_process_supports_nothing(client):
    process, other = ProcessFactory(), InsightFactory()
    program = Program(client, process.hub, Scope.CODESIGN_WRITE)
    path = f"{API}/hub/processes/{process.public_id}/recommendations"
    refused = program.send("post", path, title="Benches", language="en", insights=[other.public_id])
    assert refused.status_code == 422


def test_a_theme_that_nobody_knows_is_named_by_its_field(client):
    process = ProcessFactory()
    program = Program(client, process.hub, Scope.CODESIGN_WRITE)
    path = f"{API}/hub/processes/{process.public_id}/recommendations"
    refused = program.send("post", path, title="Letters in Tamil", language="en", theme="no-such-theme")
    assert (refused.status_code, [each["parameter"] for each in refused.json()["errors"]]) == (422, ["theme"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_recommendations_ask_the_same_however_many_there_are(client, count):
    process = ProcessFactory()
    for number in range(count):
        facts = RecommendationFacts(title=f"Bench {number}", language="en")
        asked = recommending.write_recommendation(by=None, process=process, facts=facts)
        due = today_in(process.hub)
        recommending.hand_over(by=None, recommendation=asked, department="Parks", answer_due=due)
    with asks(7):
        client.get(f"{API}/processes/{process.public_id}/recommendations")
