import datetime as dt
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.accounts.people import Person
from concivis.hubs.models import RecordLine
from concivis.proposals import forgetting, personal
from concivis.proposals.enums import Assurance, Check, Event, Means, State, Support, Threshold
from concivis.proposals.factories import ProposalFactory, unpublished
from concivis.proposals.models import (
    CoAuthor,
    Follower,
    Handover,
    Happening,
    Proposal,
    ProposalDraft,
    Signature,
    Sponsor,
    Tally,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ago(**said: float) -> dt.datetime:
    return NOW - dt.timedelta(**said)


def ended(days: int = 200, **said: Any) -> Proposal:
    """One that closed so many days ago; signatures are kept for 180."""
    proposal = ProposalFactory(
        published_at=ago(days=days + 30), closes_on=ago(days=days).date(), closes_at=ago(days=days),
        **{"state": State.CLOSED, "closed_at": ago(days=days), **said},
    )  # fmt: skip
    Happening.objects.create(proposal=proposal, event=Event.CLOSED, at=ago(days=days))
    return proposal


def sign(proposal: Proposal, count: int = 3, **said: Any) -> None:
    known = Signature.objects.count()
    Signature.objects.bulk_create(
        Signature(
            proposal=proposal, person=f"p{known + n}", key_hash=f"k{known + n}", means=Means.MAIL,
            assurance=Assurance.LOW, begun_at=proposal.published_at, email=f"s{known + n}@example.org",
            **{"support": Support.LEGAL, **said},
        )
        for n in range(count)
    )  # fmt: skip


def tally(proposal: Proposal, legal: int, consultative: int = 0) -> Tally:
    return Tally.objects.create(proposal=proposal, legal=legal, consultative=consultative)


# --- signatures become numbers -----------------------------------------------------------------------------------


def test_signatures_are_reduced_to_numbers_when_the_rules_say_so() -> None:
    proposal = ended()
    sign(proposal, 3, area="north")
    sign(proposal, 2, support=Support.CONSULTATIVE)
    sign(proposal, 1, withdrawn_at=NOW)
    sign(proposal, 1, check_state=Check.INVALID)
    tally(proposal, 3, 2)
    assert forgetting.reduce_due() == 7
    kept = Tally.objects.get()
    assert (kept.legal, kept.consultative, kept.invalid, kept.areas) == (3, 2, 1, {"north": 3})
    assert kept.frozen_at is not None
    line = RecordLine.objects.get(action="proposal.signatures_reduced")
    assert line.details == {"signatures": 3, "support": 2}


def test_signatures_are_kept_as_long_as_the_rules_say() -> None:
    proposal = ended(days=179)
    sign(proposal)
    tally(proposal, 3)
    assert forgetting.reduce_due() == 0
    assert Signature.objects.count() == 3


def test_the_time_counts_from_the_hand_over_where_that_was_later() -> None:
    proposal = ended(state=State.HANDED_OVER, handed_over_on=ago(days=100).date())
    sign(proposal)
    tally(proposal, 3)
    assert forgetting.reduce_due() == 0


def test_what_waits_to_be_handed_over_keeps_its_signatures() -> None:
    proposal = ended()
    Happening.objects.create(proposal=proposal, event=Event.REACHED, threshold=Threshold.ANSWER, number=3)
    sign(proposal)
    tally(proposal, 3)
    assert forgetting.reduce_due() == 0


def test_a_package_that_can_still_be_opened_keeps_the_signatures() -> None:
    proposal = ended(state=State.HANDED_OVER, handed_over_on=ago(days=200).date())
    Handover.objects.create(
        public_id="h1", proposal=proposal, key_hash="k", expires_at=NOW + dt.timedelta(days=1)
    )
    sign(proposal)
    tally(proposal, 3)
    assert forgetting.reduce_due() == 0


def test_what_collects_is_never_reduced() -> None:
    proposal = ProposalFactory()
    sign(proposal)
    assert forgetting.due_for_reduction() == []


def test_nothing_is_deleted_while_the_pages_say_another_number(caplog: pytest.LogCaptureFixture) -> None:
    proposal = ended()
    sign(proposal)
    tally(proposal, 4)
    assert forgetting.reduce_due() == 0
    assert Signature.objects.count() == 3
    assert "its pages say 4 + 0, its rows say 3 + 0" in caplog.text


def test_killed_in_the_middle_it_goes_on_and_the_numbers_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "PORTION", 2)
    proposal = ended()
    sign(proposal, 5)
    tally(proposal, 5)
    delete, calls = forgetting._delete, []

    def killed(model: Any, keys: list[int]) -> int:
        calls.append(keys)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return delete(model, keys)

    monkeypatch.setattr(forgetting, "_delete", killed)
    with pytest.raises(KeyboardInterrupt):
        forgetting.reduce_due()
    assert (Signature.objects.count(), Tally.objects.get().legal) == (3, 5)
    assert forgetting.reduce_due() == 3
    assert Tally.objects.get().legal == 5
    assert RecordLine.objects.filter(action="proposal.signatures_reduced").count() == 1


