"""From a file to rows a person can look at, before anything counts."""

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Choices, Field, JSONField, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange import reading, storage
from concivis.exchange.columns import TARGETS
from concivis.exchange.ends import batch_end, link_created_twins
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.gazetteer import DatabaseGazetteer
from concivis.exchange.matching import Decision, How, Proposal
from concivis.exchange.models import Batch, BatchEnd, BatchRow
from concivis.exchange.notes import Note, to_json
from concivis.exchange.planning import counts, plan
from concivis.exchange.progress import Report
from concivis.exchange.records import BrokenRow, End, LinkRow
from concivis.exchange.resolving import resolve
from concivis.hubs.models import Hub
from concivis.places.models import Place
from concivis.shell import bulk
from concivis.shell.ids import new_public_id
from concivis.twinning import actions as twinning
from concivis.twinning.models import Source

REMAPPABLE = (BatchState.UPLOADED, BatchState.STAGED, BatchState.FAILED)


def silent(phase: str, done: int, total: int) -> None:
    """A report nobody reads."""


def upload(
    *,
    by: User | None,
    hub: Hub | None,
    blocks: Iterator[bytes],
    filename: str,
    source_title: str = "",
    source_url: str = "",
    source_licence: str = "",
    limit: int = storage.FILE_LIMIT,
) -> Batch:
    """Keeps the file and guesses its columns. Raises UnreadableFile with a sentence; then nothing is kept."""
    stored = storage.keep(blocks, limit)
    try:
        path = storage.path_of(stored.name)
        columns, _first, remarks = reading.guess(path)
        name = Path(filename).name[:200]
        with transaction.atomic():
            return Batch.objects.create(
                public_id=new_public_id(),
                hub=hub,
                by=by,
                format=reading.detect(path),
                filename=name,
                stored=stored.name,
                sha256=stored.sha256,
                source=_source(source_title or stored.inner_name or name, source_url, source_licence),
                mapping=columns.at,
                remarks=list(remarks),
            )
    except BaseException:
        storage.discard(stored.name)
        raise


def _source(title: str, url: str, licence: str) -> Source:
    """The one used before under this title and address, so that importing again finds its own evidence."""
    earlier = Source.objects.filter(title=title[:300], url=url).order_by("pk").first()
    return earlier or twinning.source(
        title=title[:300], url=url, licence=licence[:60], seen_on=timezone.localdate()
    )


@transaction.atomic
def remap(*, by: User | None, batch: Batch, mapping: dict[str, int]) -> Batch:
    """Says anew which column means what; what was staged must be staged again. Raises UnreadyBatch, UnreadableFile."""
    batch = _locked(batch)
    if batch.state not in REMAPPABLE:
        raise UnreadyBatch(
            _("The columns can no longer be changed: this import is %(state)s.") % _state(batch)
        )
    columns, _first, _remarks = reading.guess(storage.path_of(batch.stored))
    at = {target: index for target, index in mapping.items() if target in TARGETS}
    type(columns)(columns.header, at).require_both_ends()
    batch.mapping = at
    batch.state, batch.failure = BatchState.UPLOADED, ""
    batch.save(update_fields=["mapping", "state", "failure"])
    return batch


@transaction.atomic
def queue(*, by: User | None, batch: Batch, state: BatchState) -> Batch:
    """Marks that a job will stage or apply the batch. Raises UnreadyBatch if it is not that far."""
    batch = _locked(batch)
    allowed = {
        BatchState.STAGING: (*REMAPPABLE, BatchState.STAGING),
        BatchState.APPLYING: (BatchState.STAGED, BatchState.APPLYING),
    }[state]
    if batch.state not in allowed:
        raise UnreadyBatch(_("This cannot be done now: the import is %(state)s.") % _state(batch))
    batch.state = state
    batch.save(update_fields=["state"])
    return batch


def stage(*, by: User | None, batch: Batch, report: Report = silent) -> Batch:
    """Reads the file, finds the places and says of each row what applying it would do.

    A file that cannot be read leaves the batch failed, with the reason; it raises nothing. Staging again replaces
    what was staged. Raises UnreadyBatch once it was applied.
    """
    began = timezone.now()  # what others apply from now on, this batch has not seen
    try:
        ends, rows = _found(batch, report)
    except UnreadableFile as error:
        return _failed(batch, str(error))
    with transaction.atomic():
        batch = _locked(batch)
        if batch.state in {BatchState.APPLIED, BatchState.UNDONE}:
            raise UnreadyBatch(_("This import is %(state)s and cannot be staged again.") % _state(batch))
        plan(rows, batch)
        report("saving", 0, len(rows))
        BatchRow.objects.filter(batch=batch).delete()
        BatchEnd.objects.filter(batch=batch).delete()
        _save(ends, rows, report)
        batch.counts = counts(ends, rows)
        batch.state, batch.failure, batch.staged_at = BatchState.STAGED, "", began
        batch.save(update_fields=["counts", "state", "failure", "staged_at"])
    return batch


