"""A list of proposals in every format."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from concivis.proposals import dated, showing
from concivis.proposals.models import Proposal
from concivis.shell.calendars import calendar_response
from concivis.shell.exports import FEEDS, TABLES, Column, Entry, feed_response, table_response
from concivis.shell.templatetags.shell import absolute_url

ENTRIES = 100
AT_ONCE = 500

COLUMNS: list[Column[Proposal]] = [
    Column("id", _("identifier"), lambda row: row.public_id),
    Column("url", _("page"), lambda row: absolute_url(row.get_absolute_url())),
    Column("hub", _("city’s office"), lambda row: row.hub.slug),
    Column("title", _("title"), lambda row: row.title),
    Column("summary", _("what the city is asked to do"), lambda row: row.summary),
    Column("language", _("language of the text, BCP 47"), lambda row: row.language),
    Column("state", _("state"), lambda row: row.state),
    Column("place", _("place"), lambda row: row.place.name if row.place else ""),
    Column("place_id", _("identifier of the place"), lambda row: row.place.public_id if row.place else ""),
    Column("latitude", _("degrees north"), lambda row: row.latitude),
    Column("longitude", _("degrees east"), lambda row: row.longitude),
    Column("themes", _("themes"), lambda row: [term.code for term in row.labelled_terms]),  # type: ignore[attr-defined]
    Column("published_at", _("published"), lambda row: row.published_at),
    Column("closes_on", _("last day to sign"), lambda row: row.closes_on),
    Column("signatures", _("signatures"), lambda row: showing.tally(row).legal),
    Column("paper", _("signatures on paper"), lambda row: showing.tally(row).paper),
    Column("consultative", _("support from others"), lambda row: showing.tally(row).consultative),
    Column("valid", _("said valid by the register"), lambda row: showing.tally(row).valid),
    Column("counted_at", _("as of"), lambda row: showing.tally(row).counted_at),
    Column("handed_over_on", _("handed over"), lambda row: row.handed_over_on),
    Column("answered_on", _("answered"), lambda row: row.answered_on),
    Column("decided_on", _("decided"), lambda row: row.decided_on),
    Column("ended_on", _("ended"), lambda row: row.ended_on),
    Column("outcome_note", _("what became of it"), lambda row: row.outcome_note),
    Column("rejection", _("reason"), lambda row: row.rejection),
]


def in_format(
    request: HttpRequest,
    extension: str,
    rows: QuerySet[Proposal],
    *,
    title: str,
    page: str,
    filters: Mapping[str, str],
) -> HttpResponseBase:
    """`rows` (`queries.for_list`) as a table, as a feed, or their dates. Raises `Http404` for another extension."""
    url = absolute_url(page)
    if extension in TABLES:
        found = rows.iterator(AT_ONCE)
        return table_response(extension, found, COLUMNS, "proposals", title=title, url=url, filters=filters)
    if extension == "ics":
        return calendar_response(dated.entries(rows), name=title, url=url, filename="proposals.ics")
    if extension in FEEDS:
        latest = list(rows.order_by("-published_at", "-pk")[:ENTRIES])
        return feed_response(request, extension, entries(latest), title=title, url=url)
    raise Http404


def entries(rows: list[Proposal]) -> Iterator[Entry]:
    for row in rows:
        told = showing.shown(row)
        page = absolute_url(row.get_absolute_url())
        yield Entry(
            id=page,
            title=told.texts["title"],
            url=page,
            updated=row.changed_at,
            summary=f"{showing.state(row)}. {showing.progress(row).sentence}. {told.texts['summary']}",
            published=row.published_at,
            language=told.language,
        )
