"""Every reused read of imports. Each says how many queries it costs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from concivis.exchange.enums import RowState
from concivis.exchange.matching import How
from concivis.exchange.models import Batch, BatchEnd, BatchRow
from concivis.hubs.models import Hub
from concivis.places.models import Place


def batches_of(hub: Hub) -> QuerySet[Batch]:
    """A hub's imports, newest first. One query."""
    return Batch.objects.filter(hub=hub).select_related("by", "source", "applied_by", "undone_by")


def rows_of(batch: Batch, state: str = "") -> QuerySet[BatchRow]:
    """Rows in the order of the file, with their ends and places. One query."""
    rows = BatchRow.objects.filter(batch=batch).select_related(
        "a__place__country", "b__place__country", "a__place__region", "b__place__region", "partnership"
    )
    return (rows.filter(state=state) if state in RowState.values else rows).order_by("line")


def undecided_ends(batch: Batch) -> QuerySet[BatchEnd]:
    return BatchEnd.objects.filter(batch=batch, how=How.AMBIGUOUS).order_by("pk")


def lines_with(end: BatchEnd) -> Sequence[BatchRow]:
    """Some rows that name this end. One query."""
    return list(rows_of(end.batch).filter(Q(a=end) | Q(b=end))[:10])


@dataclass(frozen=True)
class Proposed:
    place: Place
    km: float | None  # from the file's coordinates


def proposed(end: BatchEnd) -> list[Proposed]:
    """The places an end could mean, the likeliest first. One query."""
    places = _places([proposal["place"] for proposal in end.proposals])
    return [
        Proposed(places[proposal["place"]], proposal["km"])
        for proposal in end.proposals
        if proposal["place"] in places
    ]


def _places(ids: Collection[int]) -> dict[int, Place]:
    return Place.objects.select_related("country", "region").in_bulk(ids)
