"""Files of rows and columns, however they were saved: encoding, delimiter and quotes are found out."""

import codecs
import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from concivis.exchange.errors import UnreadableFile
from concivis.exchange.notes import Note
from concivis.exchange.records import BrokenRow

CELL_LIMIT = 2_000  # characters; no name of a place is longer
COLUMNS_LIMIT = 500
QUOTED_LINES = 5  # a quoted cell that runs over more lines was never closed
DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Characters of a cell, lines that a quoted cell may run over, and whether its line breaks count."""

    cell: int = CELL_LIMIT
    lines: int = QUOTED_LINES
    keeps_lines: bool = False


NAMES = Bounds()
LONG_TEXTS = Bounds(cell=25_000, lines=400, keeps_lines=True)


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """`rows` can be run through once. `remarks` are sentences about how the file was read."""

    header: tuple[str, ...]
    rows: Iterable[Row | BrokenRow]
    remarks: tuple[str, ...] = ()


def read_table(path: Path, bounds: Bounds = NAMES) -> Table:
    """A CSV, TSV, semicolon or pipe table. Raises UnreadableFile with a sentence."""
    encoding, remarks = find_encoding(path)
    typed, delimiter = find_dialect(path, encoding)
    rows = iter(_rows(path, encoding, delimiter, typed, bounds))
    header = next((row for row in rows if isinstance(row, Row) and any(row.cells)), None)
    if header is None:
        raise UnreadableFile(_("The file has no row of column names."))
    if len(header.cells) > COLUMNS_LIMIT:
        raise UnreadableFile(_("The first row has more than %(n)s columns.") % {"n": COLUMNS_LIMIT})
    if len(header.cells) < 2:
        raise UnreadableFile(
            _("The file has one column only; columns are told apart by comma, semicolon, tab or |.")
        )
    names = tuple(cell.strip().lstrip("?") for cell in header.cells)
    return Table(names, _checked(rows, names, bounds), tuple(remarks))


def find_encoding(path: Path) -> tuple[str, list[str]]:
    """The codec's name, and sentences where it had to be guessed."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise UnreadableFile(_("The file is empty."))
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", []
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", []
    if start.count(0) > len(start) // 4:
        return ("utf-16-le" if start[1:2] == b"\0" else "utf-16-be"), []
    if b"\0" in start or start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"\xd0\xcf\x11\xe0")):
        raise UnreadableFile(_("This is not a text file. Save the table as CSV and try again."))
    if _decodes(path, "utf-8"):
        return "utf-8", []
    encoding = "cp1252" if _decodes(path, "cp1252") else "latin-1"
    said = _("The file is not UTF-8; it was read as %(encoding)s. Look at the accents in the preview.")
    return encoding, [said % {"encoding": "Windows-1252" if encoding == "cp1252" else "Latin-1"}]


def find_dialect(path: Path, encoding: str) -> tuple[bool, str]:
    """Whether the cells are typed terms of a SPARQL service's TSV, and the delimiter."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = [line for line in (file.readline(100_000) for _ in range(30)) if line.strip()]
    if re.match(r"^\?\w+(\t\?\w+)*\s*$", sample[0]):
        return True, "\t"
    scores = {mark: _steadiness(sample, mark) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: scores[mark])
    return False, best


def _steadiness(sample: list[str], mark: str) -> float:
    """How many columns the rows have, times the share of rows that agree on it."""
    counts = Counter(len(row) for row in csv.reader(sample[:20], delimiter=mark) if row)
    if not counts:
        return 0.0
    columns, rows = counts.most_common(1)[0]
    return (columns - 1) * rows / counts.total()


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class _Lines:
    """Physical lines with their numbers; lines can be put back.

    They seem to end where a row has run over too many: looked for to the end of the file, the quotation mark that
    closes each of many such rows would take hours.
    """

    def __init__(self, lines: Iterable[str], most: int) -> None:
        self._lines = iter(lines)
        self._most = most
        self._back: deque[str] = deque()
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) > self._most:
            raise StopIteration
        line = self._back.popleft() if self._back else next(self._lines)
        self.number += 1
        self.taken.append(line)
        return line.replace("\0", "")

    def put_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def _rows(
    path: Path, encoding: str, delimiter: str, typed: bool, bounds: Bounds
) -> Iterator[Row | BrokenRow]:
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = _Lines(file, bounds.lines)
        while True:
            lines.taken.clear()
            reader = (
                csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
                if typed
                else csv.reader(lines, delimiter=delimiter)
            )
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells = []
            line = lines.number - len(lines.taken) + 1
            if len(lines.taken) > bounds.lines:
                lines.put_back(lines.taken[1:])
                yield BrokenRow(line, Note("quote_open"), lines.taken[0][:80].strip())
            elif not cells and len(lines.taken[0]) > bounds.cell:
                yield _long(line, "?", lines.taken[0], bounds)
            else:
                yield Row(line, tuple(map(term, cells)) if typed else tuple(cells))


def _checked(
    rows: Iterable[Row | BrokenRow], header: tuple[str, ...], bounds: Bounds
) -> Iterator[Row | BrokenRow]:
    for row in rows:
        if isinstance(row, BrokenRow):
            yield row
        elif not any(cell.strip() for cell in row.cells):
            yield BrokenRow(row.line, Note("row_empty"))
        elif (longest := max(row.cells, key=len)) and len(longest) > bounds.cell:
            place = row.cells.index(longest)
            yield _long(row.line, header[place] if place < len(header) else "?", longest, bounds)
        else:
            yield Row(row.line, tuple(_tidy(cell, bounds) for cell in row.cells))


def _tidy(cell: str, bounds: Bounds) -> str:
    if bounds.keeps_lines and "\n" in cell:
        return cell.replace("\r\n", "\n").strip()
    return " ".join(cell.split())


def _long(line: int, column: str, text: str, bounds: Bounds) -> BrokenRow:
    facts = {"column": column, "length": len(text), "limit": bounds.cell}
    return BrokenRow(line, Note("cell_long", facts), text[:80])


TERM = re.compile(r'^"(?P<text>(?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^>]*>)?$')
ESCAPES = {"t": "\t", "n": "\n", "r": "\r"}


def term(cell: str) -> str:
    """The text of a typed RDF term as query services write it: <address>, "text"@en, "1"^^<type>, 1."""
    cell = cell.strip()
    if cell.startswith("<") and cell.endswith(">"):
        return cell[1:-1]
    if match := TERM.match(cell):
        return re.sub(r"\\(.)", lambda escape: ESCAPES.get(escape[1], escape[1]), match["text"])
    return cell
