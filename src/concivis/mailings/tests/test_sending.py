from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.mailings import actions, kinds, queries, sending
from concivis.mailings.actions import Recipient
from concivis.mailings.enums import LetterState, MailingState
from concivis.mailings.factories import LetterFactory, MailingFactory
from concivis.mailings.models import Letter, Mailing
from concivis.mailings.tests.smtp_server import MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _letters_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    def compose(letter: Letter) -> EmailMessage | None:
        if letter.reference == "gone":
            return None
        if letter.reference == "broken":
            raise LookupError("no such story")
        return EmailMessage("News", f"For {letter.reference}\n.hidden line", to=[letter.address])

    monkeypatch.setitem(kinds._kinds, "test", compose)


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = "127.0.0.1", False, 5
    with mail_server() as running:
        settings.EMAIL_PORT = running.port
        yield running


def states(mailing: Mailing) -> list[str]:
    return list(mailing.letters.order_by("pk").values_list("state", flat=True))


def test_each_address_gets_one_letter_and_the_mailing_ends() -> None:
    hub = HubFactory()
    people = [
        Recipient("ada@example.org", "en"),
        Recipient(" ADA@example.org ", "en"),
        Recipient("b@example.org", "de"),
    ]
    mailing = actions.open_mailing(by=None, hub=hub, kind="test", object_id="1", recipients=people)

    assert sending.send_due() == 2
    assert sending.send_due() == 0
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ada@example.org", "b@example.org"]
    mailing.refresh_from_db()
    assert mailing.state == MailingState.FINISHED
    actions_recorded = RecordLine.objects.order_by("number").values_list("action", "details__count")
    assert list(actions_recorded) == [("mailing.opened", 2), ("mailing.finished", None)]


def test_who_opens_the_same_mailing_twice_is_told() -> None:
    actions.open_mailing(by=None, hub=None, kind="test", object_id="1", recipients=[])
    with pytest.raises(ValidationError, match="being sent already"):
        actions.open_mailing(by=None, hub=None, kind="test", object_id="1", recipients=[])


def test_sending_begins_once_the_opening_is_committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        actions.open_mailing(by=None, hub=None, kind="test", object_id="1", recipients=[])
    assert len(callbacks) == 1


def test_who_unsubscribed_meanwhile_gets_nothing() -> None:
    letter = LetterFactory(reference="gone")
    assert sending.send_due() == 0
    assert states(letter.mailing) == [LetterState.NOT_WANTED]
    assert mail.outbox == []


def test_a_letter_that_cannot_be_written_does_not_stop_the_others(caplog: pytest.LogCaptureFixture) -> None:
    broken = LetterFactory(reference="broken")
    LetterFactory(mailing=broken.mailing)
    assert sending.send_due() == 1
    assert states(broken.mailing) == [LetterState.REFUSED, LetterState.HANDED_OVER]
    assert broken.address not in caplog.text


def test_a_mailing_whose_letters_all_fail_stops_before_it_has_burnt_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "PORTION", sending.UNWRITTEN_IN_A_ROW)
    mailing = MailingFactory()
    LetterFactory.create_batch(sending.UNWRITTEN_IN_A_ROW + 3, mailing=mailing, reference="broken")
    sending.send_due()
    mailing.refresh_from_db()
    assert mailing.state == MailingState.PAUSED
    assert queries.progress(mailing).due == 3


def test_a_paused_mailing_waits_and_goes_on() -> None:
    letter, person = LetterFactory(), UserFactory()
    actions.pause(by=person, mailing=letter.mailing)
    assert sending.send_due() == 0
    actions.resume(by=person, mailing=letter.mailing)
    assert sending.send_due() == 1


def test_a_mailing_called_off_is_called_off_for_good() -> None:
    letter, person = LetterFactory(), UserFactory()
    actions.cancel(by=person, mailing=letter.mailing)
    with pytest.raises(ValidationError, match="called off"):
        actions.resume(by=person, mailing=letter.mailing)
    assert sending.send_due() == 0


