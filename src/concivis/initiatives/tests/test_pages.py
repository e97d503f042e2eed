"""The public list and page."""

import json
from io import BytesIO

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from concivis.catalogue.enums import Support
from concivis.directory.factories import organisation
from concivis.hubs.factories import HubFactory
from concivis.initiatives import actions, factories
from concivis.initiatives.actions import Contact, Involved
from concivis.initiatives.enums import DocumentKind, InitiativeKind, Stage
from concivis.initiatives.models import Initiative
from concivis.initiatives.tests.test_register import answers
from concivis.places.factories import CountryFactory, PlaceFactory
from concivis.shell.dates import PartialDate
from concivis.vocabulary.factories import SchemeFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def photo() -> ContentFile[bytes]:
    target = BytesIO()
    image = Image.new("RGB", (30, 20), "red")
    exif = image.getexif()
    exif[0x010E] = "taken at home"
    image.save(target, "JPEG", exif=exif)
    return ContentFile(target.getvalue(), name="DSC_1.jpg")


def page(client: Client, initiative: Initiative, query: str = "") -> str:
    return client.get(f"/en/initiatives/{initiative.public_id}/{query}").content.decode()


def titles(client: Client, query: str) -> list[str]:
    response = client.get(f"/en/initiatives/{query}")
    return [card.title for card in response.context["cards"]]


def test_the_page_sets_no_cookie_and_holds_no_token(client: Client) -> None:
    response = client.get(f"/en/initiatives/{factories.initiative().public_id}/")
    assert (response.cookies, "csrfmiddlewaretoken" in response.content.decode()) == ({}, False)


def test_the_page_says_when_it_was_last_confirmed(client: Client) -> None:
    assert "Last confirmed on" in page(client, factories.initiative())


def test_nothing_of_the_owner_is_on_the_page(client: Client) -> None:
    told = page(
        client, factories.initiative(contact=Contact(name="Secret Person", email="secret@example.org"))
    )
    assert [word in told for word in ("owner@example.org", "Example Owner", "Secret Person", "secret@")] == [
        False
    ] * 4


def test_only_what_the_contact_agreed_to_is_shown(client: Client) -> None:
    from datetime import date

    contact = Contact(
        name="Open Person",
        email="closed@example.org",
        public=frozenset({"name"}),
        consent_on=date(2024, 1, 1),
        consent_how="by mail",
    )
    told = page(client, factories.initiative(contact=contact))
    assert ("Open Person" in told, "closed@" in told) == (True, False)


@pytest.mark.parametrize("state", ["submitted", "declined", "asked_back", "draft"])
def test_what_is_not_public_is_not_there(client: Client, state: str) -> None:
    made = factories.initiative(published=False)
    Initiative.objects.filter(pk=made.pk).update(state=state, review_note="x")
    assert client.get(f"/en/initiatives/{made.public_id}/").status_code == 404


def test_what_a_private_hub_keeps_is_not_there(client: Client) -> None:
    made = factories.initiative(hub=HubFactory(is_published=False))
    assert client.get(f"/en/initiatives/{made.public_id}/").status_code == 404


def test_an_archived_page_says_that_it_was_here_and_nothing_more(client: Client) -> None:
    made = factories.initiative("Gone with the wind")
    actions.archive(by=None, initiative=made)
    response = client.get(f"/en/initiatives/{made.public_id}/")
    assert (response.status_code, "Gone with the wind" in response.content.decode()) == (410, False)


def test_a_reader_sees_their_language_and_can_see_the_original(client: Client) -> None:
    made = factories.initiative("Freunde", language="de")
    actions.translate(by=None, initiative=made, language="en", title="Friends")
    assert "<h1>Friends</h1>" in page(client, made)
    assert "translated from German" in page(client, made)
    assert "<h1>Freunde</h1>" in page(client, made, "?in=de")


