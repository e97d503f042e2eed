from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from concivis.exchange.enums import BatchState
from concivis.exchange.sheets import tasks
from concivis.exchange.sheets.fields import headings
from concivis.exchange.sheets.kinds import KINDS
from concivis.exchange.sheets.models import Sheet
from concivis.exchange.sheets.tests.scene import INITIATIVES, applied, csv_of, reasons, staged
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.testing import asks, assert_permission_table, people_around
from concivis.initiatives.factories import initiative
from concivis.initiatives.models import Initiative
from concivis.places.names import fold
from concivis.shell.languages import interface_codes

pytestmark = pytest.mark.django_db(databases="__all__")

LIST = csv_of("title,summary,countries", "Choir,We sing,France", "Dance,We dance,Atlantis")


@pytest.fixture
def editor(client, hub):
    membership = MembershipFactory(hub=hub, role="editor")
    client.force_login(membership.user)
    return membership.user


def at(name, *args):
    return reverse(f"exchange:{name}", args=["hamm", *args])


def text_of(response) -> str:
    return response.content.decode()


def work_off(sheet: Sheet) -> Sheet:
    """What the worker does with a queued table."""
    sheet.refresh_from_db()
    job = tasks.stage_sheet if sheet.state == BatchState.STAGING else tasks.apply_sheet
    job.func(sheet.pk, None, "en")
    sheet.refresh_from_db()
    return sheet


def test_who_may_bring_in_lists(hub):
    waiting, done = staged(hub, LIST), applied(hub, csv_of("title,summary", "Theatre,We play"))
    number = waiting.public_id
    rows = [
        ("GET", at("sheets"), "login 404 403 403 403 200 200 404"),
        ("POST", at("sheets"), "login 404 403 403 403 200 200 404"),
        ("GET", at("sheet_template", INITIATIVES), "login 404 403 403 403 200 200 404"),
        ("GET", at("sheet_export", INITIATIVES, "csv"), "login 404 403 403 403 200 200 404"),
        ("GET", at("sheet", number), "login 404 403 403 403 200 200 404"),
        ("GET", at("sheet_columns", number), "login 404 403 403 403 200 200 404"),
        ("GET", at("sheet_progress", number), "login 404 403 403 403 200 200 404"),
        ("GET", at("sheet_rejected", number, "xlsx"), "login 404 403 403 403 200 200 404"),
        ("POST", at("sheet_decide", number), "login 404 403 403 403 302 302 404", {"rule": "leave"}),
        ("POST", at("sheet_choose", number), "login 404 403 403 403 302 302 404", {"row_2": "leave"}),
        ("GET", at("sheet_apply", number), "login 404 403 403 403 200 200 404"),
        ("POST", at("sheet_apply", number), "login 404 403 403 403 302 302 404"),
        ("POST", at("sheet_again", number), "login 404 403 403 403 302 302 404"),
        ("GET", at("sheet_undo", done.public_id), "login 404 403 403 403 200 200 404"),
        ("POST", at("sheet_undo", done.public_id), "login 404 403 403 403 302 302 404"),
        ("GET", at("sheet_discard", number), "login 404 403 403 403 200 200 404"),
        ("POST", at("sheet_discard", number), "login 404 403 403 403 302 302 404"),
    ]
    assert_permission_table(people_around(hub), rows)


def test_another_hubs_list_is_not_found_by_its_number(client, editor):
    theirs = staged(HubFactory(), LIST)
    for name in ("sheet", "sheet_columns", "sheet_progress", "sheet_apply", "sheet_undo", "sheet_discard"):
        assert client.get(at(name, theirs.public_id)).status_code == 404


def test_from_the_list_to_public_initiatives_and_back(client, hub, editor):
    file = SimpleUploadedFile("list.csv", LIST)
    response = client.post(at("sheets"), {"file": file, "kind": INITIATIVES})
    sheet = Sheet.objects.get()
    assert response.url == at("sheet_columns", sheet.public_id)
    page = client.get(response.url)
    assert "We sing" in text_of(page)
    chosen = {field.name: field.value() for field in page.context["form"]}
    assert client.post(response.url, chosen).url == at("sheet", sheet.public_id)
    assert "Waiting for its turn" in text_of(client.get(at("sheet", sheet.public_id)))

    work_off(sheet)
    page = text_of(client.get(at("sheet", sheet.public_id)))
    assert "Nothing counts yet" in page
    assert "“Atlantis” is not the name of a country known here." in page

    client.post(at("sheet_decide", sheet.public_id), {"rule": "overwrite", "publishes": "yes"})
    assert "1 entries are added" in text_of(client.get(at("sheet_apply", sheet.public_id)))
    client.post(at("sheet_apply", sheet.public_id))
    work_off(sheet)
    assert [(each.title, each.state) for each in Initiative.objects.all()] == [("Choir", "published")]
    assert "1 added, 0 overwritten" in text_of(client.get(at("sheet", sheet.public_id)))

    response = client.post(at("sheet_undo", sheet.public_id), follow=True)
    assert "Taken back: 1 entry." in text_of(response)
    assert not Initiative.objects.exists()


