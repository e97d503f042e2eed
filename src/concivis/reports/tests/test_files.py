"""The report on paper, in a spreadsheet, as CSV and as JSON."""

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from concivis.initiatives.factories import initiative
from concivis.places.factories import PlaceFactory
from concivis.reports import pdf, queries
from concivis.reports.actions import reports, stories
from concivis.reports.counting import checksum
from concivis.reports.factories import report
from concivis.reports.models import Report
from concivis.reports.page import page
from concivis.reports.sheets import csv_text, xlsx
from concivis.reports.tests.scene import at, office
from concivis.twinning.factories import activity, partnership
from concivis.twinning.tests.reading_pdf import words_of

pytestmark = pytest.mark.django_db(databases="__all__")

HOSTILE = '=HYPERLINK("http://evil.example","x")'
TYPST = '#panic("x") $ @label *bold* _em_ `raw` \\ // <b> "'


def told(**said: Any) -> Report:
    """A fixed report of an office with an initiative, a partnership and a visit."""
    hub, person = office(slug="hamm")
    toul = PlaceFactory(name="Toul", latitude=48.68, longitude=5.89)
    activity(partnership(hub.place, toul, hub=hub, signed="1987"), "2025-05-03")
    with at("2025-03-01 12:00"):
        made = initiative(said.pop("initiative", "Water for Tamale"), hub=hub)
    draft = report(2025, hub=hub, **said)
    stories.add(
        by=person, report=draft, kind="initiative", object_id=made.public_id, sentence=said.get("title", "")
    )
    reports.fix_numbers(by=person, report=draft)
    found: Report = queries.complete(Report.objects.select_related("hub__place")).get(pk=draft.pk)
    return found


def test_the_document_is_tagged_and_says_what_the_page_says() -> None:
    made = pdf.pdf(page(told(title="What we did", foreword="Dear **citizens**,\n\n- one\n- two")))
    said = words_of(made)
    assert b"pdfuaid" in made
    assert b"/StructTreeRoot" in made
    assert b"/Alt" in made
    for words in ("What we did", "citizens", "Water for Tamale", "partnerships in force", "Toul"):
        assert words in said


def test_the_document_is_in_the_readers_language() -> None:
    shown = told()
    with translation.override("de"):
        made = pdf.pdf(page(shown))
    assert b"/Lang (de)" in made or b"/Lang(de)" in made


def test_what_people_write_is_never_markup_in_the_document() -> None:
    made = pdf.pdf(page(told(title=TYPST[:200], foreword=TYPST, initiative=TYPST)))
    assert "#panic" in words_of(made)


def test_the_same_report_gives_the_same_document() -> None:
    shown = told()
    assert pdf.pdf(page(shown)) == pdf.pdf(page(shown))


@pytest.mark.parametrize("title", ["تقرير السنة", "年次報告", "Звіт", "a\u0000b", "x" * 200])
def test_a_title_in_any_script_makes_a_document(title: str) -> None:
    assert pdf.pdf(page(told(title=title.replace("\0", "")))).startswith(b"%PDF")


def test_the_spreadsheet_has_a_sheet_for_each_chapter_and_the_definitions() -> None:
    book = load_workbook(io.BytesIO(xlsx(page(told()))))
    assert book.sheetnames[0] == "Report"
    assert book.sheetnames[-1] == "How it was counted"
    assert {"Initiatives", "Partnerships", "Organisations", "Towns"} <= set(book.sheetnames)
    rows = {row[0].value: row[1].value for row in book["Initiatives"].iter_rows()}
    assert rows["new in the register"] == 1


def test_text_is_text_in_the_spreadsheet_whatever_it_begins_with() -> None:
    shown = told(title=HOSTILE)
    book = load_workbook(io.BytesIO(xlsx(page(shown))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert HOSTILE in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_numbers_are_numbers_in_the_spreadsheet() -> None:
    book = load_workbook(io.BytesIO(xlsx(page(told()))))
    found = {row[0].value: row[1] for row in book["Partnerships"].iter_rows()}
    assert found["partnerships in force"].data_type == "n"


def test_the_csv_holds_no_formulas() -> None:
    shown = told()
    for words in shown.numbers["words"].values():
        words["initiatives.new"] = HOSTILE
    assert "\n=HYPERLINK" not in csv_text(page(shown))
    assert ",=HYPERLINK" not in csv_text(page(shown))
    assert "'=HYPERLINK" in csv_text(page(shown))


def test_each_line_of_the_csv_has_a_code_that_no_other_has() -> None:
    rows = list(csv.DictReader(io.StringIO(csv_text(page(told())).lstrip("\ufeff"))))
    codes = [row["code"] for row in rows]
    assert "initiatives.new" in codes
    assert any(code.startswith("partnerships.states:") for code in codes)
    assert len(codes) == len(set(codes))


def test_the_json_is_the_document_of_the_checksum(client: Client) -> None:
    shown = told()
    reports.publish(by=None, report=shown)
    answer = json.loads(client.get("/en/hubs/hamm/reports/2025.json").content)
    assert checksum(answer["numbers"]) == answer["checksum"] == shown.checksum


def test_files_of_other_kinds_are_not_found(client: Client) -> None:
    reports.publish(by=None, report=told())
    for extension in ("exe", "html", "pdf.exe"):
        assert client.get(f"/en/hubs/hamm/reports/2025.{extension}").status_code == 404


def test_an_empty_report_makes_a_document_and_a_spreadsheet() -> None:
    made = report(fixed=True)
    shown = page(queries.complete(Report.objects.select_related("hub__place")).get(pk=made.pk))
    assert "Nothing was written down" in words_of(pdf.pdf(shown))
    assert load_workbook(io.BytesIO(xlsx(shown))).sheetnames
