"""Signatures that are not true are taken out of the count, many at once, and put back as a whole."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from concivis.hubs.models import RecordLine
from concivis.proposals import trends
from concivis.proposals.actions import holding_back, invalidating
from concivis.proposals.actions.invalidating import Choice
from concivis.proposals.enums import Support, Threshold
from concivis.proposals.factories import AttemptFactory, SignatureFactory
from concivis.proposals.models import Attempt, Invalidation, Tally
from concivis.proposals.tests.office_scene import office

pytestmark = pytest.mark.django_db(databases="__all__")
NOW = timezone.now()


def attacked():
    """Eight signatures of people, four of one network."""
    there = office()
    proposal = there.published()
    SignatureFactory.create_batch(8, proposal=proposal)
    SignatureFactory.create_batch(4, proposal=proposal, network="n1", domain="spam.example")
    return there, proposal


def test_what_it_would_do_is_said_before_with_what_would_be_lost():
    _there, proposal = attacked()
    outlook = invalidating.outlook(proposal, Choice(network="n1"))
    assert (outlook.number, outlook.legal_before, outlook.legal_after) == (4, 12, 8)
    assert outlook.lost == (Threshold.ANSWER,)


def test_looking_changes_nothing():
    there, proposal = attacked()
    page = there.page("office_invalidate", proposal, network="n1")
    assert page.context["outlook"].number == 4
    assert not Invalidation.objects.exists()


def test_the_sample_shows_nobody():
    there, proposal = attacked()
    page = there.page("office_invalidate", proposal, network="n1").content.decode()
    assert "spam.example" in page
    assert "supporter" not in page


def test_they_no_longer_count_and_the_record_says_how_many():
    there, proposal = attacked()
    there.send("office_invalidate", proposal, network="n1", reason="A program signed")
    assert Tally.objects.get(proposal=proposal).legal == 8
    line = RecordLine.objects.get(action="proposal.invalidated")
    assert line.details["count"] == 4


def test_what_came_after_the_look_is_not_taken_out():
    there, proposal = attacked()
    until = there.page("office_invalidate", proposal, network="n1").context["form"].initial["until"]
    SignatureFactory(proposal=proposal, network="n1", signed_at=timezone.now() + timedelta(minutes=1))
    there.send("office_invalidate", proposal, network="n1", until=until, reason="A program signed")
    assert Invalidation.objects.get().number == 4


def test_all_of_them_count_again_once():
    there, proposal = attacked()
    made = invalidating.invalidate(
        by=there.person, proposal=proposal, choice=Choice(network="n1"), reason="x"
    )
    there.send("office_invalidation_cancel", proposal, made.public_id)
    assert Tally.objects.get(proposal=proposal).legal == 12
    with pytest.raises(ValidationError, match="taken back already"):
        invalidating.cancel(by=there.person, invalidation=made)


@pytest.mark.parametrize(
    ("choice", "reason"), [(Choice(), "x"), (Choice(network="n1"), " "), (Choice(network="n9"), "x")]
)
def test_everything_nothing_or_without_a_reason_is_refused(choice, reason):
    there, proposal = attacked()
    with pytest.raises(ValidationError):
        invalidating.invalidate(by=there.person, proposal=proposal, choice=choice, reason=reason)
    assert not Invalidation.objects.exists()


def test_support_from_others_is_counted_apart():
    there, proposal = attacked()
    SignatureFactory.create_batch(3, proposal=proposal, network="n1", support=Support.CONSULTATIVE)
    outlook = invalidating.outlook(proposal, Choice(network="n1"))
    assert (outlook.number, outlook.consultative_before, outlook.consultative_after) == (7, 3, 0)
    assert there.hub == proposal.hub


def test_a_choice_is_kept_as_it_was_made():
    choice = Choice(network="n1", begin=NOW, until=NOW + timedelta(hours=1))
    assert Choice.from_json(choice.as_json()) == choice


def test_trends_tell_every_hour_and_the_largest_sources():
    there, proposal = attacked()
    hours = trends.by_hour(proposal, hours=48)
    assert (len(hours), sum(hour.count for hour in hours)) == (48, 12)
    assert [(source.name, source.count) for source in trends.by_source(proposal, "network")] == [("n1", 4)]
    assert there.page("office_signatures", proposal).status_code == 200


def test_what_waits_is_let_through_with_as_much_time_as_everybody_has():
    there = office()
    proposal = there.published()
    late = AttemptFactory(proposal=proposal, held=True, domain="school.example", confirm_until=timezone.now())
    AttemptFactory(proposal=proposal, held=True, domain="spam.example")
    there.send("office_held", proposal, domain="school.example")
    late.refresh_from_db()
    assert not late.held
    assert late.confirm_until > timezone.now() + timedelta(hours=23)
    assert Attempt.objects.filter(held=True).count() == 1


def test_what_waits_is_dropped_only_when_one_is_sure():
    there = office()
    proposal = there.published()
    AttemptFactory(proposal=proposal, held=True, domain="spam.example")
    asked = there.send("office_held", proposal, domain="spam.example", act="drop")
    assert "Drop them for good?" in asked.content.decode()
    assert Attempt.objects.exists()
    there.send("office_held", proposal, domain="spam.example", act="drop", sure="1")
    assert not Attempt.objects.exists()


def test_limits_are_changed_in_the_hour_of_an_attack():
    there = office()
    said = {"network_burst": 5, "network_day": 50, "domain_burst": 5, "domain_day": 50}
    there.send("office_limits", **said, blocked_domains="SPAM.example\n@trash.example", allowed_domains="")
    limits = there.hub.signing_limits
    assert (limits.network_burst, limits.blocked_domains) == (5, ["spam.example", "trash.example"])
    with pytest.raises(ValidationError):
        holding_back.set_limits(by=None, hub=there.hub, **{**said, "network_day": 1})
