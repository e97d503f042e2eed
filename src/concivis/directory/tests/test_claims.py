import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.accounts.people import Person
from concivis.directory import actions, policies
from concivis.directory.enums import ClaimState
from concivis.directory.factories import organisation
from concivis.directory.models import Claim, Steward
from concivis.directory.personal import personal_data
from concivis.hubs.factories import MembershipFactory
from concivis.hubs.models import RecordLine

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def body():
    return organisation("Freunde Togos")


@pytest.fixture
def editor(body):
    return MembershipFactory(hub=body.hub, role="editor").user


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """`sent(action, …)`: what the action gives, with its letters in the box."""

    def done(action, **facts):
        with django_capture_on_commit_callbacks(execute=True):
            return action(**facts)

    return done


def claimed(body, **said):
    facts = {"name": "Ada", "email": "ada@example.org", "language": "en", "message": "", "user": None, **said}
    return actions.claim_organisation(organisation=body, **facts)


def key_in(letter) -> str:
    return re.search(r"/([\w-]{30,})/", letter.body)[1]


def test_without_an_account_the_address_is_confirmed_before_the_office_is_told(body, editor, sent):
    claim = sent(claimed, body=body)
    assert claim.state == ClaimState.UNCONFIRMED
    assert [letter.to for letter in mail.outbox] == [["ada@example.org"]]
    sent(actions.confirm_claim, claim=claim)
    claim.refresh_from_db()
    assert (claim.state, claim.key_hash) == (ClaimState.OPEN, None)
    assert mail.outbox[1].to == [editor.email]


def test_with_an_account_the_office_is_told_at_once(body, editor, sent):
    user = UserFactory()
    claim = sent(claimed, body=body, user=user)
    assert (claim.state, claim.email) == (ClaimState.OPEN, user.email)
    assert [letter.to for letter in mail.outbox] == [[editor.email]]


def test_asking_twice_makes_one_claim(body):
    claimed(body)
    claimed(body)
    assert Claim.objects.count() == 1


def test_who_is_accepted_with_an_account_may_edit(body, editor):
    user = UserFactory()
    assert not policies.may_edit(user, body)
    actions.accept_claim(by=editor, claim=claimed(body, user=user))
    assert policies.may_edit(user, body)


def test_who_is_accepted_without_an_account_gets_a_key_of_which_only_the_hash_is_kept(body, editor, sent):
    claim = claimed(body)
    actions.confirm_claim(claim=claim)
    steward = sent(actions.accept_claim, by=editor, claim=claim)
    key = key_in(mail.outbox[-1])
    assert policies.steward_of(key) == steward
    assert key not in str(Steward.objects.values())


def test_a_key_opens_nothing_after_a_year_or_once_dismissed(body, editor, sent):
    claim = claimed(body)
    actions.confirm_claim(claim=claim)
    steward = sent(actions.accept_claim, by=editor, claim=claim)
    key = key_in(mail.outbox[-1])
    with time_machine.travel(timezone.now() + dt.timedelta(days=366)):
        assert policies.steward_of(key) is None
    actions.dismiss_steward(by=editor, steward=steward)
    assert policies.steward_of(key) is None


def test_who_looks_after_it_already_gets_a_new_key_instead_of_a_claim(body, editor, sent):
    claim = claimed(body)
    actions.confirm_claim(claim=claim)
    steward = sent(actions.accept_claim, by=editor, claim=claim)
    old = key_in(mail.outbox[-1])
    assert sent(claimed, body=body) is None
    assert policies.steward_of(old) is None
    assert policies.steward_of(key_in(mail.outbox[-1])) == steward


def test_a_claim_that_is_declined_says_why(body, editor, sent):
    claim = claimed(body, user=UserFactory())
    with pytest.raises(ValidationError, match="why"):
        actions.decline_claim(by=editor, claim=claim, reason=" ")
    sent(actions.decline_claim, by=editor, claim=claim, reason="We do not know you.")
    assert "We do not know you." in mail.outbox[-1].body
    assert not Steward.objects.exists()


def test_what_was_decided_is_not_decided_again(body, editor):
    claim = claimed(body, user=UserFactory())
    actions.accept_claim(by=editor, claim=claim)
    for again in (
        lambda: actions.accept_claim(by=editor, claim=claim),
        lambda: actions.decline_claim(by=editor, claim=claim, reason="no"),
    ):
        with pytest.raises(ValidationError, match="already"):
            again()


def test_an_unconfirmed_claim_cannot_be_accepted(body, editor):
    with pytest.raises(ValidationError):
        actions.accept_claim(by=editor, claim=claimed(body))


@pytest.mark.parametrize("said", [{"email": "nonsense"}, {"email": ""}, {"name": " "}])
def test_a_claim_needs_a_name_and_an_address(body, said):
    with pytest.raises(ValidationError):
        claimed(body, **said)


def test_nobody_is_flooded_with_letters(body):
    hub = body.hub
    for number in range(5):
        claimed(organisation(f"Verein Nummer {number}", hub=hub))
    with pytest.raises(ValidationError, match="Too many"):
        claimed(body)


def test_an_entry_that_no_office_keeps_cannot_be_claimed():
    from concivis.directory.actions import record_organisation

    with pytest.raises(ValidationError, match="No office"):
        claimed(record_organisation(by=None, hub=None, kind="association", name="Free"))


def test_old_claims_are_forgotten(body, editor):
    claimed(body)
    done = claimed(body, user=UserFactory())
    actions.decline_claim(by=editor, claim=done, reason="no")
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        assert actions.forget_old_claims() == 1
    with time_machine.travel(timezone.now() + dt.timedelta(days=366)):
        assert actions.forget_old_claims() == 1
    assert not Claim.objects.exists()


def test_the_record_does_not_name_who_asked(body, editor):
    claim = claimed(body, name="Ada Beispiel")
    actions.confirm_claim(claim=claim)
    actions.accept_claim(by=editor, claim=claim)
    written = str(list(RecordLine.objects.values()))
    assert "Beispiel" not in written and "ada@" not in written


def test_a_person_is_told_all_that_is_kept(body, editor):
    user = UserFactory()
    actions.accept_claim(by=editor, claim=claimed(body, user=user, message="It is us."))
    told = personal_data(Person.of_user(user))
    assert told["claims_of_organisations"][0]["message"] == "It is us."
    assert told["organisations_looked_after"][0]["organisation"] == "Freunde Togos"
