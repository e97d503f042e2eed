"""From a table to rows a person can look at, before anything counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange import storage
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.notes import Note, to_json
from concivis.exchange.progress import Report
from concivis.exchange.records import BrokenRow
from concivis.exchange.sheets import reading
from concivis.exchange.sheets.actions.sending import locked, require_fields, state_of
from concivis.exchange.sheets.cells import PARTS
from concivis.exchange.sheets.entries import Entries, Found, Standing, messages_of
from concivis.exchange.sheets.enums import Match
from concivis.exchange.sheets.fields import Mapped, read_cells
from concivis.exchange.sheets.kinds import entries
from concivis.exchange.sheets.models import Sheet, SheetRow
from concivis.exchange.tabular import Row
from concivis.places.countries import country_code

CHUNK = 500
IN_FACTS = {
    "is_diaspora": "diaspora",
    "place": "town",
    "places": "towns",
    "involved": "lead",
    "terms": "themes",
}


def silent(phase: str, done: int, total: int) -> None:
    """A report nobody reads."""


def stage(*, by: User | None, sheet: Sheet, report: Report = silent) -> Sheet:
    """Reads the table and says of each row what applying it would do.

    A table that cannot be read leaves the sheet failed, with the reason; it raises nothing. Staging again replaces
    what was staged. Raises UnreadyBatch once it was applied.
    """
    began = timezone.now()  # what others apply from now on, this sheet has not seen
    try:
        rows = list(compared(sheet, report))
    except UnreadableFile as error:
        return _failed(sheet, str(error))
    with transaction.atomic():
        sheet = locked(sheet)
        if sheet.state in {BatchState.APPLIED, BatchState.UNDONE}:
            raise UnreadyBatch(_("This import is %(state)s and cannot be staged again.") % state_of(sheet))
        report("saving", 0, len(rows))
        SheetRow.objects.filter(sheet=sheet).delete()
        SheetRow.objects.bulk_create(rows, batch_size=CHUNK)
        sheet.counts = {"rows": dict(Counter(row.state for row in rows))}
        sheet.state, sheet.failure, sheet.staged_at = BatchState.STAGED, "", began
        sheet.save(update_fields=["counts", "state", "failure", "staged_at"])
    return sheet


def compared(sheet: Sheet, report: Report = silent) -> Iterator[SheetRow]:
    """The rows of the file, not saved, each with what it would change. Raises UnreadableFile."""
    opened = reading.table(storage.path_of(sheet.stored))
    mapped = Mapped(opened.header, sheet.mapping)
    require_fields(sheet.kind, mapped)
    records = []
    for record in opened.rows:
        records.append(record)
        report("reading", len(records), 0)
        if len(records) > reading.ROWS_LIMIT:
            raise UnreadableFile(
                _("The file has more than %(n)s rows. Split it into several files.")
                % {"n": reading.ROWS_LIMIT}
            )
    if not records:
        raise UnreadableFile(_("The file has column names but no rows."))
    return _Comparison(sheet, mapped, entries(sheet.kind, sheet.hub), report).of(records)


class _Comparison:
    """Rows beside what the hub has. Three passes: read all cells, find all entries, say what differs."""

    def __init__(self, sheet: Sheet, mapped: Mapped, here: Entries, report: Report) -> None:
        self.sheet, self.mapped, self.here, self.report = sheet, mapped, here, report
        self._by_entry: dict[str, int] = {}  # public id → line that is about it
        self._by_identity: dict[tuple[Any, ...], int] = {}
        self._by_external: dict[str, int] = {}

    def of(self, records: Sequence[Row | BrokenRow]) -> Iterator[SheetRow]:
        self._find_towns(records)
        for start in range(0, len(records), CHUNK):
            self.report("comparing", start, len(records))
            yield from self._chunk(records[start : start + CHUNK])

    def _find_towns(self, records: Sequence[Row | BrokenRow]) -> None:
        self.report("finding", 0, len(records))
        written: set[tuple[str, str]] = set()
        for record in records:
            if isinstance(record, Row):
                said = self.mapped.cells(record.cells)
                for name in self.here.town_fields:
                    parts = PARTS.split(said.get(name, ""))
                    written.update((part.strip(), _hint(said)) for part in parts if part.strip())
        self.here.known.find_towns(written)

    def _chunk(self, records: Sequence[Row | BrokenRow]) -> Iterator[SheetRow]:
        read = [(record, self._read(record)) for record in records]
        meant = {row.object_id for _record, row in read if row.object_id}
        standing = self.here.standing(meant)
        for _record, row in read:
            if row.state != RowState.REJECTED:
                self._judge(row, standing.get(row.object_id))
            yield row

    def _read(self, record: Row | BrokenRow) -> SheetRow:
        """What the row says and which entry it means."""
        if isinstance(record, BrokenRow):
            return self._refused(record.line, [record.reason], title=record.text)
        said = self.mapped.cells(record.cells)
        values, unread = read_cells(self.here.fields, said, self.here.known, _hint(said))
        title = str(values.get(self.here.title, "") or said.get(self.here.title, ""))[:200]
        notes = [self._on_cell(name, note) for name, note in unread]
        found = self.here.find(said, values)
        if not values.get(self.here.title) and not found.public_id and self.here.title not in dict(unread):
            notes.append(self._on_cell(self.here.title, Note("cell_missing")))
        if found.is_refused and found.note:
            notes.append(found.note)
        if notes:
            return self._refused(record.line, notes, title=title)
        repeated = self._repeats(record.line, found, said, values)
        row = SheetRow(
            sheet=self.sheet, line=record.line, title=title, values=values, match=found.match,
            object_id=found.public_id,
            state=RowState.REPEATED if repeated else RowState.NEW, notes=to_json(repeated),
        )  # fmt: skip
        if found.note and not repeated:
            row.notes = to_json([found.note])
        return row

    def _repeats(self, line: int, found: Found, said: dict[str, str], values: dict[str, Any]) -> list[Note]:
        external = said.get("external_id", "")
        seen: list[tuple[dict[Any, int], Any]] = []
        if found.public_id:
            seen.append((self._by_entry, found.public_id))
        if external:
            seen.append((self._by_external, external))
        identity = self.here.identity(values)
        if not external and found.match not in {Match.ID, Match.EXTERNAL}:
            seen.append((self._by_identity, identity))
        first = next((lines[key] for lines, key in seen if key in lines), None)
        if first is not None:
            return [Note("id_twice" if found.public_id or external else "repeats", {"line": first})]
        for lines, key in seen:
            lines[key] = line
        self._by_identity.setdefault(identity, line)
        return []

    def _judge(self, row: SheetRow, standing: Standing | None) -> None:
        """What differs, and whether it could be written."""
        if row.state == RowState.REPEATED:
            return
        before = standing.values if standing else {}
        for name in ("id", "external_id"):
            if name in row.values:
                row.values[name] = row.values[name].lstrip("#") if name == "id" else row.values[name]
        notes = self.here.settle(row.values, before)
        row.notes = [*row.notes, *to_json(notes)]
        if standing:
            row.version = standing.version
            row.before = {
                name: before[name]
                for name, value in row.values.items()
                if name in before and value != before[name]
            }
            row.state = RowState.CHANGED if row.before else RowState.UNCHANGED
        if row.state != RowState.UNCHANGED:
            self._check(row, {**before, **row.values})

    def _check(self, row: SheetRow, values: dict[str, Any]) -> None:
        try:
            self.here.check(values)
        except ValidationError as error:
            row.state = RowState.REJECTED
            row.notes = to_json(
                self._on_cell(IN_FACTS.get(name, name), Note("refused", {"reason": text}))
                for name, text in messages_of(error)
            )

    def _refused(self, line: int, notes: Sequence[Note], *, title: str) -> SheetRow:
        return SheetRow(
            sheet=self.sheet, line=line, state=RowState.REJECTED, title=title[:200], notes=to_json(notes)
        )

    def _on_cell(self, name: str, note: Note) -> Note:
        """A note that names the heading of the column it is about, if there is one."""
        if name not in self.mapped.at:
            return note
        return Note(note.code, {**note.facts, "in_column": self.mapped.heading(name)[:60]})


def _hint(said: dict[str, str]) -> str:
    """The country of the row, if it says just one."""
    return country_code(said.get("countries", "")) or ""


@transaction.atomic
def _failed(sheet: Sheet, reason: str) -> Sheet:
    sheet = locked(sheet)
    sheet.state, sheet.failure = BatchState.FAILED, reason[:500]
    sheet.save(update_fields=["state", "failure"])
    return sheet
