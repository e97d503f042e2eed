"""A connector's own pages, by the mailed key or the account; what participants withdraw."""

from datetime import date

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from concivis.accounts.factories import UserFactory
from concivis.codesign.actions import connectors, participants
from concivis.codesign.enums import ConnectorState, InsightState
from concivis.codesign.factories import ConnectorFactory, InsightFactory
from concivis.codesign.models import Connector, Expense, Insight, Participant, ParticipantKey, Session
from concivis.codesign.tests.scene import BEGAN, key_of, scene
from concivis.hubs.testing import asks
from concivis.shell import keys

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def city():
    return scene()


@pytest.fixture
def home(city):
    return f"/en/codesign/connector/{key_of(city.connector)}"


PAGES = [
    "/", "/about/", "/insights/", "/insights/new/", "/sessions/", "/sessions/new/", "/sessions/se1/",
    "/messages/", "/expenses/", "/end/",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_and_is_kept_nowhere(client, home, page):
    answer = client.get(home + page)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_a_wrong_key_opens_nothing(client):
    assert client.get("/en/codesign/connector/wrong/").status_code == 404


def test_an_account_opens_its_own_pages_only(client, city):
    person = UserFactory()
    Connector.objects.filter(pk=city.connector.pk).update(user=person)
    page = "/en/codesign/connector/account-co1/"
    assert client.get(page).status_code == 404
    client.force_login(UserFactory())
    assert client.get(page).status_code == 404
    client.force_login(person)
    assert client.get(page).status_code == 200
    assert client.get("/en/codesign/mine/")["Location"] == page


def test_opening_the_link_says_no_yes(client, city):
    invited = ConnectorFactory(hub=city.hub, state=ConnectorState.INVITED, joined_at=None)
    page = f"/en/codesign/connector/{key_of(invited)}/"
    client.get(page)
    assert Connector.objects.get(pk=invited.pk).state == ConnectorState.INVITED
    client.post(f"{page}join/")
    assert Connector.objects.get(pk=invited.pk).state == ConnectorState.ACTIVE


def test_who_has_not_said_yes_can_write_no_insight(client, city):
    invited = ConnectorFactory(hub=city.hub, state=ConnectorState.INVITED, joined_at=None)
    client.post(
        f"/en/codesign/connector/{key_of(invited)}/insights/new/", {"text": "Something", "language": "en"}
    )
    assert Insight.objects.count() == 1


def test_an_insight_needs_its_text_alone(client, city, home):
    client.post(f"{home}/insights/new/", {"text": "சாளரம் இல்லை", "language": "ta"})
    made = Insight.objects.get(language="ta")
    assert (made.connector, made.hub, made.state) == (city.connector, city.hub, InsightState.NEW)


def test_the_form_guesses_where_they_come_from(client, city, home):
    found = client.get(f"{home}/insights/new/?session=se1").content.decode()
    assert '<option value="session-se1" selected>' in found


def test_what_the_office_works_with_is_not_changed_any_more(client, city, home):
    Insight.objects.update(state=InsightState.CLUSTERED)
    client.post(f"{home}/insights/{city.insight.public_id}/", {"text": "Other", "language": "en"})
    assert Insight.objects.get().text == "No letter comes in Tamil."


def test_the_insights_of_others_are_not_there(client, city, home):
    other = InsightFactory(process=city.process, text="Not mine")
    assert client.get(f"{home}/insights/{other.public_id}/").status_code == 404
    assert "Not mine" not in client.get(f"{home}/insights/").content.decode()


def test_the_reason_for_which_it_was_set_aside_is_told(client, city, home):
    Insight.objects.update(state=InsightState.ASIDE, aside_because="The state decides this.")
    assert "The state decides this." in client.get(f"{home}/").content.decode()


def test_a_session_that_took_place_is_recorded_with_its_numbers(client, city, home):
    sent = {
        "process": "pr1", "title": "Tea after school", "place": "School", "starts": "2026-04-01T16:00",
        "hours": "1.5", "attended": "9", "by_language": "Tamil 7",
    }  # fmt: skip
    client.post(f"{home}/sessions/new/", sent)
    made = Session.objects.get(title="Tea after school")
    assert (made.attended, list(made.connectors.all())) == (9, [city.connector])
    assert (made.ends_at - made.starts_at).total_seconds() == 5400


def test_a_session_that_could_not_be_counted_is_not_half_kept(client, city, home):
    sent = {
        "process": "pr1", "title": "Later", "place": "School", "starts": "2060-04-01T16:00", "hours": "1",
        "attended": "9",
    }  # fmt: skip
    client.post(f"{home}/sessions/new/", sent)
    assert not Session.objects.filter(title="Later").exists()


def test_what_they_say_of_themselves_is_theirs_to_take_back(client, city, home):
    client.post(f"{home}/about/", {"name": "Lina", "communities": "", "languages": "Tamil"})
    assert list(city.connector.volunteered.values_list("value", "is_public")) == [("ta", False)]


def test_a_receipt_is_known_by_its_bytes(client, city, home):
    program = SimpleUploadedFile("receipt.pdf", b"MZ\x90\x00", content_type="application/pdf")
    sent = {"date": "2026-02-01", "what": "Ticket", "amount": "4.10", "receipt": program}
    client.post(f"{home}/expenses/", sent)
    assert Expense.objects.count() == 1


def test_a_receipt_is_downloaded_and_never_shown(client, city, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    paper = SimpleUploadedFile("receipt.pdf", b"%PDF-1.4\n%%EOF", content_type="application/pdf")
    sent = {"date": "2026-02-01", "what": "Room", "amount": "40", "receipt": paper}
    client.post(f"{home}/expenses/", sent)
    made = Expense.objects.get(what="Room")
    answer = client.get(f"{home}/expenses/{made.public_id}/receipt")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer) == b"%PDF-1.4\n%%EOF"


def test_messages_of_the_office_are_read_when_they_say_so(client, city, home):
    from concivis.codesign.actions import messages

    sent = messages.write_to_connector(by=city.person, connector=city.connector, text="Next week.")
    client.get(f"{home}/messages/")
    assert not sent.readings.exists()
    client.post(f"{home}/messages/read/")
    assert sent.readings.get().by is None


def test_who_ended_can_read_what_became_of_it_and_write_nothing(client, city, home):
    connectors.end(connector=city.connector)
    assert client.get(f"{home}/insights/").status_code == 200
    client.post(f"{home}/insights/new/", {"text": "More", "language": "en"})
    assert Insight.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_insights_asks_the_same_however_many_there_are(client, city, home, count):
    for _number in range(count - 1):
        InsightFactory(process=city.process, connector=city.connector)
    client.get(f"{home}/insights/")
    with asks(5):
        client.get(f"{home}/insights/")


# --- participants ------------------------------------------------------------------------------------------


def key_of_participant(person):
    key = keys.new()
    ParticipantKey.objects.update_or_create(participant=person, defaults={"key_hash": keys.hashed(key)})
    return key


def test_a_participant_is_mailed_what_is_kept(city, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        participants.note_participant(
            by=None,
            session=city.session,
            name="Example",
            email="q@example.org",
            language="en",
            agreed_how="door",
        )
    assert "/codesign/participant/" in mail.outbox[0].body
    assert "q@example.org" in mail.outbox[0].body


def test_a_participant_withdraws_and_the_row_is_gone(client, city):
    key = key_of_participant(city.participant)
    page = f"/en/codesign/participant/{key}/"
    assert client.get(page).status_code == 200
    assert Participant.objects.count() == 1
    client.post(page, {"what": "all"})
    assert Participant.objects.count() == 0
    assert client.get(page).status_code == 404


def test_a_participant_keeps_the_name_and_withdraws_the_address(client, city):
    Participant.objects.update(name="Example", name_agreed_on=date(2026, 3, 1))
    client.post(f"/en/codesign/participant/{key_of_participant(city.participant)}/", {"what": "email"})
    assert list(Participant.objects.values_list("name", "email")) == [("Example", "")]


def test_participants_are_forgotten_when_their_day_has_come(city):
    from concivis.codesign import keeping

    assert keeping.forget_due() == 0
    Participant.objects.update(forget_on=BEGAN.date())
    assert keeping.forget_due() == 1
    assert not Participant.objects.exists()
