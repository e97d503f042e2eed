"""Entries as a table in the shape in which they can come in again, an empty template, and rows sent back for repair."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import chain
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from concivis.exchange import storage
from concivis.exchange.enums import RowState
from concivis.exchange.sheets import cells, reading
from concivis.exchange.sheets.entries import CHUNK, Entries
from concivis.exchange.sheets.fields import Field
from concivis.exchange.sheets.kinds import entries
from concivis.exchange.sheets.models import Sheet
from concivis.exchange.sheets.words import Vocabulary, Words, choice_words
from concivis.exchange.tabular import Row
from concivis.hubs.models import Hub
from concivis.shell.chunks import chunks
from concivis.shell.exports import Column, sheet_response
from concivis.shell.languages import interface_codes
from concivis.shell.spreadsheets import MEDIA_TYPE, bold, cell
from concivis.shell.templatetags.shell import language_name

REASON = "reason"  # heading of the column that says why a row was not taken; read by nobody


# --- the export --------------------------------------------------------------------------------------------


def export(kind: str, hub: Hub, extension: str) -> HttpResponseBase:
    """All entries of the hub. Raises Http404 for another extension than csv and xlsx."""
    here = entries(kind, hub)
    exported = [each for each in here.fields if not each.only_new]
    columns = [
        Column[Mapping[str, str]](each.name, each.label, lambda row, name=each.name: row.get(name, ""))  # type: ignore[misc]
        for each in exported
    ]
    return sheet_response(extension, lines(here), columns, f"{hub.slug}-{kind}")


def lines(here: Entries) -> Iterator[dict[str, str]]:
    """{name of the field: cell} of each entry, in the order of their names. A dozen queries per five hundred."""
    for chunk in chunks(list(here.numbers), CHUNK):
        standing = here.standing(chunk)
        externals = here.externals_of(set(chunk))
        here.known.read_places(_towns(here, [each.values for each in standing.values()]))
        for public_id in chunk:
            if public_id in standing:
                said = _said(here, standing[public_id].values)
                yield {"id": public_id, "external_id": externals.get(public_id, ""), **said}


def _said(here: Entries, values: Mapping[str, Any]) -> dict[str, str]:
    return {
        each.name: each.cell.write(values[each.name], here.known)
        for each in here.fields
        if values.get(each.name) not in (None, "", [], {})
    }


def _towns(here: Entries, rows: Iterable[Mapping[str, Any]]) -> set[str]:
    found: set[str] = set()
    for values in rows:
        for name in here.town_fields:
            said = values.get(name) or []
            found.update([said] if isinstance(said, str) else said)
    return found


# --- rows for repair ---------------------------------------------------------------------------------------


def rejected(sheet: Sheet, extension: str) -> HttpResponseBase:
    """The rows that were not taken, as they were sent, and why. Corrected, they can be sent again."""
    reasons = {row.line: " ".join(map(str, row.said)) for row in sheet.rows.filter(state=RowState.REJECTED)}
    opened = reading.table(storage.path_of(sheet.stored))
    columns = [
        Column[tuple[int, Sequence[str]]](
            title or f"{at + 1}",
            title,
            lambda row, at=at: row[1][at] if at < len(row[1]) else "",  # type: ignore[misc]
        )
        for at, title in enumerate(opened.header)
    ]
    why = Column[tuple[int, Sequence[str]]](REASON, gettext_lazy("Why"), lambda row: reasons[row[0]])
    rows = (_as_sent(record) for record in opened.rows if record.line in reasons)
    return sheet_response(extension, rows, [*columns, why], f"rejected-{sheet.public_id}")


def _as_sent(record: Any) -> tuple[int, Sequence[str]]:
    return (record.line, record.cells) if isinstance(record, Row) else (record.line, (record.text,))


# --- the template ------------------------------------------------------------------------------------------


def template(kind: str, fields: Sequence[Field]) -> HttpResponse:
    """An empty table in the reader's language, what its columns mean, and the words that are permitted in them."""
    book = Workbook(write_only=True)
    _empty(book, fields)
    _meanings(book, fields)
    _permitted(book, fields)
    file = BytesIO()
    book.save(file)
    response = HttpResponse(file.getvalue(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{kind}-template.xlsx"'
    return response


def _empty(book: Workbook, fields: Sequence[Field]) -> None:
    sheet = book.create_sheet(_("List"))
    for number, each in enumerate(fields, 1):
        sheet.column_dimensions[get_column_letter(number)].width = max(14, min(40, len(str(each.label)) + 4))
    sheet.freeze_panes = "A2"
    sheet.append([bold(sheet, str(each.label)) for each in fields])


def _meanings(book: Workbook, fields: Sequence[Field]) -> None:
    sheet = book.create_sheet(_("Columns"))
    for letter, width in zip("ABCD", (36, 24, 60, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append(
        [bold(sheet, text) for text in (_("Column"), _("Short name"), _("What to write"), _("Required"))]
    )
    for each in fields:
        required = _("yes") if each.required else ""
        sheet.append([cell(sheet, text) for text in (str(each.label), each.name, str(each.help), required)])
    sheet.append([])
    sheet.append([cell(sheet, _("An empty cell changes nothing. A single hyphen (-) empties the field."))])


def _permitted(book: Workbook, fields: Sequence[Field]) -> None:
    """Every word that counts, in every language of the interface; the code counts everywhere."""
    sheet = book.create_sheet(_("Permitted words"))
    languages = interface_codes()
    for number in range(1, len(languages) + 3):
        sheet.column_dimensions[get_column_letter(number)].width = 32
    sheet.freeze_panes = "A2"
    heads = [_("Column"), _("Code"), *(language_name(language) for language in languages)]
    sheet.append([bold(sheet, text) for text in heads])
    vocabulary = Vocabulary()
    for each in fields:
        words = words_of(each, vocabulary)
        for code, labels in words.labels.items() if words else ():
            spoken = (labels.get(language, "") for language in languages)
            sheet.append([cell(sheet, text) for text in chain((str(each.label), code), spoken)])


def words_of(field: Field, vocabulary: Vocabulary) -> Words | None:
    """The words that the cells of a column may hold; None where they hold something else."""
    match field.cell:
        case cells.Choice(choices=choices) | cells.Choices(choices=choices):
            return choice_words(choices)
        case cells.Terms(scheme=scheme):
            return vocabulary.words(scheme)
        case cells.Supports():
            return choice_words(cells.Support)
        case _:
            return None
