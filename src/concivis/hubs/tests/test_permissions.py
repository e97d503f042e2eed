import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from concivis.accounts.factories import UserFactory
from concivis.hubs import policies
from concivis.hubs.factories import HubFactory, InvitationFactory, MembershipFactory
from concivis.hubs.permissions import Permission
from concivis.hubs.roles import ROLES
from concivis.hubs.testing import assert_permission_table, people_around

pytestmark = pytest.mark.django_db(databases="__all__")


def test_who_may_open_and_do_what_in_an_office():
    hub = HubFactory(is_published=False)
    people = people_around(hub)
    member = MembershipFactory(hub=hub, role="editor")
    invitation = InvitationFactory(hub=hub)

    def at(name: str, *args: object) -> str:
        return reverse(f"hubs:{name}", args=[hub.slug, *args])

    # anonymous, stranger | observer, partner city, contributor, editor, coordinator | coordinator elsewhere
    rows = [
        ("GET", at("office"), "login 404 200 200 200 200 200 404"),
        ("GET", at("members"), "login 404 200 200 200 200 200 404"),
        ("GET", at("leave"), "login 404 200 200 200 200 200 404"),
        ("GET", at("record"), "login 404 200 403 403 200 200 404"),
        ("GET", at("record_export", "csv"), "login 404 200 403 403 200 200 404"),
        ("POST", at("verify_record"), "login 404 302 403 403 302 302 404"),
        ("GET", at("settings"), "login 404 403 403 403 403 200 404"),
        ("POST", at("settings"), "login 404 403 403 403 403 200 404"),
        ("POST", at("visibility"), "login 404 403 403 403 403 302 404", {"public": "1"}),
        ("GET", at("invitations"), "login 404 403 403 403 403 200 404"),
        (
            "POST",
            at("invitations"),
            "login 404 403 403 403 403 302 404",
            {"email": "new@example.org", "role": "editor"},
        ),
        ("POST", at("resend_invitation", invitation.pk), "login 404 403 403 403 403 302 404"),
        ("POST", at("withdraw_invitation", invitation.pk), "login 404 403 403 403 403 302 404"),
        ("POST", at("change_role", member.pk), "login 404 403 403 403 403 302 404"),
        ("GET", at("remove_member", member.pk), "login 404 403 403 403 403 200 404"),
        ("POST", at("remove_member", member.pk), "login 404 403 403 403 403 302 404"),
        ("POST", at("leave"), "login 404 302 302 302 302 302 404"),
        ("GET", at("theme"), "404 404 200 200 200 200 200 404"),
    ]
    assert_permission_table(people, rows)


def test_who_may_open_what_is_nobodys_office():
    people = people_around(HubFactory())
    rows = [
        ("GET", reverse("hubs:list"), "200 200 200 200 200 200 200 200"),
        ("GET", reverse("hubs:mine"), "login 200 200 200 200 200 200 200"),
        ("GET", reverse("hubs:new"), "login 200 200 200 200 200 200 200"),
        ("GET", reverse("hubs:new_place"), "login 200 200 200 200 200 200 200"),
        ("GET", reverse("hubs:new_office"), "login 302 302 302 302 302 302 302"),
        ("GET", reverse("hubs:new_preview"), "login 302 302 302 302 302 302 302"),
        ("GET", reverse("hubs:new_theme"), "login 404 404 404 404 404 404 404"),
        ("GET", reverse("hubs:new_crest"), "login 404 404 404 404 404 404 404"),
        ("GET", reverse("hubs:invitation", args=["no-such-key"]), "404 404 404 404 404 404 404 404"),
        ("POST", reverse("hubs:accept_waiting", args=[1]), "login 404 404 404 404 404 404 404"),
        ("GET", reverse("accounts:profile"), "login 200 200 200 200 200 200 200"),
        ("GET", reverse("accounts:download"), "login 200 200 200 200 200 200 200"),
        ("GET", reverse("accounts:delete"), "login 200 200 200 200 200 200 200"),
    ]
    assert_permission_table(people, rows)


def test_a_coordinator_does_not_reach_the_rows_of_another_hub_by_their_numbers():
    hub, other = HubFactory(), HubFactory()
    people = people_around(hub)
    member = MembershipFactory(hub=other)
    invitation = InvitationFactory(hub=other)
    rows = [
        ("POST", reverse(f"hubs:{name}", args=[hub.slug, pk]), "login 404 403 403 403 403 404 404")
        for name, pk in [
            ("change_role", member.pk),
            ("remove_member", member.pk),
            ("resend_invitation", invitation.pk),
            ("withdraw_invitation", invitation.pk),
        ]
    ]
    assert_permission_table(people, rows)


def test_an_office_is_kept_by_no_cache(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    response = client.get(reverse("hubs:office", args=[membership.hub.slug]))
    assert response["Cache-Control"] == "private, no-store"


# --- policies ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_a_member_may_what_the_role_says_and_nothing_else(role):
    membership = MembershipFactory(role=role.code)
    allowed = {each for each in Permission if policies.may(membership.user, each, membership.hub)}
    assert allowed == set(role.permissions)


def test_every_role_sees_the_office_and_says_what_it_is_for():
    assert all(Permission.VIEW_OFFICE in role.permissions for role in ROLES.values())
    assert all(str(role.description).endswith(".") for role in ROLES.values())


def test_a_role_in_one_hub_is_worth_nothing_in_another():
    assert policies.permissions_of(MembershipFactory().user, HubFactory()) == frozenset()


def test_a_superuser_who_is_no_member_may_nothing():
    user = UserFactory(is_superuser=True, is_staff=True)
    with pytest.raises(PermissionDenied):
        policies.require(user, Permission.VIEW_OFFICE, HubFactory())


def test_nobody_may_nothing():
    assert policies.permissions_of(AnonymousUser(), HubFactory()) == frozenset()


def test_who_was_deactivated_may_nothing():
    membership = MembershipFactory()
    membership.user.is_active = False
    assert policies.permissions_of(membership.user, membership.hub) == frozenset()


def test_all_questions_of_a_request_cost_one_query(django_assert_num_queries):
    membership = MembershipFactory()
    hubs = [membership.hub, HubFactory()]
    with django_assert_num_queries(1):
        for permission in Permission:
            for hub in hubs:
                policies.may(membership.user, permission, hub)
