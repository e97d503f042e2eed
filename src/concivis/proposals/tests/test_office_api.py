"""What an office's programs do with proposals."""

import datetime as dt

import pytest

from concivis.hubs.scopes import Scope
from concivis.hubs.testing import Program
from concivis.proposals.factories import SignatureFactory
from concivis.proposals.models import Signature
from concivis.proposals.tests.office_scene import office

pytestmark = pytest.mark.django_db(databases="__all__")
PATH = "/api/v1/hub/proposals"


def program(there, *scopes):
    return Program(there.client, there.hub, *scopes, by=there.person)


def test_the_list_names_nobody():
    there = office()
    there.published(title="A pool", author_email="ada@example.org", author_name="Ada Example")
    answer = program(there, Scope.PROPOSALS_READ).get(PATH)
    assert [row["title"] for row in answer.json()["results"]] == ["A pool"]
    assert "ada" not in answer.content.decode().lower()


def test_a_program_publishes_unless_a_colleague_looks_at_it():
    there = office()
    proposal = there.in_review(
        reviewer=there.colleague(), reviewer_until=dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    )
    ours = program(there, Scope.PROPOSALS_WRITE)
    assert ours.send("post", f"{PATH}/{proposal.public_id}/publication").status_code == 422
    proposal.reviewer, proposal.reviewer_until = None, None
    proposal.save()
    assert ours.send("post", f"{PATH}/{proposal.public_id}/publication").json()["state"] == "published"


def test_an_overtaken_revision_is_a_conflict():
    there = office()
    proposal = there.in_review(revision=4)
    ours = program(there, Scope.PROPOSALS_WRITE)
    assert ours.send("post", f"{PATH}/{proposal.public_id}/publication", revision=3).status_code == 409


def test_a_program_answers_adds_a_measure_and_says_what_became_of_it():
    there = office()
    proposal = there.published(state="handed_over")
    ours, path = program(there, Scope.PROPOSALS_WRITE), f"{PATH}/{proposal.public_id}"
    today = str(dt.date.today())
    said = {"verdict": "accepted", "text": "Yes.", "body": "The council", "on": today, "language": "en"}
    assert ours.send("post", f"{path}/answers", **said).status_code == 201
    made = ours.send("post", f"{path}/measures", title="A crossing", language="en").json()
    changed = ours.send(
        "put", f"{path}/measures/{made['id']}", title="A crossing", language="en", state="done", revision=0
    )
    assert changed.json()["state"] == "done"
    ended = ours.send("put", f"{path}/outcome", outcome="realised", on=today, language="en").json()
    assert (ended["state"], len(ended["answers"]), len(ended["measures"])) == ("realised", 1, 1)


def test_the_register_is_asked_by_number_and_its_answers_may_come_twice():
    there = office()
    proposal = there.published()
    first, second = SignatureFactory.create_batch(2, proposal=proposal, name="Ada", postcode="12345")
    ours, path = program(there, Scope.SIGNATURES_CHECK), f"{PATH}/{proposal.public_id}"
    asked = ours.send("post", f"{path}/signatures-to-check").json()
    assert asked["columns"] == ["number", "name", "postcode", "signed_on"]
    assert [row[0] for row in asked["rows"]] == [first.pk, second.pk]
    answers = [{"number": first.pk, "result": "valid"}, {"number": 10**9, "result": "invalid"}]
    noted = ours.send("post", f"{path}/register-answers", answers=answers).json()
    assert noted == {"valid": 1, "invalid": 0, "same": 0, "unknown": 1}
    again = ours.send("post", f"{path}/register-answers", answers=answers).json()
    assert again == {"valid": 0, "invalid": 0, "same": 1, "unknown": 1}
    assert Signature.objects.get(pk=first.pk).check_state == "valid"


def test_who_may_only_work_on_proposals_sees_no_signatures():
    there = office()
    proposal = there.published()
    ours = program(there, Scope.PROPOSALS_READ, Scope.PROPOSALS_WRITE)
    assert ours.send("post", f"{PATH}/{proposal.public_id}/signatures-to-check").status_code == 403
