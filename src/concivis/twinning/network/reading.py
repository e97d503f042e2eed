"""Networks from files: tables whose first two columns are the nodes, tables of what is known of them."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from concivis.twinning.network.graph import Network, Place

Row = tuple[int, list[str]]  # line number in the file (of a quoted cell over several lines: the last), cells
FULL_NAMES = ("city1", "country1", "city2", "country2")  # towns named in full: the node is "city|country"
COLUMNS = {  # what a table of nodes may call its columns
    "name": ("name", "label"),
    "country": ("cc", "country", "country_code"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "lng", "longitude"),
    "population": ("pop", "population"),
}


class UnreadableNetwork(ValueError):
    """A sentence for the person who gave the file: which file, which line, what is wrong."""

    def __init__(self, source: str, line: int, problem: str) -> None:
        super().__init__(f"{source}, line {line}: {problem}")


class Pairs(NamedTuple):
    first: list[str]
    second: list[str]
    header: list[str] | None  # the line taken for a header, None where every line is a pair


def read_network(pairs: Pairs, places: Mapping[str, Place] | None = None) -> Network:
    """Nodes are numbers where all of them are written as whole numbers, else words."""
    if not _all_whole(pairs.first) or not _all_whole(pairs.second):
        return Network.of_pairs(pairs.first, pairs.second, places)
    numbered = {int(node): place for node, place in (places or {}).items() if _is_whole(node)}
    first, second = [int(node) for node in pairs.first], [int(node) for node in pairs.second]
    return Network.of_pairs(first, second, None if places is None else numbered)


def read_pairs(content: bytes, source: str) -> Pairs:
    """Pairs of nodes: KONECT files (`%` comments, blanks between columns), tables with comma, semicolon, tab.

    A table starts with a header unless its first two cells are whole numbers. Under a header with city1,
    country1, city2, country2 the nodes are "city|country". Raises UnreadableNetwork."""
    text = _decoded(content, source)
    rows = list(_rows(text, source))
    has_header = (
        bool(rows) and not text.startswith("%") and _separator(text) and not _all_whole(rows[0][1][:2])
    )
    header = rows.pop(0)[1] if has_header else None
    columns = _node_columns(header)
    first, second = [], []
    for line, cells in rows:
        a, b = (_node(cells, names) for names in columns)
        if not a or not b:
            raise UnreadableNetwork(source, line, f"two nodes expected, found {_quoted(cells)}.")
        first.append(a)
        second.append(b)
    return Pairs(first, second, header)


def read_places(content: bytes, source: str) -> dict[str, Place]:
    """A table with a header: the first column is the node; name, cc, lat, lon, pop as far as present.

    An empty cell is unknown. Raises UnreadableNetwork for anything that is not a coordinate or a number."""
    rows = _rows(_decoded(content, source), source)
    line, header = next(rows, (1, []))
    position = _known_columns(header)
    if not position:
        raise UnreadableNetwork(
            source, line, "a header with at least one of name, cc, lat, lon, pop expected."
        )
    places: dict[str, Place] = {}
    for line, cells in rows:
        if cells[0] in places:
            raise UnreadableNetwork(source, line, f"the node “{cells[0]}” stands in the file twice.")
        known = {field: cells[column] for field, column in position.items() if column < len(cells)}
        try:
            places[cells[0]] = _place(known)
        except ValueError as problem:
            raise UnreadableNetwork(source, line, str(problem)) from None
    return places


def _place(known: Mapping[str, str]) -> Place:
    return Place(
        known.get("name", ""),
        known.get("country", ""),
        _degrees(known.get("latitude", ""), 90, "latitude"),
        _degrees(known.get("longitude", ""), 180, "longitude"),
        _people(known.get("population", "")),
    )


def _degrees(cell: str, limit: int, what: str) -> float:
    if not cell.strip():
        return np.nan
    try:
        value = float(cell)
    except ValueError:
        raise ValueError(f"the {what} “{cell}” is not a number.") from None
    if not abs(value) <= limit:
        raise ValueError(f"the {what} {cell} is not between -{limit} and {limit}.")
    return value


def _people(cell: str) -> int:
    if not cell.strip():
        return 0
    try:
        value = float(cell)
    except ValueError:
        raise ValueError(f"the population “{cell}” is not a number.") from None
    if not 0 <= value < 1e11:
        raise ValueError(f"the population {cell} is not a number of people.")
    return int(value)


def _decoded(content: bytes, source: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise UnreadableNetwork(
            source, line, "this is not UTF-8; save the file as UTF-8 and try again."
        ) from None


def _rows(text: str, source: str) -> Iterator[Row]:
    """Lines with something on them, without comments."""
    separator = _separator(text)
    if separator is None:
        numbered = enumerate(text.splitlines(), start=1)
        yield from (
            (number, line.split()) for number, line in numbered if line.strip() and line[0] not in "%#"
        )
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith(("%", "#")):
                yield reader.line_num, cells
    except csv.Error as problem:
        raise UnreadableNetwork(source, reader.line_num, f"this line cannot be read ({problem}).") from None


def _separator(text: str) -> str | None:
    """The separator of the first line that is no comment; None: blanks. KONECT files mix blanks and tabs."""
    if text.startswith("%"):
        return None
    line = next((line for line in text.splitlines() if line.strip() and line[0] not in "%#"), "")
    return next((separator for separator in "\t;," if separator in line), None)


def _node_columns(header: Sequence[str] | None) -> tuple[tuple[int, ...], tuple[int, ...]]:
    names = [name.strip().casefold() for name in header or ()]
    if set(FULL_NAMES) <= set(names):
        city, country, other_city, other_country = (names.index(name) for name in FULL_NAMES)
        return (city, country), (other_city, other_country)
    return (0,), (1,)


def _node(cells: Sequence[str], columns: Sequence[int]) -> str:
    """The node as written; "" where its first column is missing or empty."""
    if max(columns) >= len(cells) or not cells[columns[0]].strip():
        return ""
    return "|".join(cells[column] for column in columns)


def _known_columns(header: Sequence[str]) -> dict[str, int]:
    names = [name.strip().casefold() for name in header]
    found = {
        field: [names.index(name) for name in spellings if name in names]
        for field, spellings in COLUMNS.items()
    }
    return {field: columns[0] for field, columns in found.items() if columns}


def _quoted(cells: Sequence[str]) -> str:
    """The line as an excerpt that fits a sentence."""
    text = " ".join(cells)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def _all_whole(texts: Sequence[str]) -> bool:
    return all(map(_is_whole, texts))


def _is_whole(text: str) -> bool:
    """ "12" but not "012", which is another node than "12"."""
    return text.isascii() and text.isdigit() and len(text) < 19 and str(int(text)) == text
