import csv
import datetime as dt
import io
import json
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.utils.translation import gettext_lazy, override

from concivis.shell.exports import Column, Entry, atom_response, cell, csv_response, json_response

ATOM = "{http://www.w3.org/2005/Atom}"
COLUMNS = [
    Column("name", "Name", lambda row: row[0]),
    Column("partners", "Partners", lambda row: row[1]),
]


def text_of(response) -> str:
    return b"".join(response.streaming_content).decode("utf-8")


def table(rows, columns=COLUMNS) -> list[list[str]]:
    text = text_of(csv_response(rows, columns, "places.csv"))
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "\uff1d1+1"]
)
def test_text_that_a_spreadsheet_would_calculate_gets_an_apostrophe(text):
    assert cell(text) == "'" + text


def test_a_formula_behind_a_semicolon_is_text_where_spreadsheets_part_columns_there():
    assert cell("Hamm;=1+1;-2;@SUM(A1)") == "Hamm;'=1+1;'-2;'@SUM(A1)"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([8.6, -122.3], "8.6; -122.3"),
        (-5, -5),
        (-1.5, -1.5),
        (Decimal("-2.50"), "-2.50"),
        (None, ""),
        (True, "true"),
        (dt.date(1963, 5, 3), "1963-05-03"),
        (["a", "b"], "a; b"),
        (["=1", "b"], "'=1; b"),
        ("Reggio nell'Emilia", "Reggio nell'Emilia"),
        ("a=b", "a=b"),
    ],
)
def test_numbers_dates_and_plain_text_stay_what_they_are(value, expected):
    assert cell(value) == expected


def test_a_table_begins_with_a_byte_order_mark_and_has_its_column_names_first():
    response = csv_response([("Köln", 2)], COLUMNS, "Städte.csv")
    assert text_of(response) == "\ufeffname,partners\r\nKöln,2\r\n"
    assert response["Content-Disposition"] == "attachment; filename*=UTF-8''St%C3%A4dte.csv"
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_quotes_commas_and_line_breaks_in_a_cell_come_back_as_they_were():
    assert table([('a "b", c\nd', 1)]) == [["name", "partners"], ['a "b", c\nd', "1"]]


def test_an_empty_table_still_names_its_columns():
    assert table([]) == [["name", "partners"]]


def test_rows_are_taken_only_as_the_reader_takes_them():
    taken = []

    def rows():
        for n in range(100_000):
            taken.append(n)
            yield (str(n), n)

    stream = iter(csv_response(rows(), COLUMNS, "x.csv").streaming_content)
    next(stream)
    assert len(taken) <= 1000


def test_a_list_says_where_it_is_from_and_how_long_it_is():
    response = json_response(
        iter([("Hamm", 1), ("Кривий Ріг", None)]),
        COLUMNS,
        title="Places",
        url="https://example.org/en/places/",
        sources=["Wikidata"],
        licence="CC0-1.0",
        filters={"country": ["DE"]},
        generated=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
    )
    assert json.loads(text_of(response)) == {
        "title": "Places",
        "url": "https://example.org/en/places/",
        "generated": "2026-11-22T00:00:00+00:00",
        "sources": ["Wikidata"],
        "licence": "CC0-1.0",
        "filters": {"country": ["DE"]},
        "columns": {"name": "Name", "partners": "Partners"},
        "items": [{"name": "Hamm", "partners": 1}, {"name": "Кривий Ріг", "partners": None}],
        "count": 2,
    }


@pytest.mark.parametrize("length", [0, 1, 500, 501, 1200])
def test_a_list_of_any_length_is_whole(length):
    rows = [(str(n), n) for n in range(length)]
    document = json.loads(text_of(json_response(rows, COLUMNS, title="", url="")))
    assert [item["partners"] for item in document["items"]] == list(range(length))
    assert document["count"] == length


def test_words_are_in_the_language_of_the_request_though_it_is_over_when_they_are_read():
    column = Column("language", "", lambda row: gettext_lazy("January"))
    with override("de"):
        response = csv_response([None], [column], "x.csv")
    with override("fr"):
        assert "Januar\r\n" in text_of(response)


def test_a_feed_has_ids_dates_and_its_own_address():
    entry = Entry(
        "https://example.org/p/1",
        "Hamm & <Toul>\x00",
        "https://example.org/en/partnerships/1/",
        updated=dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC),
        summary="since 1987",
    )
    response = atom_response(
        iter([entry]),
        title="New partnerships",
        url="https://example.org/en/partnerships/",
        feed_url="https://example.org/en/partnerships.atom",
        updated=dt.datetime(2026, 5, 2, tzinfo=dt.UTC),
    )
    feed = ElementTree.fromstring(text_of(response))
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://example.org/en/partnerships/",
        "self": "https://example.org/en/partnerships.atom",
    }
    assert feed.findtext(f"{ATOM}id") == "https://example.org/en/partnerships.atom"
    assert feed.findtext(f"{ATOM}updated") == "2026-05-02T00:00:00+00:00"
    [found] = feed.findall(f"{ATOM}entry")
    assert found.findtext(f"{ATOM}id") == "https://example.org/p/1"
    assert found.findtext(f"{ATOM}title") == "Hamm & <Toul>"
    assert found.findtext(f"{ATOM}updated") == "2026-05-01T12:00:00+00:00"
    assert found.findtext(f"{ATOM}summary") == "since 1987"
