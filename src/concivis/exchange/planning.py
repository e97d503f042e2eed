"""What applying each row would do, given what its ends were found to be."""

from collections import Counter
from collections.abc import Iterable, Sequence

from concivis.exchange.enums import RowState
from concivis.exchange.matching import How
from concivis.exchange.models import Batch, BatchEnd, BatchRow
from concivis.exchange.notes import Note
from concivis.twinning.actions import preview_links
from concivis.twinning.drafts import LinkDraft
from concivis.twinning.enums import PartnershipKind
from concivis.twinning.models import Partnership

OWN_CODES = frozenset(
    {"self_link", "repeats", "reciprocal", "end_rejected", "kept_by", "kept_by_all", "link_refused"}
)
Key = tuple[object, ...]


def plan(rows: Sequence[BatchRow], batch: Batch) -> None:
    """Sets state and notes of each row, in the order of the file. About four queries per thousand links."""
    first: dict[Key, BatchRow] = {}
    for row in rows:
        if row.a is None or row.b is None:
            continue
        row.notes = [note for note in row.notes if note["code"] not in OWN_CODES]
        _place_row(row, row.a, row.b, first)
    known = [row for row in first.values() if row.a and row.b and row.a.place_id and row.b.place_id]
    answers = preview_links([link_draft(row) for row in known], hub=batch.hub, source=batch.source)
    kept = []
    for row, answer in zip(known, answers, strict=True):
        row.state = RowState.UNCHANGED if answer == "kept" else RowState(answer)
        if answer == "kept":
            kept.append(row)
    _say_who_keeps(kept)


def _place_row(row: BatchRow, a: BatchEnd, b: BatchEnd, first: dict[Key, BatchRow]) -> None:
    refused = next((end for end in (a, b) if end.how == How.REJECTED), None)
    if refused:
        _set(row, RowState.REJECTED, Note("end_rejected", {"name": str(refused)}))
    elif How.AMBIGUOUS in (a.how, b.how):
        row.state = RowState.AMBIGUOUS
    elif identity(a) == identity(b):
        _set(row, RowState.REJECTED, Note("self_link", {"name": str(a)}))
    else:
        key: Key = tuple(sorted((identity(a), identity(b))))
        earlier = first.setdefault(key, row)
        row.state = RowState.NEW
        if earlier is not row and earlier.a is not None:
            code = "repeats" if identity(earlier.a) == identity(a) else "reciprocal"
            _set(row, RowState.REPEATED, Note(code, {"line": earlier.line}))
            _complete(earlier, row)


def identity(end: BatchEnd) -> tuple[int, int]:
    """The same for ends that mean the same place, existing or to be created."""
    if end.place_id:
        return 0, end.place_id
    return 1, id(end.twin or end)


def _complete(earlier: BatchRow, row: BatchRow) -> None:
    """A repeated row may know a date that the first does not."""
    if not earlier.started and row.started and not (earlier.ended and row.started > earlier.ended):
        earlier.started, earlier.started_precision = row.started, row.started_precision
    if not earlier.ended and row.ended and not (earlier.started and row.ended < earlier.started):
        earlier.ended, earlier.ended_precision = row.ended, row.ended_precision


def _set(row: BatchRow, state: RowState, note: Note) -> None:
    row.state = state
    row.notes = [*row.notes, note.as_json()]


def link_draft(row: BatchRow) -> LinkDraft:
    """Both ends must have their places."""
    places = [end.place_id for end in row.ends if end.place_id]
    return LinkDraft(
        places=tuple(places),
        kind=PartnershipKind(row.kind),
        started=row.start,
        ended=row.end,
        locator=row.locator or f"line {row.line}",
    )


def _say_who_keeps(rows: Sequence[BatchRow]) -> None:
    keys = {
        "-".join(str(place) for place in sorted(end.place_id or 0 for end in row.ends)): row for row in rows
    }
    for start in range(0, len(keys), 900):
        chunk = list(keys)[start : start + 900]
        found = Partnership.objects.filter(places_key__in=chunk).values_list("places_key", "hub__name", "pk")
        for key, hub, pk in found:
            row = keys[key]
            row.partnership_id = pk
            note = Note("kept_by", {"hub": hub}) if hub else Note("kept_by_all")
            if note.as_json() not in row.notes:
                row.notes = [*row.notes, note.as_json()]


def counts(ends: Iterable[BatchEnd], rows: Iterable[BatchRow]) -> dict[str, dict[str, int]]:
    """{"rows": {"new": 12, …}, "ends": {"name_near": 20, …}}"""
    return {
        "rows": dict(Counter(str(row.state) for row in rows)),
        "ends": dict(Counter(str(end.how) for end in ends)),
    }
