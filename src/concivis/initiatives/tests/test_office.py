"""The office's pages: who may open which, and what they do."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from concivis.accounts.people import Person
from concivis.catalogue.enums import Support
from concivis.directory.factories import organisation
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.matters import everything
from concivis.hubs.models import Hub
from concivis.hubs.testing import assert_permission_table, people_around
from concivis.initiatives import actions, factories, personal
from concivis.initiatives.enums import ReviewState, Stage
from concivis.initiatives.models import Initiative
from concivis.initiatives.tests.test_pages import photo
from concivis.places.factories import PlaceFactory
from concivis.shell.dates import PartialDate

pytestmark = pytest.mark.django_db(databases="__all__")
READ = "login 404 200 200 200 200 200 404"
EDIT = "login 404 403 403 403 200 200 404"
DO = "login 404 403 403 403 302 302 404"


PAGES = ["edit", "ask-back", "decline", "delete", "translations", "translations/de"]
PAGES += ["pictures", "updates", "documents", "owner"]


@pytest.fixture
def hub() -> Hub:
    return HubFactory(slug="hamm")


@pytest.fixture
def editor(client: Client, hub: Hub) -> Client:
    client.force_login(MembershipFactory(hub=hub, role="editor").user)
    return client


def entry(initiative: Initiative, rest: str = "") -> str:
    return f"/en/office/{initiative.hub.slug}/initiatives/{initiative.public_id}/{rest}"


def test_who_may_open_what(hub: Hub) -> None:
    waiting, shown = factories.initiative(hub=hub, published=False), factories.initiative(hub=hub)
    picture = actions.add_picture(by=None, initiative=shown, upload=photo(), alt="Red")
    update = actions.add_update(
        by=None, initiative=shown, title="x", when=PartialDate.parse("2020"), language="en"
    )
    base = "/en/office/hamm/initiatives/"
    assert_permission_table(
        people_around(hub),
        [
            ("GET", base, READ),
            ("GET", "/en/office/hamm/initiatives.csv", EDIT),
            ("GET", f"{base}new/", "login 404 403 200 200 200 200 404"),
            ("GET", f"{base}hygiene/", READ),
            ("POST", f"{base}hygiene/", DO),
            ("GET", f"{base}rules/", "login 404 403 403 403 403 200 404"),
            ("GET", entry(waiting), READ),
            *[("GET", entry(waiting, f"{rest}/"), EDIT) for rest in PAGES],
            ("GET", entry(shown, f"pictures/{picture.public_id}/"), EDIT),
            ("GET", entry(shown, f"updates/{update.public_id}/"), EDIT),
            *[("POST", entry(waiting, f"{rest}/"), DO) for rest in ("publish", "archive", "delete")],
            *[("POST", entry(shown, f"{rest}/"), DO) for rest in ("confirm", "seen", "archive", "restore")],
            ("POST", entry(shown, "translations/de/remove/"), DO),
            ("POST", entry(shown, "match/"), "login 404 403 403 403 404 404 404"),
        ],
    )


def test_an_entry_of_another_office_is_not_found(editor: Client) -> None:
    other = factories.initiative()
    assert editor.get(f"/en/office/hamm/initiatives/{other.public_id}/").status_code == 404


def test_only_who_edits_sees_the_owner(client: Client, hub: Hub) -> None:
    made = factories.initiative(hub=hub)
    seen = {}
    for role in ("observer", "contributor", "editor"):
        client.force_login(MembershipFactory(hub=hub, role=role).user)
        seen[role] = "owner@example.org" in client.get(entry(made)).content.decode()
    assert seen == {"observer": False, "contributor": False, "editor": True}


def test_what_waits_is_published_with_a_click(editor: Client, hub: Hub) -> None:
    made = factories.initiative(hub=hub, published=False)
    editor.post(entry(made, "publish/"))
    made.refresh_from_db()
    assert made.state == ReviewState.PUBLISHED


def test_a_question_without_words_is_not_sent(editor: Client, hub: Hub) -> None:
    made = factories.initiative(hub=hub, published=False)
    assert editor.post(entry(made, "ask-back/"), {"question": ""}).context["form"].errors


def test_what_is_public_is_not_deleted_at_once(editor: Client, hub: Hub) -> None:
    made = factories.initiative(hub=hub)
    editor.post(entry(made, "delete/"))
    assert Initiative.objects.filter(pk=made.pk).exists()


def test_deleting_takes_the_files_along(hub: Hub, django_capture_on_commit_callbacks: object) -> None:
    made = factories.initiative(hub=hub, published=False)
    picture = actions.add_picture(by=None, initiative=made, upload=photo(), alt="Red")
    storage, name = picture.file.storage, picture.file.name
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.delete_initiative(by=None, initiative=made)
    assert not storage.exists(name)


def test_the_office_enters_one(editor: Client, hub: Hub) -> None:
    known = organisation("Friends", hub=hub)
    place = PlaceFactory(name="Toul", country__code="FR", names=["Toul"])
    said = {
        "title": "Choir", "summary": "We sing.", "language": "en", "kind": "regular", "stage": "running",
        "place_1": "Toul", "place_1_id": place.public_id, "involved_1": "friends", "involved_1_role": "partner",
        "involved_2": "Unknown choir", "involved_2_role": "lead", "needs": ["room"], "need_room": "For thirty.",
        "offer_contacts": "To choirs.", "languages": "French, German", "links": "example.org Our page",
        "is_development": "on", "dac_code": "16061", "budget": "2026-01-01 2026-12-31 5.000,50 EUR", "story": "**Hi**",
    }  # fmt: skip
    response = editor.post("/en/office/hamm/initiatives/new/", said)
    assert response.status_code == 302
    made = Initiative.objects.get()
    facts = actions.facts_of(made)
    assert [each.organisation or each.name for each in facts.involved] == [known, "Unknown choir"]
    assert (facts.needs, facts.offers) == ({Support.ROOM: "For thirty."}, {Support.CONTACTS: "To choirs."})
    assert (facts.languages, facts.places, facts.links[0].url) == (
        ("de", "fr"),
        (place,),
        "https://example.org",
    )
    assert facts.development
    assert str(facts.development.budget[0].amount) == "5000.50"


def test_saving_the_form_unchanged_changes_nothing_that_was_said(editor: Client, hub: Hub) -> None:
    known = organisation("Friends", hub=hub)
    made = factories.initiative(
        hub=hub,
        language="de",
        stage=Stage.PAUSED,
        summary="We sing.",
        started="1998-05",
        languages=("de",),
        places=(PlaceFactory(),),
        needs={Support.ROOM: "For thirty."},
        involved=(actions.Involved(organisation=known),),
        links=(actions.Address(url="https://example.org/", title="Page"),),
    )
    before = actions.facts_of(made)
    page = editor.get(entry(made, "edit/"))
    sent: dict[str, object] = {}
    for field in page.context["form"]:
        value = field.value()
        if isinstance(value, tuple) and field.name.startswith("place_"):
            sent[field.name], sent[f"{field.name}_id"] = value
        elif value not in (None, "", False, (), []):
            sent[field.name] = value
    assert editor.post(entry(made, "edit/"), sent).status_code == 302
    made.refresh_from_db()
    assert actions.facts_of(made) == before


def test_a_contributors_entry_waits_and_stays_theirs(client: Client, hub: Hub) -> None:
    user = MembershipFactory(hub=hub, role="contributor").user
    client.force_login(user)
    said = {"title": "Choir", "summary": "We sing.", "language": "en", "kind": "regular", "stage": "running"}
    client.post("/en/office/hamm/initiatives/new/", said)
    made = Initiative.objects.get()
    assert (made.state, made.owner) == (ReviewState.SUBMITTED, user)
    assert client.get(entry(made, "edit/")).status_code == 200
    assert client.get(entry(factories.initiative(hub=hub), "edit/")).status_code == 403


def test_a_named_organisation_is_found_in_the_directory(editor: Client, hub: Hub) -> None:
    known = organisation("Friends of Ghana", hub=hub)
    made = factories.initiative(hub=hub, involved=(actions.Involved(name="Friends of Ghana e.V."),))
    page = editor.get(entry(made))
    assert [found for _row, found in page.context["unmatched"]] == [[known]]
    row = made.involvements.get()
    editor.post(entry(made, "match/"), {"involvement": row.pk, "organisation": known.public_id})
    assert made.involvements.get().organisation == known


def test_a_named_organisation_becomes_an_entry_of_the_directory(editor: Client, hub: Hub) -> None:
    made = factories.initiative(hub=hub, involved=(actions.Involved(name="New friends"),))
    editor.post(entry(made, "match/"), {"involvement": made.involvements.get().pk})
    known = made.involvements.get().organisation
    assert known
    assert (known.name, known.hub) == ("New friends", hub)


def test_an_organisation_of_another_office_is_no_match(editor: Client, hub: Hub) -> None:
    made = factories.initiative(hub=hub, involved=(actions.Involved(name="Friends"),))
    sent = {"involvement": made.involvements.get().pk, "organisation": organisation("Friends").public_id}
    assert editor.post(entry(made, "match/"), sent).status_code == 404


def test_a_translation_is_written_beside_the_original(editor: Client, hub: Hub) -> None:
    made = factories.initiative("Friends", hub=hub)
    editor.post(entry(made, "translations/de/"), {"title": "Freunde", "by_machine": "on"})
    row = made.translations.get()
    assert (row.language, row.title, row.origin) == ("de", "Freunde", "machine")


@pytest.mark.parametrize("language", ["en", "xx-nothing", "DE"])
def test_there_is_no_page_for_what_is_no_language_to_translate_into(
    editor: Client, hub: Hub, language: str
) -> None:
    made = factories.initiative(hub=hub, language="en")
    assert editor.get(entry(made, f"translations/{language}/")).status_code == 404


def test_a_picture_needs_words_for_who_cannot_see_it(editor: Client, hub: Hub) -> None:
    made = factories.initiative(hub=hub)
    response = editor.post(entry(made, "pictures/"), {"file": photo(), "may_be_shown": "on"})
    assert list(response.context["form"].errors) == ["alt"]


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ program", b"\x89PNG broken"]
)
def test_what_is_no_picture_is_refused(editor: Client, hub: Hub, content: bytes) -> None:
    made = factories.initiative(hub=hub)
    said = {"file": ContentFile(content, name="x.png"), "alt": "x", "may_be_shown": "on"}
    assert list(editor.post(entry(made, "pictures/"), said).context["form"].errors) == ["file"]


def test_an_update_carries_figures(editor: Client, hub: Hub) -> None:
    made = factories.initiative(hub=hub)
    said = {
        "title": "We went",
        "when": "May 2024",
        "language": "en",
        "figures": "24 pupils travelled\n1,5 tons of books",
    }
    editor.post(entry(made, "updates/"), said)
    figures = [{"value": 24, "label": "pupils travelled"}, {"value": 1.5, "label": "tons of books"}]
    assert made.updates.get().figures == figures


@pytest.mark.parametrize("when", ["2999", "soon"])
def test_an_update_tells_what_has_happened(editor: Client, hub: Hub, when: str) -> None:
    made = factories.initiative(hub=hub)
    said = {"title": "We go", "when": when, "language": "en"}
    assert list(editor.post(entry(made, "updates/"), said).context["form"].errors) == ["when"]


def test_care_lists_what_is_missing_and_acts_on_many(editor: Client, hub: Hub) -> None:
    one, two = factories.initiative("One", hub=hub), factories.initiative("Two", hub=hub, owner=None)
    page = editor.get("/en/office/hamm/initiatives/hygiene/")
    found = {check.code: {each.title for each, _url in rows} for check, rows, _more in page.context["lists"]}
    assert found == {"contact": {"Two"}, "picture": {"One", "Two"}, "translation": {"One", "Two"}}
    editor.post(
        "/en/office/hamm/initiatives/hygiene/", {"act": "archive", "id": [one.public_id, two.public_id]}
    )
    assert set(Initiative.objects.values_list("state", flat=True)) == {ReviewState.ARCHIVED}


def test_what_is_past_its_end_but_open_needs_care(editor: Client, hub: Hub) -> None:
    factories.initiative("Over", hub=hub, ended="2001")
    factories.initiative("Over by the day", hub=hub, ended="2001-05-03")
    factories.initiative("To come", hub=hub, ended="2999")
    page = editor.get("/en/office/hamm/initiatives/hygiene/")
    found = {check.code: {each.title for each, _url in rows} for check, rows, _more in page.context["lists"]}
    assert found["over"] == {"Over", "Over by the day"}


def test_the_ticked_of_another_office_are_left_alone(editor: Client) -> None:
    other = factories.initiative()
    editor.post("/en/office/hamm/initiatives/hygiene/", {"act": "archive", "id": other.public_id})
    other.refresh_from_db()
    assert other.state == ReviewState.PUBLISHED


def test_reviews_and_changes_need_attention(hub: Hub) -> None:
    factories.initiative("Waiting", hub=hub, published=False)
    changed = factories.initiative("Changed", hub=hub)
    Initiative.objects.filter(pk=changed.pk).update(changed_unseen=True)
    assert [(each.title, each.urgency) for each in everything(hub) if each.kind == "initiative"] == [
        ("Waiting", "now"),
        ("Changed", "soon"),
    ]


def test_a_person_is_told_what_is_kept_of_them(hub: Hub) -> None:
    user = MembershipFactory(hub=hub).user
    made = factories.initiative(hub=hub, owner=actions.Owner(email=user.email, name="Me"))
    kept = personal.personal_data(Person.of_user(user))["initiatives"]
    assert [(each["id"], each["owner_email"]) for each in kept] == [(made.public_id, user.email)]


def test_who_leaves_looks_after_nothing_any_more(hub: Hub) -> None:
    user = MembershipFactory(hub=hub).user
    made = factories.initiative(hub=hub, owner=actions.Owner(email=user.email, name="Me"))
    personal.before_leaving(Person.of_user(user))
    made.refresh_from_db()
    assert (made.owner_email, made.owner_name) == ("", "")


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_costs_the_same_however_long(
    editor: Client, hub: Hub, count: int, django_assert_max_num_queries: object
) -> None:
    for _ in range(count):
        factories.initiative(hub=hub, places=(PlaceFactory(),))
    # the session is elsewhere on SQLite
    with django_assert_max_num_queries(21):  # type: ignore[operator]
        editor.get("/en/office/hamm/initiatives/")
