"""Rows of a table in the reader's words: what each would do, and field by field what differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from concivis.exchange.enums import RowState
from concivis.exchange.sheets.entries import Entries
from concivis.exchange.sheets.enums import Deed
from concivis.exchange.sheets.fields import Field
from concivis.exchange.sheets.models import Sheet, SheetRow

TONES = {"new": "good", "changed": "warm", "rejected": "bad", "repeated": "notice"}
UNTOLD = frozenset({"id", "external_id"})


@dataclass(frozen=True)
class Difference:
    """`before` is empty where the entry said nothing, or is new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ToldRow:
    row: SheetRow
    tone: str
    differences: Sequence[Difference]
    choices: Sequence[tuple[str, str]]  # of the select; empty where there is nothing to choose
    chosen: str
    url: str  # of the entry that is meant

    @property
    def is_new(self) -> bool:
        return self.row.state == RowState.NEW


def tell(sheet: Sheet, here: Entries, rows: Iterable[SheetRow]) -> list[ToldRow]:
    """Four queries for any number of rows, with those that read the directory and the vocabulary."""
    listed = list(rows)
    here.known.read_places(_towns(here, listed))
    return [_told(sheet, here, row) for row in listed]


def _told(sheet: Sheet, here: Entries, row: SheetRow) -> ToldRow:
    choosable = sheet.state == "staged" and row.deeds
    said = [(deed.value, str(deed.label)) for deed in row.deeds] if choosable else []
    usual = row.deed(sheet.rule) if not row.choice else None
    if said and usual:
        said = [("", _("as for all: %(what)s") % {"what": Deed(usual).label}), *said]
    elif said:
        said = [("", _("as for all")), *said]
    return ToldRow(
        row=row,
        tone=TONES.get(row.state, "neutral"),
        differences=list(_differences(here, row)),
        choices=said,
        chosen=row.choice,
        url=here.url_of(row.object_id) if row.object_id else "",
    )


def _differences(here: Entries, row: SheetRow) -> Iterable[Difference]:
    if row.state not in {RowState.NEW, RowState.CHANGED}:
        return
    for each in here.fields:
        if each.name in UNTOLD or each.name not in row.values:
            continue
        if row.state == RowState.NEW and each.name != here.title:
            yield Difference(str(each.label), "", _written(here, each, row.values[each.name]))
        elif each.name in row.before:
            before, after = row.before[each.name], row.values[each.name]
            yield Difference(str(each.label), _written(here, each, before), _written(here, each, after))


def _written(here: Entries, field: Field, value: Any) -> str:
    return field.cell.write(value, here.known, exact=False) if value not in (None, "", [], {}) else ""


def _towns(here: Entries, rows: Sequence[SheetRow]) -> set[str]:
    found: set[str] = set()
    for row in rows:
        for name in here.town_fields:
            for said in (row.values.get(name), row.before.get(name)):
                found.update([said] if isinstance(said, str) else said or [])
    return found - {""}