def test_an_outdated_translation_says_so(client: Client) -> None:
    made = factories.initiative("Freunde", language="de")
    actions.translate(by=None, initiative=made, language="en", title="Friends")
    Initiative.objects.filter(pk=made.pk).update(text_revision=9)
    assert "has changed since it was translated" in page(client, made)


def test_a_story_cannot_carry_a_script(client: Client) -> None:
    told = page(client, factories.initiative(story="**bold** <script>alert(1)</script>"))
    assert ("<strong>bold</strong>" in told, "<script>alert" in told) == (True, False)


def test_hidden_organisations_are_not_named(client: Client) -> None:
    hub = HubFactory()
    hidden = organisation("Hidden", hub=hub, is_published=False)
    told = page(client, factories.initiative(hub=hub, involved=(Involved(organisation=hidden),)))
    assert "Hidden" not in told


def test_pictures_are_shown_without_what_cameras_wrote(client: Client) -> None:
    made = factories.initiative()
    picture = actions.add_picture(by=None, initiative=made, upload=photo(), alt="A red wall")
    assert 'alt="A red wall"' in page(client, made)
    response = client.get(f"/en/initiatives/{made.public_id}/pictures/{picture.public_id}")
    assert b"taken at home" not in response.getvalue()


def test_pictures_of_what_is_not_public_are_not_there(client: Client) -> None:
    made = factories.initiative(published=False)
    picture = actions.add_picture(by=None, initiative=made, upload=photo(), alt="A red wall")
    assert client.get(f"/en/initiatives/{made.public_id}/pictures/{picture.public_id}").status_code == 404


def test_a_paper_is_public_only_where_it_was_said(client: Client) -> None:
    made = factories.initiative()
    for public in (True, False):
        upload = ContentFile(f"Report {public}".encode(), name="report.txt")
        paper = actions.add_paper(
            by=None,
            initiative=made,
            upload=upload,
            title="Report",
            kind=DocumentKind.REPORT,
            is_public=public,
        )
        response = client.get(f"/en/initiatives/{made.public_id}/papers/{paper.public_id}")
        if response.streaming:
            list(response)  # a file that it hands out is closed at its end
        assert response.status_code == (200 if public else 404)


def test_updates_stand_on_the_page_and_in_the_feed(client: Client) -> None:
    made = factories.initiative()
    when = PartialDate.parse("2024-05")
    figures = [{"value": 24, "label": "pupils travelled"}]
    actions.add_update(
        by=None, initiative=made, title="We went", when=when, language="en", figures=figures, is_result=True
    )
    assert "pupils travelled" in page(client, made)
    assert "We went" in b"".join(client.get(f"/en/initiatives/{made.public_id}/updates.atom")).decode()


def test_the_page_describes_itself_for_machines(client: Client) -> None:
    told = page(
        client, factories.initiative("Friends", places=(PlaceFactory(name="Mazatlán", country__code="MX"),))
    )
    found = json.loads(told.split('application/ld+json">')[1].split("</script>")[0])
    assert (found["@type"], found["areaServed"][0]["name"]) == ("Project", "Mazatlán")


def test_the_picture_to_share_is_a_picture(client: Client) -> None:
    response = client.get(f"/en/initiatives/{factories.initiative().public_id}/share.png")
    assert response.content.startswith(b"\x89PNG")


FOUND = ["?country=MX", "?kind=festival", "?stage=idea", "?needs=room", "?offers=money", "?language=tr", "?q=sea",
         "?theme=sport", "?target_group=youth", "?goal=sdg-4", "?hub=hamm"]  # fmt: skip


