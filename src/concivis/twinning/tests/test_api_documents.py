"""Documents and people of a partnership, for an office's programs."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.hubs.testing import Program
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = dt.date.today()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def tie(db):
    hub = HubFactory()
    return factories.partnership(hub.place, PlaceFactory(), hub=hub, signed="1963")


@pytest.fixture
def program(client, tie):
    return Program(client, tie.hub)


@pytest.fixture
def papers(tie):
    return f"/api/v1/hub/partnerships/{tie.public_id}/documents"


@pytest.fixture
def people(tie):
    return f"/api/v1/hub/partnerships/{tie.public_id}/people"


def pdf(name="minutes.pdf", content=b"%PDF-1.7 minutes"):
    return SimpleUploadedFile(name, content)


def test_a_document_is_added_listed_handed_out_and_deleted(program, papers, tie):
    added = program.upload(
        papers, file=pdf(), title=" Minutes ", kind="report", place=tie.hub.place.public_id
    )
    assert added.status_code == 201
    row = added.json()
    assert (row["title"], row["media_type"], row["name"]) == ("Minutes", "application/pdf", "minutes.pdf")
    assert program.get(papers).json() == [row]
    file = program.get(f"{papers}/{row['id']}/file")
    assert (b"".join(file.streaming_content), file["Content-Type"]) == (
        b"%PDF-1.7 minutes",
        "application/pdf",
    )
    assert file["Content-Disposition"].startswith("attachment")
    assert program.send("delete", f"{papers}/{row['id']}").status_code == 204
    assert program.get(papers).json() == []


def test_the_record_names_the_program_that_added_a_document(program, papers):
    program.upload(papers, file=pdf(), title="Minutes", kind="report")
    assert RecordLine.objects.get(action="document.added").details["through"] == "website"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90program"),
        ("a.png", b"<svg><script>x</script></svg>"),
        ("a.txt", b"\x00\x01"),
        ("a", b""),
    ],
)
def test_a_file_is_known_by_its_bytes_not_by_its_name(program, papers, name, content):
    answer = program.upload(papers, file=SimpleUploadedFile(name, content), title="Minutes", kind="report")
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert program.get(papers).json() == []


def test_a_file_that_is_too_large_is_refused_in_a_sentence(program, papers, settings):
    settings.UPLOAD_BYTES = 10
    answer = program.upload(papers, file=pdf(), title="Minutes", kind="report")
    assert (answer.status_code, "larger than" in answer.json()["detail"]) == (422, True)


def test_the_same_file_is_not_kept_twice(program, papers):
    program.upload(papers, file=pdf(), title="Minutes", kind="report")
    answer = program.upload(papers, file=pdf(), title="Again", kind="report")
    assert answer.json()["detail"] == "The same file is already here, called “Minutes”."


def test_a_picture_loses_where_it_was_taken(program, papers):
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "my garden"
    Image.new("RGB", (2, 2)).save(picture, "JPEG", exif=exif)
    row = program.upload(
        papers, file=SimpleUploadedFile("a.jpg", picture.getvalue()), title="Us", kind="picture"
    ).json()
    content = b"".join(program.get(f"{papers}/{row['id']}/file").streaming_content)
    assert (row["media_type"], b"garden" in content) == ("image/jpeg", False)


def test_a_title_with_a_character_that_no_database_keeps_is_refused(program, papers):
    assert program.upload(papers, file=pdf(), title="a\0b", kind="report").status_code == 400


def test_what_is_said_of_a_document_is_changed(program, papers):
    row = program.upload(papers, file=pdf(), title="Minutes", kind="report").json()
    changed = program.send("put", f"{papers}/{row['id']}", title="Vote", kind="decision", is_public=True)
    assert (changed.json()["title"], changed.json()["kind"], changed.json()["is_public"]) == (
        "Vote",
        "decision",
        True,
    )


def test_a_place_that_is_no_side_is_refused(program, papers):
    answer = program.upload(papers, file=pdf(), title="Minutes", kind="report", place="nowhere")
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "“nowhere” is not a side of this partnership.",
    )


def test_an_office_that_was_not_let_in_sees_only_what_is_public(client, program, papers, tie):
    for content, is_public in [(b"%PDF-1.1", True), (b"%PDF-1.2", False)]:
        program.upload(
            papers, file=pdf(content=content), title=str(is_public), kind="other", is_public=is_public
        )
    outside = Program(client, HubFactory(place=tie.sides.last().place))
    assert [row["title"] for row in outside.get(papers).json()] == ["True"]


def test_a_document_of_another_partnership_is_not_found(program, papers, tie):
    row = program.upload(papers, file=pdf(), title="Minutes", kind="report").json()
    other = factories.partnership(tie.hub.place, PlaceFactory(), hub=tie.hub, signed="1963")
    path = f"/api/v1/hub/partnerships/{other.public_id}/documents/{row['id']}"
    assert [program.get(f"{path}/file").status_code, program.send("delete", path).status_code] == [404, 404]


# --- people ----------------------------------------------------------------------------------------------------


def person(tie, **facts):
    return {"place": tie.hub.place.public_id, "role": "coordinator", "name": "Ada Example", **facts}


def test_a_person_is_noted_changed_and_deleted(program, people, tie):
    made = program.send("post", people, **person(tie, email="ada@example.org", in_team=True)).json()
    assert program.get(people).json() == [made]
    changed = program.send("put", f"{people}/{made['id']}", **person(tie, phone="+49 1"))
    assert (changed.json()["email"], changed.json()["phone"], changed.json()["in_team"]) == (
        "",
        "+49 1",
        False,
    )
    assert program.send("delete", f"{people}/{made['id']}").status_code == 204
    assert program.get(people).json() == []


def test_no_field_of_a_person_is_public_without_their_consent(program, people, tie):
    answer = program.send("post", people, **person(tie, name_public=True))
    assert (answer.status_code, "agreed" in answer.json()["detail"]) == (422, True)
    agreed = {"name_public": True, "consent_on": TODAY, "consent_how": "by mail"}
    assert program.send("post", people, **person(tie, **agreed)).json()["name_public"] is True


def test_nobody_agreed_in_the_future(program, people, tie):
    agreed = {"name_public": True, "consent_on": TODAY + dt.timedelta(days=2), "consent_how": "by mail"}
    answer = program.send("post", people, **person(tie, **agreed))
    assert (answer.status_code, answer.json()["detail"]) == (422, "This day is in the future.")


def test_a_field_without_content_cannot_be_made_public(program, people, tie):
    agreed = {"email_public": True, "consent_on": TODAY, "consent_how": "by mail"}
    assert program.send("post", people, **person(tie, **agreed)).status_code == 422


@pytest.mark.parametrize("facts", [{"email": "no address"}, {"name": " "}, {"since": "0001-01-01"}])
def test_what_the_form_refuses_the_program_is_refused_too(program, people, tie, facts):
    assert program.send("post", people, **person(tie, **facts)).status_code == 422


def test_who_takes_over_is_somebody_else_of_the_partnership(program, people, tie):
    ada = program.send("post", people, **person(tie)).json()["id"]
    eve = program.send("post", people, **person(tie, name="Eve", successor=ada))
    assert eve.json()["successor"] == ada
    own = program.send("put", f"{people}/{ada}", **person(tie, successor=ada))
    assert (own.status_code, own.json()["detail"]) == (
        422,
        "The successor must be somebody else of this partnership who has not left.",
    )


def test_the_record_keeps_no_name(program, people, tie):
    made = program.send("post", people, **person(tie)).json()
    program.send("delete", f"{people}/{made['id']}")
    assert "Ada" not in str(list(RecordLine.objects.values_list("details", flat=True)))
