"""What people and others send in place of a good table: each gets a sentence, and nothing is half done."""

import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from concivis.exchange.errors import UnreadableFile
from concivis.exchange.sheets import reading
from concivis.exchange.sheets.models import Sheet
from concivis.exchange.sheets.tests.scene import applied, csv_of, only, reasons, sent, staged, states, xlsx_of
from concivis.initiatives.models import Initiative

pytestmark = pytest.mark.django_db(databases="__all__")


def packed(**parts: bytes) -> bytes:
    """A ZIP archive with these parts; "/" in names is written as "__"."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def repacked(content: bytes, **parts: bytes) -> bytes:
    """A spreadsheet with parts replaced or added, named as in `packed`, with "_dot_" for the point."""
    named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            if entry.filename not in named:
                target.writestr(entry, source.read(entry))
        for name, part in named.items():
            target.writestr(name, part)
    return file.getvalue()


SMALL = [["title", "summary"], ["Choir", "We sing"]]


# --- files -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"   \n", "The file is empty."),
        (b"%PDF-1.7 ...", "This is not a text file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "This is not a text file"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old office program, or locked with a password"),
        (packed(list_csv=b"title,summary\nChoir,We sing\n"), "Archives are not taken"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"one column\nChoir\n", "one column only"),
    ],
    ids=["empty", "blank", "pdf", "png", "xls", "zip", "broken", "one column"],
)
def test_what_is_no_table_is_refused_with_a_sentence_and_not_kept(
    hub, files_below_a_folder_of_the_test, content, sentence
):
    with pytest.raises(UnreadableFile, match=sentence):
        sent(hub, content)
    assert not Sheet.objects.exists()
    assert not any(files_below_a_folder_of_the_test.glob("*"))


def test_a_document_that_is_called_a_spreadsheet_is_refused(hub):
    types = (
        b'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    content = repacked(packed(word__document=b"<x/>"), **{"[Content_Types]_dot_xml": types})
    with pytest.raises(UnreadableFile):
        sent(hub, content, filename="list.xlsx")


def test_macros_are_refused(hub):
    with pytest.raises(UnreadableFile, match="macros"):
        sent(hub, repacked(xlsx_of(*SMALL), xl__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0macro"))


def test_a_bomb_is_not_opened(hub):
    bomb = b"<worksheet><sheetData>" + b"<row/>" * 3_000_000
    with pytest.raises(UnreadableFile, match="far more"):
        sent(hub, repacked(xlsx_of(*SMALL), xl__worksheets__sheet1_dot_xml=bomb))


def test_entities_are_not_expanded(hub):
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c><c r="B1" t="inlineStr"><is><t>&b;</t></is></c>'
        b"</row></sheetData></worksheet>"
    )
    with pytest.raises(UnreadableFile, match="damaged"):
        sent(hub, repacked(xlsx_of(*SMALL), xl__worksheets__sheet1_dot_xml=laughs))


def test_a_spreadsheet_that_breaks_off_is_said_to_be_damaged(hub):
    whole = zipfile.ZipFile(BytesIO(xlsx_of(*SMALL, *[["Choir", "We sing"]] * 50))).read(
        "xl/worksheets/sheet1.xml"
    )
    with pytest.raises(UnreadableFile, match="damaged"):
        staged_or_sent(hub, repacked(xlsx_of(*SMALL), xl__worksheets__sheet1_dot_xml=whole[:400]))


def staged_or_sent(hub, content):
    sheet = staged(hub, content)
    if sheet.failure:
        raise UnreadableFile(sheet.failure)


def test_a_sheet_that_says_it_is_a_million_rows_long_is_read_as_far_as_it_goes(hub):
    book = Workbook()
    for row in SMALL:
        book.active.append(row)
    book.active.cell(1_000_000, 1).value = "Far away"
    file = BytesIO()
    book.save(file)
    assert states(staged(hub, file.getvalue())) == ["new"]


def test_too_many_rows_are_refused_as_a_whole(hub, monkeypatch):
    monkeypatch.setattr(reading, "ROWS_LIMIT", 2)
    sheet = staged(hub, csv_of("title,summary", "a,b", "c,d", "e,f"))
    assert (sheet.state, sheet.failure) == (
        "failed",
        "The file has more than 2 rows. Split it into several files.",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(hub, encoding):
    applied(hub, "Titel;Beschreibung\r\nChöre für Städte;Wir singen – täglich\r\n".encode(encoding))
    assert Initiative.objects.get().title == "Chöre für Städte"


def test_that_an_encoding_was_guessed_is_said(hub):
    (remark,) = sent(hub, "title,summary\nChöre,x\n".encode("cp1252")).remarks
    assert "Windows-1252" in remark


# --- rows --------------------------------------------------------------------------------------------------


def test_empty_rows_are_passed_over_and_repeated_ones_said(hub):
    sheet = staged(hub, csv_of("title,summary", "Choir,We sing", ",", "", "Choir,We sing"))
    assert states(sheet) == ["new", "repeated"]
    assert reasons(sheet) == ["Says the same as line 2."]


def test_a_row_without_a_number_repeats_one_that_has_one(hub):
    sheet = staged(hub, csv_of("Nr,title", "17,Choir", ",Choir", "18,Choir"))
    assert states(sheet) == ["new", "repeated", "new"]


def test_two_rows_about_one_entry_do_not_overwrite_each_other(hub):
    sheet = staged(hub, csv_of("Nr,title", "17,Choir", "17,Dance"))
    assert states(sheet) == ["new", "repeated"]


def test_a_row_without_a_title_is_rejected(hub):
    sheet = staged(hub, csv_of("title,summary", ",We sing"))
    assert reasons(sheet) == ["Column “title”: The cell must not be empty."]


def test_a_missing_column_is_named_with_those_there_are(hub):
    sheet = staged(hub, csv_of("Was,Warum", "Choir,We sing"))
    assert sheet.failure == "Say which column holds: Title. The file has: Was, Warum."


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("countries", "Atlantis", "“Atlantis” is not the name of a country known here."),
        ("countries", "Brazil", "Brazil is not in the gazetteer of this installation."),
        ("towns", "Nowhereville", "No town “Nowhereville” is known."),
        ("towns", "Keene", "“Keene” could be several towns"),
        ("towns", "Hamm #gn1", "There is no town with the number #gn1."),
        ("lead", "Choir #nothing", "There is no organisation with the number #nothing"),
        ("themes", "Underwater basket weaving", "is not one of the permitted words"),
        ("languages", "Klingonish", "“Klingonish” is not a language known here."),
        ("kind", "party", "“party” is not one of the permitted words."),
        ("started", "soon", "“soon” is not a date; write 1921, 1963-05 or 1963-05-03."),
        ("started", "2026-02-31", "is not a day of the calendar"),
        ("development", "maybe", "“maybe” is neither yes nor no."),
        ("consent_on", "2026", "“2026” is not a day; write it as 2026-05-31."),
        ("contact_email", "nobody", "valid email address"),
        ("links", "not a link", "valid URL"),
        ("budget", "a lot", "“a lot” could not be read."),
        ("summary", "x" * 601, "The text is 601 characters long; at most 600 are kept here."),
        ("title", "x" * 201, "The text is 201 characters long; at most 200 are kept here."),
        ("story", "x" * 1_000_000, "characters long; at most"),
    ],
)
def test_what_cannot_be_read_is_rejected_in_plain_words_that_name_the_column(hub, column, cell, sentence):
    others = [name for name in ("title", "summary") if name != column]
    sheet = staged(hub, csv_of(",".join([column, *others]), ",".join([cell, *(name for name in others)])))
    assert states(sheet) == ["rejected"]
    assert sentence in reasons(sheet)[0]
    assert not Initiative.objects.exists()


def test_an_end_before_the_beginning_is_said_in_the_preview(hub):
    sheet = staged(hub, csv_of("title,started,ended", "Choir,2026,2019"))
    assert reasons(sheet) == ["Column “ended”: It ends before it begins."]


def test_a_formula_is_taken_as_text_and_never_given_back_as_a_formula(hub):
    applied(hub, csv_of("title,summary", "=HYPERLINK(evil),'+49 2381"))
    made = Initiative.objects.get()
    assert (made.title, made.summary) == ("=HYPERLINK(evil)", "+49 2381")


def test_a_formula_in_a_spreadsheet_counts_as_what_it_shows(hub):
    sheet = staged(
        hub, xlsx_of(["title", "summary"], ["Choir", "=1+1"])
    )  # never calculated: it shows nothing
    assert only(sheet).values == {"title": "Choir"}


def test_markup_in_a_cell_is_text(hub):
    applied(hub, csv_of("title,summary", "<script>alert(1)</script>,x"))
    assert Initiative.objects.get().title == "<script>alert(1)</script>"