@transaction.atomic
def decide(*, by: User | None, end: BatchEnd, place: Place | None) -> Batch:
    """A person says which place an end means, or (None) that no row with it shall count. Raises UnreadyBatch."""
    batch = _locked(end.batch)
    if batch.state != BatchState.STAGED:
        raise UnreadyBatch(_("Nothing can be decided now: this import is %(state)s.") % _state(batch))
    end.place = place
    end.twin = None
    end.how = How.CHOSEN if place else How.REJECTED
    end.notes = [] if place else to_json([Note("rejected_by_person")])
    end.save(update_fields=["place", "twin", "how", "notes"])
    replan(batch)
    return batch


def replan(batch: Batch) -> None:
    """Says anew what applying each row would do. Inside the caller's transaction."""
    ends, rows = loaded(batch)
    before = {row.pk: (row.state, row.notes) for row in rows}
    plan(rows, batch)
    changed = [row for row in rows if (row.state, row.notes) != before[row.pk]]
    BatchRow.objects.bulk_update(changed, ["state", "notes"], batch_size=200)
    batch.counts = counts(ends, rows)
    batch.save(update_fields=["counts"])


def loaded(batch: Batch) -> tuple[list[BatchEnd], list[BatchRow]]:
    """The batch's ends, and its rows in the order of the file, tied together in memory. Two queries."""
    ends = {end.pk: end for end in BatchEnd.objects.filter(batch=batch).order_by("pk")}
    for end in ends.values():
        end.twin = ends[end.twin_id] if end.twin_id else None
    rows = list(BatchRow.objects.filter(batch=batch).order_by("line"))
    for row in rows:
        row.a = ends[row.a_id] if row.a_id else None
        row.b = ends[row.b_id] if row.b_id else None
    return list(ends.values()), rows


# --- reading and finding -------------------------------------------------------------------------------------


def _found(batch: Batch, report: Report) -> tuple[list[BatchEnd], list[BatchRow]]:
    records = []
    for record in reading.read(storage.path_of(batch.stored), batch.mapping):
        records.append(record)
        report("reading", len(records), 0)
    if not records:
        raise UnreadableFile(_("The file has column names but no rows."))
    named = _distinct_ends(records)
    gazetteer = DatabaseGazetteer()
    decisions = resolve(list(named), gazetteer, lambda done: report("finding", done, len(named)))
    decisions = _remembered(batch, list(named), decisions)
    decisions = [_possible(end, each, gazetteer) for end, each in zip(named, decisions, strict=True)]
    ends = {
        end: batch_end(batch, end, decision, said, gazetteer)
        for (end, said), decision in zip(named.items(), decisions, strict=True)
    }
    link_created_twins(list(ends.values()))
    return list(ends.values()), [_row(batch, record, ends) for record in records]


def _distinct_ends(records: Sequence[LinkRow | BrokenRow]) -> dict[End, tuple[Note, ...]]:
    named: dict[End, tuple[Note, ...]] = {}
    for record in records:
        if isinstance(record, LinkRow):
            named.setdefault(record.a, record.notes_a)
            named.setdefault(record.b, record.notes_b)
    return named


def _remembered(batch: Batch, ends: Sequence[End], decisions: list[Decision]) -> list[Decision]:
    """The same end means what it meant in an applied batch of the same hub: a person's choice holds, and places
    created since do not draw away what was found before."""
    earlier = BatchEnd.objects.filter(
        Q(place__isnull=False) | Q(how=How.AMBIGUOUS), batch__hub=batch.hub, batch__state=BatchState.APPLIED
    ).order_by("pk")
    columns = ("name", "country", "latitude", "longitude", "wikidata_id", "geonames_id")
    memory = {row[:6]: row[6:] for row in earlier.values_list(*columns, "place", "how")}
    return [
        _as_before(decision, memory.get(attrgetter(*columns)(end)))
        for end, decision in zip(ends, decisions, strict=True)
    ]


