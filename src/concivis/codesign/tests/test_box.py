"""The anonymous box: nothing of the sender is kept, and only the code shows what became of it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.codesign import codes
from concivis.codesign import outcome_factories as make
from concivis.codesign.actions import box as actions
from concivis.codesign.enums import ProcessState
from concivis.codesign.factories import ProcessFactory
from concivis.codesign.models import BoxInput
from concivis.codesign.outcomes import InputState, SetAside
from concivis.hubs import matters
from concivis.hubs.factories import MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.shell.guard import signer
from concivis.shell.tests.test_sounds import OPUS

pytestmark = pytest.mark.django_db(databases="__all__")
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture(autouse=True)
def clean(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()


def drawn() -> str:
    """Of a page drawn ten seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        return signer.sign("form")


def put(process=None, text="I wait for months.", **said) -> tuple[BoxInput, str]:
    code = actions.put_in(process=process or ProcessFactory(), said=actions.Said(text=text, **said))
    found = actions.find(code)
    assert found is not None
    return found, code


def send(client: Client, process, **said):
    return client.post(f"/en/codesign/{process.public_id}/box/", {"drawn": drawn(), **said})


def opened(client: Client, code: str, **said) -> str:
    return client.post("/en/codesign/box/", {"code": code, **said}).content.decode()


# --- putting in ------------------------------------------------------------------------------------------------


def test_the_sender_gets_a_code_and_sees_with_it_what_they_said(client):
    process = ProcessFactory()
    code = CODE.search(send(client, process, text="I wait for months.").content.decode())[0]
    assert "I wait for months." in opened(client, code)


def test_no_cookie_is_set_and_none_is_needed():
    strict, process = Client(enforce_csrf_checks=True), ProcessFactory()
    looked = strict.get(f"/en/codesign/{process.public_id}/box/")
    sent = send(strict, process, text="I wait for months.")
    code = CODE.search(sent.content.decode())[0]
    shown = strict.post("/en/codesign/box/", {"code": code})
    assert [dict(each.cookies) for each in (looked, sent, shown)] == [{}, {}, {}]


def test_no_cache_keeps_the_pages_of_the_box(client):
    process = ProcessFactory()
    for response in (
        client.get(f"/en/codesign/{process.public_id}/box/"),
        send(client, process, text="Hello there"),
        client.get("/en/codesign/box/"),
    ):
        assert response["Cache-Control"] == "private, no-store"


def test_nothing_tells_who_sent_it():
    names = {field.name for field in BoxInput._meta.get_fields()}
    assert not names & {"email", "address", "ip", "user", "sent_at", "received_at", "created_at"}


def test_only_the_hash_of_the_code_is_kept():
    found, code = put()
    assert codes.plain(code) not in str(BoxInput.objects.values().get(pk=found.pk)).upper()


def test_a_code_is_read_however_people_write_it():
    _found, code = put()
    assert actions.find(f" {code.replace('-', ' ').lower()} ") is not None


def test_letters_that_look_like_numbers_are_numbers():
    assert codes.plain("oOiIlL-u") == "001111V"


def test_a_code_that_was_never_given_out_opens_nothing(client):
    assert "There is no such code" in opened(client, "0000-0000-0000")


def test_nobody_tries_many_codes(client):
    for _ in range(30):
        opened(client, "0000-0000-0000")
    assert "Please try again in an hour." in opened(client, "0000-0000-0000")


def test_an_empty_form_is_refused(client):
    assert "Write something, or say it" in send(client, ProcessFactory()).content.decode()


def test_a_program_is_refused(client):
    process = ProcessFactory()
    send(client, process, text="Buy this", nickname="bot")
    client.post(f"/en/codesign/{process.public_id}/box/", {"drawn": signer.sign("form"), "text": "Buy"})
    assert not BoxInput.objects.exists()


def test_a_process_that_is_over_has_no_box(client):
    process = ProcessFactory(state=ProcessState.FINISHED, finished_at=timezone.now())
    assert client.get(f"/en/codesign/{process.public_id}/box/").status_code == 404
    with pytest.raises(ValidationError):
        actions.put_in(process=process, said=actions.Said(text="Late"))


