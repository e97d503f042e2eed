"""The office reviews a proposal: one person at a time."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection, connections
from django.utils import timezone

from concivis.proposals.actions import reviewing
from concivis.proposals.models import Proposal
from concivis.proposals.tests.office_scene import office

pytestmark = pytest.mark.django_db(databases="__all__")


def test_who_takes_a_proposal_has_it_for_half_an_hour():
    there = office()
    found = reviewing.claim(by=there.person, proposal=there.in_review())
    assert found.reviewer == there.person
    assert timedelta(minutes=29) < found.reviewer_until - timezone.now() <= timedelta(minutes=30)


def test_a_colleague_sees_who_has_it_and_cannot_decide():
    there = office()
    proposal, colleague = there.in_review(), there.colleague()
    reviewing.claim(by=colleague, proposal=proposal)
    assert colleague.name in there.page("office_proposal", proposal).content.decode()
    assert colleague.name in there.page("office").content.decode()
    for act in (reviewing.publish, reviewing.claim):
        with pytest.raises(reviewing.HeldBy):
            act(by=there.person, proposal=proposal)
    with pytest.raises(reviewing.HeldBy):
        reviewing.reject(by=there.person, proposal=proposal, reason="unclear")


def test_it_is_taken_over_knowingly():
    there = office()
    proposal, colleague = there.in_review(), there.colleague()
    reviewing.claim(by=colleague, proposal=proposal)
    asked = there.send("office_claim", proposal)
    assert asked.status_code == 200
    assert "Take it over?" in asked.content.decode()
    there.send("office_claim", proposal, take_over="1")
    assert Proposal.objects.get(pk=proposal.pk).reviewer == there.person


def test_what_was_given_back_or_forgotten_is_free():
    there = office()
    proposal, colleague = there.in_review(), there.colleague()
    reviewing.claim(by=colleague, proposal=proposal)
    reviewing.release(by=colleague, proposal=proposal)
    reviewing.claim(by=there.person, proposal=proposal)
    Proposal.objects.filter(pk=proposal.pk).update(reviewer_until=timezone.now() - timedelta(seconds=1))
    assert reviewing.claim(by=colleague, proposal=proposal).reviewer == colleague


def test_a_question_goes_to_the_authors_and_the_proposal_back_to_them(django_capture_on_commit_callbacks):
    there = office()
    proposal = there.in_review()
    with django_capture_on_commit_callbacks(execute=True):
        there.send("office_ask", proposal, question="Which crossing do you mean?")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.question) == ("idea", "Which crossing do you mean?")
    assert "Which crossing do you mean?" in mail.outbox[-1].body


def test_a_rejection_has_a_reason_of_the_public_list_and_is_told():
    there = office()
    proposal = there.in_review()
    there.send("office_reject", proposal, reason="not_competent", note="The state decides this.")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.rejection) == ("rejected", "not_competent")
    assert proposal.happenings.get().note == "The state decides this."


def test_a_rejection_without_a_reason_is_refused():
    there = office()
    page = there.send("office_reject", there.in_review(), reason="because")
    assert page.status_code == 200
    assert page.context["form"].errors["reason"]


def test_only_an_open_proposal_can_be_the_same():
    there = office()
    page = there.send("office_reject", there.in_review(), reason="duplicate", same_as="nothing")
    assert page.context["form"].errors["same_as"]
    proposal, other = there.in_review(), there.published()
    there.send("office_reject", proposal, reason="duplicate", same_as=other.public_id)
    assert Proposal.objects.get(pk=proposal.pk).same_as == other


def test_it_is_published_by_a_button_and_by_no_visit():
    there = office()
    proposal = there.in_review()
    assert there.page("office_publish", proposal).status_code == 405
    there.send("office_publish", proposal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.rules.number) == ("published", 1)


def test_what_is_not_in_review_cannot_be_decided():
    there = office()
    with pytest.raises(ValidationError, match="not possible now"):
        reviewing.claim(by=there.person, proposal=there.published())


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer anyway")
def test_of_eight_who_take_it_at_once_one_has_it():
    there = office()
    proposal = there.in_review()
    people = [there.colleague() for _ in range(8)]
    barrier, took, refused = Barrier(8), [], []

    def take(person):
        barrier.wait()
        try:
            took.append(reviewing.claim(by=person, proposal=proposal).reviewer)
        except reviewing.HeldBy:
            refused.append(person)
        finally:
            connections.close_all()

    threads = [Thread(target=take, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(took), len(refused)) == (1, 7)
    assert Proposal.objects.get(pk=proposal.pk).reviewer == took[0]


@pytest.mark.django_db(transaction=True, databases="__all__")
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer anyway")
def test_of_one_who_publishes_and_one_who_rejects_at_once_one_decides():
    there = office()
    proposal, other = there.in_review(), there.colleague()
    barrier, done, refused = Barrier(2), [], []

    def decide(act, **said):
        barrier.wait()
        try:
            done.append(act(proposal=proposal, **said).state)
        except ValidationError as error:
            refused.append(error)
        finally:
            connections.close_all()

    threads = [
        Thread(target=decide, args=[reviewing.publish], kwargs={"by": there.person}),
        Thread(target=decide, args=[reviewing.reject], kwargs={"by": other, "reason": "unclear"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(done), len(refused)) == (1, 1)
    assert Proposal.objects.get(pk=proposal.pk).state == done[0]
    assert connection.vendor == "postgresql"
