"""What a sheet did, taken back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.notes import Note
from concivis.exchange.sheets.actions.applying import write_line
from concivis.exchange.sheets.actions.sending import locked, state_of
from concivis.exchange.sheets.entries import Entries
from concivis.exchange.sheets.enums import Deed
from concivis.exchange.sheets.kinds import entries
from concivis.exchange.sheets.models import ExternalId, Sheet, SheetRow


@transaction.atomic
def undo(*, by: User | None, sheet: Sheet) -> Sheet:
    """Deletes what the sheet added and puts back what it overwrote.

    What somebody has changed or used since stays as it is, and the row says so (`counts["kept"]`). Raises
    UnreadyBatch if the sheet is not applied, or its rows are forgotten.
    """
    sheet = locked(sheet)
    if sheet.state != BatchState.APPLIED:
        raise UnreadyBatch(_("There is nothing to undo: this import is %(state)s.") % state_of(sheet))
    if not sheet.is_kept:
        raise UnreadyBatch(_("This import is too old to be taken back: what it did is no longer kept."))
    here = entries(sheet.kind, sheet.hub)
    rows = list(sheet.rows.exclude(done="").order_by("line"))
    restored = _restore(by, here, [row for row in rows if row.done == Deed.OVERWRITE])
    removed = _remove(by, sheet, here, {row.object_id: row for row in rows if row.done == Deed.ADD})
    SheetRow.objects.bulk_update(rows, ["notes"], batch_size=200)
    done = sum(row.done in {Deed.ADD, Deed.OVERWRITE} for row in rows)
    details = {"taken_back": restored + removed, "kept": done - restored - removed}
    sheet.counts = {**sheet.counts, **details}
    sheet.state, sheet.undone_at = BatchState.UNDONE, timezone.now()
    sheet.save(update_fields=["counts", "state", "undone_at"])
    write_line(by, sheet, "import.undone", details)
    return sheet


def _restore(by: User | None, here: Entries, rows: list[SheetRow]) -> int:
    versions = here.versions([row.object_id for row in rows])
    restored = 0
    for row in rows:
        if versions.get(row.object_id) != row.version:
            _say(row, "kept_changed" if row.object_id in versions else "gone_meanwhile")
            continue
        try:
            with transaction.atomic():
                here.overwrite(by, row.object_id, row.before)
        except ValidationError:
            _say(row, "kept_used")
        else:
            restored += 1
    return restored


def _remove(by: User | None, sheet: Sheet, here: Entries, added: dict[str, SheetRow]) -> int:
    if not added:
        return 0
    outcome = here.take_back(by, {public_id: row.version for public_id, row in added.items()})
    for public_id in outcome.changed:
        _say(added[public_id], "kept_changed")
    for public_id in outcome.used:
        _say(added[public_id], "kept_used")
    gone = set(outcome.taken_back)
    numbers = {row.values.get("external_id") for public_id, row in added.items() if public_id in gone}
    ExternalId.objects.filter(hub=sheet.hub, kind=sheet.kind, external_id__in=numbers - {None}).delete()
    return len(gone)


def _say(row: SheetRow, code: str) -> None:
    row.notes = [*row.notes, Note(code).as_json()]
