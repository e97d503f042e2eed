"""A file of another platform's proposals: kept, read, applied, taken back."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange import keeping, storage
from concivis.exchange.decidim import read as decidim
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.petitions import read as petitions
from concivis.exchange.progress import Report
from concivis.exchange.proposals.models import Platform, ProposalFile, ProposalRow
from concivis.exchange.proposals.records import BrokenRecord, ProposalRecord, Read, platform
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.proposals.actions import historical
from concivis.proposals.actions.historical import HistoricalFacts, Source, Standing
from concivis.shell.chunks import chunks
from concivis.shell.content import require_language
from concivis.shell.ids import new_public_id

READERS = {Platform.PETITIONS: petitions.records, Platform.DECIDIM: decidim.records}
PORTION = 200


def unheard(_phase: str, _done: int, _total: int) -> None:
    """For who does not show how far it is."""


def send(
    *,
    by: User | None,
    hub: Hub,
    kind: Platform,
    blocks: Iterator[bytes],
    filename: str,
    source: str = "",
    licence: str = "",
    language: str = "",
    limit: int = storage.UPLOAD_LIMIT,
) -> ProposalFile:
    """Keeps a file; `read_file` says what it would do. Raises UnreadableFile where the file, or whose it is, cannot be
    made out; then nothing is left."""
    stored = storage.keep(blocks, limit)
    try:
        home = platform(source) or _named_in(kind, storage.path_of(stored.name))
        if not home:
            raise UnreadableFile(
                _("Say from which platform the file is: its address, such as https://petitions.example.")
            )
        return ProposalFile.objects.create(
            public_id=new_public_id(),
            hub=hub,
            by=by,
            kind=kind,
            source=home[:200],
            licence=licence[:300],
            language=require_language(language or hub.language),
            filename=(stored.inner_name or filename)[:200],
            stored=stored.name,
        )
    except BaseException:
        storage.discard(stored.name)
        raise


def read_file(*, by: User | None, file: ProposalFile, report: Report = unheard) -> ProposalFile:
    """Says of each proposal what applying would do. A file that cannot be read is failed, with the reason."""
    try:
        rows = list(_planned(file, report))
    except (UnreadableFile, ValidationError) as error:
        file.state, file.failure = BatchState.FAILED, str(error)[:500]
        file.save(update_fields=["state", "failure"])
        return file
    with transaction.atomic():
        locked = _locked(file, BatchState.STAGING)
        locked.rows.all().delete()
        ProposalRow.objects.bulk_create(rows, batch_size=PORTION)
        locked.counts, locked.state = dict(Counter(str(row.state) for row in rows)), BatchState.STAGED
        locked.save(update_fields=["counts", "state"])
    return locked


@transaction.atomic
def queue(*, by: User | None, file: ProposalFile, state: BatchState) -> ProposalFile:
    """Marks that a job will read or apply it, also once more where one died. Raises UnreadyBatch."""
    allowed = {
        BatchState.STAGING: (BatchState.STAGING,),
        BatchState.APPLYING: (BatchState.STAGED, BatchState.APPLYING),
    }
    file = _locked(file, *allowed[state])
    file.state = state
    file.save(update_fields=["state"])
    return file


@transaction.atomic
def apply_file(*, by: User | None, file: ProposalFile, report: Report = unheard) -> ProposalFile:
    """Records what is new or changed; what somebody changed here meanwhile is left out, and the row says so."""
    file = _locked(file, BatchState.APPLYING)
    source = source_of(file)
    rows = list(file.rows.filter(state__in=[RowState.NEW, RowState.CHANGED]))
    for done, portion in enumerate(chunks(rows, PORTION)):
        report("recording", done * PORTION, len(rows))
        _refuse_what_moved(source, portion)
        _write(by, source, [row for row in portion if row.state != RowState.REJECTED])
    fields = ["state", "notes", "object_id", "version", "done"]
    ProposalRow.objects.bulk_update(rows, fields, batch_size=PORTION)
    file.counts = dict(Counter(file.rows.values_list("state", flat=True)))
    file.state, file.applied_at = BatchState.APPLIED, timezone.now()
    file.save(update_fields=["counts", "state", "applied_at"])
    _noted(by, file, "import.applied")
    return file


@transaction.atomic
def undo_file(*, by: User | None, file: ProposalFile) -> ProposalFile:
    """Deletes what the file added and puts back what it changed; what was changed since stays, and its row says so."""
    file = _locked(file, BatchState.APPLIED)
    if not file.is_kept:
        raise UnreadyBatch(_("This import is too old to be taken back: what it did is no longer kept."))
    source, rows = source_of(file), list(file.rows.filter(done=True))
    standing = historical.versions(source, [row.object_id for row in rows])
    as_left = [row for row in rows if standing.get(row.object_id) == row.version]
    historical.take_back(
        by=by,
        source=source,
        versions={row.object_id: row.version for row in as_left if row.state == RowState.NEW},
    )
    changed = [row for row in as_left if row.state == RowState.CHANGED]
    restored = {row.object_id: HistoricalFacts.of_json(row.before) for row in changed}
    historical.change_many(by=by, source=source, many=restored)
    for row in rows:
        if row not in as_left:
            row.notes = [*row.notes, _("It stays: somebody has changed it since.")]
    ProposalRow.objects.bulk_update(rows, ["notes"], batch_size=PORTION)
    file.state, file.undone_at = BatchState.UNDONE, timezone.now()
    file.save(update_fields=["state", "undone_at"])
    _noted(by, file, "import.undone")
    return file


@transaction.atomic
def discard_file(*, by: User | None, file: ProposalFile) -> None:
    """Throws away a file that was not applied. Raises UnreadyBatch."""
    found = _locked(file, BatchState.STAGED, BatchState.FAILED, BatchState.STAGING)
    stored = found.stored
    found.delete()
    transaction.on_commit(lambda: storage.discard(stored))


def forget_old_files() -> int:
    """How many."""
    return keeping.forget_old(ProposalFile)


def source_of(file: ProposalFile) -> Source:
    return Source(file.hub, file.source, file.licence)


# --- reading -----------------------------------------------------------------------------------------------------


def _named_in(kind: Platform, path: Path) -> str:
    return petitions.source_of(path) if kind == Platform.PETITIONS else ""


def _planned(file: ProposalFile, report: Report) -> Iterator[ProposalRow]:
    reader = READERS[Platform(file.kind)]
    read = reader(storage.path_of(file.stored), language=file.language, source=file.source)
    seen: dict[str, int] = {}
    number = 0
    for portion in chunks(read, PORTION):
        report("comparing", number, 0)
        ids = [each.facts.external_id for each in portion if isinstance(each, ProposalRecord)]
        known = historical.standing(source_of(file), ids)
        for each in portion:
            number += 1
            yield _row(file, number, each, known, seen)


def _row(
    file: ProposalFile, number: int, each: Read, known: dict[str, Standing], seen: dict[str, int]
) -> ProposalRow:
    row = ProposalRow(file=file, number=number, line=each.line)
    if isinstance(each, BrokenRecord):
        row.state, row.notes = RowState.REJECTED, list(each.reasons)
        row.external_id, row.title = each.external_id, each.title
        return row
    facts = each.facts
    row.external_id, row.title, row.notes = facts.external_id, facts.title, list(each.notes)
    row.values = facts.as_json()
    if facts.external_id in seen:
        row.state = RowState.REPEATED
        words = _("Line %(line)s is about the same proposal; this one is left out.")
        row.notes.append(words % {"line": seen[facts.external_id]})
    elif found := historical.objections(facts):
        row.state, row.notes = RowState.REJECTED, [*row.notes, *map(_objection, found)]
    else:
        seen[facts.external_id] = each.line
        _compare(row, known.get(facts.external_id))
    return row


def _compare(row: ProposalRow, standing: Standing | None) -> None:
    if standing is None:
        row.state = RowState.NEW
        return
    row.object_id, row.version = standing.public_id, standing.version
    row.state = RowState.UNCHANGED if standing.said == row.values else RowState.CHANGED
    row.before = standing.said if row.state == RowState.CHANGED else {}


def _objection(code: str) -> str:
    return {
        "title": _("It has no title."),
        "state": _("It is still being collected for, or was never public: it cannot be taken over."),
        "rejection": _("It was not admitted, but no reason is given."),
        "dates": _("It closed before it was opened."),
    }[code]


# --- applying ----------------------------------------------------------------------------------------------------


def _refuse_what_moved(source: Source, rows: list[ProposalRow]) -> None:
    known = historical.standing(source, [row.external_id for row in rows])
    for row in rows:
        found = known.get(row.external_id)
        if row.state == RowState.NEW and found is not None:
            _refuse(row, _("Another file has brought it in meanwhile. Send the file again."))
        elif row.state == RowState.CHANGED and (found is None or found.version != row.version):
            _refuse(row, _("Somebody changed it here meanwhile. Send the file again."))


def _write(by: User | None, source: Source, rows: list[ProposalRow]) -> None:
    new = [row for row in rows if row.state == RowState.NEW]
    made = historical.record_many(
        by=by, source=source, many=[HistoricalFacts.of_json(row.values) for row in new]
    )
    for row, public_id in zip(new, made, strict=True):
        row.object_id = public_id
    changed = {row.object_id: HistoricalFacts.of_json(row.values) for row in rows if row not in new}
    historical.change_many(by=by, source=source, many=changed)
    standing = historical.versions(source, [row.object_id for row in rows])
    for row in rows:
        row.version, row.done = standing[row.object_id], True


def _refuse(row: ProposalRow, sentence: str) -> None:
    row.state, row.notes = RowState.REJECTED, [*row.notes, sentence]


def _locked(file: ProposalFile, *states: BatchState) -> ProposalFile:
    found = ProposalFile.objects.select_for_update(of=("self",)).select_related("hub").get(pk=file.pk)
    if found.state not in states:
        words = _("This cannot be done now: the import is %(state)s.")
        raise UnreadyBatch(words % {"state": found.get_state_display()})
    return found


def _noted(by: User | None, file: ProposalFile, action: str) -> None:
    details = {"file": file.filename, **file.counts}
    record.write(hub=file.hub, by=by, action=action, kind="import", object_id=file.public_id, details=details)
