"""A staged batch made real, and taken back."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from concivis.accounts.models import User
from concivis.exchange import progress
from concivis.exchange.actions.staging import loaded, silent
from concivis.exchange.ends import link_created_twins, place_draft
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.gazetteer import DatabaseGazetteer
from concivis.exchange.matching import MATCHED, How
from concivis.exchange.models import Batch, BatchEnd, BatchRow
from concivis.exchange.notes import Note, to_json
from concivis.exchange.planning import counts, link_draft, plan
from concivis.exchange.progress import Report
from concivis.exchange.records import End
from concivis.exchange.resolving import resolve
from concivis.hubs import record
from concivis.places.actions import create_places
from concivis.places.enums import PlaceOrigin
from concivis.places.models import Place
from concivis.twinning import actions as twinning
from concivis.twinning.drafts import LinkResult, WithdrawOutcome
from concivis.twinning.models import Side

COUNTED = (RowState.NEW, RowState.CHANGED, RowState.UNCHANGED)


def apply(*, by: User | None, batch: Batch, report: Report = silent) -> Batch:
    """Creates the new places, records the links and remembers how to take all of it back, in one transaction.

    A second call, at the same time or later, changes nothing and raises UnreadyBatch with a sentence.
    """
    with transaction.atomic():
        batch = _ready(batch)
        ends, rows = loaded(batch)
        if Batch.objects.filter(applied_at__gte=batch.staged_at).exclude(pk=batch.pk).exists():
            _find_again(batch, ends, rows)
        _create_places(by, batch, ends, report)
        _record(by, batch, [row for row in rows if row.state in COUNTED], report)
        batch.counts = counts(ends, rows)
        batch.state, batch.applied_at, batch.applied_by = BatchState.APPLIED, timezone.now(), by
        batch.save(update_fields=["counts", "state", "applied_at", "applied_by"])
        _write(by, batch, "import.applied", batch.counts["rows"])
    progress.clear(batch.public_id)
    return batch


@transaction.atomic
def undo(*, by: User | None, batch: Batch) -> tuple[Batch, WithdrawOutcome]:
    """Takes back what applying did: links, evidence, dates, and the places it created that nobody uses since.

    What others have built upon is kept, with the reason. Raises UnreadyBatch if the batch is not applied.
    """
    batch = (
        Batch.objects.select_for_update(of=("self",)).select_related("hub__place", "source").get(pk=batch.pk)
    )
    if batch.state != BatchState.APPLIED:
        raise UnreadyBatch(
            _("There is nothing to undo: this import is %(state)s.") % {"state": batch.get_state_display()}
        )
    rows = BatchRow.objects.filter(batch=batch, partnership__isnull=False).exclude(undo={})
    outcome = twinning.withdraw_links(by=by, hub=batch.hub, results=[_result(row) for row in rows])
    _remove_places(batch)
    batch.state, batch.undone_at, batch.undone_by = BatchState.UNDONE, timezone.now(), by
    batch.counts = {**batch.counts, "undone": {"deleted": outcome.deleted, "kept": len(outcome.kept)}}
    batch.save(update_fields=["state", "undone_at", "undone_by", "counts"])
    _write(by, batch, "import.undone", batch.counts["undone"])
    return batch, outcome


def _ready(batch: Batch) -> Batch:
    batch = (
        Batch.objects.select_for_update(of=("self",)).select_related("hub__place", "source").get(pk=batch.pk)
    )
    if batch.state == BatchState.APPLIED:
        raise UnreadyBatch(_("This import was applied already; nothing was changed."))
    if not batch.is_ready:
        raise UnreadyBatch(
            _("This import is %(state)s; only one that is ready to look at can be applied.")
            % {"state": batch.get_state_display()}
        )
    return batch


def _find_again(batch: Batch, ends: Sequence[BatchEnd], rows: Sequence[BatchRow]) -> None:
    """Another batch was applied since: it may have created the very places this one would create."""
    new = [end for end in ends if end.how == How.CREATED]
    named = [_as_named(end) for end in new]
    for end, decision in zip(new, resolve(named, DatabaseGazetteer()), strict=True):
        if decision.how in MATCHED:
            end.how, end.place_id, end.twin = decision.how, decision.place, None
            end.notes = to_json(decision.notes)
    link_created_twins(ends)
    BatchEnd.objects.bulk_update(new, ["how", "place", "twin", "notes"], batch_size=200)
    plan(rows, batch)


def _as_named(end: BatchEnd) -> End:
    return End(
        end.name, end.country, end.wikidata_id, end.geonames_id, end.latitude, end.longitude, end.population,
        end.admin,
    )  # fmt: skip


# --- places --------------------------------------------------------------------------------------------------


def _create_places(by: User | None, batch: Batch, ends: Sequence[BatchEnd], report: Report) -> None:
    """Only those that some row of a link names."""
    report("creating", 0, 1)
    used = _used_roots(batch, ends)
    places = create_places(
        [place_draft(end, batch.source.title) for end in used], by=by, origin=PlaceOrigin.IMPORT
    )
    for end, place in zip(used, places, strict=True):
        end.place, end.made_place = place, True
    for end in ends:
        if end.twin is not None:
            end.place = end.twin.place
    touched = [
        (end.place_id, end.made_place, end.pk) for end in ends if end.how == How.CREATED and end.place_id
    ]
    _update("UPDATE {ends} SET place_id = %s, made_place = %s WHERE id = %s", touched)


def _used_roots(batch: Batch, ends: Sequence[BatchEnd]) -> list[BatchEnd]:
    counted = BatchRow.objects.filter(batch=batch, state__in=COUNTED).values_list("a", "b")
    named = {pk for pair in counted for pk in pair}
    roots = {(end.twin or end).pk for end in ends if end.pk in named and end.how == How.CREATED}
    return [end for end in ends if end.pk in roots]


def _remove_places(batch: Batch) -> None:
    """Those the batch created and nothing refers to any more."""
    made = BatchEnd.objects.filter(batch=batch, made_place=True, place__isnull=False).values_list(
        "place", flat=True
    )
    ids = list(made)
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        in_use = set(Side.objects.filter(place__in=chunk).values_list("place", flat=True))
        unused = Place.objects.filter(pk__in=[pk for pk in chunk if pk not in in_use])
        try:
            with transaction.atomic():
                unused.delete()
        except ProtectedError:
            _remove_one_by_one(unused)


def _remove_one_by_one(places: Iterable[Place]) -> None:
    for place in places:
        try:
            with transaction.atomic():
                place.delete()
        except ProtectedError:
            continue  # a hub or something else has come to stand on it: it stays


# --- links ---------------------------------------------------------------------------------------------------


def _record(by: User | None, batch: Batch, rows: Sequence[BatchRow], report: Report) -> None:
    report("recording", 0, len(rows))
    results = _recorded(by, batch, rows, lambda done: report("recording", done, len(rows)))
    changes = []
    for row, result in zip(rows, results, strict=True):
        if result is not None:
            row.state = RowState.UNCHANGED if result.change == "kept" else RowState(result.change)
            row.partnership_id = result.partnership
            row.undo = _undo_info(result)
        changes.append((row.state, json.dumps(row.notes), row.partnership_id, json.dumps(row.undo), row.pk))
    _update("UPDATE {rows} SET state = %s, notes = %s, partnership_id = %s, undo = %s WHERE id = %s", changes)


def _recorded(
    by: User | None, batch: Batch, rows: Sequence[BatchRow], progress: Callable[[int], None] | None = None
) -> list[LinkResult | None]:
    """All at once; where that fails, the halves, until the rows that break are alone: they stop nobody else."""
    if not rows:
        return []
    try:
        with transaction.atomic():
            drafts = [link_draft(row) for row in rows]
            return list(
                twinning.record_links(drafts, by=by, hub=batch.hub, source=batch.source, progress=progress)
            )
    except (ValidationError, ValueError, DatabaseError) as error:
        if len(rows) == 1:
            reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            rows[0].state = RowState.REJECTED
            rows[0].notes = [*rows[0].notes, Note("link_refused", {"reason": reason[:200]}).as_json()]
            return [None]
    middle = len(rows) // 2
    return _recorded(by, batch, rows[:middle]) + _recorded(by, batch, rows[middle:])


def _undo_info(result: LinkResult) -> dict[str, Any]:
    if result.change not in {"new", "changed"}:
        return {}
    return {
        "change": result.change,
        "evidence": result.evidence,
        "milestones": list(result.milestones),
        "adopted": result.adopted,
    }


def _result(row: BatchRow) -> LinkResult:
    return LinkResult(
        partnership=row.partnership_id or 0,
        change=row.undo["change"],
        evidence=row.undo["evidence"],
        milestones=tuple(row.undo["milestones"]),
        adopted=row.undo["adopted"],
    )


def _update(statement: str, values: Sequence[Sequence[Any]]) -> None:
    """Many single-row updates: one prepared statement is ten times faster than Django's CASE."""
    quote = connection.ops.quote_name
    tables = {"rows": quote(BatchRow._meta.db_table), "ends": quote(BatchEnd._meta.db_table)}
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement.format(**tables), values)


def _write(by: User | None, batch: Batch, action: str, details: dict[str, int]) -> None:
    record.write(
        hub=batch.hub, by=by, action=action, kind="import", object_id=batch.public_id,
        details={"file": batch.filename, **details},
    )  # fmt: skip