def test_differences_are_shown_field_by_field(client, hub, editor):
    initiative("Choir", hub=hub, summary="We sang")
    page = text_of(client.get(at("sheet", staged(hub, LIST).public_id)))
    assert "<del><bdi>We sang</bdi></del> <ins><bdi>We sing</bdi></ins>" in page


def test_a_row_can_be_left_out(client, hub, editor):
    sheet = staged(hub, LIST)
    response = client.post(
        at("sheet_choose", sheet.public_id) + "?state=new", {"row_2": "leave", "row_x": "y"}
    )
    assert response.url == at("sheet", sheet.public_id) + "?state=new"
    assert sheet.rows.get(line=2).choice == "leave"


def test_rejected_rows_are_sent_back_with_the_reason_and_come_in_again_corrected(client, hub, editor):
    sheet = staged(hub, LIST)
    response = client.get(at("sheet_rejected", sheet.public_id, "xlsx"))
    book = load_workbook(BytesIO(b"".join(response)))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("title", "summary", "countries", "reason")
    assert rows[1][:3] == ("Dance", "We dance", "Atlantis")
    book.worksheets[0]["C2"] = "Spain"
    file = BytesIO()
    book.save(file)
    again = staged(hub, file.getvalue())
    assert ([row.state for row in again.rows.all()], reasons(again)) == (["new"], [])


def test_the_columns_page_says_which_column_is_missing(client, hub, editor):
    file = SimpleUploadedFile("list.csv", csv_of("Was,Warum", "Choir,We sing"))
    client.post(at("sheets"), {"file": file, "kind": INITIATIVES})
    sheet = Sheet.objects.get()
    page = client.post(at("sheet_columns", sheet.public_id), {"column_1": "summary"})
    assert "Say which column holds the Title." in text_of(page)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_rows_costs_as_many_queries_for_one_as_for_three(client, hub, editor, count):
    for number in range(count):
        initiative(f"Choir {number}", hub=hub, summary="We sang")
    lines = [f"Choir {number},We sing,Dijon" for number in range(count)]
    sheet = staged(hub, csv_of("title,summary,towns", *lines))
    with asks(7):
        client.get(at("sheet", sheet.public_id))


def test_the_template_lists_the_permitted_words_in_every_language(client, hub, editor, words):
    response = client.get(at("sheet_template", INITIATIVES))
    book = load_workbook(BytesIO(response.content))
    heads = next(book["List"].iter_rows(values_only=True))
    assert heads[:3] == ("Number here", "Number in your list", "Title")
    permitted = [row[1:4] for row in book["Permitted words"].iter_rows(values_only=True)]
    assert ("music", "Music", "Musik") in permitted
    assert ("festival", "festival", "Festival") in permitted


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_columns_are_called_the_same_in_any_language(kind):
    fields = KINDS[kind].fields
    assert len(headings(fields)) > len(fields)
    for language in interface_codes():
        with translation.override(language):
            labels = [fold(str(each.label)) for each in fields]
        assert len(set(labels)) == len(labels), language


def test_old_lists_are_forgotten_with_all_their_rows(
    hub, files_below_a_folder_of_the_test, time_machine, django_capture_on_commit_callbacks
):
    done, waiting = applied(hub, csv_of("title,summary", "Theatre,We play")), staged(hub, LIST)
    time_machine.move_to(timezone.now() + timedelta(days=91))
    with django_capture_on_commit_callbacks(execute=True):
        assert tasks.forget_old_sheets() == 2
    done.refresh_from_db()
    assert (done.stored, done.rows.count(), done.counts["added"]) == ("", 0, 1)
    assert not Sheet.objects.filter(pk=waiting.pk).exists()
    assert list(files_below_a_folder_of_the_test.iterdir()) == []
