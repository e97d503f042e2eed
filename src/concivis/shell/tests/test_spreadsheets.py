import datetime as dt
import io
import tracemalloc
from decimal import Decimal

import pytest
from django.http import Http404
from openpyxl import load_workbook

from concivis.shell.exports import Column, sheet_response

COLUMNS = [
    Column("name", "Name", lambda row: row[0]),
    Column("value", "What it holds", lambda row: row[1]),
]


def book(rows, columns=COLUMNS):
    response = sheet_response("xlsx", rows, columns, "places")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return load_workbook(io.BytesIO(content))


def value(held):
    return book([("a", held)]).worksheets[0]["B2"].value


def test_the_names_of_the_columns_stay_in_sight_and_are_explained():
    made = book([("Köln", 2)])
    assert [cell.value for cell in made.worksheets[0][1]] == ["name", "value"]
    assert made.worksheets[0].freeze_panes == "A2"
    assert made.worksheets[0].auto_filter.ref == "A1:B2"
    assert [cell.value for cell in made.worksheets[1][2]] == ["value", "What it holds"]


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        (5, 5),
        (-1.5, -1.5),
        (Decimal("2.50"), 2.5),
        (True, True),
        (None, None),
        (dt.date(2026, 5, 3), dt.datetime(2026, 5, 3)),
        (dt.datetime(2026, 5, 3, 12, tzinfo=dt.UTC), dt.datetime(2026, 5, 3, 14)),
        (dt.date(1621, 5, 3), "1621-05-03"),
        (["a", "b"], "a; b"),
        (10**18, "1000000000000000000"),
        (float("nan"), "nan"),
        ("bell \x07 null \x00", "bell  null "),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_values_keep_their_types(held, shown):
    assert value(held) == shown


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "-2", "=cmd|' /C calc'!A0", "\uff1d1+1"])
def test_text_is_never_calculated(text):
    cell = book([("a", text)]).worksheets[0]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_the_file_says_its_name_and_kind():
    response = sheet_response("xlsx", [], COLUMNS, "Städte")
    assert response["Content-Disposition"] == 'attachment; filename="St%C3%A4dte.xlsx"'
    assert response["Content-Type"].endswith("spreadsheetml.sheet")


def test_no_other_kind_of_file_is_made():
    with pytest.raises(Http404):
        sheet_response("exe", [], COLUMNS, "x")


def test_thirty_thousand_rows_take_no_more_memory_than_a_few():
    rows = ((f"place {n}" * 10, n) for n in range(30_000))
    tracemalloc.start()
    response = sheet_response("xlsx", rows, COLUMNS, "x")
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 20 * 1024 * 1024
    assert len(response.content) < 2 * 1024 * 1024
