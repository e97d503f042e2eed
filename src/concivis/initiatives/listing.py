"""A list of initiatives in every format."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from concivis.initiatives import dated, telling
from concivis.initiatives.models import Initiative
from concivis.shell.calendars import calendar_response
from concivis.shell.exports import FEEDS, TABLES, Column, Entry, feed_response, table_response
from concivis.shell.templatetags.shell import absolute_url

ENTRIES = 100
AT_ONCE = 500


def _terms(scheme: str) -> object:
    return lambda row: [term.code for term in row.labelled_terms if term.scheme_id == scheme]


def _support(direction: str) -> object:
    return lambda row: [line.what for line in row.support_lines.all() if line.direction == direction]


COLUMNS: list[Column[Initiative]] = [
    Column("id", _("identifier"), lambda row: row.public_id),
    Column("url", _("page"), lambda row: absolute_url(row.get_absolute_url())),
    Column("hub", _("city’s office"), lambda row: row.hub.slug),
    Column("title", _("title"), lambda row: row.title),
    Column("summary", _("summary"), lambda row: row.summary),
    Column("language", _("language of the text, BCP 47"), lambda row: row.language),
    Column("kind", _("kind"), lambda row: row.kind),
    Column("stage", _("stage"), lambda row: row.stage),
    Column("started", _("since"), lambda row: row.since.iso if row.since else None),
    Column("ended", _("until"), lambda row: row.until.iso if row.until else None),
    Column(
        "countries",
        _("countries, ISO 3166-1"),
        lambda row: sorted({c.pk for c in row.countries.all()} | {town.country_id for town in row.towns}),  # type: ignore[attr-defined]
    ),
    Column("places", _("towns"), lambda row: [town.name for town in row.towns]),  # type: ignore[attr-defined]
    Column("place_ids", _("identifiers of the towns"), lambda row: [town.public_id for town in row.towns]),  # type: ignore[attr-defined]
    Column("themes", _("themes"), _terms("theme")),  # type: ignore[arg-type]
    Column("target_groups", _("target groups"), _terms("target-group")),  # type: ignore[arg-type]
    Column("goals", _("goals"), _terms("sdg")),  # type: ignore[arg-type]
    Column("languages", _("languages it takes place in"), lambda row: list(row.languages)),
    Column("needs", _("needs"), _support("need")),  # type: ignore[arg-type]
    Column("offers", _("offers"), _support("offer")),  # type: ignore[arg-type]
    Column(
        "organisations", _("organisations"), lambda row: [name for name, _r, _w in telling.organisations(row)]
    ),
    Column("last_confirmed", _("last confirmed"), lambda row: row.last_confirmed),
]

OFFICE_COLUMNS: list[Column[Initiative]] = [
    *COLUMNS,
    Column("state", _("state of review"), lambda row: row.state),
    Column("owner_name", _("who looks after it"), lambda row: row.owner_name),
    Column("owner_email", _("mail address of the owner"), lambda row: row.owner_email),
]


def in_format(
    request: HttpRequest,
    extension: str,
    rows: QuerySet[Initiative],
    *,
    title: str,
    page: str,
    filters: Mapping[str, str],
    columns: list[Column[Initiative]] | None = None,
) -> HttpResponseBase:
    """`rows` (`queries.for_list`) as a table, as a feed, or their dates. Raises `Http404` for another extension."""
    columns = columns or COLUMNS
    url = absolute_url(page)
    if extension in TABLES:
        found = rows.iterator(AT_ONCE)
        return table_response(extension, found, columns, "initiatives", title=title, url=url, filters=filters)
    if extension == "ics":
        return calendar_response(dated.entries(rows), name=title, url=url, filename="initiatives.ics")
    if extension in FEEDS:
        latest = list(rows.order_by("-changed_at", "-pk")[:ENTRIES])
        return feed_response(request, extension, entries(latest), title=title, url=url)
    raise Http404


def entries(rows: list[Initiative]) -> Iterator[Entry]:
    for row in rows:
        page, told = absolute_url(row.get_absolute_url()), telling.shown(row)
        yield Entry(
            id=page,
            title=told.texts["title"],
            url=page,
            updated=row.changed_at,
            summary=told.texts["summary"],
            published=row.published_at,
            author=row.hub.name,
            language=told.language,
        )
