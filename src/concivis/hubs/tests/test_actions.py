import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from concivis.accounts.factories import UserFactory
from concivis.hubs import actions, crests, hooks, record
from concivis.hubs.factories import HubFactory, InvitationFactory, MembershipFactory
from concivis.hubs.models import Hub, Invitation, Membership, RecordLine
from concivis.hubs.tests.pictures import picture
from concivis.places.factories import PlaceFactory
from concivis.shell import keys

pytestmark = pytest.mark.django_db


def recorded(hub: Hub) -> list[str]:
    return list(RecordLine.objects.filter(chain__hub=hub).values_list("action", flat=True))


def new_hub(by=None, **details) -> Hub:
    asked = {"place": PlaceFactory(), "name": "Hamm", "slug": "hamm", "language": "de", **details}
    return actions.create_hub(by=by, **asked)


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


# --- the hub -----------------------------------------------------------------------------------------------


def test_who_creates_a_hub_is_its_coordinator_and_it_is_not_public():
    user = UserFactory()
    hub = new_hub(by=user)
    assert list(hub.memberships.values_list("user", "role")) == [(user.pk, "coordinator")]
    assert not hub.is_published
    assert recorded(hub) == ["hub.created", "member.joined"]
    assert record.verify(hub) == []


def test_a_hub_of_the_demo_has_no_members():
    hub = new_hub(is_example=True)
    assert hub.memberships.count() == 0
    assert recorded(hub) == ["hub.created"]


def test_the_time_zone_is_that_of_the_place_where_none_is_chosen():
    assert new_hub(place=PlaceFactory(timezone="Europe/Rome")).timezone == "Europe/Rome"


@pytest.mark.parametrize("slug", ["new", "mine", "invitations"])
def test_our_own_pages_cannot_be_the_address_of_a_hub(slug):
    with pytest.raises(ValidationError):
        new_hub(slug=slug)
    with pytest.raises(IntegrityError), transaction.atomic():
        HubFactory(slug=slug)


def test_an_address_is_used_once():
    HubFactory(slug="hamm")
    with pytest.raises(ValidationError) as refused:
        new_hub(slug="hamm")
    assert list(refused.value.error_dict) == ["slug"]


@pytest.mark.parametrize("colour", ["#f4bd41", "#ffffff", "red", "#0B5FA5"])
def test_a_colour_on_which_white_cannot_be_read_is_refused(colour):
    with pytest.raises(ValidationError) as refused:
        new_hub(colour=colour)
    assert list(refused.value.error_dict) == ["colour"]


def test_a_refused_hub_leaves_nothing_behind():
    with pytest.raises(ValidationError):
        new_hub(by=UserFactory(), colour="#ffffff")
    assert (Hub.objects.count(), Membership.objects.count(), record.data_version()) == (0, 0, 0)


def test_a_change_is_recorded_with_what_it_was_and_what_it_is():
    hub = HubFactory(name="Halle", website="")
    actions.update_hub(by=None, hub=hub, changes={"name": "Halle (Saale)", "language": hub.language})
    line = RecordLine.objects.get(chain__hub=hub)
    assert line.details == {"changes": {"name": ["Halle", "Halle (Saale)"]}, "fields": ["name"]}
    assert Hub.objects.get(pk=hub.pk).name == "Halle (Saale)"


def test_the_record_keeps_no_mail_address_of_a_hub():
    hub = HubFactory()
    actions.update_hub(by=None, hub=hub, changes={"contact_email": "office@example.org"})
    line = RecordLine.objects.get(chain__hub=hub)
    assert line.details == {"changes": {}, "fields": ["contact_email"]}


def test_a_change_that_changes_nothing_is_not_recorded():
    hub = HubFactory(name="Hamm")
    actions.update_hub(by=None, hub=hub, changes={"name": "Hamm", "crest": ""})
    assert recorded(hub) == []


def test_what_is_no_setting_cannot_be_changed():
    with pytest.raises(TypeError):
        actions.update_hub(by=None, hub=HubFactory(), changes={"slug": "other"})


