from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from concivis.accounts.models import User
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.actions import documents
from concivis.twinning.enums import DocumentKind
from concivis.twinning.models import Document, Journey, Partnership, Proof, Step

pytestmark = pytest.mark.django_db(databases="__all__")

PDF = b"%PDF-1.7\nThe agreement."


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(**facts: object) -> Partnership:
    hub = HubFactory()
    return factories.partnership(hub.place, PlaceFactory(name="Altstadt"), hub=hub, **facts)


def coordinator(tie: Partnership) -> User:
    return MembershipFactory(hub=tie.hub).user


def opened(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(tie: Partnership, name: str, *args: object) -> str:
    return reverse(f"twinning:{name}", args=[tie.hub.slug, tie.public_id, *args])


def sent(content: bytes = PDF, name: str = "Vertrag Köln.pdf", **fields: object) -> dict[str, object]:
    return {"title": "Agreement", "kind": "agreement", "file": SimpleUploadedFile(name, content), **fields}


def add(tie: Partnership, content: bytes = PDF, **fields: object) -> Document:
    said = {"title": "Agreement", "kind": DocumentKind.AGREEMENT, **fields}
    return documents.add_document(
        by=None, partnership=tie, upload=SimpleUploadedFile("a.pdf", content), **said
    )


def handed_out(client: Client, address: str) -> int:
    """The status; a file is closed at its end."""
    response = client.get(address)
    if response.streaming:
        list(response)
    return response.status_code


def public_page(document: Document) -> str:
    return reverse("twinning:partnership_document", args=[document.partnership.public_id, document.public_id])


# --- adding ------------------------------------------------------------------------------------------------


def test_a_document_is_kept_under_a_random_name_and_comes_back_under_its_own(media):
    tie = kept()
    client = opened(coordinator(tie))
    assert client.post(at(tie, "office_document_new"), sent()).status_code == 302
    document = Document.objects.get()
    stored = [path.name for path in media.rglob("*") if path.is_file()]
    assert (document.name, document.media_type, document.size) == (
        "Vertrag Köln.pdf",
        "application/pdf",
        len(PDF),
    )
    assert stored == [document.file.name.removeprefix("documents/")]
    assert "Vertrag" not in stored[0]
    answer = client.get(at(tie, "office_document", document.public_id))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Vertrag%20K%C3%B6ln.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_an_arabic_name_comes_back_as_it_was():
    tie = kept()
    client = opened(coordinator(tie))
    client.post(at(tie, "office_document_new"), sent(name="اتفاقية.pdf"))
    answer = client.get(at(tie, "office_document", Document.objects.get().public_id))
    list(answer)
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D8%A7%D8%AA%D9%81")


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ" + bytes(100), "agreement.pdf", "This is a program or a script, whatever its name says."),
        (b"<svg><script>alert(1)</script></svg>", "crest.svg", "SVG, HTML and XML files can carry programs"),
    ],
)
def test_a_disguised_program_and_a_picture_with_a_script_are_refused(media, content, name, words):
    tie = kept()
    response = opened(coordinator(tie)).post(at(tie, "office_document_new"), sent(content, name))
    text = response.content.decode()
    assert words in text
    assert 'value="Agreement"' in text
    assert Document.objects.count() == 0
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_the_same_file_is_not_kept_twice():
    tie = kept()
    add(tie, title="The contract")
    response = opened(coordinator(tie)).post(at(tie, "office_document_new"), sent(name="copy.pdf"))
    assert "The same file is already here, called “The contract”." in response.content.decode()
    assert Document.objects.count() == 1


def test_a_file_just_over_the_limit_is_refused(settings):
    settings.UPLOAD_BYTES = 1024 * 1024
    tie = kept()
    large = PDF + bytes(1024 * 1024)
    response = opened(coordinator(tie)).post(at(tie, "office_document_new"), sent(large))
    assert "The file is larger than 1 megabytes." in response.content.decode()


class Unread(BytesIO):
    """What a browser sends: nobody may begin to read it."""

    def read(self, size: int | None = -1) -> bytes:
        raise AssertionError("somebody reads what is too large")


def test_a_file_of_two_gigabytes_is_refused_before_anything_of_it_is_read():
    tie = kept()
    response = opened(coordinator(tie)).request(
        REQUEST_METHOD="POST",
        PATH_INFO=at(tie, "office_document_new"),
        CONTENT_TYPE="multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(2 * 1024**3),
        **{"wsgi.input": Unread()},
    )
    assert response.status_code == 413
    assert "The file is larger than 20 megabytes." in response.content.decode()
    assert Document.objects.count() == 0


# --- who sees it -------------------------------------------------------------------------------------------


