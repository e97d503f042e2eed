"""Turns the rows of a table into links, by what each column means."""

from collections.abc import Iterable, Iterator

from concivis.exchange import values
from concivis.exchange.columns import Columns
from concivis.exchange.notes import Note
from concivis.exchange.records import BrokenRow, End, LinkRow
from concivis.exchange.tabular import Row
from concivis.shell.dates import PartialDate

NAME_LIMIT = 200  # characters, as places store them


def links(rows: Iterable[Row | BrokenRow], columns: Columns) -> Iterator[LinkRow | BrokenRow]:
    """One record per row, in order. Never raises for what a row says."""
    for row in rows:
        yield row if isinstance(row, BrokenRow) else _link(row, columns)


def _link(row: Row, columns: Columns) -> LinkRow | BrokenRow:
    cells = _Cells(row, columns)
    for side in "ab":
        if not cells.any_of(f"{side}.name", f"{side}.wikidata", f"{side}.geonames"):
            return _nameless(row, columns, side)
    a, notes_a = _end(cells, "a")
    b, notes_b = _end(cells, "b")
    notes: list[Note] = []
    started, ended = _dates(cells, notes)
    kind = _kind(cells, notes)
    locator = cells["locator"][:120]
    return LinkRow(row.line, a, b, kind, started, ended, locator, tuple(notes), notes_a, notes_b)


class _Cells:
    """The cells of a row by target; "" where there is no such column or cell."""

    def __init__(self, row: Row, columns: Columns) -> None:
        self._cells, self._at = row.cells, columns.at

    def __getitem__(self, target: str) -> str:
        index = self._at.get(target)
        return self._cells[index].strip() if index is not None and index < len(self._cells) else ""

    def any_of(self, *targets: str) -> bool:
        return any(self[target] for target in targets)


def _nameless(row: Row, columns: Columns, side: str) -> BrokenRow:
    target = next(
        (f"{side}.{role}" for role in ("name", "wikidata", "geonames") if f"{side}.{role}" in columns.at),
        side,
    )
    text = " · ".join(cell for cell in row.cells if cell)[:80]
    if len(row.cells) <= columns.at.get(target, 0):
        facts = {"found": len(row.cells), "wanted": columns.at[target] + 1}
        return BrokenRow(row.line, Note("row_short", facts), text)
    return BrokenRow(row.line, Note("name_missing", {"column": columns.title(target)}), text)


def _end(cells: _Cells, side: str) -> tuple[End, tuple[Note, ...]]:
    notes: list[Note] = []
    latitude, longitude = _position(cells, side, notes)
    item = values.ENTITY.match(cells[f"{side}.wikidata"])
    number = cells[f"{side}.geonames"].removeprefix("gn:").rstrip("/").rsplit("/", 1)[-1]
    name = cells[f"{side}.name"][:NAME_LIMIT]
    if values.ENTITY.match(name):  # an item without a label in the asked language
        name, item = "", item or values.ENTITY.match(name)
    end = End(
        name=name,
        country=cells[f"{side}.country"][:100],
        wikidata_id=item[1] if item else "",
        geonames_id=int(number) if number.isascii() and number.isdigit() and len(number) < 13 else None,
        latitude=latitude,
        longitude=longitude,
        population=_population(cells, side, notes),
        admin=cells[f"{side}.admin"][:NAME_LIMIT],
    )
    return end, tuple(notes)


def _position(cells: _Cells, side: str, notes: list[Note]) -> tuple[float | None, float | None]:
    text = cells[f"{side}.point"]
    if text:
        pair = values.point(text)
        if pair is None:
            notes.append(Note("coordinates_unreadable", {"text": text[:60]}))
        return _on_earth(pair, notes)
    north, east = cells[f"{side}.latitude"], cells[f"{side}.longitude"]
    if not north and not east:
        return None, None
    if not north or not east:
        notes.append(Note("coordinates_half"))
        return None, None
    latitude, longitude = values.degrees(north), values.degrees(east)
    if latitude is None or longitude is None:
        notes.append(Note("coordinates_unreadable", {"text": f"{north}, {east}"[:60]}))
        return None, None
    return _on_earth((latitude, longitude), notes)


def _on_earth(pair: tuple[float, float] | None, notes: list[Note]) -> tuple[float | None, float | None]:
    """Swaps a pair whose latitude can only be a longitude; 0, 0 is the sea where lost coordinates go."""
    if pair is None or pair == (0.0, 0.0):
        return None, None
    latitude, longitude = pair
    if 90 < abs(latitude) <= 180 and abs(longitude) <= 90:
        notes.append(Note("coordinates_swapped"))
        return longitude, latitude
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # also refuses nan
        notes.append(
            Note("coordinates_outside", {"latitude": f"{latitude:g}", "longitude": f"{longitude:g}"})
        )
        return None, None
    return latitude, longitude


def _population(cells: _Cells, side: str, notes: list[Note]) -> int | None:
    text = cells[f"{side}.population"]
    if not text:
        return None
    people = values.population(text)
    if people is None:
        notes.append(Note("population_unreadable", {"text": text[:40]}))
    return people or None  # 0 stands for “not known” in every list we have met


def _dates(cells: _Cells, notes: list[Note]) -> tuple[PartialDate | None, PartialDate | None]:
    found: list[PartialDate | None] = []
    for target in ("start", "end"):
        text = cells[target]
        try:
            found.append(values.date(text) if text else None)
        except ValueError:
            notes.append(Note("date_unreadable", {"text": text[:40]}))
            found.append(None)
    started, ended = found
    if started and ended and ended.first < started.first:
        notes.append(Note("end_before_start", {"start": started.iso, "end": ended.iso}))
        return None, None
    return started, ended


def _kind(cells: _Cells, notes: list[Note]) -> str:
    text = cells["kind"]
    if not text:
        return "twinning"
    kind = values.kind(text)
    if kind is None:
        notes.append(Note("kind_unknown", {"text": text[:40]}))
    return kind or "twinning"
