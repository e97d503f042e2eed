"""A file that comes in: kept, read, applied, taken back."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange import keeping, storage
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.iati import reading
from concivis.exchange.iati.actions.facts import IatiFacts, write_facts
from concivis.exchange.iati.models import IatiFile, IatiRow
from concivis.exchange.iati.planning import Activities, Bodies, beside_of
from concivis.exchange.iati.records import Paid
from concivis.exchange.sheets.entries import messages_of
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.initiatives import actions as initiatives
from concivis.initiatives.models import Initiative
from concivis.shell.ids import new_public_id


def send(*, by: User | None, hub: Hub, blocks: Iterator[bytes], filename: str) -> IatiFile:
    """Keeps a file; `read_file` says what it would do. Raises UnreadableFile; then nothing is left."""
    stored = storage.keep(blocks, storage.UPLOAD_LIMIT)
    try:
        kind, version = reading.kind_of(storage.path_of(stored.name))
        return IatiFile.objects.create(
            public_id=new_public_id(),
            hub=hub,
            by=by,
            kind=kind,
            version=version,
            filename=(stored.inner_name or filename)[:200],
            stored=stored.name,
        )
    except BaseException:
        storage.discard(stored.name)
        raise


def read_file(*, by: User | None, file: IatiFile) -> IatiFile:
    """Says of each entry what applying would do. A file that cannot be read is failed, with the reason."""
    plans = (Activities if file.is_activities else Bodies)(file.hub)
    rows = []
    try:
        for number, each in enumerate(reading.records(storage.path_of(file.stored), file.kind), 1):
            plan = plans.plan(each)  # type: ignore[arg-type]
            rows.append(IatiRow(file=file, number=number, **vars(plan)))
    except UnreadableFile as error:
        file.state, file.failure = BatchState.FAILED, str(error)[:500]
        file.save(update_fields=["state", "failure"])
        return file
    with transaction.atomic():
        locked = _locked(file, BatchState.STAGING)
        locked.rows.all().delete()
        IatiRow.objects.bulk_create(rows, batch_size=200)
        locked.counts, locked.state = dict(Counter(str(row.state) for row in rows)), BatchState.STAGED
        locked.save(update_fields=["counts", "state"])
    return locked


@transaction.atomic
def queue_apply(*, by: User | None, file: IatiFile) -> IatiFile:
    """Marks that a job will apply it. Raises UnreadyBatch."""
    file = _locked(file, BatchState.STAGED)
    file.state = BatchState.APPLYING
    file.save(update_fields=["state"])
    return file


@transaction.atomic
def apply_file(*, by: User | None, file: IatiFile) -> IatiFile:
    """Writes what is new or changed; what somebody changed meanwhile is left out, and the row says so."""
    file = _locked(file, BatchState.APPLYING)
    entries = (Activities if file.is_activities else Bodies)(file.hub).entries
    rows = list(file.rows.filter(state__in=[RowState.NEW, RowState.CHANGED]))
    standing = entries.versions([row.object_id for row in rows if row.object_id])
    for row in rows:
        if row.object_id and standing.get(row.object_id) != row.version:
            _refuse(row, _("Somebody changed the entry meanwhile. Send the file again."))
            continue
        try:
            with transaction.atomic():
                _write(by, file, entries, row)
        except ValidationError as error:
            _refuse(row, *(sentence for _name, sentence in messages_of(error)))
    IatiRow.objects.bulk_update(
        rows, ["state", "notes", "object_id", "version", "beside", "done"], batch_size=200
    )
    file.counts = dict(Counter(file.rows.values_list("state", flat=True)))
    file.state, file.applied_at = BatchState.APPLIED, timezone.now()
    file.save(update_fields=["counts", "state", "applied_at"])
    _noted(by, file, "import.applied")
    return file


@transaction.atomic
def undo_file(*, by: User | None, file: IatiFile) -> IatiFile:
    """Deletes what the file added and puts back what it changed; what was changed since stays, and its row says so."""
    file = _locked(file, BatchState.APPLIED)
    if not file.is_kept:
        raise UnreadyBatch(_("The file and its rows are no longer kept."))
    entries = (Activities if file.is_activities else Bodies)(file.hub).entries
    rows = list(file.rows.filter(done=True))
    kept = entries.take_back(by, {row.object_id: row.version for row in rows if row.state == RowState.NEW})
    standing = entries.versions([row.object_id for row in rows if row.state == RowState.CHANGED])
    stays = {*kept.changed, *kept.used}
    stays |= {row.object_id for row in rows if standing.get(row.object_id, row.version) != row.version}
    stays |= {row.object_id for row in rows if row.state == RowState.CHANGED and _differs_beside(file, row)}
    for row in rows:
        if row.object_id in stays:
            row.notes = [*row.notes, _("It stays: somebody has changed or used it since.")]
        elif row.state == RowState.CHANGED:
            entries.overwrite(by, row.object_id, row.before)
            _write_beside(by, file, row.object_id, row.beside_before)
    IatiRow.objects.bulk_update(rows, ["notes"], batch_size=200)
    file.state, file.undone_at = BatchState.UNDONE, timezone.now()
    file.save(update_fields=["state", "undone_at"])
    _noted(by, file, "import.undone")
    return file


@transaction.atomic
def discard_file(*, by: User | None, file: IatiFile) -> None:
    """Throws away a file that was not applied. Raises UnreadyBatch."""
    found = IatiFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if found.state not in {BatchState.STAGED, BatchState.FAILED}:
        raise UnreadyBatch(_("This cannot be done now: the import is %(state)s.") % _state(found))
    stored = found.stored
    found.delete()
    transaction.on_commit(lambda: storage.discard(stored))


def _locked(file: IatiFile, state: BatchState) -> IatiFile:
    found = IatiFile.objects.select_for_update(of=("self",)).select_related("hub").get(pk=file.pk)
    if found.state != state:
        raise UnreadyBatch(_("This cannot be done now: the import is %(state)s.") % _state(found))
    return found


def _state(file: IatiFile) -> dict[str, str]:
    return {"state": file.get_state_display()}


def _refuse(row: IatiRow, *sentences: str) -> None:
    row.state, row.notes = RowState.REJECTED, [*row.notes, *sentences]


def _write(by: User | None, file: IatiFile, entries: Any, row: IatiRow) -> None:
    if row.state == RowState.NEW:
        [(row.object_id, row.version)] = entries.add(by, [row.values], publish=False, step=lambda _done: None)
    elif row.before:
        entries.overwrite(by, row.object_id, {name: row.values[name] for name in row.before})
    _write_beside(by, file, row.object_id, row.beside)
    row.beside = _beside_now(file, row)
    row.version, row.done = entries.versions([row.object_id])[row.object_id], True


def _beside_now(file: IatiFile, row: IatiRow) -> dict[str, Any]:
    if not row.beside:
        return {}
    initiative = Initiative.objects.get(hub=file.hub, public_id=row.object_id)
    return beside_of(initiative, row.beside["translations"])


def _differs_beside(file: IatiFile, row: IatiRow) -> bool:
    """Whether shares, payments or translations were changed since; the entry does not know of that."""
    return bool(row.beside) and _beside_now(file, row) != row.beside


def _write_beside(by: User | None, file: IatiFile, public_id: str, said: dict[str, Any]) -> None:
    if not said:
        return
    initiative = Initiative.objects.select_related("hub").get(hub=file.hub, public_id=public_id)
    for language, texts in said["translations"].items():
        if texts:
            initiatives.translate(by=by, initiative=initiative, language=language, **texts)
        elif by:
            initiatives.remove_translation(by=by, initiative=initiative, language=language)
    facts = IatiFacts(
        identifier=said["identifier"],
        reporter=said["reporter"],
        shares={code: Decimal(share) for code, share in said["shares"].items()},
        paid=tuple(
            Paid(on=date.fromisoformat(on), amount=Decimal(amount), currency=currency, receiver=receiver)
            for on, amount, currency, receiver in said["paid"]
        ),
    )
    if initiative.is_development:
        write_facts(by=by, initiative=initiative, facts=facts)


def _noted(by: User | None, file: IatiFile, action: str) -> None:
    details = {"file": file.filename, **file.counts}
    record.write(hub=file.hub, by=by, action=action, kind="import", object_id=file.public_id, details=details)


def forget_old_files() -> int:
    """How many."""
    return keeping.forget_old(IatiFile)
