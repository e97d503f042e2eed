import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from concivis.accounts.factories import UserFactory
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.mailings import sending
from concivis.mailings.models import Letter, Mailing
from concivis.proposals.actions import following
from concivis.proposals.actions.noting import happened
from concivis.proposals.enums import Assurance, Event, Means, State, Support, Threshold
from concivis.proposals.factories import ProposalFactory, unpublished
from concivis.proposals.models import Follower, Happening, Proposal, Signature
from concivis.shell.guard import signer

pytestmark = pytest.mark.django_db
Commit = DjangoCaptureOnCommitCallbacks
ADDRESS = "reader@example.org"


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> None:
    cache.clear()


def form(**said: str) -> dict[str, str]:
    with time_machine.travel(timezone.now() - dt.timedelta(seconds=10)):
        drawn = signer.sign("form")
    return {"email": ADDRESS, "language": "de", "drawn": drawn, **said}


def ask(client: Client, commit: Commit, proposal: Proposal, **sent: str) -> str:
    """Fills in the form; the link of the letter, or ""."""
    before = len(mail.outbox)
    with commit(execute=True):
        response = client.post(f"/en/proposals/{proposal.public_id}/follow/", form(**sent))
    assert "A letter is on its way" in response.text
    if len(mail.outbox) == before:
        return ""
    link = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))
    assert link
    return link.group(1)


def follower(proposal: Proposal, email: str = ADDRESS, language: str = "en") -> Follower:
    return Follower.objects.create(
        proposal=proposal, email=email, language=language, confirmed_at=timezone.now()
    )


def signature(proposal: Proposal, email: str = "signer@example.org", **said: object) -> Signature:
    now = timezone.now()
    return Signature.objects.create(
        proposal=proposal, person=email, key_hash=f"{proposal.pk}{email}", support=Support.LEGAL,
        means=Means.MAIL, assurance=Assurance.LOW, email=email, begun_at=now, wants_news=True,
        language="fr", **said,
    )  # fmt: skip


def reached(proposal: Proposal, number: int = 100) -> Happening:
    step = Happening.objects.create(
        proposal=proposal, event=Event.REACHED, threshold=Threshold.DEBATE, number=number
    )
    following.tell(proposal, step)
    return step