# --- recordings ------------------------------------------------------------------------------------------------


def test_a_recording_alone_is_enough(client):
    process = ProcessFactory()
    send(client, process, audio=ContentFile(OPUS, name="note.exe"))
    assert BoxInput.objects.get().audio_type == "audio/ogg"


def test_what_only_calls_itself_a_recording_is_refused(client):
    answered = send(client, ProcessFactory(), audio=ContentFile(b"<html>", name="note.ogg"))
    assert "This is not a recording that we know." in answered.content.decode()
    assert not BoxInput.objects.exists()


def test_only_the_office_hears_it(client):
    found, _code = put(audio=OPUS)
    hub = found.process.hub
    path = f"/en/office/{hub.slug}/codesign/processes/{found.process.public_id}/box/{found.public_id}/audio"
    strange = client.get(path).status_code
    client.force_login(MembershipFactory(hub=hub, role="coordinator").user)
    heard = client.get(path)
    assert (strange, b"".join(heard.streaming_content), heard["Content-Type"]) == (302, OPUS, "audio/ogg")


def test_a_recording_is_forgotten_after_three_months(django_capture_on_commit_callbacks):
    found, _code = put(text="", audio=OPUS)
    storage, name = found.audio.storage, found.audio.name
    kept = actions.forget_audio()
    with (
        time_machine.travel(timezone.now() + timedelta(days=91)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        forgotten = actions.forget_audio()
    found.refresh_from_db()
    assert (kept, forgotten, bool(found.audio), storage.exists(name)) == (0, 1, False, False)


# --- the office ------------------------------------------------------------------------------------------------


def test_an_input_becomes_an_insight_and_the_sender_sees_its_fate(client):
    found, code = put()
    insight = actions.take_up(by=UserFactory(), received=found, text="People wait for months.", language="en")
    make.answer(make.recommendation(found.process, "Answer within a month", insights=(insight,)))
    said = opened(client, code)
    assert ("Answer within a month" in said, "accepted" in said) == (True, True)


def test_an_input_becomes_an_insight_once():
    found, _code = put()
    said = {"by": UserFactory(), "received": found, "text": "People wait.", "language": "en"}
    actions.take_up(**said)
    with pytest.raises(ValidationError):
        actions.take_up(**said)


def test_who_is_set_aside_reads_why(client):
    found, code = put()
    actions.set_aside(by=UserFactory(), received=found, reason=SetAside.NAMES_PEOPLE)
    assert str(SetAside.NAMES_PEOPLE.label) in opened(client, code)


def test_the_database_sets_nothing_aside_without_a_reason():
    found, _code = put()
    with pytest.raises(IntegrityError), transaction.atomic():
        BoxInput.objects.filter(pk=found.pk).update(state=InputState.SET_ASIDE)


def test_the_office_answers_and_the_sender_writes_again(client):
    found, code = put()
    actions.answer(by=UserFactory(), received=found, text="Which office was it?", language="en")
    asked = opened(client, code)
    opened(client, code, text="The one at the station.", drawn=drawn())
    texts = list(found.messages.values_list("from_office", "text"))
    assert "Which office was it?" in asked
    assert texts == [(True, "Which office was it?"), (False, "The one at the station.")]


def test_what_was_set_aside_waits_again_when_the_sender_explains():
    found, _code = put()
    actions.set_aside(by=UserFactory(), received=found, reason=SetAside.UNCLEAR)
    actions.write_again(received=found, text="I mean the counter.")
    found.refresh_from_db()
    assert found.state == InputState.NEW


def test_an_unread_box_needs_attention():
    found, _code = put()
    (matter,) = [each for each in matters.everything(found.process.hub) if each.key.startswith("box ")]
    assert matter.why == "1 input of the box waits to be read."


def test_the_record_holds_nothing_of_what_was_said():
    put(text="My landlord shouts.")
    assert not [line for line in RecordLine.objects.all() if "landlord" in str(line.details)]
