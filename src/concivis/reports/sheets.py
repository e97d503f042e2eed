"""A report as tables: a spreadsheet with a sheet for each chapter, one CSV, and the numbers as JSON."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from concivis.reports.counting import Value
from concivis.reports.page import Page
from concivis.reports.presenting import Compared, ShownChapter
from concivis.shell.exports import cell as safe
from concivis.shell.spreadsheets import STARTS_FORMULA, said

SHEET_NAME_LENGTH = 31  # what a spreadsheet allows
FORBIDDEN_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
CSV_COLUMNS = ("chapter", "table", "what", "code", "unit", "now", "before", "change")
WIDE = 46  # characters


def xlsx(page: Page) -> bytes:
    """Numbers are numbers (waiting times in hours); text is text, whatever it begins with."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _cover(book.create_sheet(_name(_("Report"), [])), page)
    for chapter in page.shown.told:
        _chapter(book.create_sheet(_name(chapter.label, book.sheetnames)), chapter, page)
    if page.shown.towns:
        _towns(book.create_sheet(_name(_("Towns"), book.sheetnames)), page)
    _definitions(book.create_sheet(_name(_("How it was counted"), book.sheetnames)), page)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_text(page: Page) -> str:
    """All numbers in one table; columns are named alike in every language. Begins with a byte order mark."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow(CSV_COLUMNS)
    for chapter, table, row in _all(page):
        plain = [
            chapter,
            table,
            row.label,
            row.code,
            row.unit,
            _plain(row.now),
            _plain(row.before),
            row.difference,
        ]
        writer.writerow([safe(value) for value in plain])
    return file.getvalue()


def _all(page: Page) -> Iterator[tuple[str, str, Compared]]:
    for chapter in page.shown.told:
        for each in chapter.measures:
            yield chapter.label, "", each
        for table in chapter.tables:
            for row in table.rows:
                yield chapter.label, table.label, row


def _plain(value: Value) -> Value:
    return value if isinstance(value, int) else ""


# --- sheets ------------------------------------------------------------------------------------------------------


def _cover(sheet: Worksheet, page: Page) -> None:
    report = page.report
    rows = [
        (_("Title"), page.title),
        (_("Office"), report.hub.name),
        (_("Period"), f"{report.first.isoformat()} – {report.last.isoformat()}"),
        (_("As of"), page.numbers["as_of"]),
        (_("Checksum of the numbers"), report.checksum),
        ("", page.note),
    ]
    for label, value in rows:
        if value:
            _append(sheet, [label, value])
    _append(sheet, [])
    _head(sheet, ["", *page.columns, pgettext("of a number", "Change")])
    for each in page.shown.headlines:
        _append(sheet, [each.label, *_numbers(each)])
    _widths(sheet)


def _chapter(sheet: Worksheet, chapter: ShownChapter, page: Page) -> None:
    _head(sheet, [chapter.label, *page.columns, pgettext("of a number", "Change")])
    for each in chapter.measures:
        label = _("%(label)s (hours)") % {"label": each.label} if each.unit == "minutes" else each.label
        _append(sheet, [label, *_numbers(each)])
    for table in chapter.tables:
        _append(sheet, [])
        _head(sheet, [table.label, *page.columns, pgettext("of a number", "Change")])
        for row in table.rows:
            _append(sheet, [row.label, *_numbers(row)])
    _widths(sheet)


def _towns(sheet: Worksheet, page: Page) -> None:
    _head(sheet, [_("Town"), _("Country"), *page.shown.town_columns, _("Latitude"), _("Longitude")])
    for town in page.shown.towns:
        counts = [count if isinstance(count, int) else None for count in town.counts]
        _append(sheet, [town.name, town.country, *counts, town.latitude, town.longitude])
    sheet.freeze_panes = "A2"
    _widths(sheet)


def _definitions(sheet: Worksheet, page: Page) -> None:
    _head(sheet, [_("Chapter"), _("What"), _("How it was counted")])
    for chapter in page.shown.told:
        _append(sheet, [chapter.label, "", chapter.source])
        lines = [(each.label, each.counted) for each in chapter.measures]
        lines += [(each.label, each.counted) for each in chapter.tables]
        for label, counted in lines:
            _append(sheet, [chapter.label, label, counted])
    sheet.freeze_panes = "A2"
    for column, width in {"A": 24, "B": WIDE, "C": 2 * WIDE}.items():
        sheet.column_dimensions[column].width = width
    for row in sheet.iter_rows():
        for made in row:
            made.alignment = Alignment(wrap_text=True, vertical="top")


def _numbers(row: Compared) -> list[float | int | str | None]:
    return [_number(row.now, row.unit), _number(row.before, row.unit), _number(row.difference, row.unit)]


def _number(value: Value, unit: str) -> float | int | str | None:
    if not isinstance(value, int):
        return None if value is None else _("too few to tell")
    return round(value / 60, 1) if unit == "minutes" else value


def _head(sheet: Worksheet, labels: Sequence[str]) -> None:
    for made in _append(sheet, labels):
        made.font = Font(bold=True)


def _append(sheet: Worksheet, values: Iterable[Any]) -> list[Cell]:
    line = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    if not (listed := list(values)):
        listed = [""]
    return [_put(sheet.cell(line, column), value) for column, value in enumerate(listed, start=1)]


def _put(made: Cell, value: Any) -> Cell:
    """Text is marked as text, so that no spreadsheet calculates it, also after somebody has edited the cell."""
    simple = said(value)
    made.value = simple
    if isinstance(simple, str):
        made.data_type = "s"
        made.quotePrefix = simple.startswith(STARTS_FORMULA)
    return made


def _widths(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = WIDE
    for column in "BCDEF":
        sheet.column_dimensions[column].width = 18


def _name(label: str, taken: Sequence[str]) -> str:
    """A name that a sheet may have, and that no other has."""
    name = label.translate(FORBIDDEN_IN_NAMES).strip("' ")[:SHEET_NAME_LENGTH] or "–"
    known = {each.lower() for each in taken}
    tries = (name, *(f"{name[: SHEET_NAME_LENGTH - 3]} {number}" for number in range(2, 99)))
    return next(each for each in tries if each.lower() not in known)
