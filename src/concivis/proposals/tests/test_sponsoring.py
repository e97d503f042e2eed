"""A proposal finds its first supporters, or ends."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.proposals import factories
from concivis.proposals.actions import sponsoring
from concivis.proposals.enums import Rejection, State
from concivis.proposals.models import Proposal, ProposalKey, Sponsor
from concivis.proposals.tests.author_scene import drawn, link_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_counted")]


def looking(sponsors: int = 2) -> Proposal:
    hub = HubFactory(slug="hamm", name="Hamm")
    factories.RulesFactory(hub=hub, sponsors=sponsors, sponsor_days=30)
    return sponsoring.send_off(by=None, proposal=factories.unpublished(hub=hub, title="More benches"))


def support(proposal: Proposal, email: str) -> None:
    sponsoring.ask_sponsor(proposal=proposal, name="Somebody", email=email, language="en")


def press(email: str) -> Proposal:
    key = ProposalKey.objects.filter(sponsor__email=email).select_related("proposal__hub").latest("made_at")
    return sponsoring.confirm_sponsor(key=key)


def test_without_enough_supporters_it_waits_for_them() -> None:
    proposal = looking()
    assert proposal.state == State.SPONSORING and proposal.sponsors_until is not None


def test_where_the_rules_ask_for_none_the_office_gets_it_at_once(hub: Hub) -> None:
    assert sponsoring.send_off(by=None, proposal=factories.unpublished(hub=hub)).state == State.REVIEW


def test_with_enough_confirmed_supporters_the_office_gets_it_by_itself() -> None:
    proposal = looking()
    MembershipFactory(hub=proposal.hub)
    support(proposal, "one@example.org")
    support(proposal, "two@example.org")
    assert press("one@example.org").state == State.SPONSORING
    assert press("two@example.org").state == State.REVIEW


def test_the_same_mailbox_written_in_another_way_supports_once() -> None:
    proposal = looking()
    support(proposal, "ada.lovelace@gmail.com")
    support(proposal, "AdaLovelace+news@googlemail.com")
    assert Sponsor.objects.count() == 1


def test_pressing_twice_counts_once() -> None:
    proposal = looking()
    support(proposal, "one@example.org")
    press("one@example.org")
    assert press("one@example.org").sponsors.filter(confirmed_at__isnull=False).count() == 1


def test_who_asks_again_sees_the_same_page_and_the_owner_gets_a_letter(
    client: Client, commits: object
) -> None:
    proposal = looking()
    address = f"/en/proposals/first/{sponsoring.share_key(proposal)}/"
    said = {"name": "One", "email": "one@example.org", "agreed": "on", "drawn": drawn()}
    with commits():  # type: ignore[operator]
        first = client.post(address, said).content.decode()
    press("one@example.org")
    with commits():  # type: ignore[operator]
        again = client.post(address, said).content.decode()
    assert "Thank you. We have sent you a mail" in first and "Thank you. We have sent you a mail" in again
    assert "You support it already" in mail.outbox[-1].subject


def test_the_link_of_the_mail_counts_nobody(client: Client, commits: object) -> None:
    proposal = looking()
    with commits():  # type: ignore[operator]
        support(proposal, "one@example.org")
    link = link_in(mail.outbox[-1])
    assert client.get(link).status_code == 200
    assert not Sponsor.objects.filter(confirmed_at__isnull=False).exists()
    client.post(link)
    assert Sponsor.objects.filter(confirmed_at__isnull=False).exists()


def test_an_address_that_nobody_gave_out_leads_nowhere(client: Client) -> None:
    proposal = looking()
    assert client.get(f"/en/proposals/first/{proposal.public_id}-000000/").status_code == 404


def test_the_authors_cannot_support_their_own() -> None:
    with pytest.raises(ValidationError):
        support(looking(), "author@example.org")


def test_what_finds_no_supporters_in_time_ends_with_that_reason(commits: object) -> None:
    proposal = looking()
    with time_machine.travel(timezone.now() + timedelta(days=32)), commits():  # type: ignore[operator]
        assert sponsoring.end_overdue() == 1
        assert sponsoring.end_overdue() == 0
    proposal.refresh_from_db()
    assert (proposal.state, proposal.rejection) == (State.REJECTED, Rejection.NO_SPONSORS)
    assert "Not enough first supporters" in mail.outbox[-1].subject


def test_on_the_last_day_one_can_still_support_it() -> None:
    proposal = looking()
    support(proposal, "one@example.org")
    assert proposal.sponsors_until
    with time_machine.travel(f"{proposal.sponsors_until}T12:00:00Z"):
        assert not sponsoring.is_over(proposal)
