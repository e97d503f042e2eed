"""A table's columns: what each is called, how its cells are read, and which words people use for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.functional import Promise

from concivis.exchange.notes import Note
from concivis.exchange.sheets.cells import NOTHING, Cell, Unreadable
from concivis.exchange.sheets.habits import HABITS
from concivis.exchange.sheets.known import Known
from concivis.exchange.sheets.words import in_every_language
from concivis.places.names import fold


@dataclass(frozen=True)
class Field:
    """`name` never changes. `only_new`: counts for new entries only."""

    name: str
    label: Promise
    cell: Cell
    required: bool = False
    only_new: bool = False  # neither compared nor exported
    help: Promise | str = ""


@dataclass(frozen=True)
class Mapped:
    """`at`: name of the field → index of the column."""

    header: tuple[str, ...]
    at: Mapping[str, int] = field(default_factory=dict)

    def cells(self, cells: Sequence[str]) -> dict[str, str]:
        """What a row says, by field; empty cells are left out."""
        found = {name: cells[index].strip() for name, index in self.at.items() if index < len(cells)}
        return {name: text for name, text in found.items() if text}

    def heading(self, name: str) -> str:
        return self.header[self.at[name]] if name in self.at else name


def guess(
    fields: Sequence[Field],
    header: Sequence[str],
    remembered: Mapping[str, str] = {},
) -> Mapped:
    """By what a heading meant last time ("" was left out), by our own names and labels, by other usual words."""
    at: dict[str, int] = {}
    known = headings(tuple(fields))
    for index, title in enumerate(header):
        key = fold(title)
        name = remembered[key] if key in remembered else known.get(key, "")
        if name and name not in at and any(each.name == name for each in fields):
            at[name] = index
    return Mapped(tuple(header), at)


@cache
def headings(fields: tuple[Field, ...]) -> Mapping[str, str]:
    """{folded heading: name of the field}; a heading that two fields claim belongs to the first."""
    found: dict[str, str] = {}
    for claims in (_by_name, _by_label, _by_habit):
        for each in fields:
            for heading in claims(each):
                found.setdefault(fold(heading), each.name)
    return found


def _by_name(each: Field) -> list[str]:
    return [each.name]


def _by_label(each: Field) -> list[str]:
    return list(in_every_language(each.label).values())


def _by_habit(each: Field) -> tuple[str, ...]:
    return HABITS.get(each.name, ())


def read_cells(
    fields: Sequence[Field], said: Mapping[str, str], known: Known, hint: str
) -> tuple[dict[str, Any], list[tuple[str, Note]]]:
    """(values of the fields that the row says something about, notes on cells that could not be read).

    A cell with one hyphen says that there is nothing.
    """
    values: dict[str, Any] = {}
    notes: list[tuple[str, Note]] = []
    for each in fields:
        text = said.get(each.name, "")
        if not text:
            continue
        try:
            values[each.name] = each.cell.nothing if text in NOTHING else each.cell.read(text, known, hint)
        except Unreadable as error:
            notes.append((each.name, error.note))
    return values, notes
