"""Five minutes: somebody without an account registers an initiative, and the office answers."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.directory.factories import organisation
from concivis.hubs import kept_forms
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.initiatives import actions, factories, freshness, hooks
from concivis.initiatives.actions import submitting
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import FormDraft, Initiative
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.shell.guard import signer
from concivis.site.logs import without_keys

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def hub() -> Hub:
    CountryFactory(code="GH")
    return HubFactory(slug="hamm", name="Hamm")


def answers(**said: object) -> dict[str, object]:
    """What a person sends, ten seconds after the page was drawn."""
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        drawn = signer.sign("form")
    return {
        "title": "Schulpartnerschaft mit Ghana",
        "summary": "Zwei Schulen schreiben sich.",
        "language": "de",
        "kind": "exchange",
        "stage": "running",
        "countries": "Ghana",
        "owner_name": "Anna Beispiel",
        "owner_email": "anna@example.org",
        "agreed": "on",
        "drawn": drawn,
        **said,
    }


def send(client: Client, hub: Hub, **said: object) -> object:
    return client.post(f"/en/hubs/{hub.slug}/initiatives/new/", answers(**said))


def link_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"http://localhost:8000(/\S+)", letter.body)
    assert found
    return found[1]


def confirmed(
    client: Client, hub: Hub, django_capture_on_commit_callbacks: object, **said: object
) -> Initiative:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        send(client, hub, **said)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(link_in(mail.outbox[-1]))
    return Initiative.objects.get()


def test_the_form_needs_no_account_and_is_kept_by_no_cache(client: Client, hub: Hub) -> None:
    response = client.get(f"/en/hubs/{hub.slug}/initiatives/new/")
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")


def test_the_form_of_a_private_hub_is_not_there(client: Client) -> None:
    hub = HubFactory(is_published=False)
    assert client.get(f"/en/hubs/{hub.slug}/initiatives/new/").status_code == 404


def test_a_sent_form_waits_for_the_mail_to_be_confirmed(client: Client, hub: Hub) -> None:
    response = send(client, hub)
    assert response["Location"] == "/en/hubs/hamm/initiatives/sent/"  # type: ignore[index]
    made = Initiative.objects.get()
    assert (made.state, made.language, [c.pk for c in made.countries.all()]) == ("draft", "de", ["GH"])


def test_opening_the_link_changes_nothing(
    client: Client, hub: Hub, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        send(client, hub)
    assert client.get(link_in(mail.outbox[0])).status_code == 200
    assert Initiative.objects.get().state == ReviewState.DRAFT


def test_the_button_sends_it_to_the_office(
    client: Client, hub: Hub, django_capture_on_commit_callbacks: object
) -> None:
    editor = MembershipFactory(hub=hub, role="editor").user
    made = confirmed(client, hub, django_capture_on_commit_callbacks)
    assert made.state == ReviewState.SUBMITTED
    assert [letter.to for letter in mail.outbox[1:]] == [["anna@example.org"], [editor.email]]


def test_the_button_pressed_twice_changes_nothing(
    client: Client, hub: Hub, django_capture_on_commit_callbacks: object
) -> None:
    confirmed(client, hub, django_capture_on_commit_callbacks)
    letters = len(mail.outbox)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(link_in(mail.outbox[0]))
    assert len(mail.outbox) == letters


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"),
        ({"countries": "Atlantis"}, "countries"),
        ({"owner_email": "nobody"}, "owner_email"),
        ({"language": "klingon"}, "language"),
        ({"started": "yesterday"}, "started"),
        ({"started": "2999"}, "started"),
        ({"links": "javascript:alert(1)"}, "links"),
        ({"themes": "no-such-theme"}, "themes"),
        ({"agreed": ""}, "agreed"),
        ({"nickname": "Robot"}, "__all__"),
        ({"drawn": ""}, "__all__"),
        ({"summary": "<a href=x>buy</a>"}, "summary"),
    ],
)
def test_what_cannot_be_sent_is_said_beside_its_field(
    client: Client, hub: Hub, said: dict[str, str], field: str
) -> None:
    response = send(client, hub, **said)
    assert list(response.context["form"].errors) == [field]  # type: ignore[attr-defined]
    assert not Initiative.objects.exists()


def test_a_form_is_refused_after_many_from_one_address(client: Client, hub: Hub) -> None:
    for number in range(10):
        send(client, hub, owner_email=f"a{number}@example.org")
    response = send(client, hub, owner_email="late@example.org")
    assert response.context["form"].non_field_errors()  # type: ignore[attr-defined]


def test_nobody_can_fill_the_mailbox_of_a_stranger(client: Client, hub: Hub) -> None:
    for _ in range(4):
        response = send(client, hub)
    assert list(response.context["form"].errors) == ["owner_email"]  # type: ignore[attr-defined]
    assert Initiative.objects.count() == 3


def test_showing_the_address_is_a_choice_of_its_own(client: Client, hub: Hub) -> None:
    send(client, hub, name_public="on")
    made = Initiative.objects.get()
    assert (made.contact_name_public, made.contact_email_public) == (True, False)
    assert made.consent_on


def test_an_organisation_of_the_directory_is_joined(client: Client, hub: Hub) -> None:
    known = organisation("Freunde Ghanas", hub=hub)
    send(client, hub, organisation="Freunde", organisation_id=known.public_id)
    assert Initiative.objects.get().involvements.get().organisation == known


def test_a_hidden_organisation_cannot_be_joined_by_its_number(client: Client, hub: Hub) -> None:
    hidden = organisation("Hidden", hub=hub, is_published=False)
    send(client, hub, organisation="Freunde", organisation_id=hidden.public_id)
    assert Initiative.objects.get().involvements.get().name == "Freunde"


def test_only_public_organisations_are_proposed(client: Client, hub: Hub) -> None:
    organisation("Freunde Ghanas", hub=hub)
    organisation("Freunde Togos", hub=hub, is_published=False)
    page = client.get("/en/hubs/hamm/initiatives/new/organisations", {"organisation": "Freunde Ghanas"})
    assert "Freunde Ghanas" in page.content.decode()
    assert "Togos" not in page.content.decode()


def test_two_towns_of_one_name_are_asked_about(client: Client, hub: Hub) -> None:
    for country in ("GH", "GB"):
        PlaceFactory(name="Cape Coast", country__code=country, names=["Cape Coast"])
    response = send(client, hub, place_1="Cape Coast")
    assert list(response.context["form"].errors) == ["place_1"]  # type: ignore[attr-defined]


# --- kept while it is written ------------------------------------------------------------------------------


def test_what_is_written_is_kept_in_passing(client: Client, hub: Hub) -> None:
    response = client.post("/en/hubs/hamm/initiatives/new/keep", {"title": "Half a ti"})
    address = response["HX-Replace-Url"]
    assert 'value="Half a ti"' in client.get(address).content.decode()
    assert not client.get(address).context["form"].errors


def test_a_kept_form_is_written_over_and_gone_when_sent(client: Client, hub: Hub) -> None:
    key = kept_forms.keep_draft(FormDraft, hub=hub, answers={"title": ["One"]})
    client.post("/en/hubs/hamm/initiatives/new/keep", {"title": "Two", "draft": key})
    assert FormDraft.objects.get().answers == {"title": ["Two"]}
    send(client, hub, draft=key)
    assert not FormDraft.objects.exists()


def test_without_scripts_a_button_keeps_it(client: Client, hub: Hub) -> None:
    response = client.post("/en/hubs/hamm/initiatives/new/", {"title": "Half", "keep": "1"})
    assert 'value="Half"' in client.get(response["Location"].split("#")[0]).content.decode()


def test_a_kept_form_is_found_by_its_key_alone(client: Client, hub: Hub) -> None:
    kept_forms.keep_draft(FormDraft, hub=hub, answers={"title": ["Secret"]})
    page = client.get("/en/hubs/hamm/initiatives/new/kept/somethingelse/")
    assert "Secret" not in page.content.decode()


def test_nothing_endless_is_kept(hub: Hub) -> None:
    with pytest.raises(ValidationError):
        kept_forms.keep_draft(FormDraft, hub=hub, answers={"title": ["x" * 70_000]})


def test_neither_cookie_nor_token_of_the_form_is_kept(client: Client, hub: Hub) -> None:
    client.post("/en/hubs/hamm/initiatives/new/keep", answers(csrfmiddlewaretoken="x"))
    assert not {"csrfmiddlewaretoken", "drawn"} & set(FormDraft.objects.get().answers)


def test_forms_that_nobody_sent_are_forgotten(hub: Hub) -> None:
    kept_forms.keep_draft(FormDraft, hub=hub, answers={})
    submitting.submit(hub=hub, facts=factories.facts(), owner=factories.OWNER)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert freshness.keep_fresh() == 2
    assert not (FormDraft.objects.exists() or Initiative.objects.exists())


@pytest.mark.parametrize("part", ["confirm", "mine", "new/kept"])
def test_keys_leave_the_log(part: str) -> None:
    assert "abcdefghij" not in without_keys(f"GET /en/initiatives/{part}/abcdefghijkl/edit/ 200")


def test_other_rooms_speak_beside_the_form(client: Client, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = []
    monkeypatch.setattr(
        hooks, "beside_form", [lambda request, written: heard.append(written) or "Others do this"]
    )
    page = client.post(
        "/en/hubs/hamm/initiatives/new/look", {"title": "Ghana", "countries": "Ghana", "started": "?"}
    )
    assert "Others do this" in page.content.decode()
    assert (heard[0].title, heard[0].countries) == ("Ghana", ("GH",))


def test_without_scripts_a_button_looks_what_others_do(
    client: Client, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "beside_form", [lambda request, written: "Others do this"])
    page = send(client, hub, look="1")
    assert "Others do this" in page.content.decode()  # type: ignore[attr-defined]
    assert not Initiative.objects.exists()


# --- the office answers ------------------------------------------------------------------------------------


def test_a_question_is_mailed_with_a_link_to_answer(
    client: Client, hub: Hub, django_capture_on_commit_callbacks: object
) -> None:
    editor = MembershipFactory(hub=hub, role="editor").user
    made = confirmed(client, hub, django_capture_on_commit_callbacks)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.ask_back(by=editor, initiative=made, question="Which school?")
    assert "Which school?" in mail.outbox[0].body
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(f"{link_in(mail.outbox[0])}answer/", {"answer": "The one by the river."})
    made.refresh_from_db()
    assert (made.state, made.answer_note) == ("submitted", "The one by the river.")
    assert mail.outbox[-1].to == [editor.email]


def test_a_refusal_has_a_reason(hub: Hub) -> None:
    editor = MembershipFactory(hub=hub, role="editor").user
    with pytest.raises(ValidationError):
        actions.decline(by=editor, initiative=factories.initiative(hub=hub, published=False), reason=" ")


def test_a_refusal_is_mailed(hub: Hub, django_capture_on_commit_callbacks: object) -> None:
    editor = MembershipFactory(hub=hub, role="editor").user
    made = factories.initiative(hub=hub, published=False)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.decline(by=editor, initiative=made, reason="It is an advertisement.")
    assert "It is an advertisement." in mail.outbox[0].body


def test_what_is_public_cannot_be_declined(hub: Hub) -> None:
    editor = MembershipFactory(hub=hub, role="editor").user
    with pytest.raises(ValidationError):
        actions.decline(by=editor, initiative=factories.initiative(hub=hub), reason="No")


def test_publication_is_told_to_the_owner_once(hub: Hub, django_capture_on_commit_callbacks: object) -> None:
    made = factories.initiative(hub=hub, published=False)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.publish(by=None, initiative=made)
    assert [letter.to for letter in mail.outbox] == [["owner@example.org"]]


def test_who_sent_what_was_declined_is_forgotten_after_ninety_days():
    entry = factories.initiative(
        published=False, contact=actions.Contact(name="Example Name", email="contact@example.org")
    )
    actions.decline(by=UserFactory(), initiative=entry, reason="It belongs to another city.")
    assert submitting.forget_unsent() == 0
    Initiative.objects.update(reviewed_at=timezone.now() - timedelta(days=91))
    assert submitting.forget_unsent() == 1 and submitting.forget_unsent() == 0
    entry.refresh_from_db()
    assert (entry.owner_email, entry.owner_name, entry.contact_email) == ("", "", "")
    assert entry.review_note == "It belongs to another city."
