"""Every reused read of sheets. Each says how many queries it costs."""

from django.db.models import QuerySet

from concivis.exchange.enums import RowState
from concivis.exchange.sheets.enums import Deed
from concivis.exchange.sheets.models import Sheet, SheetRow
from concivis.hubs.models import Hub


def sheets_of(hub: Hub) -> QuerySet[Sheet]:
    """A hub's tables, newest first. One query."""
    return Sheet.objects.filter(hub=hub).select_related("by")


def rows_of(sheet: Sheet, state: str = "") -> QuerySet[SheetRow]:
    """In the order of the file. One query."""
    rows = SheetRow.objects.filter(sheet=sheet)
    return (rows.filter(state=state) if state in RowState.values else rows).order_by("line")


def deeds_of(sheet: Sheet) -> dict[Deed, int]:
    """How many rows applying adds, overwrites and leaves. One query."""
    counts = dict.fromkeys(Deed, 0)
    for row in SheetRow.objects.filter(sheet=sheet).only("state", "match", "choice"):
        counts[row.deed(sheet.rule)] += 1
    return counts
