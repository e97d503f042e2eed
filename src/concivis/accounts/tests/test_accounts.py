import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse

from concivis.accounts.factories import PASSWORD, UserFactory
from concivis.accounts.models import User
from concivis.hubs import actions
from concivis.hubs.factories import HubFactory, InvitationFactory, MembershipFactory
from concivis.hubs.models import Invitation, Membership, RecordLine

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def rate_limits_begin_anew():
    cache.clear()


def sign_in(client, user, password=PASSWORD, address="account_login", **more):
    return client.post(reverse(address), {"login": user.email, "password": password, **more})


def sign_in_for_secrets(client, user):
    """Signs in and confirms the password, as what changes an account asks."""
    sign_in(client, user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def text_of(response) -> str:
    return response.content.decode()


def links(mail) -> list[str]:
    return re.findall(r"http://\S+", mail.body)


# --- signing in --------------------------------------------------------------------------------------------


def test_after_signing_in_one_comes_to_ones_hubs(client):
    assert sign_in(client, UserFactory())["Location"] == reverse("hubs:mine")


def test_the_language_a_person_chose_is_kept(client):
    assert sign_in(client, UserFactory(language="it"))["Location"] == "/it/hubs/mine/"


def test_one_comes_back_to_where_one_wanted_to_go(client):
    wanted = reverse("hubs:new")
    user = UserFactory()
    asked = client.get(wanted)
    assert asked["Location"] == f"{reverse('account_login')}?next={wanted}"
    assert sign_in(client, user, next=wanted)["Location"] == wanted


def test_nobody_is_sent_to_another_site(client):
    found = sign_in(client, UserFactory(), next="https://example.com/")["Location"]
    assert found == reverse("hubs:mine")


def test_a_deactivated_account_cannot_sign_in(client):
    response = sign_in(client, UserFactory(is_active=False))
    assert response.get("Location") != reverse("hubs:mine")
    assert "_auth_user_id" not in client.session


def test_a_wrong_password_and_an_unknown_address_look_the_same(client):
    known = sign_in(client, UserFactory(), password="wrong")
    unknown = sign_in(client, UserFactory.build(), password="wrong")
    assert known.context["form"].errors == unknown.context["form"].errors


def test_after_too_many_wrong_passwords_the_right_one_does_not_help_either(client):
    user = UserFactory()
    for n in range(6):
        sign_in(client, user, password=f"wrong {n}")
    assert "Too many failed login attempts. Try again later." in text_of(sign_in(client, user))


def test_too_many_attempts_are_stopped_by_a_page_of_ours(client):
    for _ in range(21):
        response = client.post(reverse("account_signup"), {"email": "a@example.org"})
    assert response.status_code == 429
    assert "To protect accounts, this can only be done a few times in a row." in text_of(response)
    assert "shell/tokens.css" in text_of(response)


# --- signing up --------------------------------------------------------------------------------------------


def sign_up(client, email, language="en"):
    sent = {"email": email, "password1": PASSWORD, "password2": PASSWORD}
    address = reverse("account_signup").replace("/en/", f"/{language}/")
    return client.post(address, sent)


def test_signing_up_needs_the_mail_address_confirmed_by_a_click_not_by_opening_a_link(client, mailoutbox):
    asked = sign_up(client, "New@Example.org")
    assert asked["Location"] == reverse("account_email_verification_sent")
    (mail,) = mailoutbox
    (link,) = [each for each in links(mail) if "confirm-email" in each]
    client.get(link)
    assert not EmailAddress.objects.get().verified
    client.post(link)
    assert EmailAddress.objects.get().verified
    user = User.objects.get()
    assert (user.email, user.language) == ("new@example.org", "en")


def test_who_is_invited_and_has_no_account_yet_gets_from_the_letter_to_the_office(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    hub = HubFactory(slug="hamm")
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(by=UserFactory(), hub=hub, email="new@example.org", role="editor")
    shown = text_of(client.get(links(mailoutbox.pop())[0]))
    (sign_up_address,) = re.findall(r'href="([^"]*/signup/[^"]*)"', shown)
    sent = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post(sign_up_address, sent)
    (link,) = [each for each in links(mailoutbox.pop()) if "confirm-email" in each]
    client.post(link)
    sign_in(client, User.objects.get(email="new@example.org"))
    mine = client.get(reverse("hubs:mine"))
    ((invitation, role),) = mine.context["waiting"]
    assert role.code == "editor"
    joined = client.post(reverse("hubs:accept_waiting", args=[invitation.pk]))
    assert joined["Location"] == reverse("hubs:office", args=["hamm"])


def test_letters_are_in_the_language_of_the_person_and_name_the_site(client, mailoutbox):
    user = UserFactory(language="de")
    client.post(reverse("account_reset_password"), {"email": user.email})
    (mail,) = mailoutbox
    assert "Concivis" in mail.body
    assert "Passwort" in mail.body
    assert mail.alternatives == []


def test_signing_up_with_a_known_address_tells_only_its_owner(client, mailoutbox):
    user = UserFactory()
    known = sign_up(client, user.email)
    unknown = sign_up(client, "new@example.org")
    assert known["Location"] == unknown["Location"]
    assert [mail.to for mail in mailoutbox] == [[user.email], ["new@example.org"]]
    assert User.objects.count() == 2


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(client, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": UserFactory().email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert known["Location"] == unknown["Location"]


# --- pages -------------------------------------------------------------------------------------------------

ENTRANCES = ["account_login", "account_signup", "account_reset_password", "account_email_verification_sent"]
MANAGED = ["account_email", "account_change_password", "account_logout", "account_reauthenticate"]
FACTORS = ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"]
OTHERS = ["socialaccount_connections", "accounts:profile", "accounts:delete"]


def assert_ours(page: str) -> None:
    """In our frame, and fit for a content security policy without inline script and style."""
    assert "shell/tokens.css" in page
    assert page.count("<h1") == 1
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page) == []


@pytest.mark.parametrize("name", ENTRANCES)
def test_the_pages_before_signing_in_are_ours(client, name):
    assert_ours(text_of(client.get(reverse(name))))


@pytest.mark.parametrize("name", [*MANAGED, *FACTORS, *OTHERS])
def test_the_pages_of_an_account_are_ours(client, name):
    sign_in_for_secrets(client, UserFactory())
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert_ours(text_of(response))


def test_the_content_security_policy_allows_nothing_inline(client):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


# --- the profile -------------------------------------------------------------------------------------------


def test_name_and_language_can_be_changed(client):
    user = UserFactory()
    client.force_login(user)
    response = client.post(reverse("accounts:profile"), {"name": " Kim ", "language": "fr"})
    user.refresh_from_db()
    assert (user.name, user.language) == ("Kim", "fr")
    assert response["Location"] == "/fr/accounts/profile/"


def test_one_can_take_ones_data_away_without_the_secrets(client):
    user = UserFactory(email="kim@example.org", name="Kim")
    MembershipFactory(user=user, hub__slug="hamm", role="editor")
    client.force_login(user)
    response = client.get(reverse("accounts:download"))
    data = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="concivis-my-data.json"'
    assert (data["mail_address"], data["name"], data["number"]) == ("kim@example.org", "Kim", user.pk)
    assert [(each["hub"], each["role"]) for each in data["hubs"]] == [("hamm", "editor")]
    assert (data["record"], data["invitations"]) == ([], [])
    assert user.password not in text_of(response)


# --- leaving for good --------------------------------------------------------------------------------------


def test_deleting_an_account_asks_for_the_password_first(client):
    user = UserFactory()
    client.force_login(user)
    response = client.post(reverse("accounts:delete"))
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=user.pk).exists()
    client.post(response["Location"], {"password": PASSWORD})
    assert not User.objects.filter(pk=user.pk).exists()


def test_a_deleted_account_leaves_only_its_number_in_the_record(client):
    user = UserFactory()
    membership = MembershipFactory(user=user, role="editor")
    InvitationFactory(email=user.email)
    sign_in_for_secrets(client, user)
    number = user.pk
    response = client.post(reverse("accounts:delete"), follow=True)
    assert "Nothing here names you any more." in text_of(response)
    assert not User.objects.filter(pk=number).exists()
    assert not EmailAddress.objects.filter(user=number).exists()
    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert not Invitation.objects.filter(email=user.email).exists()
    line = RecordLine.objects.get(chain__hub=membership.hub)
    assert (line.action, line.actor) == ("member.left", number)
    assert client.get(reverse("hubs:mine")).status_code == 302


def test_the_last_coordinator_of_a_hub_is_told_before_anything_is_deleted(client):
    user = UserFactory()
    MembershipFactory(user=user, hub__name="Hamm")
    MembershipFactory(user=user, role="editor")
    sign_in_for_secrets(client, user)
    sentence = "You are the last coordinator of Hamm. Make somebody else coordinator first."
    assert sentence in text_of(client.get(reverse("accounts:delete")))
    assert sentence in text_of(client.post(reverse("accounts:delete"), follow=True))
    assert Membership.objects.filter(user=user).count() == 2
    assert RecordLine.objects.count() == 0
