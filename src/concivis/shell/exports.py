"""A list in other formats: CSV, XLSX, JSON, Atom, JSON Feed. Rows come as any iterable and are never gathered.

    if extension in TABLES:
        return table_response(extension, rows, columns, "initiatives", title=…, url=…)
    if extension in FEEDS:
        return feed_response(request, extension, entries, title=…, url=…)

CSV is what spreadsheets expect: UTF-8 with a byte order mark (Excel takes it for the local code page
otherwise), commas, CRLF (RFC 4180), the first line the names of the columns, the same in every language.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any, Generic, TypeVar
from urllib.parse import quote
from xml.sax.xmlreader import AttributesImpl

import msgspec
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.xmlutils import SimplerXMLGenerator

from concivis.shell.spreadsheets import spreadsheet_response
from concivis.shell.templatetags.shell import absolute_url

SHEETS = ("csv", "xlsx")
TABLES = (*SHEETS, "json")
FEEDS = ("atom", "feed.json")

Row = TypeVar("Row")

LINES_AT_ONCE = 500
# what a spreadsheet may take for the beginning of a formula, also in full width
FORMULA = re.compile("^[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# where the comma is the decimal sign, as in German, a spreadsheet parts columns at semicolons
FORMULA_AFTER = re.compile("(;)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])")
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """`name` heads the column, is the key in JSON and never changes. `label` says it in the reader's words."""

    name: str
    label: str | Promise
    value: Callable[[Row], Any]


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. `id` is an absolute address or a tag URI that never changes."""

    id: str
    title: str
    url: str
    updated: dt.datetime
    summary: str = ""
    published: dt.datetime | None = None
    author: str = ""
    language: str = ""  # BCP 47, where it is not the page's
    image: str = ""  # absolute address


def sheet_response(
    extension: str, rows: Iterable[Row], columns: Iterable[Column[Row]], name: str
) -> HttpResponseBase:
    """A table to download as `name` with the extension, one of SHEETS. Raises `Http404` for another."""
    if extension == "csv":
        return csv_response(rows, columns, f"{name}.csv")
    if extension == "xlsx":
        return xlsx_response(rows, columns, f"{name}.xlsx")
    raise Http404


def table_response(
    extension: str,
    rows: Iterable[Row],
    columns: Iterable[Column[Row]],
    name: str,
    *,
    title: str,
    url: str,
    sources: Iterable[str] = (),
    licence: str = "",
    filters: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """One of TABLES: to download as `name`, or with what `json_response` says of it. Raises `Http404` for another."""
    if extension == "json":
        return json_response(
            rows, columns, title=title, url=url, sources=sources, licence=licence, filters=filters
        )
    return sheet_response(extension, rows, columns, name)


def feed_response(
    request: HttpRequest,
    extension: str,
    entries: Iterable[Entry],
    *,
    title: str,
    url: str,
    subtitle: str = "",
) -> HttpResponseBase:
    """A feed in one of FEEDS, at the address that was asked for. `url`: absolute address of the page it belongs to.
    Raises `Http404` for another extension."""
    entries, feed_url = list(entries), absolute_url(request.get_full_path())
    if extension == "atom":
        updated = max((entry.updated for entry in entries), default=timezone.now())
        return atom_response(
            entries, title=title, url=url, feed_url=feed_url, updated=updated, subtitle=subtitle
        )
    if extension == "feed.json":
        return json_feed_response(entries, title=title, url=url, feed_url=feed_url, subtitle=subtitle)
    raise Http404


def csv_response(rows: Iterable[Row], columns: Iterable[Column[Row]], filename: str) -> StreamingHttpResponse:
    """A table to download as `filename` (with .csv)."""
    response = streamed(csv_chunks(rows, list(columns)), "text/csv; charset=utf-8")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename)}"
    return response


def xlsx_response(rows: Iterable[Row], columns: Iterable[Column[Row]], filename: str) -> HttpResponseBase:
    """A spreadsheet to download as `filename` (with .xlsx)."""
    listed = list(columns)
    lines = ([column.value(row) for column in listed] for row in rows)
    heads = [(column.name, str(column.label)) for column in listed]
    return spreadsheet_response(heads, lines, quote(filename))


def json_response(
    rows: Iterable[Row],
    columns: Iterable[Column[Row]],
    *,
    title: str,
    url: str,
    sources: Iterable[str] = (),
    licence: str = "",
    filters: Mapping[str, Any] | None = None,
    generated: dt.datetime | None = None,
) -> StreamingHttpResponse:
    """`{"title", "url", "generated", "sources", "licence", "filters", "columns", "items": […], "count"}`."""
    listed = list(columns)
    head = {
        "title": title,
        "url": url,
        "generated": generated or timezone.now(),
        "sources": list(sources),
        "licence": licence,
        "filters": dict(filters or {}),
        "columns": {column.name: column.label for column in listed},
    }
    return streamed(json_chunks(rows, listed, head), "application/json")


def atom_response(
    entries: Iterable[Entry],
    *,
    title: str,
    url: str,
    feed_url: str,
    updated: dt.datetime,
    subtitle: str = "",
    author: str = "Concivis",
) -> StreamingHttpResponse:
    """A feed (RFC 4287). `url`: absolute address of the page it belongs to; `feed_url`: its own, and its id."""
    feed = StreamedFeed(
        title=clean(title),
        link=url,
        description="",
        subtitle=clean(subtitle) or None,
        author_name=author,
        feed_url=feed_url,
        feed_guid=feed_url,
        language=get_language(),
    )
    feed.updated = updated
    return streamed(feed.chunks(entries), "application/atom+xml; charset=utf-8")


def json_feed_response(
    entries: Iterable[Entry], *, title: str, url: str, feed_url: str, subtitle: str = ""
) -> HttpResponse:
    """A JSON Feed 1.1 (jsonfeed.org/version/1.1): answered whole, as a feed has some hundred entries at most."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": url,
        "feed_url": feed_url,
        "description": subtitle,
        "language": get_language(),
        "items": [json_item(entry) for entry in entries],
    }
    body = msgspec.json.encode({name: value for name, value in feed.items() if value != ""})
    response = HttpResponse(body, content_type="application/feed+json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"  # the city's own website may read it; it is public
    return response


def json_item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary or entry.title,  # one of the contents must be there
        "date_published": entry.published and entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": entry.author}] if entry.author else None,
        "language": entry.language,
        "image": entry.image,
    }
    return {name: value for name, value in item.items() if value}


