"""What became of a batch, as plain values: for the terminal, for programs and for the office's page."""

from typing import Any

from concivis.exchange.enums import RowState
from concivis.exchange.matching import How
from concivis.exchange.models import HOW_LABELS, Batch, BatchRow

EXAMPLES = 20
UNSETTLED = frozenset({How.AMBIGUOUS, How.REJECTED})


def report_of(batch: Batch) -> dict[str, Any]:
    """Two queries, for the examples."""
    rows, ends = batch.counts.get("rows", {}), batch.counts.get("ends", {})
    return {
        "batch": batch.public_id,
        "file": batch.filename,
        "state": batch.state,
        "hub": batch.hub.slug if batch.hub else None,
        "rows": {
            state.value: {"label": str(state.label), "count": rows[state]}
            for state in RowState
            if rows.get(state)
        },
        "ends": {
            how.value: {"label": str(label), "count": ends[how]}
            for how, label in HOW_LABELS.items()
            if ends.get(how)
        },
        "ends_share_settled": settled_share(ends),
        "rejected": _examples(batch, RowState.REJECTED),
        "ambiguous": _examples(batch, RowState.AMBIGUOUS),
    }


def settled_share(ends: dict[str, int]) -> float:
    """Percent of the distinct ends that have a place or get one."""
    total = sum(ends.values())
    return (
        round(100 * sum(ends.get(how, 0) for how in How if how not in UNSETTLED) / total, 2)
        if total
        else 100.0
    )


def _examples(batch: Batch, state: RowState) -> list[str]:
    rows = BatchRow.objects.filter(batch=batch, state=state).select_related("a", "b").order_by("line")
    return [describe(row) for row in rows[:EXAMPLES]]


def describe(row: BatchRow) -> str:
    """“812: Hamm – Bradford. Says the same as line 12.”"""
    named = " – ".join(f"{end}, {end.country}" if end.country else str(end) for end in row.ends) or row.text
    reasons = [str(note) for note in row.said]
    if row.state == RowState.AMBIGUOUS:
        reasons += [f"{end}: {note}" for end in row.ends if end.how == How.AMBIGUOUS for note in end.said]
    return f"{row.line}: {named}. {' '.join(reasons)}"
