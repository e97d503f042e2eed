"""The pages with which people sign, and the letters between them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.hubs.testing import asks
from concivis.proposals import limits, signing_letters
from concivis.proposals.enums import Means, Support
from concivis.proposals.factories import AttemptFactory, ProposalFactory, RulesFactory, SignatureFactory
from concivis.proposals.models import Attempt, Proposal, Signature, SigningLimits
from concivis.shell.guard import signer

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    limits.forget()


@pytest.fixture
def proposal() -> Proposal:
    return ProposalFactory(title="A bench at the river")


def answers(**said: object) -> dict[str, object]:
    """What a person sends, ten seconds after the page was drawn."""
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        drawn = signer.sign("form")
    return {"support": "legal", "email": "ada@example.org", "consent": "on", "drawn": drawn, **said}


def send(client: Client, proposal: Proposal, **said: object) -> object:
    return client.post(f"/en/proposals/{proposal.public_id}/sign/", answers(**said))


def link_mailed() -> str:
    signing_letters.send_due()
    found = re.search(r"http://localhost:8000(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_form_a_letter_and_a_button_sign(client: Client, proposal: Proposal) -> None:
    answer = send(client, proposal)
    assert answer.url == f"/en/proposals/{proposal.public_id}/sign/sent/"
    link = link_mailed()
    assert "Sign now" in client.get(link).content.decode()
    assert client.post(link).url == f"/en/proposals/{proposal.public_id}/signed/"
    assert Signature.objects.get().email == "ada@example.org"


def test_a_program_that_opens_the_links_of_letters_signs_nothing(client: Client, proposal: Proposal) -> None:
    send(client, proposal)
    link = link_mailed()
    client.get(link)
    client.head(link)
    assert not Signature.objects.exists()


def test_no_page_on_the_way_sets_a_cookie(client: Client, proposal: Proposal) -> None:
    pages = [client.get(f"/en/proposals/{proposal.public_id}/sign/"), send(client, proposal)]
    link = link_mailed()
    pages += [client.get(link), client.post(link), client.get(link)]
    assert [dict(page.cookies) for page in pages] == [{}] * 5


def test_the_form_may_be_kept_and_what_the_key_opens_may_not(client: Client, proposal: Proposal) -> None:
    form = client.get(f"/en/proposals/{proposal.public_id}/sign/")
    send(client, proposal)
    opened = client.get(link_mailed())
    assert "Cache-Control" not in form
    assert opened["Cache-Control"] == "private, no-store"


def test_who_has_signed_gets_the_same_page_and_another_letter(client: Client, proposal: Proposal) -> None:
    SignatureFactory(proposal=proposal, email="ada@example.org")
    known, new = send(client, proposal), send(client, proposal, email="new@example.org")
    assert (known.status_code, known.url) == (new.status_code, new.url)
    signing_letters.send_due()
    subjects = {letter.to[0]: letter.subject for letter in mail.outbox}
    assert subjects == {
        "ada@example.org": "You have signed “A bench at the river” already",
        "new@example.org": "Please confirm your signature: A bench at the river",
    }


def test_the_letter_to_who_has_signed_opens_their_signature(client: Client, proposal: Proposal) -> None:
    SignatureFactory(proposal=proposal, email="ada@example.org")
    send(client, proposal)
    assert "Withdraw my signature" in client.get(link_mailed()).content.decode()


def test_each_letter_is_sent_once(client: Client, proposal: Proposal) -> None:
    send(client, proposal)
    assert [signing_letters.send_due() for _ in range(2)] == [1, 0]


def test_the_letter_withdraws_too(client: Client, proposal: Proposal) -> None:
    send(client, proposal)
    link = link_mailed()
    client.post(link)
    page = client.post(f"{link}withdraw/", follow=True).content.decode()
    assert "You have withdrawn your signature" in page
    assert "Sign again" in page
    assert Signature.objects.get().withdrawn_at is not None


def test_withdrawing_by_looking_is_refused(client: Client, proposal: Proposal) -> None:
    send(client, proposal)
    link = link_mailed()
    client.post(link)
    assert client.get(f"{link}withdraw/").status_code == 405


def test_a_link_of_nobody_says_so(client: Client) -> None:
    assert client.get("/en/proposals/signature/made-up-key/").status_code == 404
    assert client.post("/en/proposals/signature/made-up-key/").status_code == 404


def test_the_button_too_late_says_so(client: Client, proposal: Proposal) -> None:
    send(client, proposal)
    link = link_mailed()
    Attempt.objects.update(confirm_until=timezone.now())
    assert "This came too late" in client.post(link).content.decode()
    assert not Signature.objects.exists()


def test_a_paused_proposal_shows_why_instead_of_the_form(client: Client, proposal: Proposal) -> None:
    Proposal.objects.update(paused_at=timezone.now(), paused_note="The list is examined.")
    page = client.get(f"/en/proposals/{proposal.public_id}/sign/").content.decode()
    assert "The list is examined." in page
    assert "<button" not in page.split("<main")[1].split("</main>")[0]


# --- what the rules ask ------------------------------------------------------------------------------------


def test_only_what_the_rules_ask_for_is_asked(client: Client) -> None:
    proposal = ProposalFactory(rules=RulesFactory(asked=["postcode"]))
    page = client.get(f"/en/proposals/{proposal.public_id}/sign/").content.decode()
    assert 'name="postcode"' in page
    assert 'name="birth_year"' not in page


def test_the_postcode_says_the_district(client: Client) -> None:
    areas = [{"code": "north", "name": "North", "postcodes": ["59 065"]}]
    proposal = ProposalFactory(rules=RulesFactory(asked=["postcode"], areas=areas))
    send(client, proposal, postcode="59065")
    assert Attempt.objects.get().area == "north"


def test_who_is_surely_too_young_is_told_of_the_other_way(client: Client) -> None:
    proposal = ProposalFactory(rules=RulesFactory(asked=["birth_year"], min_age=16))
    young = timezone.localdate().year - 12
    page = send(client, proposal, birth_year=young).content.decode()
    assert "Whoever signs must be 16 years old. You can support the proposal in the other way." in page
    send(client, proposal, birth_year=young, support="consultative")
    assert Attempt.objects.get().support == Support.CONSULTATIVE


def test_without_support_from_others_only_who_may_sign_signs(client: Client) -> None:
    proposal = ProposalFactory(rules=RulesFactory(has_consultative=False))
    assert send(client, proposal, support="consultative").status_code == 200
    assert not Attempt.objects.exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"consent": ""}, "Without this we cannot count your signature."),
        ({"name_public": "on"}, "Write your name if it is to be in the public list."),
        ({"nickname": "robot"}, "This looks as if a program had sent it."),
        ({"support": ""}, "Please say whether you may sign by these rules."),
    ],
)
def test_what_is_wrong_is_said(
    client: Client, proposal: Proposal, said: dict[str, object], told: str
) -> None:
    assert told in send(client, proposal, **said).content.decode()
    assert not Attempt.objects.exists()


# --- limits ------------------------------------------------------------------------------------------------


def test_a_blocked_domain_sees_a_success_and_nothing_happens(client: Client, proposal: Proposal) -> None:
    SigningLimits.objects.create(hub=proposal.hub, blocked_domains=["example.org"])
    blocked, free = (
        send(client, proposal, email="a@mail.example.org"),
        send(client, proposal, email="a@b.example"),
    )
    assert (blocked.status_code, blocked.url) == (free.status_code, free.url)
    assert list(Attempt.objects.values_list("email", flat=True)) == ["a@b.example"]


def test_one_mailbox_gets_three_letters_an_hour(client: Client, proposal: Proposal) -> None:
    for address in ("ada@gmail.com", "a.da@gmail.com", "ada+1@gmail.com", "ad.a@gmail.com"):
        send(client, proposal, email=address)
    assert signing_letters.send_due() == 3


def test_too_many_from_one_network_wait_for_the_office(client: Client, proposal: Proposal) -> None:
    SigningLimits.objects.create(hub=proposal.hub, network_burst=2)
    sent = [send(client, proposal, email=f"a{n}@gmail.com") for n in range(3)]
    assert {answer.url for answer in sent} == {f"/en/proposals/{proposal.public_id}/sign/sent/"}
    assert list(Attempt.objects.order_by("pk").values_list("held", flat=True)) == [False, False, True]
    assert signing_letters.send_due() == 2


def test_too_many_from_one_domain_wait_for_the_office(client: Client, proposal: Proposal) -> None:
    SigningLimits.objects.create(hub=proposal.hub, domain_burst=1)
    for n in range(2):
        send(client, proposal, email=f"a{n}@catch-all.example")
    assert Attempt.objects.filter(held=True).count() == 1


def test_a_large_provider_has_no_limit(client: Client, proposal: Proposal) -> None:
    SigningLimits.objects.create(hub=proposal.hub, domain_burst=1)
    for n in range(2):
        send(client, proposal, email=f"a{n}@gmail.com")
    assert not Attempt.objects.filter(held=True).exists()


def test_what_another_process_has_seen_counts(client: Client, proposal: Proposal) -> None:
    SigningLimits.objects.create(hub=proposal.hub, domain_day=2)
    for _ in range(2):
        SignatureFactory(proposal=proposal, domain="catch-all.example")
    send(client, proposal, email="a@catch-all.example")
    assert Attempt.objects.get().held


# --- signed in ---------------------------------------------------------------------------------------------


@pytest.fixture
def signed_in(client: Client) -> Client:
    user = UserFactory(email="ada@example.org")
    client.force_login(user)
    return client


def account_proposal(*means: Means) -> Proposal:
    return ProposalFactory(rules=RulesFactory(means=list(means)))


def test_who_is_signed_in_signs_without_a_letter(signed_in: Client) -> None:
    proposal = account_proposal(Means.MAIL, Means.ACCOUNT)
    page = f"/en/proposals/{proposal.public_id}/sign/account/"
    assert signed_in.post(page, answers()).status_code == 302
    signature = Signature.objects.get()
    assert (signature.means, signature.assurance, signature.email) == ("account", "low", "ada@example.org")
    assert not Attempt.objects.exists()
    assert "You signed on" in signed_in.get(page).content.decode()


def test_by_letter_and_by_account_one_person_counts_once(signed_in: Client) -> None:
    proposal = account_proposal(Means.MAIL, Means.ACCOUNT)
    SignatureFactory(proposal=proposal, email="Ada@Example.org")
    page = f"/en/proposals/{proposal.public_id}/sign/account/"
    signed_in.post(page, answers())
    assert Signature.objects.count() == 1


def test_who_is_signed_in_withdraws_without_a_letter(signed_in: Client) -> None:
    proposal = account_proposal(Means.ACCOUNT)
    SignatureFactory(proposal=proposal, email="ada@example.org")
    signed_in.post(f"/en/proposals/{proposal.public_id}/sign/account/withdraw/")
    assert Signature.objects.get().withdrawn_at is not None


def test_a_plain_account_is_not_enough_where_the_rules_ask_for_a_passkey(signed_in: Client) -> None:
    proposal = account_proposal(Means.PASSKEY)
    page = f"/en/proposals/{proposal.public_id}/sign/account/"
    signed_in.post(page, answers())
    assert not Signature.objects.exists()
    assert "ask for another way" in signed_in.get(page).content.decode()


def test_a_session_begun_with_a_passkey_is_substantial(signed_in: Client) -> None:
    proposal = account_proposal(Means.PASSKEY)
    user = proposal_user()
    session = signed_in.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn"}]
    session.save()
    signed_in.post(f"/en/proposals/{proposal.public_id}/sign/account/", answers())
    assert Signature.objects.get().assurance == "substantial"


def test_an_identity_service_says_how_sure_it_is(signed_in: Client) -> None:
    proposal = account_proposal(Means.OPENID)
    user = proposal_user()
    said = {"id_token": {"acr": "http://eidas.europa.eu/LoA/high", "sub": "s1"}}
    user.socialaccount_set.create(provider="city", uid="s1", extra_data=said)
    session = signed_in.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [{"method": "socialaccount", "provider": "city", "uid": "s1"}]
    session.save()
    signed_in.post(f"/en/proposals/{proposal.public_id}/sign/account/", answers())
    assert (Signature.objects.get().means, Signature.objects.get().assurance) == ("openid", "high")


def test_strangers_are_sent_to_sign_in(client: Client, proposal: Proposal) -> None:
    answer = client.get(f"/en/proposals/{proposal.public_id}/sign/account/")
    assert "/accounts/login/" in answer.url


def proposal_user() -> object:
    from concivis.accounts.models import User

    return User.objects.get()


# --- names -------------------------------------------------------------------------------------------------


def test_only_who_chose_it_is_named(client: Client, proposal: Proposal) -> None:
    SignatureFactory(proposal=proposal, name="Ada Example", name_public=True)
    SignatureFactory(proposal=proposal, name="Bert Example")
    SignatureFactory(proposal=proposal, name="Cleo Example", name_public=True, withdrawn_at=timezone.now())
    page = client.get(f"/en/proposals/{proposal.public_id}/supporters/").content.decode()
    assert [name for name in ("Ada", "Bert", "Cleo") if f"{name} Example" in page] == ["Ada"]


def test_where_nobody_is_named_the_page_says_what_to_do(client: Client, proposal: Proposal) -> None:
    assert (
        "Nobody is named yet"
        in client.get(f"/en/proposals/{proposal.public_id}/supporters/").content.decode()
    )


def test_thanks_are_the_same_for_everybody(client: Client, proposal: Proposal) -> None:
    AttemptFactory(proposal=proposal)
    page = client.get(f"/en/proposals/{proposal.public_id}/signed/")
    assert "Cache-Control" not in page
    assert "Pass it on" in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_names_as_for_one(
    client: Client, proposal: Proposal, number: int
) -> None:
    for n in range(number):
        SignatureFactory(proposal=proposal, name=f"Ada {n}", name_public=True)
    with asks(4):
        client.get(f"/en/proposals/{proposal.public_id}/supporters/")