def _as_before(decision: Decision, before: tuple[int | None, str] | None) -> Decision:
    if before is None:
        return decision
    place, how = before
    if place is not None and place == decision.place:
        return decision
    if place is None:  # put aside for a person then, and not decided since
        if decision.how == How.AMBIGUOUS:
            return decision
        proposals = (Proposal(decision.place, None, 0.0),) if decision.place else ()
        return Decision(How.AMBIGUOUS, None, decision.notes, proposals, decision.country)
    found = How.NAME_NEAR if how == How.CREATED else How(how)
    return Decision(found, place, country=decision.country)


def _possible(end: End, decision: Decision, gazetteer: DatabaseGazetteer) -> Decision:
    """No place can be created in a country that the gazetteer does not have."""
    code = gazetteer.country(end.country)[0] or decision.country
    if decision.how != How.CREATED or code in gazetteer.countries:
        return decision
    notes = (*decision.notes, Note("country_not_here", {"country": code}))
    return Decision(How.REJECTED, None, notes, country=decision.country)


def _row(batch: Batch, record: LinkRow | BrokenRow, ends: dict[End, BatchEnd]) -> BatchRow:
    if isinstance(record, BrokenRow):
        notes = to_json([record.reason])
        return BatchRow(batch=batch, line=record.line, state=RowState.REJECTED, text=record.text, notes=notes)
    return BatchRow(
        batch=batch,
        line=record.line,
        state=RowState.NEW,
        a=ends[record.a],
        b=ends[record.b],
        kind=record.kind,
        started=record.started.first if record.started else None,
        started_precision=record.started.precision if record.started else "",
        ended=record.ended.first if record.ended else None,
        ended_precision=record.ended.precision if record.ended else "",
        locator=record.locator,
        notes=to_json(record.notes),
    )


def _save(ends: Sequence[BatchEnd], rows: Sequence[BatchRow], report: Report) -> None:
    """As bulk_create would, in a fifth of the time. The first of a group of twins goes before the others."""
    ordered = sorted(ends, key=lambda end: end.twin is not None)
    roots = [end for end in ordered if end.twin is None]
    for group in (roots, ordered[len(roots) :]):
        for end in group:
            end.twin_id = end.twin.pk if end.twin else None
        _insert(BatchEnd, group)
    by_line = sorted(rows, key=lambda row: row.line)
    for start in range(0, len(by_line), 5000):
        chunk = by_line[start : start + 5000]
        for row in chunk:
            row.a_id = row.a.pk if row.a else None
            row.b_id = row.b.pk if row.b else None
        _insert(BatchRow, chunk)
        report("saving", start, len(rows))


def _insert(model: type[BatchEnd] | type[BatchRow], objects: Sequence[BatchEnd] | Sequence[BatchRow]) -> None:
    """Sets the keys too: rows get them in the order in which they go in."""
    if not objects:
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    last = model.objects.aggregate(last=Max("pk"))["last"] or 0
    bulk.insert(model, [str(field.column) for field in fields], [_values(fields, each) for each in objects])
    keys = (
        model.objects.filter(batch=objects[0].batch_id, pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for each, pk in zip(objects, keys, strict=True):
        each.pk = pk


def _values(fields: Sequence[Field[Any, Any]], each: BatchEnd | BatchRow) -> tuple[Any, ...]:
    return tuple(_value(field, getattr(each, field.attname)) for field in fields)


def _value(field: Field[Any, Any], value: Any) -> Any:
    if isinstance(field, JSONField):
        return json.dumps(value)
    return str(value) if isinstance(value, StrEnum | Choices) else value


@transaction.atomic
def _failed(batch: Batch, reason: str) -> Batch:
    batch = _locked(batch)
    batch.state, batch.failure = BatchState.FAILED, reason[:500]
    batch.save(update_fields=["state", "failure"])
    return batch


def _locked(batch: Batch) -> Batch:
    return (
        Batch.objects.select_for_update(of=("self",)).select_related("hub__place", "source").get(pk=batch.pk)
    )


def _state(batch: Batch) -> dict[str, str]:
    return {"state": batch.get_state_display()}


@transaction.atomic
def discard(*, by: User | None, batch: Batch) -> None:
    """Forgets a batch that was never applied, and its file. Raises UnreadyBatch otherwise."""
    batch = _locked(batch)
    if batch.state in {BatchState.APPLIED, BatchState.UNDONE}:
        raise UnreadyBatch(_("This import is %(state)s; its rows say what it did and stay.") % _state(batch))
    batch.delete()
    stored = batch.stored
    transaction.on_commit(lambda: storage.discard(stored))
