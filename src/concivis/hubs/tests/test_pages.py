import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.hubs import actions, crests, hooks, record_words
from concivis.hubs.factories import HubFactory, InvitationFactory, MembershipFactory
from concivis.hubs.models import Hub, Invitation, RecordLine
from concivis.hubs.permissions import Permission
from concivis.hubs.tests.pictures import picture

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def coordinator(client):
    membership = MembershipFactory(hub__name="Hamm", hub__slug="hamm", user__name="Kim")
    client.force_login(membership.user)
    return membership


def at(name, *args):
    return reverse(f"hubs:{name}", args=["hamm", *args])


def text_of(response) -> str:
    return response.content.decode()


# --- for everybody -----------------------------------------------------------------------------------------


def test_the_list_shows_public_hubs_only(client):
    HubFactory(name="Hamm"), HubFactory(name="Halle", is_published=False)
    page = text_of(client.get(reverse("hubs:list")))
    assert "Hamm" in page
    assert "Halle" not in page


def test_the_list_can_be_searched_by_name_and_city(client):
    HubFactory(name="Stadt Hamm", place__name="Hamm"), HubFactory(name="Comune", place__name="Reggio")
    for asked, found in [("hamm", ["Stadt Hamm"]), ("reggio", ["Comune"]), ("nowhere", [])]:
        response = client.get(reverse("hubs:list"), {"q": asked})
        assert [card.title for card in response.context["cards"]] == found
    assert "No office is called like this" in text_of(response)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_as_many_queries_for_one_as_for_three(client, count, django_assert_num_queries):
    HubFactory.create_batch(count)
    with django_assert_num_queries(2):
        client.get(reverse("hubs:list"))


def test_an_empty_list_says_what_to_do(client):
    assert reverse("hubs:new") in text_of(client.get(reverse("hubs:list")))


def test_pages_for_everybody_set_no_cookie(client):
    hub = HubFactory()
    for address in (reverse("hubs:list"), reverse("hubs:theme", args=[hub.slug])):
        assert client.get(address).cookies == {}


