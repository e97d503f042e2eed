"""A sheet made real, in one transaction: whole or absent."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange import progress
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.notes import Note
from concivis.exchange.progress import Report
from concivis.exchange.sheets.actions.sending import locked, state_of
from concivis.exchange.sheets.actions.staging import silent
from concivis.exchange.sheets.entries import Entries, messages_of
from concivis.exchange.sheets.enums import GUESSED, Deed
from concivis.exchange.sheets.kinds import entries
from concivis.exchange.sheets.models import ExternalId, Sheet, SheetRow
from concivis.hubs import record

WRITTEN = ("state", "notes", "object_id", "version", "done")


def apply(*, by: User | None, sheet: Sheet, report: Report = silent) -> Sheet:
    """Adds and overwrites what was chosen, and remembers how to take all of it back.

    What others have added or changed since the table was compared is left as it is, and said so. A second call, at the
    same time or later, changes nothing and raises UnreadyBatch with a sentence.
    """
    with transaction.atomic():
        sheet = _ready(sheet)
        here = entries(sheet.kind, sheet.hub)
        rows = list(sheet.rows.order_by("line"))
        todo = {deed: [row for row in rows if row.deed(sheet.rule) == deed] for deed in Deed}
        new = _still_new(here, todo[Deed.ADD])
        _add(by, sheet, here, new, report)
        overwritten = _overwrite(by, here, _still_the_same(here, todo[Deed.OVERWRITE]), report)
        _keep_external_ids(sheet, [*new, *overwritten, *_unchanged(rows)])
        SheetRow.objects.bulk_update(rows, WRITTEN, batch_size=200)
        sheet.counts = {**sheet.counts, "added": len(new), "overwritten": len(overwritten)}
        sheet.state, sheet.applied_at, sheet.applied_by = BatchState.APPLIED, timezone.now(), by
        sheet.save(update_fields=["counts", "state", "applied_at", "applied_by"])
        write_line(by, sheet, "import.applied", {"added": len(new), "overwritten": len(overwritten)})
    progress.clear(sheet.public_id)
    return sheet


@transaction.atomic
def note_failure(*, sheet: Sheet, reason: str) -> None:
    """A job that could not apply the sheet leaves it ready to look at, with the reason."""
    sheet = locked(sheet)
    if sheet.state == BatchState.APPLYING:
        sheet.state, sheet.failure = BatchState.STAGED, reason[:500]
        sheet.save(update_fields=["state", "failure"])


def _ready(sheet: Sheet) -> Sheet:
    sheet = locked(sheet)
    if sheet.state == BatchState.APPLIED:
        raise UnreadyBatch(_("This import was applied already; nothing was changed."))
    if sheet.state not in {BatchState.STAGED, BatchState.APPLYING}:
        raise UnreadyBatch(
            _("This import is %(state)s; only one that is ready to look at can be applied.") % state_of(sheet)
        )
    return sheet


def _still_new(here: Entries, rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Those whose entry nobody has added meanwhile, such as by the same table sent twice."""
    new = []
    for row in rows:
        if row.match in GUESSED:  # a person said that it is another one
            new.append(row)
            continue
        found = here.find({"external_id": row.values.get("external_id", "")}, row.values)
        if found.public_id:
            _leave(row, "found_meanwhile")
        else:
            new.append(row)
    return new


def _still_the_same(here: Entries, rows: Sequence[SheetRow]) -> list[SheetRow]:
    versions = here.versions([row.object_id for row in rows])
    same = []
    for row in rows:
        if row.object_id not in versions:
            _leave(row, "gone_meanwhile")
        elif versions[row.object_id] != row.version:
            _leave(row, "changed_meanwhile")
        else:
            same.append(row)
    return same


def _add(by: User | None, sheet: Sheet, here: Entries, rows: Sequence[SheetRow], report: Report) -> None:
    report("entering", 0, len(rows))
    values = [row.values for row in rows]
    try:
        made = here.add(
            by, values, publish=sheet.publishes, step=lambda done: report("entering", done, len(rows))
        )
    except ValidationError as error:
        sentences = " ".join(text for _name, text in messages_of(error))
        raise UnreadyBatch(
            _("Nothing was changed: %(reason)s Read the file once more.") % {"reason": sentences}
        ) from error
    for row, (public_id, version) in zip(rows, made, strict=True):
        row.object_id, row.version, row.done = public_id, version, Deed.ADD


def _overwrite(by: User | None, here: Entries, rows: Sequence[SheetRow], report: Report) -> list[SheetRow]:
    written = []
    for done, row in enumerate(rows, 1):
        report("overwriting", done, len(rows))
        changes = {name: row.values[name] for name in row.before}
        try:
            with transaction.atomic():
                row.version = here.overwrite(by, row.object_id, changes)
        except ValidationError as error:
            row.state = RowState.REJECTED
            row.notes = [
                *row.notes,
                *(Note("refused", {"reason": text}).as_json() for _name, text in messages_of(error)),
            ]
        else:
            row.done = Deed.OVERWRITE
            written.append(row)
    return written


def _leave(row: SheetRow, code: str) -> None:
    row.done = Deed.LEAVE
    row.notes = [*row.notes, Note(code).as_json()]


def _unchanged(rows: Sequence[SheetRow]) -> list[SheetRow]:
    return [row for row in rows if row.state == RowState.UNCHANGED]


def _keep_external_ids(sheet: Sheet, rows: Sequence[SheetRow]) -> None:
    """By the list's own number, an entry is found the next time."""
    numbers = {row.values["external_id"]: row.object_id for row in rows if row.values.get("external_id")}
    ExternalId.objects.bulk_create(
        [
            ExternalId(hub=sheet.hub, kind=sheet.kind, external_id=number, object_id=object_id)
            for number, object_id in numbers.items()
        ],
        batch_size=200,
        update_conflicts=True,
        update_fields=["object_id"],
        unique_fields=["hub", "kind", "external_id"],
    )


def write_line(by: User | None, sheet: Sheet, action: str, details: dict[str, int]) -> None:
    record.write(
        hub=sheet.hub, by=by, action=action, kind="import", object_id=sheet.public_id,
        details={"file": sheet.filename, **details},
    )  # fmt: skip
