"""A plain table of pairs with any column names."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from concivis.exchange.columns import Columns, guess_columns
from concivis.exchange.records import BrokenRow, LinkRow
from concivis.exchange.rows import links
from concivis.exchange.tabular import Row, Table, read_table

SAMPLE = 50  # rows looked at to guess what a column holds


def guess_mapping(table: Table) -> tuple[Columns, Table]:
    """The likeliest mapping, and the table with its rows untouched."""
    rows = iter(table.rows)
    sample = list(islice(rows, SAMPLE))
    columns = guess_columns(table.header, [row.cells for row in sample if isinstance(row, Row)])
    return columns, Table(table.header, chain(sample, rows), table.remarks)


def read(path: Path, columns: Columns | None = None) -> Iterator[LinkRow | BrokenRow]:
    """Raises UnreadableFile for the file as a whole; what a row says wrongly becomes a BrokenRow or a note."""
    table = read_table(path)
    guessed, table = guess_mapping(table)
    chosen = columns or guessed
    chosen.require_both_ends()
    return links(table.rows, chosen)