def test_first_supporters_go_with_the_signatures() -> None:
    proposal = ended()
    Sponsor.objects.create(proposal=proposal, person="x", name="Example", confirmed_at=NOW)
    sign(proposal)
    tally(proposal, 3)
    forgetting.reduce_due()
    assert not Sponsor.objects.exists()


def test_a_dry_run_says_what_would_go_and_deletes_nothing() -> None:
    proposal = ended()
    sign(proposal)
    tally(proposal, 3)
    out = StringIO()
    call_command("reduce_signatures", "--dry-run", stdout=out)
    assert proposal.public_id in out.getvalue()
    assert "3 signatures would be deleted" in out.getvalue()
    assert Signature.objects.count() == 3
    call_command("reduce_signatures", stdout=out)
    assert "3 signatures deleted" in out.getvalue()
    call_command("reduce_signatures", stdout=out)
    assert "Nothing is due." in out.getvalue()


# --- the others --------------------------------------------------------------------------------------------------


def test_what_nobody_confirmed_goes_after_a_week() -> None:
    proposal = ProposalFactory()
    for days in (6, 8):
        Follower.objects.create(
            proposal=proposal, email=f"f{days}@example.org", language="en", key_hash=f"k{days}",
            asked_at=ago(days=days),
        )  # fmt: skip
        Sponsor.objects.create(proposal=proposal, person=f"p{days}")
        ProposalDraft.objects.create(hub=proposal.hub, key_hash=f"d{days}")
        unpublished(state=State.DRAFT, hub=proposal.hub, title=f"Draft {days}")
    Sponsor.objects.filter(person="p8").update(asked_at=ago(days=8))
    ProposalDraft.objects.filter(key_hash="d8").update(saved_at=ago(days=8))
    Proposal.objects.filter(title="Draft 8").update(created_at=ago(days=8))
    gone = forgetting.forget_unconfirmed()
    assert gone == {"attempts": 0, "followers": 1, "sponsors": 1, "drafts": 1, "proposals": 1}
    assert Follower.objects.get().email == "f6@example.org"
    assert forgetting.forget_unconfirmed()["proposals"] == 0


def test_followers_of_what_has_ended_are_forgotten_half_a_year_after_its_last_step() -> None:
    old, fresh, open_one = ended(days=200), ended(days=100), ProposalFactory()
    for number, proposal in enumerate((old, fresh, open_one)):
        Follower.objects.create(
            proposal=proposal, email=f"f{number}@example.org", language="en", confirmed_at=NOW
        )
    assert forgetting.forget_followers() == 1
    assert not Follower.objects.filter(proposal=old).exists()


def test_the_authors_address_goes_a_year_after_the_end_and_a_public_name_stays() -> None:
    proposal = ended(days=400, author_name_public=True, author_phone="1")
    hidden = ended(days=400)
    CoAuthor.objects.create(proposal=proposal, name="Example Two", email="two@example.org")
    assert forgetting.forget_authors() == 2
    proposal.refresh_from_db()
    hidden.refresh_from_db()
    assert (proposal.author_name, proposal.author_email, proposal.author_phone) == ("Example Author", "", "")
    assert hidden.author_name == ""
    assert not CoAuthor.objects.exists()
    assert forgetting.forget_authors() == 0


# --- a person ----------------------------------------------------------------------------------------------------


def test_a_person_sees_all_that_is_kept_and_leaving_takes_it_away() -> None:
    user = UserFactory()
    EmailAddress.objects.create(user=user, email="s0@example.org", verified=True)
    proposal = ProposalFactory(author_email="s0@example.org", author_name_public=True)
    sign(proposal, 1, name="Example", name_public=True)
    Follower.objects.create(proposal=proposal, email="s0@example.org", language="en", confirmed_at=NOW)
    kept = personal.personal_data(Person.of_user(user))
    assert [each["id"] for each in kept["proposals"]] == [proposal.public_id]
    assert kept["signatures"][0]["name"] == "Example"
    assert len(kept["proposals_followed"]) == 1
    personal.before_leaving(Person.of_user(user))
    proposal.refresh_from_db()
    assert (proposal.author_email, proposal.author_name, proposal.author_name_public) == ("", "", False)
    assert not Follower.objects.exists()
    assert not Signature.objects.get().name_public  # it still counts
