"""Signing: one person, once; what a key opens; until when."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from concivis.proposals import collecting, identity
from concivis.proposals.actions import signing
from concivis.proposals.actions.signing import CannotSign, Facts, Outcome
from concivis.proposals.collecting import Shut
from concivis.proposals.enums import Check, State, Support
from concivis.proposals.factories import AttemptFactory, ProposalFactory, SignatureFactory, unpublished
from concivis.proposals.models import Attempt, Proposal, Signature
from concivis.shell import keys

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def mailed(proposal: Proposal, email: str = "ada@example.org", **said: object) -> str:
    """The key of a letter to somebody who began to sign."""
    key = keys.new()
    AttemptFactory(proposal=proposal, email=email, key=key, **said)
    return key


def test_pressing_the_button_signs() -> None:
    proposal = ProposalFactory()
    key = mailed(proposal, name="Ada", postcode="59065")
    assert signing.confirm(key=key) == (Outcome.SIGNED, proposal.public_id)
    signature = Signature.objects.get()
    assert (signature.name, signature.postcode, signature.check_state) == ("Ada", "59065", Check.WAITING)
    assert not Attempt.objects.exists()


def test_pressing_it_twice_is_harmless() -> None:
    proposal = ProposalFactory()
    key = mailed(proposal)
    signing.confirm(key=key)
    assert signing.confirm(key=key) == (Outcome.SIGNED, proposal.public_id)
    assert Signature.objects.count() == 1


def test_a_key_that_was_never_mailed_signs_nothing() -> None:
    assert signing.confirm(key="made-up") == (Outcome.UNKNOWN, "")


def test_two_letters_to_one_person_make_one_signature() -> None:
    proposal = ProposalFactory()
    first, second = mailed(proposal, "ada@gmail.com"), mailed(proposal, "a.d.a+x@googlemail.com")
    signing.confirm(key=first)
    assert signing.confirm(key=second)[0] is Outcome.STANDS
    assert Signature.objects.count() == 1


def test_the_second_letter_opens_the_signature_that_stands() -> None:
    proposal = ProposalFactory()
    first, second = mailed(proposal), mailed(proposal)
    signing.confirm(key=first)
    found = signing.find(second)
    assert found and found.signature == Signature.objects.get()


def test_the_same_person_may_sign_another_proposal() -> None:
    for proposal in (ProposalFactory(), ProposalFactory()):
        assert signing.confirm(key=mailed(proposal))[0] is Outcome.SIGNED
    assert Signature.objects.count() == 2


def test_the_wish_for_news_comes_along() -> None:
    signing.confirm(key=mailed(ProposalFactory(), wants_news=True))
    assert Signature.objects.get().wants_news


# --- withdrawing -------------------------------------------------------------------------------------------


def test_a_withdrawn_signature_keeps_nothing_of_the_person_but_the_hash() -> None:
    proposal = ProposalFactory()
    signature = SignatureFactory(proposal=proposal, name="Ada", name_public=True, postcode="59065")
    assert signing.withdraw(signature=signature)
    signature.refresh_from_db()
    assert (signature.name, signature.email, signature.postcode) == ("", "", "")
    assert signature.withdrawn_at is not None


def test_withdrawing_twice_withdraws_once() -> None:
    signature = SignatureFactory()
    assert [signing.withdraw(signature=signature) for _ in range(2)] == [True, False]


def test_after_the_deadline_a_signature_stands() -> None:
    proposal = ProposalFactory(closes_at=timezone.now())
    assert not signing.withdraw(signature=SignatureFactory(proposal=proposal))


def test_who_withdrew_may_sign_again_and_counts_once() -> None:
    proposal = ProposalFactory()
    signing.confirm(key=mailed(proposal, name="Ada"))
    signing.withdraw(signature=Signature.objects.get())
    assert signing.confirm(key=mailed(proposal, name="Ada L."))[0] is Outcome.SIGNED
    signature = Signature.objects.get()
    assert (signature.name, signature.withdrawn_at) == ("Ada L.", None)


def test_the_old_button_does_not_sign_again_after_withdrawing() -> None:
    proposal = ProposalFactory()
    key = mailed(proposal)
    signing.confirm(key=key)
    signing.withdraw(signature=Signature.objects.get())
    assert signing.confirm(key=key)[0] is Outcome.WITHDRAWN
    assert Signature.objects.filter(withdrawn_at=None).count() == 0


# --- deadlines ---------------------------------------------------------------------------------------------


def test_what_was_begun_before_the_deadline_may_be_confirmed_within_a_day() -> None:
    proposal = ProposalFactory()
    assert proposal.closes_at
    begun = proposal.closes_at - dt.timedelta(seconds=1)
    key = mailed(proposal, begun_at=begun)
    late = begun + DAY - dt.timedelta(seconds=1)
    assert signing.confirm(key=key, now=late)[0] is Outcome.SIGNED


def test_a_day_later_it_is_too_late() -> None:
    proposal = ProposalFactory()
    assert proposal.closes_at
    begun = proposal.closes_at - dt.timedelta(seconds=1)
    key = mailed(proposal, begun_at=begun)
    assert signing.confirm(key=key, now=begun + DAY)[0] is Outcome.TOO_LATE
    assert not Signature.objects.exists()


def test_what_was_begun_after_the_deadline_never_counts() -> None:
    proposal = ProposalFactory()
    assert proposal.closes_at
    key = mailed(proposal, begun_at=proposal.closes_at, confirm_until=proposal.closes_at + DAY)
    assert signing.confirm(key=key, now=proposal.closes_at)[0] is Outcome.TOO_LATE


def test_what_was_begun_long_before_the_deadline_waits_until_the_deadline() -> None:
    proposal = ProposalFactory()
    begun = timezone.now()
    assert collecting.confirm_until(proposal, begun) == begun + collecting.ATTEMPT_KEPT


def test_once_closed_nothing_is_confirmed_whatever_the_clock_says() -> None:
    proposal = ProposalFactory(state=State.CLOSED)
    assert signing.confirm(key=mailed(proposal))[0] is Outcome.TOO_LATE


def test_a_clock_that_jumps_back_opens_nothing_again() -> None:
    proposal = ProposalFactory(deadline_seen_at=timezone.now())
    assert collecting.shut(proposal, timezone.now() - DAY) is Shut.ENDED


def test_a_paused_proposal_is_not_signed_and_the_attempt_waits() -> None:
    proposal = ProposalFactory()
    key = mailed(proposal)
    Proposal.objects.update(paused_at=timezone.now())
    assert signing.confirm(key=key)[0] is Outcome.PAUSED
    Proposal.objects.update(paused_at=None)
    assert signing.confirm(key=key)[0] is Outcome.SIGNED


# --- beginning ---------------------------------------------------------------------------------------------


def test_beginning_writes_an_attempt_and_no_signature() -> None:
    proposal = ProposalFactory()
    signing.begin(proposal=proposal, facts=Facts("Ada@Example.org", postcode="59065"), address="192.0.2.7")
    attempt = Attempt.objects.get()
    assert attempt.person == identity.by_mail(proposal.public_id, "ada@example.org")
    assert attempt.network == identity.network(proposal.public_id, "192.0.2.200")
    assert not Signature.objects.exists()


@pytest.mark.parametrize("state", [State.CLOSED, State.HANDED_OVER, State.REALISED])
def test_what_has_ended_is_not_begun(state: State) -> None:
    proposal = ProposalFactory(state=state, ended_on=timezone.localdate())
    with pytest.raises(CannotSign) as refused:
        signing.begin(proposal=proposal, facts=Facts("ada@example.org"))
    assert refused.value.why is Shut.ENDED


def test_what_is_not_published_is_not_begun() -> None:
    with pytest.raises(CannotSign):
        signing.begin(proposal=unpublished(), facts=Facts("ada@example.org"))


def test_what_is_less_sure_than_the_rules_ask_is_support_from_others() -> None:
    proposal = ProposalFactory()
    proposal.rules.assurance = "substantial"
    signing.begin(proposal=proposal, facts=Facts("ada@example.org"))
    assert Attempt.objects.get().support == Support.CONSULTATIVE


def test_a_confirmation_takes_few_statements(django_assert_num_queries: object) -> None:
    key = mailed(ProposalFactory())
    statements = 1 if connection.vendor == "postgresql" else 5
    with django_assert_num_queries(statements):  # type: ignore[operator]
        signing.confirm(key=key)
