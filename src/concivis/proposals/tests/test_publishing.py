"""From the authors to the office, and from the office to everybody."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from concivis.catalogue.models import Card
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.proposals import factories
from concivis.proposals.actions.publishing import publish, submit
from concivis.proposals.enums import Event, State
from concivis.proposals.models import Proposal

pytestmark = pytest.mark.django_db


def in_review(**rules: object) -> Proposal:
    hub = HubFactory(slug="hamm", timezone="Europe/Berlin")
    factories.RulesFactory(hub=hub, **rules)
    return factories.unpublished(hub=hub, state=State.REVIEW, title="More benches")


def test_the_deadline_is_the_end_of_the_local_day() -> None:
    proposal = in_review(open_days=10)
    with time_machine.travel(
        dt.datetime(2026, 3, 24, 23, 30, tzinfo=dt.UTC), tick=False
    ):  # the 25th in Berlin
        made = publish(by=None, proposal=proposal)
    assert made.closes_on == dt.date(2026, 4, 4)
    assert made.closes_at == dt.datetime(2026, 4, 5, 0, 0, tzinfo=ZoneInfo("Europe/Berlin"))


def test_a_published_proposal_keeps_the_rules_of_that_day() -> None:
    proposal = in_review()
    made = publish(by=None, proposal=proposal)
    factories.RulesFactory(hub=made.hub, number=2)
    made.refresh_from_db()
    assert made.rules and made.rules.number == 1


def test_publishing_makes_the_card_and_the_step_of_the_timeline() -> None:
    made = publish(by=None, proposal=in_review())
    assert Card.objects.get(kind="proposal").public_id == made.public_id
    assert [each.event for each in made.happenings.all()] == [Event.PUBLISHED]


def test_nothing_is_published_without_rules() -> None:
    proposal = factories.unpublished(state=State.REVIEW)
    with pytest.raises(ValidationError, match="rules"):
        publish(by=None, proposal=proposal)


def test_what_is_still_written_is_not_published() -> None:
    proposal = in_review()
    Proposal.objects.update(state=State.IDEA)
    with pytest.raises(ValidationError):
        publish(by=None, proposal=proposal)


def test_the_authors_get_a_letter_with_their_private_link(django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        publish(by=None, proposal=in_review())
    assert "/en/proposals/mine/" in mail.outbox[0].body


def test_the_office_is_told_of_what_is_submitted(django_capture_on_commit_callbacks: object) -> None:
    proposal = in_review()
    Proposal.objects.update(state=State.IDEA)
    member = MembershipFactory(hub=proposal.hub).user
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        submit(by=None, proposal=proposal)
    assert [letter.to for letter in mail.outbox] == [["author@example.org"], [member.email]]


def test_without_its_first_supporters_nothing_is_submitted() -> None:
    proposal = in_review(sponsors=3)
    Proposal.objects.update(state=State.IDEA)
    with pytest.raises(ValidationError, match="3"):
        submit(by=None, proposal=proposal)


def test_a_proposal_has_its_page_once_it_is_published(client: Client) -> None:
    proposal = in_review()
    assert client.get(f"/en/proposals/{proposal.public_id}/").status_code == 404
    publish(by=None, proposal=proposal)
    assert "More benches" in client.get(f"/en/proposals/{proposal.public_id}/").content.decode()