@pytest.mark.parametrize("query", FOUND)
def test_the_list_is_narrowed(client: Client, query: str) -> None:
    tags = tuple(
        TermFactory(scheme=SchemeFactory(code=scheme), code=code)
        for scheme, code in [("theme", "sport"), ("target-group", "youth"), ("sdg", "sdg-4")]
    )
    for term, label in zip(tags, ["Sport", "Youth", "Goal 4"], strict=True):
        term.labels.create(language="en", label=label)
    factories.initiative(
        "By the sea",
        hub=HubFactory(slug="hamm"),
        places=(PlaceFactory(country=CountryFactory(code="MX")),),
        kind=InitiativeKind.FESTIVAL,
        stage=Stage.IDEA,
        needs={Support.ROOM: ""},
        offers={Support.MONEY: ""},
        languages=("tr",),
        terms=tags,
    )
    factories.initiative("Another")
    assert titles(client, query) == ["By the sea"]


def test_the_list_finds_what_a_place_or_an_organisation_does(client: Client) -> None:
    hub = HubFactory()
    place, body = PlaceFactory(), organisation(hub=hub)
    factories.initiative("Here", hub=hub, places=(place,), involved=(Involved(organisation=body),))
    factories.initiative("Elsewhere")
    assert (
        titles(client, f"?place={place.public_id}")
        == titles(client, f"?organisation={body.public_id}")
        == ["Here"]
    )


@pytest.mark.parametrize(
    "query", ["?country=XX", "?kind=%00", "?needs=gold", "?page=-1", "?place=../x", "?q=" + "x" * 400]
)
def test_a_senseless_filter_is_no_error(client: Client, query: str) -> None:
    factories.initiative()
    assert client.get(f"/en/initiatives/{query}").status_code == 200


@pytest.mark.parametrize("extension", ["csv", "json", "atom"])
def test_the_list_is_there_in_every_format(client: Client, extension: str) -> None:
    made = factories.initiative("Friends")
    for address in (f"/en/initiatives.{extension}", f"/en/hubs/{made.hub.slug}/initiatives.{extension}"):
        assert "Friends" in b"".join(client.get(address)).decode()


def test_an_export_defuses_formulas(client: Client) -> None:
    factories.initiative("=1+1")
    assert "'=1+1" in b"".join(client.get("/en/initiatives.csv")).decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(
    client: Client, count: int, django_assert_num_queries: object
) -> None:
    hub = HubFactory()
    for _ in range(count):
        made = factories.initiative(
            hub=hub,
            places=(PlaceFactory(),),
            involved=(Involved(organisation=organisation(hub=hub)),),
            terms=(TermFactory(),),
        )
        actions.translate(by=None, initiative=made, language="de", title="Freunde")
    with django_assert_num_queries(15):  # type: ignore[operator]
        client.get("/en/initiatives/")


def test_help_is_offered_without_showing_an_address(
    client: Client, django_capture_on_commit_callbacks: object
) -> None:
    made = factories.initiative()
    said = {
        "name": "Helper",
        "email": "helper@example.org",
        "message": "I have a room.",
        "drawn": answers()["drawn"],
    }
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        response = client.post(f"/en/initiatives/{made.public_id}/help/", said)
    assert response.status_code == 302
    letter = mail.outbox[0]
    assert (letter.to, letter.extra_headers["Reply-To"]) == (["owner@example.org"], "helper@example.org")
    assert "owner@example.org" not in client.get(response["Location"]).content.decode()


def test_a_program_cannot_write_to_owners(client: Client, django_capture_on_commit_callbacks: object) -> None:
    made = factories.initiative()
    said = {
        "name": "Robot",
        "email": "r@example.org",
        "message": "Buy",
        "drawn": answers()["drawn"],
        "nickname": "x",
    }
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        client.post(f"/en/initiatives/{made.public_id}/help/", said)
    assert mail.outbox == []


@pytest.mark.parametrize("header", ["a@example.org\nBcc: all@example.org", "x"])
def test_no_header_can_be_smuggled_in(client: Client, header: str) -> None:
    made = factories.initiative()
    said = {"name": "R", "email": header, "message": "Hello", "drawn": answers()["drawn"]}
    assert client.post(f"/en/initiatives/{made.public_id}/help/", said).status_code == 200