def later(**said: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(**said)


def told(commit: Commit) -> list[mail.EmailMessage]:
    """What leaves now."""
    before = len(mail.outbox)
    following.tell_due()
    sending.send_due()
    return mail.outbox[before:]


# --- following and leaving ---------------------------------------------------------------------------------------


def test_an_address_follows_once_its_holder_pressed_the_button(
    client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    link = ask(client, django_capture_on_commit_callbacks, ProposalFactory())
    assert link.startswith("/de/proposals/following/")
    assert client.get(link).status_code == 200
    assert Follower.objects.get().confirmed_at is None  # mail scanners open links
    assert client.post(link).status_code == 302
    found = Follower.objects.get()
    assert (found.email, found.language, found.key_hash) == (ADDRESS, "de", None)
    assert found.confirmed_at is not None


def test_following_leaves_no_trace_in_the_record(
    client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    before = RecordLine.objects.count()
    link = ask(client, django_capture_on_commit_callbacks, ProposalFactory())
    before = RecordLine.objects.count()
    client.post(link)
    following.leave(follower=Follower.objects.get())
    assert RecordLine.objects.count() == before


def test_a_link_of_last_week_confirms_nothing(
    client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    link = ask(client, django_capture_on_commit_callbacks, ProposalFactory())
    with time_machine.travel(later(days=8)):
        assert "/following/" in link
        client.post(link)
    assert Follower.objects.get().confirmed_at is None


def test_who_asks_learns_nothing_of_whether_the_address_follows(
    client: Client, django_capture_on_commit_callbacks: Commit
) -> None:
    proposal = ProposalFactory()
    known = follower(proposal)
    Follower.objects.update(asked_at=later(days=-1))
    link = ask(client, django_capture_on_commit_callbacks, proposal)
    assert "/proposals/leave/" in link
    assert Follower.objects.get() == known


def test_the_form_does_not_fill_a_mailbox(client: Client, django_capture_on_commit_callbacks: Commit) -> None:
    proposal = ProposalFactory()
    assert ask(client, django_capture_on_commit_callbacks, proposal)
    assert ask(client, django_capture_on_commit_callbacks, proposal) == ""


@pytest.mark.parametrize("sent", [{"nickname": "bot"}, {"drawn": ""}, {"email": "reader@"}])
def test_bad_input_is_refused(client: Client, sent: dict[str, str]) -> None:
    proposal = ProposalFactory()
    client.post(f"/en/proposals/{proposal.public_id}/follow/", form(**sent))
    assert not Follower.objects.exists()


def test_one_address_of_the_internet_does_not_ask_for_many(client: Client) -> None:
    proposal = ProposalFactory()
    for number in range(11):
        address = f"/en/proposals/{proposal.public_id}/follow/"
        response = client.post(address, form(email=f"reader{number}@example.org"))
    assert "Please try again in an hour." in response.text
    assert Follower.objects.count() == 10


@pytest.mark.parametrize(
    "change", [{"hidden_at": timezone.now(), "hidden_reason": "unlawful"}, {"hub": None}]
)
def test_what_is_not_public_cannot_be_followed(client: Client, change: dict[str, object]) -> None:
    proposal = unpublished() if "hub" in change else ProposalFactory(**change)
    assert client.get(f"/en/proposals/{proposal.public_id}/follow/").status_code == 404


def test_one_click_ends_the_letters_without_a_cookie() -> None:
    address = (
        following.leave_url(follower(ProposalFactory())).partition("testserver")[2]
        or (following.leave_url(Follower.objects.get()).split("/", 3)[3])
    )
    address = "/" + address.lstrip("/")
    client = Client(enforce_csrf_checks=True)
    assert client.get(address).status_code == 200
    assert Follower.objects.exists()  # looking changes nothing
    response = client.post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not Follower.objects.exists()
    assert "You get no" in client.post(address).text  # a second click


def test_a_forged_link_ends_nothing(client: Client) -> None:
    one = follower(ProposalFactory())
    client.post(f"/en/proposals/leave/{one.pk}:abc:def/")
    assert Follower.objects.exists()


# --- signers -----------------------------------------------------------------------------------------------------


def test_signers_who_asked_for_news_become_followers() -> None:
    proposal = ProposalFactory()
    signature(proposal)
    signature(proposal, "other@example.org")
    Signature.objects.filter(email="other@example.org").update(wants_news=False)
    assert following.take_over_signers() == 1
    found = Follower.objects.get()
    assert (found.email, found.language) == ("signer@example.org", "fr")
    assert found.confirmed_at is not None
    assert following.take_over_signers() == 0


def test_who_has_left_is_not_taken_over_again() -> None:
    signature(ProposalFactory())
    following.take_over_signers()
    following.leave(follower=Follower.objects.get())
    following.take_over_signers()
    assert not Follower.objects.exists()


def test_who_follows_already_and_signs_follows_once() -> None:
    proposal = ProposalFactory()
    follower(proposal, "signer@example.org")
    signature(proposal)
    following.take_over_signers()
    assert Follower.objects.count() == 1


def test_who_withdrew_the_signature_does_not_become_a_follower() -> None:
    signature(ProposalFactory(), withdrawn_at=timezone.now())
    assert following.take_over_signers() == 0


# --- telling -----------------------------------------------------------------------------------------------------


def test_each_follower_is_told_in_their_language_and_the_author_too(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    proposal = ProposalFactory(title="Shade for the square", author_language="it")
    follower(proposal, "a@example.org", "en")
    follower(proposal, "b@example.org", "de")
    happened(proposal, Event.CLOSED, None)
    with time_machine.travel(later(hours=1)):
        told(django_capture_on_commit_callbacks)
    letters = {letter.address: letter.language for letter in Letter.objects.all()}
    assert letters == {"author@example.org": "it", "a@example.org": "en", "b@example.org": "de"}
    assert {message.to[0] for message in mail.outbox} == set(letters)
    english = next(message for message in mail.outbox if message.to == ["a@example.org"])
    assert english.subject == "Shade for the square: The collecting of signatures has ended."
    assert f"/en/proposals/{proposal.public_id}/" in str(english.body)


def test_letters_to_followers_are_left_with_one_click_and_those_to_the_author_are_not(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    proposal = ProposalFactory()
    follower(proposal)
    happened(proposal, Event.CLOSED, None)
    with time_machine.travel(later(hours=1)):
        told(django_capture_on_commit_callbacks)
    headers = {message.to[0]: message.extra_headers for message in mail.outbox}
    assert headers[ADDRESS]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/proposals/leave/" in headers[ADDRESS]["List-Unsubscribe"]
    assert "List-Unsubscribe" not in headers["author@example.org"]


def test_steps_noted_together_go_in_one_letter(django_capture_on_commit_callbacks: Commit) -> None:
    proposal = ProposalFactory(author_email="", received_by="the council’s office")
    follower(proposal)
    happened(proposal, Event.CLOSED, None)
    happened(proposal, Event.HANDED_OVER, None, note="On the steps of the town hall.", language="en")
    with time_machine.travel(later(hours=1)):
        (letter,) = told(django_capture_on_commit_callbacks)
    assert letter.subject == f"{proposal.title}: 2 steps"
    assert "The collecting of signatures has ended." in str(letter.body)
    assert "handed over to: the council’s office." in str(letter.body)
    assert "On the steps of the town hall." in str(letter.body)


def test_there_is_one_letter_a_day_about_a_proposal(django_capture_on_commit_callbacks: Commit) -> None:
    proposal = ProposalFactory(author_email="")
    follower(proposal)
    with time_machine.travel(dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC), tick=False) as clock:
        happened(proposal, Event.CLOSED, None)
        clock.shift(dt.timedelta(hours=1))
        assert len(told(django_capture_on_commit_callbacks)) == 1
        happened(proposal, Event.HANDED_OVER, None)
        clock.shift(dt.timedelta(hours=2))
        assert told(django_capture_on_commit_callbacks) == []
        clock.shift(dt.timedelta(hours=20))
        (letter,) = told(django_capture_on_commit_callbacks)
    assert "handed over" in letter.subject


def test_a_step_is_told_once_however_often_the_job_runs(django_capture_on_commit_callbacks: Commit) -> None:
    proposal = ProposalFactory(author_email="")
    follower(proposal)
    step = happened(proposal, Event.CLOSED, None)
    with time_machine.travel(later(hours=1)):
        assert len(told(django_capture_on_commit_callbacks)) == 1
        following.tell(proposal, step)
        assert told(django_capture_on_commit_callbacks) == []
    with time_machine.travel(later(days=2)):
        assert told(django_capture_on_commit_callbacks) == []


def test_who_leaves_before_the_letter_leaves_does_not_get_it(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    proposal = ProposalFactory(author_email="")
    one = follower(proposal)
    happened(proposal, Event.CLOSED, None)
    with time_machine.travel(later(hours=1)):
        following.tell_due()
        following.leave(follower=one)
        sending.send_due()
    assert mail.outbox == []


def test_nothing_is_told_of_what_is_hidden_meanwhile(django_capture_on_commit_callbacks: Commit) -> None:
    proposal = ProposalFactory()
    follower(proposal)
    happened(proposal, Event.CLOSED, None)
    Proposal.objects.update(hidden_at=timezone.now(), hidden_reason="personal")
    with time_machine.travel(later(hours=1)):
        assert told(django_capture_on_commit_callbacks) == []


def test_what_is_not_public_is_not_told(django_capture_on_commit_callbacks: Commit) -> None:
    proposal = ProposalFactory()
    happened(proposal, Event.CLOSED, None, is_public=False)
    happened(proposal, Event.SUBMITTED, None)
    with time_machine.travel(later(hours=1)):
        assert told(django_capture_on_commit_callbacks) == []


def test_who_has_not_confirmed_is_told_nothing(django_capture_on_commit_callbacks: Commit) -> None:
    proposal = ProposalFactory(author_email="")
    following.follow(proposal=proposal, email=ADDRESS, language="en")
    happened(proposal, Event.CLOSED, None)
    with time_machine.travel(later(hours=1)):
        told(django_capture_on_commit_callbacks)
    assert not Mailing.objects.exists()


def test_the_office_learns_of_a_reached_number_at_once_and_once() -> None:
    hub = HubFactory()
    editor = MembershipFactory(hub=hub, role="coordinator", user=UserFactory()).user
    proposal = ProposalFactory(hub=hub, author_email="", title="Shade for the square")
    step = reached(proposal, 1000)
    following.tell(proposal, step)
    sending.send_due()
    (letter,) = mail.outbox
    assert letter.to == [editor.email]
    assert "It has reached 1000 signatures" in letter.subject


def test_the_end_is_told_with_its_reason(django_capture_on_commit_callbacks: Commit) -> None:
    proposal = ProposalFactory(
        author_email="", state=State.NOT_REALISED, ended_on=timezone.now().date(),
        outcome_note="The money went into the bridge.",
    )  # fmt: skip
    follower(proposal)
    happened(proposal, Event.ENDED, None)
    with time_machine.travel(later(hours=1)):
        (letter,) = told(django_capture_on_commit_callbacks)
    assert letter.subject.endswith("It will not be realised.")
    assert "The money went into the bridge." in str(letter.body)
    assert isinstance(letter, mail.EmailMultiAlternatives)
    assert "The money went into the bridge." in str(letter.alternatives[0].content)


def test_the_record_names_nobody_who_was_told(django_capture_on_commit_callbacks: Commit) -> None:
    proposal = ProposalFactory()
    follower(proposal)
    happened(proposal, Event.CLOSED, None)
    with time_machine.travel(later(hours=1)):
        told(django_capture_on_commit_callbacks)
    lines = RecordLine.objects.filter(action__startswith="mailing.")
    assert lines.exists()
    assert not any("@" in str(line.details) for line in lines)