def test_the_colours_of_a_hub_are_a_stylesheet_that_can_be_kept(client):
    hub = HubFactory(colour="#a61c28")
    first = client.get(reverse("hubs:theme", args=[hub.slug]))
    assert "--hub-colour: #a61c28" in text_of(first)
    assert (first["Content-Type"], first["Cache-Control"]) == (
        "text/css; charset=utf-8",
        "public, max-age=300",
    )
    again = client.get(reverse("hubs:theme", args=[hub.slug]), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])
    Hub.objects.update(colour="#0b5fa5")
    changed = client.get(reverse("hubs:theme", args=[hub.slug]), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_a_crest_is_served_as_the_picture_it_is_and_nothing_else(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    hub = HubFactory()
    assert client.get(reverse("hubs:crest", args=[hub.slug])).status_code == 404
    hub = actions.update_hub(by=None, hub=hub, changes={"crest": crests.redraw(picture())})
    response = client.get(hub.crest_url)
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert response.getvalue().startswith(b"\x89PNG")
    again = client.get(hub.crest_url, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


# --- my hubs -----------------------------------------------------------------------------------------------


def test_after_signing_in_one_sees_ones_hubs_and_invitations(client, coordinator):
    InvitationFactory(email=coordinator.user.email, hub__name="Halle")
    page = text_of(client.get(reverse("hubs:mine")))
    assert at("office") in page
    assert "Join Halle" in page


def test_a_waiting_invitation_is_accepted_without_its_link(client, coordinator):
    invitation = InvitationFactory(email=coordinator.user.email, hub__slug="halle", role="observer")
    response = client.post(reverse("hubs:accept_waiting", args=[invitation.pk]))
    assert response["Location"] == reverse("hubs:office", args=["halle"])
    assert invitation.hub.memberships.get().role == "observer"


def test_the_invitations_of_others_wait_for_nobody_else(client, coordinator):
    for invitation in (
        InvitationFactory(email="other@example.org"),
        InvitationFactory(email=coordinator.user.email, expires_at=timezone.now()),
        InvitationFactory(email=coordinator.user.email, withdrawn_at=timezone.now()),
    ):
        response = client.post(reverse("hubs:accept_waiting", args=[invitation.pk]))
        assert response.status_code == 404


def test_who_works_nowhere_is_told_how_to_begin(client):
    client.force_login(UserFactory())
    assert "You do not work in an office yet" in text_of(client.get(reverse("hubs:mine")))


# --- invitations -------------------------------------------------------------------------------------------


@pytest.fixture
def invited():
    return actions.invite(
        by=UserFactory(), hub=HubFactory(name="Hamm", slug="hamm"), email="new@example.org", role="editor"
    )


def test_the_link_of_an_invitation_only_shows(client, invited):
    _, key = invited
    user = UserFactory(email="new@example.org")
    client.force_login(user)
    address = reverse("hubs:invitation", args=[key])
    shown = client.get(address)
    assert "You are invited to work in the office of Hamm." in text_of(shown)
    assert Invitation.objects.get().accepted_at is None
    accepted = client.post(address)
    assert accepted["Location"] == at("office")
    assert Hub.objects.get(slug="hamm").memberships.get().user == user
    assert "used already" in text_of(client.get(address))


def test_who_is_not_signed_in_is_asked_to_and_comes_back(client, invited):
    address = reverse("hubs:invitation", args=[invited[1]])
    page = text_of(client.get(address))
    assert "next=%2Fen%2Fhubs%2Finvitations%2F" in page
    assert "csrfmiddlewaretoken" not in page
    client.post(address)
    assert Invitation.objects.get().accepted_at is None


def test_the_wrong_account_is_told_so(client, invited):
    client.force_login(UserFactory(email="other@example.org"))
    address = reverse("hubs:invitation", args=[invited[1]])
    assert "This invitation went to another mail address" in text_of(client.get(address))
    client.post(address)
    assert not Hub.objects.get(slug="hamm").memberships.exists()


def test_an_expired_invitation_says_so(client, invited):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    page = text_of(client.get(reverse("hubs:invitation", args=[invited[1]])))
    assert "This invitation has expired. Ask the office to send it again." in page


def test_the_coordinator_invites_and_is_told_what_stands_against_it(client, coordinator):
    sent = {"email": "new@example.org", "role": "editor"}
    assert client.post(at("invitations"), sent).status_code == 302
    again = client.post(at("invitations"), sent)
    assert again.context["form"].errors == {
        "email": ["This person is invited already; send the invitation again."]
    }
    assert "new@example.org" in text_of(client.get(at("invitations")))


# --- the office --------------------------------------------------------------------------------------------


def test_a_new_office_says_what_to_do_next(client, coordinator, monkeypatch):
    monkeypatch.setattr(hooks, "office_steps", [])  # of rooms above
    page = client.get(at("office"))
    assert [step.done for step, _may in page.context["steps"]] == [False, False, False, False, True]
    assert "Make it private" in text_of(page)


def test_rooms_above_add_pages_figures_and_steps(client, coordinator, monkeypatch):
    extra = hooks.OfficePage("Imports", "hubs:settings", Permission.IMPORT)
    monkeypatch.setattr(hooks, "office_pages", [extra])
    monkeypatch.setattr(hooks, "office_figures", [lambda hub: [hooks.Figure(42, "partners")]])
    step = hooks.Step("Import your partnerships", False, "/there/", Permission.IMPORT)
    monkeypatch.setattr(hooks, "office_steps", [lambda hub: [step]])
    page = client.get(at("office"))
    assert [tab.label for tab in page.context["hub_menu"]][:2] == ["Office", "Imports"]
    assert "42" in text_of(page)
    assert 'href="/there/"' in text_of(page)


def test_the_page_is_made_public_and_private(client, coordinator):
    for sent, public in [("0", False), ("1", True)]:
        assert client.post(at("visibility"), {"public": sent})["Location"] == at("office")
        assert Hub.objects.get(slug="hamm").is_published == public


def test_settings_are_saved(client, coordinator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    form = client.get(at("settings")).context["form"]
    sent = {name: value for name, value in form.initial.items() if value is not None}
    sent.update({"about": "We are here.", "website": "example.org", "crest": picture()})
    assert client.post(at("settings"), sent)["Location"] == at("settings")
    hub = Hub.objects.get(slug="hamm")
    assert (hub.about, hub.website, bool(hub.crest)) == ("We are here.", "https://example.org", True)
    sent.pop("crest")
    client.post(at("settings"), {**sent, "no_crest": "on"})
    assert not Hub.objects.get(slug="hamm").crest


def test_a_role_is_changed_in_the_table_of_members(client, coordinator):
    member = MembershipFactory(hub=coordinator.hub, role="observer")
    client.post(at("change_role", member.pk), {f"{member.pk}-role": "editor"})
    member.refresh_from_db()
    assert member.role == "editor"


def test_the_last_coordinator_is_told_why_it_does_not_work(client, coordinator):
    sent = {f"{coordinator.pk}-role": "observer"}
    response = client.post(at("change_role", coordinator.pk), sent, follow=True)
    assert "Hamm would be left without a coordinator." in text_of(response)
    left = client.post(at("leave"), follow=True)
    assert "Hamm would be left without a coordinator." in text_of(left)


def test_removing_somebody_is_asked_first(client, coordinator):
    member = MembershipFactory(hub=coordinator.hub, role="editor", user__name="Eda")
    assert "Remove Eda?" in text_of(client.get(at("remove_member", member.pk)))
    assert coordinator.hub.memberships.count() == 2
    client.post(at("remove_member", member.pk))
    assert coordinator.hub.memberships.count() == 1


def test_mail_addresses_of_members_are_for_coordinators(client, coordinator):
    observer = MembershipFactory(hub=coordinator.hub, role="observer", user__name="Obi")
    assert coordinator.user.email in text_of(client.get(at("members")))
    client.force_login(observer.user)
    page = text_of(client.get(at("members")))
    assert "Kim" in page
    assert coordinator.user.email not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_members_cost_as_many_queries_for_one_as_for_three(
    client, coordinator, count, django_assert_max_num_queries
):
    MembershipFactory.create_batch(count, hub=coordinator.hub)
    client.get(at("members"))
    with django_assert_max_num_queries(5):  # session (elsewhere on SQLite), user; hub, roles; members
        client.get(at("members"))


# --- the record --------------------------------------------------------------------------------------------


@pytest.fixture
def lines(coordinator):
    hub = coordinator.hub
    actions.unpublish_hub(by=coordinator.user, hub=hub)
    actions.update_hub(by=None, hub=hub, changes={"name": "Hamm (Westf.)", "about": "=1+1"})
    return hub


def test_the_record_speaks_in_sentences_newest_first(client, lines):
    shown = client.get(at("record")).context["lines"]
    assert [(each["who"], each["words"]) for each in shown] == [
        ("The system", "changed the settings: about and name"),
        ("Kim", "made the hub private"),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"action": "hub.changed"}, [2]),
        ({"member": "kim"}, [1]),
        ({"since": "today"}, [2, 1]),
        ({"until": "yesterday"}, []),
        ({"until": "today", "action": "hub.unpublished"}, [1]),
    ],
)
def test_the_record_can_be_filtered(client, lines, coordinator, asked, found):
    today = timezone.localdate()
    words = {
        "kim": str(coordinator.user.pk),
        "today": today.isoformat(),
        "yesterday": (today - timedelta(days=1)).isoformat(),
    }
    query = {name: words.get(value, value) for name, value in asked.items()}
    assert [line.number for line in client.get(at("record"), query).context["page"]] == found


def test_the_record_as_a_table_can_be_verified_by_others(client, lines):
    response = client.get(at("record_export", "csv"))
    rows = list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert [(row["number"], row["action"], row["actor"]) for row in rows] == [
        ("2", "hub.changed", ""),
        ("1", "hub.unpublished", str(lines.memberships.get().user_id)),
    ]
    assert rows[0]["previous"] == rows[1]["hash"] == RecordLine.objects.get(number=1).hash


def test_the_check_says_that_the_record_is_unbroken(client, lines):
    page = text_of(client.post(at("verify_record"), follow=True))
    assert "Checked from the first entry to the last: the record is unbroken." in page


def test_the_check_names_the_broken_line(client, lines):
    from concivis.hubs.tests.test_record import forge

    forge("UPDATE hubs_recordline SET action = 'x' WHERE number = 1")
    page = text_of(client.post(at("verify_record"), follow=True))
    assert "The record is broken. Line 1 is not what was written" in page


def test_who_has_left_keeps_only_a_number_in_the_record(client, lines, coordinator):
    MembershipFactory(hub=lines, role="coordinator")
    other = MembershipFactory(hub=lines, role="observer").user
    number = coordinator.user.pk
    coordinator.user.delete()
    client.force_login(other)
    page = text_of(client.get(at("record")))
    assert f"A former user ({number})" in page
    assert "Kim" not in page


def test_every_action_of_this_room_has_words():
    for action in list(record_words.WORDS):
        words = record_words.words_of(action, {})
        assert words
        assert "{" not in words


def test_words_take_what_the_details_hold(monkeypatch):
    monkeypatch.setattr(record_words, "WORDS", {"x.done": "did {count} things to {whom}"})
    assert record_words.words_of("x.done", {"count": 3}) == "did 3 things to …"
    assert record_words.words_of("y.done", {}) == "y.done"


def test_an_invitation_sent_too_often_is_refused_with_a_sentence(client, monkeypatch):
    monkeypatch.setattr(actions, "INVITATIONS_A_DAY", 0)
    membership = MembershipFactory(role="coordinator")
    invitation = InvitationFactory(hub=membership.hub)
    client.force_login(membership.user)
    address = reverse("hubs:resend_invitation", args=[membership.hub.slug, invitation.pk])
    page = client.post(address, follow=True).content.decode()
    assert "You have sent 0 invitations within a day. Send the next ones tomorrow." in page


@pytest.mark.parametrize("asked", ["since=0001-01-01", "until=9999-12-31"])
def test_days_beyond_every_calendar_filter_nothing(client, asked):
    membership = MembershipFactory(role="coordinator")
    client.force_login(membership.user)
    address = reverse("hubs:record", args=[membership.hub.slug])
    assert client.get(f"{address}?{asked}").status_code == 200
