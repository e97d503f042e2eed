"""What the office does to a published proposal: hides it, pauses it, corrects a word."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from concivis.proposals.actions import holding
from concivis.proposals.deadlines import end_of
from concivis.proposals.models import Proposal
from concivis.proposals.tests.office_scene import office
from concivis.shell.conflicts import EditConflict

pytestmark = pytest.mark.django_db(databases="__all__")


def test_what_is_hidden_is_seen_by_nobody_and_comes_back():
    there = office()
    proposal = there.published()
    there.send("office_hide", proposal, reason="personal", note="Names a neighbour")
    assert not Proposal.objects.public().exists()
    there.send("office_show", proposal)
    assert Proposal.objects.public().exists()
    assert [each.event for each in proposal.happenings.all()] == ["hidden", "shown"]


def test_the_days_of_a_pause_are_added_to_the_deadline_and_said():
    there = office()
    proposal = there.published()
    there.send("office_pause", proposal, note="We look at a complaint")
    Proposal.objects.filter(pk=proposal.pk).update(paused_at=timezone.now() - timedelta(days=2, hours=1))
    there.send("office_resume", proposal)
    resumed = Proposal.objects.get(pk=proposal.pk)
    assert resumed.closes_on == proposal.closes_on + timedelta(days=3)
    assert resumed.closes_at == end_of(resumed.closes_on, there.hub.timezone)
    assert "new deadline" in resumed.happenings.last().note


def test_a_pause_says_why():
    there = office()
    with pytest.raises(ValidationError, match="everybody reads it"):
        holding.pause(by=there.person, proposal=there.published(), note=" ")


def test_what_does_not_collect_cannot_be_paused():
    there = office()
    with pytest.raises(ValidationError, match="collects signatures"):
        holding.pause(by=there.person, proposal=there.published(state="closed"), note="Why")


def test_a_correction_keeps_what_stood_there_before():
    there = office()
    proposal = there.published(title="A crosing")
    there.send(
        "office_correct", proposal, field="title", after="A crossing", reason="A letter was missing",
        revision=proposal.revision,
    )  # fmt: skip
    proposal.refresh_from_db()
    assert proposal.title == "A crossing"
    row = proposal.corrections.get()
    assert (row.before, row.after, row.reason) == ("A crosing", "A crossing", "A letter was missing")


def test_a_correction_of_what_a_colleague_changed_meanwhile_is_refused():
    there = office()
    proposal = there.published(title="A crosing")
    said = {"field": "title", "after": "A crossing", "reason": "A letter"}
    holding.correct(by=there.person, proposal=proposal, revision=proposal.revision, **said)
    with pytest.raises(EditConflict):
        holding.correct(
            by=there.person, proposal=proposal, revision=proposal.revision, **{**said, "after": "X"}
        )


@pytest.mark.parametrize(
    ("said", "field"),
    [({"after": "", "reason": "x"}, "after"), ({"after": "New", "reason": ""}, "reason"),
     ({"after": "A" * 151, "reason": "x"}, "after")],
)  # fmt: skip
def test_a_correction_without_text_or_reason_is_refused(said, field):
    there = office()
    with pytest.raises(ValidationError) as refused:
        holding.correct(by=there.person, proposal=there.published(), field="title", **said)
    assert field in refused.value.message_dict
