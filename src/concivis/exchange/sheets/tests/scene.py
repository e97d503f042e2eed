"""Tables of entries for tests, sent and applied through the same actions as a person's click."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from concivis.exchange.sheets import actions
from concivis.exchange.sheets.enums import SheetKind
from concivis.exchange.sheets.models import Sheet, SheetRow
from concivis.hubs.models import Hub

INITIATIVES = SheetKind.INITIATIVES.value
ORGANISATIONS = SheetKind.ORGANISATIONS.value


def csv_of(*lines: str) -> bytes:
    return "\n".join([*lines, ""]).encode()


def xlsx_of(*rows: list[Any]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def blocks(content: bytes) -> Iterator[bytes]:
    yield from (content[start : start + 65536] for start in range(0, len(content), 65536))


def sent(hub: Hub, content: bytes, kind: str = INITIATIVES, filename: str = "list.csv") -> Sheet:
    return actions.send(by=None, hub=hub, kind=kind, blocks=blocks(content), filename=filename)


def staged(hub: Hub, content: bytes, kind: str = INITIATIVES) -> Sheet:
    return actions.stage(by=None, sheet=sent(hub, content, kind))


def applied(hub: Hub, content: bytes, kind: str = INITIATIVES, *, publishes: bool = True) -> Sheet:
    sheet = staged(hub, content, kind)
    actions.decide(by=None, sheet=sheet, rule="overwrite", publishes=publishes)
    return actions.apply(by=None, sheet=sheet)


def states(sheet: Sheet) -> list[str]:
    return list(sheet.rows.order_by("line").values_list("state", flat=True))


def only(sheet: Sheet) -> SheetRow:
    return sheet.rows.get()


def reasons(sheet: Sheet) -> list[str]:
    """What is said about the rows, in their order."""
    return [str(note) for row in sheet.rows.order_by("line") for note in row.said]