# --- CSV ---------------------------------------------------------------------------------------------------


def csv_chunks(rows: Iterable[Row], columns: list[Column[Row]]) -> Iterator[str]:
    """The file's text, some hundred lines at a time."""
    page = io.StringIO()
    writer = csv.writer(page)
    page.write("\ufeff")
    writer.writerow([column.name for column in columns])
    for lines in batches(rows, lambda row: [cell(column.value(row)) for column in columns]):
        writer.writerows(lines)
        yield taken(page)
    yield taken(page)


def cell(value: Any) -> str | int | float:
    """A value for CSV: numbers stay numbers; text that a spreadsheet would calculate gets an apostrophe."""
    simple = plain(value)
    if simple is None:
        return ""
    if isinstance(simple, bool):
        return "true" if simple else "false"
    if isinstance(simple, int | float):
        return simple
    if isinstance(simple, list):
        simple = "; ".join(str(item) for item in simple)
    text = FORMULA_AFTER.sub(r"\1'", str(simple))
    return "'" + text if FORMULA.match(text) and not isinstance(value, Decimal) else text


def taken(page: io.StringIO) -> str:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text


# --- JSON --------------------------------------------------------------------------------------------------


def json_chunks(rows: Iterable[Row], columns: list[Column[Row]], head: dict[str, Any]) -> Iterator[bytes]:
    """The document in pieces: the head, the items, the count at the end, when it is known."""
    yield msgspec.json.encode(plain(head))[:-1] + b',"items":['
    count = 0
    for items in batches(rows, lambda row: {column.name: plain(column.value(row)) for column in columns}):
        lines = b",\n".join(msgspec.json.encode(item) for item in items)
        yield b"\n" + lines if count == 0 else b",\n" + lines
        count += len(items)
    yield b'\n],"count":%d}\n' % count


def plain(value: Any) -> Any:
    """Any value as JSON has it: text, number, true/false, nothing, list, object."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return str(value)


# --- Atom --------------------------------------------------------------------------------------------------


class StreamedFeed(Atom1Feed):
    """Django's feed, written entry by entry."""

    updated: dt.datetime

    def latest_post_date(self) -> dt.datetime:
        return self.updated

    def chunks(self, entries: Iterable[Entry]) -> Iterator[str]:
        page = io.StringIO()
        handler = SimplerXMLGenerator(page, "utf-8", short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", AttributesImpl(self.root_attributes()))
        self.add_root_elements(handler)
        for items in batches(entries, self.as_item):
            for item in items:
                handler.startElement("entry", AttributesImpl(self.item_attributes(item)))
                self.add_item_elements(handler, item)
                handler.endElement("entry")
            yield taken(page)
        handler.endElement("feed")
        yield taken(page)

    def as_item(self, entry: Entry) -> dict[str, Any]:
        self.add_item(
            clean(entry.title),
            entry.url,
            clean(entry.summary),
            unique_id=entry.id,
            updateddate=entry.updated,
            pubdate=entry.published,
            author_name=entry.author or None,
        )
        return self.items.pop()


def clean(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return NOT_IN_XML.sub("", str(text))


# --- streams -----------------------------------------------------------------------------------------------


Made = TypeVar("Made")


def batches(rows: Iterable[Row], make: Callable[[Row], Made]) -> Iterator[list[Made]]:
    """Rows made into something, some hundred at a time."""
    source = iter(rows)
    while made := [make(row) for row in islice(source, LINES_AT_ONCE)]:
        yield made


def streamed(chunks: Iterator[Any], content_type: str) -> StreamingHttpResponse:
    """Speaks the language of the request throughout: it is read after the request, when another may be active."""
    language = get_language()

    def spoken() -> Iterator[Any]:
        while True:
            with override(language):
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk

    return StreamingHttpResponse(spoken(), content_type=content_type)