def test_what_a_killed_worker_had_in_hand_is_sent_later(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = LetterFactory()
    kill_before(monkeypatch, "_deliver")
    with pytest.raises(KeyboardInterrupt):
        sending.send_due()
    monkeypatch.undo()
    monkeypatch.setitem(kinds._kinds, "test", lambda letter: EmailMessage("N", "T", to=[letter.address]))
    assert sending.send_due() == 0  # still in the hand of the dead
    with time_machine.travel(timezone.now() + sending.CLAIM):
        assert sending.send_due() == 1
    assert states(letter.mailing) == [LetterState.HANDED_OVER]


def test_a_worker_whose_claim_ran_out_lets_the_letter_be() -> None:
    letter = LetterFactory()
    portion = next(sending._portions(letter.mailing))
    with time_machine.travel(timezone.now() + sending.CLAIM):
        assert sending.send_due() == 1
    with sending.connect() as transport:
        assert sending._deliver(portion[0], transport) is False
    assert len(mail.outbox) == 1


def test_the_full_stop_is_sent_after_it_was_written_down(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = LetterFactory(reference="42")
    kill_before(monkeypatch, "transport.Smtp.hand_over")
    with pytest.raises(KeyboardInterrupt):
        sending.send_due()
    assert states(letter.mailing) == [LetterState.HANDED_OVER]
    assert server.kept == []  # the one moment in which a power cut loses a letter, and repeats none


def test_a_letter_arrives_by_smtp_with_its_number_and_its_leading_full_stops(server: MailServer) -> None:
    letter = LetterFactory(reference="Zoë")
    assert sending.send_due() == 1
    assert len(server.kept) == 1
    assert f"<{letter.message_id.hex}@".encode() in server.kept[0]
    assert b"\r\n..hidden line\r\n" in server.kept[0]  # doubled on the wire, as the receiver expects
    assert queries.progress(letter.mailing).without_receipt == 0


def test_without_a_receipt_a_letter_is_not_sent_again(server: MailServer) -> None:
    letter = LetterFactory()
    server.silent = True
    sending.send_due()
    server.silent = False
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        sending.send_due()
    assert len(server.kept) == 1
    assert queries.progress(letter.mailing).without_receipt == 1


def test_an_address_that_the_server_does_not_know_is_refused_at_once(server: MailServer) -> None:
    letter = LetterFactory()
    server.reply_to_recipient = lambda line: 550
    assert sending.send_due() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.answer) == (LetterState.REFUSED, "550")


def test_a_full_mailbox_is_tried_again_later_and_then_given_up(server: MailServer) -> None:
    letter = LetterFactory()
    server.reply_to_recipient = lambda line: 452
    now = timezone.now()
    for _ in range(len(sending.WAITS) + 1):
        with time_machine.travel(now, tick=False):
            sending.send_due()
        now += max(sending.WAITS)
    letter.refresh_from_db()
    assert (letter.state, letter.answer, letter.attempts) == (LetterState.REFUSED, "452", 5)
    assert server.kept == []


def test_a_mail_server_that_is_away_costs_no_attempt(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", 1, False
    letter = LetterFactory()
    assert sending.send_due() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.DUE, 0)


def test_addresses_are_forgotten_a_month_after_the_end() -> None:
    letter = LetterFactory()
    sending.send_due()
    assert sending.forget_addresses() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert sending.forget_addresses() == 1
    letter.refresh_from_db()
    assert (letter.address, letter.state) == ("", LetterState.HANDED_OVER)


def test_progress_counts_what_became_of_the_letters() -> None:
    mailing = MailingFactory()
    LetterFactory(mailing=mailing)
    LetterFactory(mailing=mailing, state=LetterState.NOT_WANTED)
    LetterFactory(mailing=mailing, state=LetterState.REFUSED)
    found = queries.progress(mailing)
    assert (found.due, found.not_wanted, found.refused, found.total, found.percent) == (1, 1, 1, 3, 66)


def kill_before(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As if the process were killed just before this function."""

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    module = "concivis.mailings." if "." in name else "concivis.mailings.sending."
    monkeypatch.setattr(module + name, killed)
