"""Wikidata query results of P190 (twinned administrative body): both JSON downloads; CSV; TSV, plain or typed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from concivis.exchange.columns import Columns
from concivis.exchange.errors import UnreadableFile
from concivis.exchange.pairs.read import guess_mapping
from concivis.exchange.records import BrokenRow, LinkRow
from concivis.exchange.rows import links
from concivis.exchange.tabular import COLUMNS_LIMIT, Row, Table, find_encoding, read_table


def looks_like_json(path: Path) -> bool:
    encoding, _remarks = find_encoding(path)
    with path.open(encoding=encoding, errors="replace") as file:
        return file.read(200).lstrip()[:1] in {"{", "["}


def read(path: Path, columns: Columns | None = None) -> Iterator[LinkRow | BrokenRow]:
    """Any of the query service's downloads. The line of a JSON file is the number of its entry."""
    guessed, table = guess_mapping(table_of(path))
    chosen = columns or guessed
    chosen.require_both_ends()
    return links(table.rows, chosen)


def table_of(path: Path) -> Table:
    if not looks_like_json(path):
        return read_table(path)
    encoding, remarks = find_encoding(path)
    return parse_json(path.read_text(encoding=encoding, errors="replace"), tuple(remarks))


def parse_json(text: str, remarks: tuple[str, ...] = ()) -> Table:
    """application/sparql-results+json, or the plain list of objects that the query page also offers.

    Raises UnreadableFile, with the place where a truncated text ends.
    """
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        where = getattr(error, "lineno", 1)
        raise UnreadableFile(
            _("The JSON breaks off or is damaged at line %(line)s. Download it again.") % {"line": where}
        ) from error
    header, bindings = _verbose(answer) if isinstance(answer, dict) else _simple(answer)
    if len(header) > COLUMNS_LIMIT:
        raise UnreadableFile(_("The first row has more than %(n)s columns.") % {"n": COLUMNS_LIMIT})
    rows = (Row(line, _cells(header, entry)) for line, entry in enumerate(bindings, 1))
    return Table(header, rows, remarks)


def _verbose(answer: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    try:
        header = tuple(str(name) for name in answer["head"]["vars"])
        bindings = [
            {name: term.get("value", "") for name, term in entry.items()}
            for entry in answer["results"]["bindings"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile(_("This JSON is not a query result: it has no “head” and “results”.")) from error
    return header, bindings


def _simple(answer: Any) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    if not isinstance(answer, list) or not all(isinstance(entry, dict) for entry in answer):
        raise UnreadableFile(_("This JSON is not a list of rows."))
    header = tuple(dict.fromkeys(str(name) for entry in answer for name in entry))
    return header, answer


def _cells(header: tuple[str, ...], entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(" ".join(str(entry.get(name) or "").split())[:2000] for name in header)