def test_a_new_crest_takes_the_place_of_the_old_one(media, django_capture_on_commit_callbacks):
    hub = new_hub(crest=crests.redraw(picture()))
    before = hub.crest.name
    assert hub.crest_url.endswith(before.removeprefix("crests/").removesuffix(".png"))
    with django_capture_on_commit_callbacks(execute=True):
        crest = crests.redraw(picture("WEBP"))
        hub = actions.update_hub(by=None, hub=hub, changes={"crest": crest})
    assert not (media / before).exists()
    assert (media / hub.crest.name).exists()
    with django_capture_on_commit_callbacks(execute=True):
        hub = actions.update_hub(by=None, hub=hub, changes={"crest": ""})
    assert (hub.crest_url, list((media / "crests").iterdir())) == ("", [])


def test_publishing_is_recorded_once():
    hub = HubFactory(is_published=False)
    for _ in range(2):
        hub = actions.publish_hub(by=None, hub=hub)
    assert hub.is_published
    for _ in range(2):
        hub = actions.unpublish_hub(by=None, hub=hub)
    assert not hub.is_published
    assert recorded(hub) == ["hub.published", "hub.unpublished"]


def test_rooms_above_hear_of_every_change(monkeypatch):
    heard = []
    monkeypatch.setattr(hooks, "on_hub_changed", [lambda hub: heard.append((hub.name, hub.is_published))])
    hub = new_hub()
    actions.update_hub(by=None, hub=hub, changes={"name": "Hamm (Westf.)"})
    actions.publish_hub(by=None, hub=hub)
    assert heard == [("Hamm", False), ("Hamm (Westf.)", False), ("Hamm (Westf.)", True)]


# --- members -----------------------------------------------------------------------------------------------


def test_a_role_can_be_changed_and_the_record_holds_no_name():
    membership = MembershipFactory(role="observer")
    changed = actions.change_role(by=membership.user, membership=membership, role="editor")
    line = RecordLine.objects.get(chain__hub=membership.hub)
    assert changed.role == "editor"
    assert (line.object_id, line.details) == (str(membership.user.pk), {"from": "observer", "to": "editor"})


def test_the_last_coordinator_can_neither_leave_nor_become_something_else():
    membership = MembershipFactory(role="coordinator", hub__name="Hamm")
    MembershipFactory(hub=membership.hub, role="editor")
    sentence = "Hamm would be left without a coordinator. Make somebody else coordinator first."
    for attempt in (
        lambda: actions.leave(by=membership.user, hub=membership.hub),
        lambda: actions.remove_member(by=UserFactory(), membership=membership),
        lambda: actions.change_role(by=membership.user, membership=membership, role="editor"),
    ):
        with pytest.raises(ValidationError) as refused:
            attempt()
        assert refused.value.messages == [sentence]
    assert recorded(membership.hub) == []


def test_one_of_two_coordinators_can_leave():
    membership = MembershipFactory(role="coordinator")
    MembershipFactory(hub=membership.hub, role="coordinator")
    actions.leave(by=membership.user, hub=membership.hub)
    assert recorded(membership.hub) == ["member.left"]
    assert not Membership.objects.filter(pk=membership.pk).exists()


def test_a_member_can_be_removed():
    membership = MembershipFactory(role="editor")
    actions.remove_member(by=UserFactory(), membership=membership)
    assert recorded(membership.hub) == ["member.removed"]


def test_a_role_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError):
        actions.change_role(by=UserFactory(), membership=MembershipFactory(), role="mayor")


# --- invitations -------------------------------------------------------------------------------------------


def invited(hub=None, email="new@example.org", role="editor"):
    return actions.invite(by=UserFactory(name="Jo"), hub=hub or HubFactory(), email=email, role=role)


