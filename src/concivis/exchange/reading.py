"""Which reader a file wants, and what its columns are."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from concivis.exchange import values
from concivis.exchange.columns import Columns
from concivis.exchange.enums import Format
from concivis.exchange.pairs.read import guess_mapping
from concivis.exchange.records import BrokenRow, LinkRow
from concivis.exchange.rows import links
from concivis.exchange.tabular import Row, Table
from concivis.exchange.wikidata.read import looks_like_json, table_of

PREVIEW_ROWS = 8


def table(path: Path) -> Table:
    """Raises UnreadableFile with a sentence for the person who chose the file."""
    return table_of(path)


def detect(path: Path) -> Format:
    """A query result is JSON, or has cells as only Wikidata writes them. Raises UnreadableFile."""
    if looks_like_json(path):
        return Format.WIKIDATA
    sample = islice((row for row in table(path).rows if isinstance(row, Row)), 20)
    is_wikidata = any(
        "wikidata.org/entity/" in cell or values.POINT.match(cell) for row in sample for cell in row.cells
    )
    return Format.WIKIDATA if is_wikidata else Format.PAIRS


def guess(path: Path) -> tuple[Columns, list[tuple[str, ...]], tuple[str, ...]]:
    """The likeliest mapping, the first rows to look at, and remarks on how the file was read."""
    columns, opened = guess_mapping(table(path))
    first = islice((row.cells for row in opened.rows if isinstance(row, Row)), PREVIEW_ROWS)
    return columns, list(first), opened.remarks


def read(path: Path, mapping: dict[str, int]) -> Iterator[LinkRow | BrokenRow]:
    """The file's links under a mapping (target → index of the column). Raises UnreadableFile."""
    opened = table(path)
    columns = Columns(
        opened.header, {target: index for target, index in mapping.items() if index < len(opened.header)}
    )
    columns.require_both_ends()
    return links(opened.rows, columns)
