"""A list as a spreadsheet (XLSX). Rows are written as they come, to a file on disk: a list of any length takes the
memory of one row. Text is text, whatever it begins with; numbers, dates and yes/no stay what they are.
"""

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_575  # what a sheet holds, below its first row
LONGEST = 32_767  # characters that a cell holds
EXACT = 10**15  # larger whole numbers would be rounded
IN_MEMORY = 2 * 1024 * 1024  # smaller files are answered whole, so that the front cache may keep them
LOOKED_AT = 100  # rows that decide how wide the columns are
WIDTHS = (8, 60)  # characters: the narrowest, the widest column
# what a spreadsheet may take for a formula; openpyxl takes some texts for errors, too
STARTS_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
TAKEN_FOR_MORE = (*STARTS_FORMULA, "#")


def spreadsheet_response(
    heads: Sequence[tuple[str, str]], lines: Iterable[Sequence[Any]], filename: str
) -> HttpResponseBase:
    """`heads`: (name, meaning) of each column; `lines`: plain values, as many in each."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    write(file, heads, lines)
    size = file.tell()
    file.seek(0)
    if size > IN_MEMORY:
        return FileResponse(file, as_attachment=True, filename=filename, content_type=MEDIA_TYPE)
    with file:
        response = HttpResponse(file.read(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def write(file: IO[bytes], heads: Sequence[tuple[str, str]], lines: Iterable[Sequence[Any]]) -> None:
    """The rows under the names of their columns, which stay in sight; a second sheet says what the names mean."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("List"))
    source = iter(lines)
    first = list(islice(source, LOOKED_AT))
    for number, width in enumerate(widths(heads, first), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([bold(sheet, name) for name, _meaning in heads])
    count = 1
    for line in islice(chain(first, source), MOST_ROWS):
        sheet.append([cell(sheet, value) for value in line])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(len(heads), 1))}{count}"
    _meanings(book, heads)
    book.save(file)


def _meanings(book: Workbook, heads: Sequence[tuple[str, str]]) -> None:
    sheet = book.create_sheet(gettext("Columns"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 60
    for pair in heads:
        sheet.append([cell(sheet, text) for text in pair])


def widths(heads: Sequence[tuple[str, str]], lines: list[Sequence[Any]]) -> Iterator[int]:
    narrowest, widest = WIDTHS
    for position, (name, _meaning) in enumerate(heads):
        longest = max((len(str(said(line[position]))) for line in lines), default=0)
        yield max(narrowest, min(widest, max(longest, len(name)) + 2))


def cell(sheet: Any, value: Any) -> Any:
    """What the sheet holds of a value. Text is marked as text, so that no spreadsheet calculates it."""
    simple = said(value)
    if not isinstance(simple, str) or not simple.startswith(TAKEN_FOR_MORE):
        return simple
    made = WriteOnlyCell(sheet, "")
    made._value, made.data_type = simple, "s"
    made.quotePrefix = True  # text also after somebody has edited the cell
    return made


def said(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        return value if math.isfinite(value) and -EXACT < value < EXACT else str(value)
    if isinstance(value, dt.datetime):
        # a cell knows no zones
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, dt.date | dt.time):
        return value if not isinstance(value, dt.date) or value.year >= 1900 else value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        value = "; ".join(str(item) for item in value)
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:LONGEST]


def bold(sheet: Any, text: str) -> Any:
    made = WriteOnlyCell(sheet, said(text))
    made.font = Font(bold=True)
    return made
