"""The office's pages about processes, sessions, insights, connectors, messages and expenses."""

import pytest

from concivis.codesign.enums import ConnectorState, ExpenseState, InsightState, ProcessState
from concivis.codesign.factories import ConnectorFactory, InsightFactory, ProcessFactory, SessionFactory
from concivis.codesign.models import Connector, Insight, Note, Participant, Process, Session
from concivis.codesign.tests.scene import scene
from concivis.hubs.factories import HubFactory
from concivis.hubs.testing import asks

pytestmark = pytest.mark.django_db(databases="__all__")
OFFICE = "/en/office/city/codesign"


@pytest.fixture
def city(client):
    found = scene()
    client.force_login(found.person)
    return found


PAGES = [
    "/", "/processes/new/", "/processes/pr1/", "/processes/pr1/edit/", "/processes/pr1/phases/",
    "/processes/pr1/translations/", "/processes/pr1/translations/de/", "/processes/pr1/sessions/",
    "/processes/pr1/sessions/new/", "/processes/pr1/cancel/", "/processes/pr1/delete/", "/sessions/se1/",
    "/sessions/se1/edit/", "/sessions/se1/cancel/", "/sessions/se1/delete/", "/insights/", "/insights/new/",
    "/connectors/", "/connectors/new/", "/connectors/co1/", "/connectors/co1/edit/", "/connectors/co1/end/",
    "/connectors/co1/forget/", "/connectors/co1/back/", "/connectors/co1/messages/", "/training/", "/messages/",
    "/expenses/", "/rules/", "/insights.csv", "/insights.xlsx", "/expenses.csv",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands(client, city, page):
    assert client.get(OFFICE + page).status_code == 200


def test_pages_of_one_thing_stand(client, city):
    pages = [
        f"/insights/{city.insight.public_id}/", f"/insights/{city.insight.public_id}/edit/",
        f"/insights/{city.insight.public_id}/aside/", f"/insights/{city.insight.public_id}/delete/",
        f"/sessions/se1/notes/{city.note.pk}/", f"/training/{city.part.pk}/",
        f"/expenses/{city.expense.public_id}/refuse/", f"/processes/pr1/phases/{city.process.phases.get().pk}/",
    ]  # fmt: skip
    assert [client.get(OFFICE + page).status_code for page in pages] == [200] * len(pages)


@pytest.mark.parametrize("page", ["/", "/insights/", "/connectors/", "/messages/", "/expenses/"])
def test_empty_lists_say_what_to_do(client, page):
    from concivis.hubs.factories import MembershipFactory

    person = MembershipFactory(hub=HubFactory(slug="city")).user
    client.force_login(person)
    assert 'class="empty"' in client.get(OFFICE + page).content.decode()


def test_a_process_of_another_office_is_not_there(client, city):
    other = ProcessFactory(public_id="other")
    assert client.get(f"{OFFICE}/processes/{other.public_id}/").status_code == 404


def test_a_process_begins_with_the_phases_of_its_template(client, city):
    sent = {
        "course": "full-1",
        "title": "How do we reach families?",
        "language": "en",
        "starts": "2026-05-04",
    }
    client.post(f"{OFFICE}/processes/new/", sent)
    made = Process.objects.get(title="How do we reach families?")
    assert list(made.phases.values_list("code", flat=True)) == [
        "listening", "co-designing", "answering", "realising",
    ]  # fmt: skip
    assert made.state == ProcessState.DRAFT


def test_a_step_changes_the_state_of_a_process(client, city):
    client.post(f"{OFFICE}/processes/pr1/step/", {"to": "finish"})
    assert Process.objects.get(public_id="pr1").state == ProcessState.FINISHED


def test_nothing_is_done_by_looking(client, city):
    assert client.get(f"{OFFICE}/processes/pr1/step/?to=finish").status_code == 405


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(client, city):
    client.post(f"{OFFICE}/processes/pr1/step/", {"to": "finish"})
    sent = {"title": "Mine", "language": "en", "revision": "0"}
    answer = client.post(f"{OFFICE}/processes/pr1/edit/", sent)
    assert answer.status_code == 422
    assert "somebody else changed" in answer.content.decode()


def test_phases_change_places(client, city):
    client.post(f"{OFFICE}/processes/pr1/phases/", {"name": "Thanking"})
    last = city.process.phases.last()
    client.post(f"{OFFICE}/processes/pr1/phases/{last.pk}/", {"up": "1"})
    assert [str(phase) for phase in city.process.phases.all()] == ["Thanking", "listening"]


def test_a_session_is_planned_by_the_clock_of_the_city(client, city):
    sent = {
        "title": "Evening", "starts": "2027-07-01T18:00", "ends": "2027-07-01T20:00", "setting": "on_site",
        "place": "Library", "language": "en",
    }  # fmt: skip
    client.post(f"{OFFICE}/processes/pr1/sessions/new/", sent)
    assert Session.objects.get(title="Evening").starts_at.isoformat() == "2027-07-01T16:00:00+00:00"


def test_those_who_came_are_counted_by_language(client, city):
    client.post(f"{OFFICE}/sessions/se1/count/", {"attended": "14", "by_language": "Tamil 12\nGerman 5"})
    city.session.refresh_from_db()
    assert city.session.attended == 14
    assert dict(city.session.attendance.values_list("language", "number")) == {"ta": 12, "de": 5}


def test_no_more_people_speak_a_language_than_came(client, city):
    client.post(f"{OFFICE}/sessions/se1/count/", {"attended": "3", "by_language": "Tamil 12"})
    assert Session.objects.get(public_id="se1").attended is None


def test_a_participant_without_consent_is_not_kept(client, city):
    client.post(f"{OFFICE}/sessions/se1/participants/", {"name": "A", "language": "en"})
    assert Participant.objects.count() == 1


def test_notes_are_translated_beside_the_original(client, city):
    sent = {"translate": "1", "language": "de", "text": "Viele kamen spät."}
    client.post(f"{OFFICE}/sessions/se1/notes/{city.note.pk}/", sent)
    assert Note.objects.get().translations.get().text == "Viele kamen spät."


def test_an_insight_with_a_telephone_number_is_refused(client, city):
    sent = {"text": "Call Amira, 0211 1234567", "language": "en"}
    answer = client.post(f"{OFFICE}/insights/new/", sent)
    assert answer.status_code == 422
    assert Insight.objects.count() == 1


def test_an_insight_is_set_aside_with_a_reason_and_taken_back(client, city):
    page = f"{OFFICE}/insights/{city.insight.public_id}/aside/"
    client.post(page, {"because": "The state decides this."})
    assert Insight.objects.get().state == InsightState.ASIDE
    client.post(page, {"back": "1"})
    assert Insight.objects.get().state == InsightState.NEW


def test_the_filters_find_words_and_needs(client, city):
    InsightFactory(process=city.process, text="A room is missing")
    found = client.get(f"{OFFICE}/insights/?q=tamil&need=information").content.decode()
    assert "Tamil" in found
    assert "A room is missing" not in found


def test_a_file_of_insights_does_not_say_who_heard_them(client, city):
    content = b"".join(client.get(f"{OFFICE}/insights.csv")).decode()
    assert "Tamil" in content
    assert "Lina" not in content


def test_the_roster_finds_languages_that_were_volunteered(client, city):
    ConnectorFactory(hub=city.hub, name="Somebody else")
    found = client.get(f"{OFFICE}/connectors/?language=ta").content.decode()
    assert "Lina" in found
    assert "Somebody else" not in found


def test_an_expense_is_approved_then_paid(client, city):
    page = f"{OFFICE}/expenses/{city.expense.public_id}/decide/"
    client.post(page, {"to": "pay"})
    city.expense.refresh_from_db()
    assert city.expense.state == ExpenseState.ENTERED
    client.post(page, {"to": "approve"})
    client.post(page, {"to": "pay"})
    city.expense.refresh_from_db()
    assert city.expense.state == ExpenseState.PAID


def test_a_message_is_read_only_when_somebody_says_so(client, city):
    client.get(f"{OFFICE}/connectors/co1/messages/")
    message = city.connector.messages.get()
    assert not message.readings.exists()
    client.post(f"{OFFICE}/connectors/co1/messages/read/")
    assert message.readings.get().by == city.person


def test_somebody_on_the_roster_is_ended_and_brought_back(client, city):
    client.post(f"{OFFICE}/connectors/co1/end/")
    assert Connector.objects.get(public_id="co1").state == ConnectorState.ENDED
    client.post(f"{OFFICE}/connectors/co1/back/", {"term_until": "2027-01-01"})
    assert Connector.objects.get(public_id="co1").state == ConnectorState.ACTIVE


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_of_insights_asks_the_same_however_many_there_are(client, city, count):
    for _number in range(count - 1):
        InsightFactory(process=city.process)
    client.get(f"{OFFICE}/insights/")
    with asks(10):
        client.get(f"{OFFICE}/insights/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_roster_asks_the_same_however_many_there_are(client, city, count):
    for _number in range(count - 1):
        ConnectorFactory(hub=city.hub)
    client.get(f"{OFFICE}/connectors/")
    with asks(7):
        client.get(f"{OFFICE}/connectors/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_sessions_of_a_process_ask_the_same_however_many_there_are(client, city, count):
    for _number in range(count - 1):
        SessionFactory(process=city.process).connectors.add(city.connector)
    client.get(f"{OFFICE}/processes/pr1/sessions/")
    with asks(8):
        client.get(f"{OFFICE}/processes/pr1/sessions/")
