"""A table of entries, as CSV, TSV or XLSX: kept, and opened as rows. What a file is, its bytes say."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from concivis.exchange import storage
from concivis.exchange.errors import UnreadableFile
from concivis.exchange.notes import Note
from concivis.exchange.records import BrokenRow
from concivis.exchange.tabular import COLUMNS_LIMIT, LONG_TEXTS, Row, Table, read_table
from concivis.shell import uploads
from concivis.shell.spreadsheets import MEDIA_TYPE

ROWS_LIMIT = 50_000
LINES_LIMIT = 200_000  # a sheet may number its rows as it likes
PREVIEW_ROWS = 5
OLD = b"\xd0\xcf\x11\xe0"
GUARDED = re.compile(
    "^'(?=[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])|(?<=;)'(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])"
)
TROUBLE = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError,
    IndexError, OSError, SyntaxError, EOFError, OverflowError,
)  # fmt: skip


def keep(blocks: Iterable[bytes], limit: int = storage.UPLOAD_LIMIT) -> storage.StoredFile:
    """Stores a table if it is one. Raises UnreadableFile with a sentence; then nothing is left."""
    content = b"".join(_limited(blocks, limit))
    if content.startswith(OLD):
        raise UnreadableFile(
            _(
                "This is a file of an old office program, or locked with a password. Save it as .xlsx or as CSV."
            )
        )
    if content.startswith(b"PK"):
        _require_spreadsheet(content)
        return storage.keep_whole(content)
    return storage.keep(iter([content]), limit)


def _limited(blocks: Iterable[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for block in blocks:
        size += len(block)
        if size > limit:
            raise storage.too_large(limit)
        yield block


def _require_spreadsheet(content: bytes) -> None:
    """No macros, no bomb, nothing but a spreadsheet of today."""
    try:
        kept = uploads.examine(content)
    except ValidationError as error:
        raise UnreadableFile(" ".join(error.messages)) from error
    if kept.media_type != MEDIA_TYPE:
        raise UnreadableFile(_("This is no table. Save it as .xlsx or as CSV and try again."))


def table(path: Path) -> Table:
    """The rows under their headings; empty rows are left out. Raises UnreadableFile with a sentence."""
    with path.open("rb") as file:
        is_spreadsheet = file.read(2) == b"PK"
    if is_spreadsheet:
        return _spreadsheet(path)
    opened = read_table(path, LONG_TEXTS)
    return Table(opened.header, _unguarded(opened.rows), opened.remarks)


def first_rows(opened: Table) -> list[tuple[str, ...]]:
    return list(islice((row.cells for row in opened.rows if isinstance(row, Row)), PREVIEW_ROWS))


def _unguarded(rows: Iterable[Row | BrokenRow]) -> Iterator[Row | BrokenRow]:
    """Without the apostrophe that our own exports put before what a spreadsheet would calculate."""
    for row in rows:
        if isinstance(row, Row):
            yield Row(row.line, tuple(GUARDED.sub("", cell) for cell in row.cells))
        elif row.reason.code != "row_empty":
            yield row


# --- XLSX --------------------------------------------------------------------------------------------------


def _spreadsheet(path: Path) -> Table:
    """The first sheet."""
    try:
        header = next((row for row in _rows(path) if any(row.cells)), None)
    except TROUBLE as error:
        raise UnreadableFile(_("The spreadsheet is damaged. Save it anew, or as CSV.")) from error
    if header is None:
        raise UnreadableFile(_("The file has no row of column names."))
    names = list(header.cells)
    while names and not names[-1]:
        names.pop()
    if len(names) > COLUMNS_LIMIT:
        raise UnreadableFile(_("The first row has more than %(n)s columns.") % {"n": COLUMNS_LIMIT})
    rows = _rows(path, first=header.line + 1, width=len(names))
    return Table(tuple(names), _checked(rows, tuple(names)))


def _rows(path: Path, first: int = 1, width: int | None = None) -> Iterator[Row]:
    """`width`: no row is read further, though a file may have a cell at the far end of each."""
    with path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not trusted
        rows = sheet.iter_rows(min_row=first, max_row=LINES_LIMIT, max_col=width, values_only=True)
        for line, row in enumerate(rows, first):
            if any(cell is not None for cell in row):
                yield Row(line, tuple(_text(cell) for cell in row))


def _checked(rows: Iterator[Row], header: tuple[str, ...]) -> Iterator[Row | BrokenRow]:
    """Raises UnreadableFile where the file breaks off."""
    limit = LONG_TEXTS.cell
    while True:
        try:
            row = next(rows, None)
        except TROUBLE as error:
            raise UnreadableFile(_("The spreadsheet is damaged. Save it anew, or as CSV.")) from error
        if row is None:
            return
        long = next(((at, cell) for at, cell in enumerate(row.cells) if len(cell) > limit), None)
        if long:
            column = header[long[0]] if long[0] < len(header) else "?"
            facts = {"column": column, "length": len(long[1]), "limit": limit}
            yield BrokenRow(row.line, Note("cell_long", facts), long[1][:80])
        elif any(row.cells):
            yield row


def _text(value: Any) -> str:
    """A cell as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
