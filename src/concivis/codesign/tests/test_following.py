"""Both directions: who contributed is told once, leaves with one click, gives a receipt; who is late is reminded."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.codesign import outcome_factories as make
from concivis.codesign.actions import answering, following
from concivis.codesign.factories import ConnectorFactory, InsightFactory, ProcessFactory
from concivis.codesign.models import Measure, Reader, Recommendation, Sighting
from concivis.codesign.outcomes import MeasureState
from concivis.hubs.models import today_in
from concivis.mailings import sending
from concivis.shell.guard import signer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted():
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def posted(django_capture_on_commit_callbacks):
    """Calls, and lets leave what waits for the commit and the mailings; the letters of just this call."""

    def call(act):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        sending.send_due()
        return mail.outbox[before:]

    return call


def reader(process, email="ada@example.org") -> Reader:
    return Reader.objects.create(
        public_id=f"reader{Reader.objects.count()}",
        process=process,
        email=email,
        language="en",
        confirmed_at=timezone.now(),
    )


def form(**said: str) -> dict[str, str]:
    """Sent ten seconds after the page was drawn."""
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        drawn = signer.sign("form")
    return {"email": "ada@example.org", "language": "en", "drawn": drawn, **said}


def link_in(letter) -> str:
    return re.search(r"https?://[^/\s]+(/\S+/codesign/reader/\S+)", letter.body)[1]


# --- asking ----------------------------------------------------------------------------------------------------


def test_who_asks_is_told_only_after_confirming(client, posted):
    process = make.recommendation().process
    letters = posted(lambda: client.post(f"/en/codesign/{process.public_id}/follow/", form()))
    assert following.readers_of(process).count() == 0
    link = link_in(letters[0])
    client.get(link)
    looked = following.readers_of(process).count()
    client.post(link)
    assert (looked, following.readers_of(process).count()) == (0, 1)


def test_a_program_that_fills_the_form_at_once_is_refused(client):
    process = make.recommendation().process
    client.post(f"/en/codesign/{process.public_id}/follow/", form(drawn=signer.sign("form")))
    assert not Reader.objects.exists()


def test_nobody_has_a_mailbox_filled(client, posted):
    process = make.recommendation().process
    ask = lambda: client.post(f"/en/codesign/{process.public_id}/follow/", form())  # noqa: E731
    assert [len(posted(ask)), len(posted(ask))] == [1, 0]


def test_addresses_that_nobody_confirms_are_forgotten():
    process = ProcessFactory()
    following.ask_to_be_told(process=process, email="ada@example.org", language="en")
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        following.forget_unconfirmed()
    assert not Reader.objects.exists()


def test_a_link_that_is_not_ours_opens_nothing(client):
    for rest in ("", "confirm/"):
        assert client.get(f"/en/codesign/reader/not-a-key-of-ours/{rest}").status_code == 404


# --- letters ---------------------------------------------------------------------------------------------------


def test_connectors_who_worked_on_it_are_told_that_it_was_handed_over(posted):
    insight = InsightFactory()
    insight.connector = ConnectorFactory(hub=insight.hub, email="bridge@example.org")
    insight.save()
    letters = posted(lambda: make.recommendation(insight.process, title="Open on Saturdays"))
    assert [(each.to, "Open on Saturdays" in each.body) for each in letters] == [
        (["bridge@example.org"], True)
    ]


def test_the_answer_goes_to_each_reader_once(posted):
    asked = make.recommendation()
    reader(asked.process), reader(asked.process, "ben@example.org")
    letters = posted(lambda: make.answer(asked))
    again = posted(lambda: None)
    assert (sorted(each.to[0] for each in letters), again) == (["ada@example.org", "ben@example.org"], [])


def test_the_letter_carries_the_reason_of_a_refusal(posted):
    asked = make.recommendation()
    reader(asked.process)
    (letter,) = posted(lambda: make.answer(asked, "rejected", reason="The law forbids it."))
    assert ("Rejected" in letter.subject, "The law forbids it." in letter.body) == (True, True)


def test_a_measure_that_is_done_is_told(posted):
    measure = make.measure(title="A rota")
    process = measure.recommendation.process
    reader(process)
    (letter,) = posted(
        lambda: answering.note_step(
            by=None, measure=measure, state=MeasureState.DONE, on=today_in(process.hub), language="en"
        )
    )
    assert letter.subject == "Done: A rota"


def test_nobody_is_told_of_a_process_that_is_not_public(posted):
    process = ProcessFactory(is_published=False)
    reader(process)
    assert posted(lambda: make.recommendation(process)) == []


def test_one_click_ends_the_letters_without_a_cookie(posted):
    asked = make.recommendation()
    reader(asked.process)
    (letter,) = posted(lambda: make.answer(asked))
    url = letter.extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + url.split("/", 3)[3]
    strict = Client(enforce_csrf_checks=True)
    looked = strict.get(path).status_code, Reader.objects.count()
    sent = strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code
    assert (looked, sent, Reader.objects.count()) == ((200, 1), 200, 0)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_connector_who_left_is_not_added_again(posted):
    insight = InsightFactory()
    insight.connector = ConnectorFactory(hub=insight.hub)
    insight.save()
    make.recommendation(insight.process)
    following.leave(reader=Reader.objects.get())
    assert posted(lambda: make.recommendation(insight.process)) == []


def test_whoever_left_before_the_letter_went_out_gets_none(django_capture_on_commit_callbacks):
    asked = make.recommendation()
    found = reader(asked.process)
    with django_capture_on_commit_callbacks(execute=False):
        make.answer(asked)
    following.leave(reader=found)
    sending.send_due()
    assert mail.outbox == []


# --- receipts --------------------------------------------------------------------------------------------------


def test_a_reader_gives_a_receipt_by_a_button_and_not_by_looking(client):
    asked = make.recommendation()
    answer = make.answer(asked)
    found = reader(asked.process)
    url = f"/en/codesign/reader/{following.key_of(found)}/"
    client.get(url)
    looked = Sighting.objects.count()
    for _ in range(2):
        client.post(url, {"read": asked.public_id})
    assert (looked, list(Sighting.objects.values_list("answer", "side"))) == (0, [(answer.pk, "community")])


def test_a_reader_cannot_acknowledge_what_belongs_to_another_process(client):
    found, other = reader(make.recommendation().process), make.answer().recommendation
    url = f"/en/codesign/reader/{following.key_of(found)}/"
    assert client.post(url, {"read": other.public_id}).status_code == 404


# --- reminders -------------------------------------------------------------------------------------------------


def late_answer() -> Recommendation:
    asked = make.recommendation(owner=UserFactory(email="owner@example.org"))
    yesterday = today_in(asked.process.hub) - timedelta(days=1)
    Recommendation.objects.filter(pk=asked.pk).update(answer_due=yesterday)
    return asked


def test_who_owes_an_answer_is_asked_at_once(posted):
    letters = posted(lambda: make.recommendation(owner=UserFactory(email="owner@example.org")))
    assert [each.to for each in letters] == [["owner@example.org"]]


def test_who_owes_an_answer_is_reminded_when_it_is_late_and_not_every_day(posted):
    late_answer()
    first, second = posted(following.remind), posted(following.remind)
    assert ([each.to for each in first], second) == ([["owner@example.org"]], [])


def test_the_reminder_comes_again_after_four_weeks(posted):
    late_answer()
    posted(following.remind)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert len(posted(following.remind)) == 1


def test_nobody_is_reminded_in_time(posted):
    make.recommendation(owner=UserFactory())
    assert posted(following.remind) == []


def test_who_owes_a_measure_is_reminded_until_it_ends(posted):
    measure = make.measure(owner=UserFactory(email="owner@example.org"))
    hub = measure.recommendation.process.hub
    Measure.objects.filter(pk=measure.pk).update(due=today_in(hub) - timedelta(days=1))
    (letter,) = posted(following.remind)
    assert (letter.to, letter.subject) == (["owner@example.org"], f"Late: {measure.title}")
