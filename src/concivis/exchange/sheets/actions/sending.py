"""A table sent, what its columns mean, and what a person decides about its rows."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange import storage
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.sheets import reading
from concivis.exchange.sheets.enums import Deed
from concivis.exchange.sheets.fields import Mapped, guess
from concivis.exchange.sheets.kinds import fields_of
from concivis.exchange.sheets.models import RememberedColumn, Sheet
from concivis.hubs.models import Hub
from concivis.places.names import fold
from concivis.shell.ids import new_public_id

REMAPPABLE = (BatchState.UPLOADED, BatchState.STAGED, BatchState.FAILED)
HEADING = 200  # characters that are remembered


def send(
    *,
    by: User | None,
    hub: Hub,
    kind: str,
    blocks: Iterable[bytes],
    filename: str,
    limit: int = storage.UPLOAD_LIMIT,
) -> Sheet:
    """Keeps the table and guesses its columns. Raises UnreadableFile with a sentence; then nothing is kept."""
    stored = reading.keep(blocks, limit)
    try:
        opened = reading.table(storage.path_of(stored.name))
        mapped = guess(fields_of(kind), opened.header, remembered(hub, kind))
        return Sheet.objects.create(
            public_id=new_public_id(),
            hub=hub,
            by=by,
            kind=kind,
            filename=Path(filename).name[:200],
            stored=stored.name,
            mapping=dict(mapped.at),
            remarks=list(opened.remarks),
        )
    except BaseException:
        storage.discard(stored.name)
        raise


def remembered(hub: Hub, kind: str) -> dict[str, str]:
    """{folded heading: name of the field}, of what the hub said before. One query."""
    rows = RememberedColumn.objects.filter(hub=hub, kind=kind)
    return dict(rows.values_list("heading", "field"))


@transaction.atomic
def remap(*, by: User | None, sheet: Sheet, mapping: Mapping[str, int]) -> Sheet:
    """Says which column means what, and remembers it. Raises UnreadyBatch, UnreadableFile."""
    sheet = locked(sheet)
    if sheet.state not in REMAPPABLE:
        raise UnreadyBatch(
            _("The columns can no longer be changed: this import is %(state)s.") % state_of(sheet)
        )
    header = reading.table(storage.path_of(sheet.stored)).header
    names = {each.name for each in fields_of(sheet.kind)}
    at = {name: index for name, index in mapping.items() if name in names and 0 <= index < len(header)}
    require_fields(sheet.kind, Mapped(header, at))
    sheet.mapping = at
    sheet.state, sheet.failure = BatchState.UPLOADED, ""
    sheet.save(update_fields=["mapping", "state", "failure"])
    _remember(sheet, header)
    return sheet


def require_fields(kind: str, mapped: Mapped) -> None:
    """Raises UnreadableFile with a sentence that names what is missing and what there is."""
    missing = [str(each.label) for each in fields_of(kind) if each.required and each.name not in mapped.at]
    if missing:
        raise UnreadableFile(
            _("Say which column holds: %(fields)s. The file has: %(columns)s.")
            % {
                "fields": ", ".join(missing),
                "columns": ", ".join(name or "–" for name in mapped.header[:40]),
            }
        )


def _remember(sheet: Sheet, header: Iterable[str]) -> None:
    meant = {index: name for name, index in sheet.mapping.items()}
    said = {fold(title)[:HEADING]: meant.get(index, "") for index, title in enumerate(header) if fold(title)}
    RememberedColumn.objects.bulk_create(
        [
            RememberedColumn(hub=sheet.hub, kind=sheet.kind, heading=heading, field=name)
            for heading, name in said.items()
        ],
        update_conflicts=True,
        update_fields=["field"],
        unique_fields=["hub", "kind", "heading"],
    )


@transaction.atomic
def decide(*, by: User | None, sheet: Sheet, rule: str, publishes: bool) -> Sheet:
    """What becomes of rows whose entry is there already, and whether new entries are public at once."""
    sheet = _staged(sheet)
    sheet.rule, sheet.publishes = Deed(rule), publishes
    sheet.save(update_fields=["rule", "publishes"])
    return sheet


@transaction.atomic
def choose(*, by: User | None, sheet: Sheet, choices: Mapping[int, str]) -> int:
    """{line: a Deed, or "" for the sheet's rule}. What a row does not offer is passed over. How many were changed."""
    sheet = _staged(sheet)
    changed = []
    for row in sheet.rows.filter(line__in=choices):
        wanted = choices[row.line]
        if wanted != row.choice and (wanted == "" or wanted in row.deeds):
            row.choice = wanted
            changed.append(row)
    sheet.rows.model.objects.bulk_update(changed, ["choice"], batch_size=200)
    return len(changed)


@transaction.atomic
def queue(*, by: User | None, sheet: Sheet, state: BatchState) -> Sheet:
    """Marks that a job will stage or apply the sheet. Raises UnreadyBatch if it is not that far."""
    sheet = locked(sheet)
    allowed = {
        BatchState.STAGING: (*REMAPPABLE, BatchState.STAGING),
        BatchState.APPLYING: (BatchState.STAGED, BatchState.APPLYING),
    }[state]
    if sheet.state not in allowed:
        raise UnreadyBatch(_("This cannot be done now: the import is %(state)s.") % state_of(sheet))
    sheet.state = state
    sheet.save(update_fields=["state"])
    return sheet


def _staged(sheet: Sheet) -> Sheet:
    sheet = locked(sheet)
    if sheet.state != BatchState.STAGED:
        raise UnreadyBatch(_("Nothing can be decided now: this import is %(state)s.") % state_of(sheet))
    return sheet


def locked(sheet: Sheet) -> Sheet:
    return Sheet.objects.select_for_update(of=("self",)).select_related("hub").get(pk=sheet.pk)


def state_of(sheet: Sheet) -> dict[str, str]:
    return {"state": sheet.get_state_display()}