def test_an_invitation_is_mailed_with_a_link_that_holds_the_key(
    mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        _, key = invited(HubFactory(name="Hamm"), email="New@Example.org ")
    (mail,) = mailoutbox
    assert mail.to == ["new@example.org"]
    assert mail.subject == "Invitation to the office of Hamm"
    assert re.findall(r"http\S+", mail.body) == [f"http://localhost:8000/en/hubs/invitations/{key}/"]
    assert "Jo invites you to work in the office of Hamm" in mail.body


def test_a_line_break_in_the_name_of_a_hub_stays_out_of_the_letters_subject(
    mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invited(HubFactory(name="Hamm\nBcc: everybody@example.org"))
    (mail,) = mailoutbox
    assert mail.subject == "Invitation to the office of Hamm Bcc: everybody@example.org"


def test_a_person_sends_so_many_invitations_in_a_day_and_no_more(monkeypatch):
    """Anybody may open an office: it must not become a way to write to strangers."""
    monkeypatch.setattr(actions, "INVITATIONS_A_DAY", 2)
    person = UserFactory()
    first, _ = actions.invite(by=person, hub=HubFactory(), email="one@example.org", role="editor")
    actions.resend_invitation(by=person, invitation=first)
    for send in (
        lambda: actions.invite(by=person, hub=HubFactory(), email="two@example.org", role="editor"),
        lambda: actions.resend_invitation(by=person, invitation=first),
    ):
        with pytest.raises(ValidationError, match="2 invitations within a day"):
            send()
    invited(first.hub, "two@example.org")  # by somebody else


def test_only_the_hash_of_the_key_is_kept():
    invitation, key = invited()
    assert invitation.key_hash == keys.hashed(key) != key


def test_a_mail_that_cannot_be_sent_breaks_nothing_and_is_logged_without_the_address(
    settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        invitation, _ = invited()
    assert f"Invitation {invitation.pk} could not be mailed: ConnectionRefusedError" in caplog.text
    assert "example.org" not in caplog.text


def test_the_record_of_an_invitation_holds_no_mail_address():
    invitation, _ = invited()
    line = RecordLine.objects.get(chain__hub=invitation.hub)
    assert (line.action, line.details) == ("invitation.sent", {"role": "editor"})


def test_nobody_is_invited_twice_nor_is_a_member():
    hub = HubFactory()
    invited(hub, "new@example.org")
    member = MembershipFactory(hub=hub).user
    for email, sentence in [
        ("new@example.org", "This person is invited already; send the invitation again."),
        (member.email, "This person is a member already."),
    ]:
        with pytest.raises(ValidationError) as refused:
            invited(hub, email)
        assert refused.value.messages == [sentence]


def test_who_was_invited_joins_in_that_role_and_the_address_is_forgotten():
    invitation, _ = invited(role="contributor")
    user = UserFactory(email="new@example.org")
    membership = actions.accept_invitation(by=user, invitation=invitation)
    assert (membership.hub, membership.role) == (invitation.hub, "contributor")
    assert recorded(invitation.hub) == ["invitation.sent", "invitation.accepted", "member.joined"]
    assert Invitation.objects.get().email == ""


def refusal_of(invitation: Invitation, user) -> str:
    with pytest.raises(ValidationError) as refused:
        actions.accept_invitation(by=user, invitation=invitation)
    assert not Membership.objects.filter(user=user, hub=invitation.hub, role=invitation.role).exists()
    return " ".join(refused.value.messages)


def test_an_invitation_is_good_for_one_person_once_until_it_expires_or_is_withdrawn():
    user = UserFactory(email="new@example.org")
    now = timezone.now()
    for kind, sentence in [
        ({"expires_at": now - timedelta(seconds=1)}, "expired"),
        ({"withdrawn_at": now}, "withdrawn"),
        ({"accepted_at": now}, "used already"),
        ({"email": "other@example.org"}, "another mail address"),
    ]:
        assert sentence in refusal_of(InvitationFactory(**{"email": "new@example.org", **kind}), user)


def test_a_mail_address_that_is_not_confirmed_opens_nothing():
    user = UserFactory(email="new@example.org", confirmed=False)
    assert "have confirmed" in refusal_of(InvitationFactory(email="new@example.org"), user)


def test_sending_again_gives_a_new_key_and_fourteen_more_days():
    invitation, key = invited()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    again, new_key = actions.resend_invitation(by=UserFactory(), invitation=invitation)
    assert key != new_key
    assert again.key_hash == keys.hashed(new_key)
    assert timezone.now() + timedelta(days=13) < again.expires_at


def test_a_withdrawn_invitation_cannot_be_sent_again():
    invitation, _ = invited()
    actions.withdraw_invitation(by=UserFactory(), invitation=invitation)
    with pytest.raises(ValidationError):
        actions.resend_invitation(by=UserFactory(), invitation=invitation)
    assert Invitation.objects.get().email == ""


def test_the_letter_is_in_the_language_the_invited_person_chose_else_in_the_hubs(
    mailoutbox, django_capture_on_commit_callbacks
):
    UserFactory(email="it@example.org", language="it")
    hub = HubFactory(language="de-AT")
    with django_capture_on_commit_callbacks(execute=True), translation.override("fr"):
        invited(hub, "it@example.org")
        invited(hub, "new@example.org")
    assert [re.findall(r"8000/(..)/", mail.body) for mail in mailoutbox] == [["it"], ["de"]]