def test_a_public_document_of_a_public_partnership_stands_on_its_page():
    tie = kept()
    document = add(tie, title="Vereinbarung", language="de", is_public=True)
    page = Client().get(tie.get_absolute_url()).content.decode()
    answer = Client().get(public_page(document))
    assert f'href="{public_page(document)}" lang="de"' in page
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_neither_what_is_not_public_nor_what_belongs_to_a_draft_is_handed_out():
    inside = add(kept(), title="For us")
    of_a_draft = add(kept(state="drafted", is_published=False), is_public=True)
    statuses = [handed_out(Client(), public_page(document)) for document in (inside, of_a_draft)]
    page = Client().get(inside.partnership.get_absolute_url()).content.decode()
    assert statuses == [404, 404]
    assert "For us" not in page


def test_an_office_opened_for_the_partner_city_sees_papers_only_once_it_is_trusted():
    tie = kept()
    document = add(tie, title="For us")
    side = tie.sides.get(place__name="Altstadt")
    tie.sides.update(asked_at=timezone.now())
    partner = HubFactory(place=side.place)
    client = opened(MembershipFactory(hub=partner).user)
    page = reverse("twinning:office_documents", args=[partner.slug, tie.public_id])
    file = reverse("twinning:office_document", args=[partner.slug, tie.public_id, document.public_id])
    assert "For us" not in client.get(page).content.decode()
    assert handed_out(client, file) == 404
    factories.trusted(tie, partner)
    assert "For us" in client.get(page).content.decode()
    assert handed_out(client, file) == 200


def test_a_document_of_another_partnership_is_not_found_through_this_one():
    tie, other = kept(), kept()
    document = add(other)
    client = opened(coordinator(tie))
    assert handed_out(client, at(tie, "office_document", document.public_id)) == 404


# --- changing and deleting ---------------------------------------------------------------------------------


def test_what_is_said_of_a_document_changes_and_the_file_does_not():
    tie = kept()
    document = add(tie)
    opened(coordinator(tie)).post(
        at(tie, "office_document_change", document.public_id),
        {"title": "Contract of friendship", "kind": "report", "is_public": "on"},
    )
    changed = Document.objects.get()
    assert (changed.title, changed.kind, changed.is_public) == ("Contract of friendship", "report", True)
    assert changed.sha256 == document.sha256


def test_of_two_who_describe_a_document_at_once_the_second_sees_what_the_first_saved():
    tie = kept()
    document = add(tie)
    client, change = opened(coordinator(tie)), at(tie, "office_document_change", document.public_id)
    seen = {
        "title": document.title,
        "kind": document.kind,
        "began": client.get(change).context["form"]["began"].value(),
    }
    client.post(change, {**seen, "kind": "report"})
    second = client.post(change, {**seen, "title": "Mine"})
    errors = second.context["form"].errors
    assert errors["kind"] == ["Saved now: report"]
    assert errors["title"] == [f"Saved now: {document.title}"]
    document.refresh_from_db()
    assert (document.title, document.kind) == (seen["title"], "report")


def test_deleting_asks_first_and_deletes_the_file(media, django_capture_on_commit_callbacks):
    tie = kept()
    document = add(tie)
    client, page = opened(coordinator(tie)), at(tie, "office_document_delete", document.public_id)
    assert "deleted for good" in client.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page)
    assert Document.objects.count() == 0
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert RecordLine.objects.filter(action="document.removed").count() == 1


def test_the_evidence_of_a_step_is_not_deleted():
    tie = kept()
    document = add(tie)
    step = Step.objects.create(
        journey=Journey.objects.create(partnership=tie, template="ten-steps-1"), code="find", position=1
    )
    Proof.objects.create(step=step, kind="file", title="Paper", document=document, date=timezone.localdate())
    with pytest.raises(ValidationError, match="evidence of a step"):
        documents.remove_document(by=coordinator(tie), document=document)
    response = opened(coordinator(tie)).get(
        at(tie, "office_document_delete", document.public_id), follow=True
    )
    assert "It is the evidence of a step of the journey." in response.content.decode()


def test_the_list_costs_as_many_queries_for_three_documents_as_for_one(django_assert_max_num_queries):
    one, three = kept(), kept()
    add(one)
    for number in range(3):
        add(three, PDF + str(number).encode(), side=three.sides.first())
    for tie in (one, three):
        client = opened(coordinator(tie))
        client.get(at(tie, "office_documents"))
        with django_assert_max_num_queries(
            7
        ):  # session (elsewhere on SQLite), user; hub, roles; tie, sides; rows
            client.get(at(tie, "office_documents"))
