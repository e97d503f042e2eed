"""Lists of partnerships in other formats: what each column says, and what a feed's entry says."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.shell.exports import FEEDS, TABLES, Column, Entry, feed_response, table_response
from concivis.shell.templatetags.shell import absolute_url
from concivis.twinning import listing, telling
from concivis.twinning.listing import Listed
from concivis.twinning.models import Partnership

ENTRIES = 100  # of a feed: the latest changes

COLUMNS: list[Column[Listed]] = [
    Column("id", _("identifier"), lambda row: row.public_id),
    Column("url", _("page"), lambda row: absolute_url(row.url)),
    Column("kind", _("kind"), lambda row: row.kind),
    Column("state", _("state"), lambda row: row.state),
    Column("since", _("earliest signature: year, month or day"), lambda row: row.since and row.since.iso),
    Column("places", _("places"), lambda row: [place.name for place in row.places]),
    Column("countries", _("countries, ISO 3166-1"), lambda row: [place.country for place in row.places]),
    Column(
        "place_ids", _("identifiers of the places"), lambda row: [place.public_id for place in row.places]
    ),
    Column("latitudes", _("degrees north"), lambda row: [_blank(place.latitude) for place in row.places]),
    Column("longitudes", _("degrees east"), lambda row: [_blank(place.longitude) for place in row.places]),
    Column("sources", _("sources"), lambda row: list(row.sources)),
    Column("example", _("an example of the demonstration"), lambda row: row.is_example),
    Column("changed", _("last changed"), lambda row: row.changed_at),
]


def in_format(
    request: HttpRequest,
    extension: str,
    partnerships: QuerySet[Partnership],
    *,
    title: str,
    name: str,
    page: str,
    filters: dict[str, str] | None = None,
) -> HttpResponseBase:
    """The list as a table or a feed; `name` is the file's, `page` the path of the page it belongs to."""
    if extension in TABLES:
        return table_response(
            extension,
            listing.streamed(partnerships),
            COLUMNS,
            name,
            title=title,
            url=absolute_url(page),
            sources=[gettext("Each entry names its sources.")],
            licence=gettext("The facts are those of the sources named; see each of them for its terms."),
            filters=filters,
        )
    if extension in FEEDS:
        return _feed(request, extension, partnerships, title, page)
    raise Http404


def _feed(
    request: HttpRequest, extension: str, partnerships: QuerySet[Partnership], title: str, page: str
) -> HttpResponseBase:
    latest = listing.listed(listing.ordered(partnerships, "-changed")[:ENTRIES], dates=True)
    subtitle = gettext("The latest changes")
    return feed_response(
        request, extension, entries(latest), title=title, url=absolute_url(page), subtitle=subtitle
    )


def entries(rows: Iterable[Listed]) -> Iterator[Entry]:
    for row in rows:
        said = [row.kind_label, row.state_label]
        if row.since:
            said.append(gettext("since %(date)s") % {"date": row.since})
        said.extend(f"{place.name} ({place.country_name})" for place in row.places)
        yield Entry(
            id=f"tag:{_authority()},2026:partnership:{row.public_id}",
            title=row.title,
            url=absolute_url(row.url),
            updated=row.changed_at,
            summary=" · ".join(said),
        )


def of_events(shown: Partnership, page: str) -> list[Entry]:
    """The dated events and public activities, the latest first; `shown` from `queries.for_page`, `page` absolute."""
    dated = [
        (
            milestone.when.iso,
            Entry(
                id=f"{page}#m{milestone.pk}",
                title=f"{telling.sentence(milestone)}: {milestone.when}",
                url=page,
                updated=shown.changed_at,
                summary=milestone.source.title,
            ),
        )
        for milestone in shown.milestones.all()
    ]
    lived = [
        (
            activity.when.iso,
            Entry(
                id=f"{page}#a{activity.public_id}",
                title=f"{activity.title}: {telling.during(activity)}",
                url=page,
                updated=shown.changed_at,
                summary=telling.activity(activity).title,
            ),
        )
        for activity in telling.activities_of(shown)
    ]
    return [entry for _, entry in sorted([*dated, *lived], key=lambda pair: pair[0], reverse=True)]


def _authority() -> str:
    return settings.BASE_URL.split("://", 1)[-1].split("/")[0].split(":")[0]


def _blank(degrees: float | None) -> float | str:
    return "" if degrees is None else degrees
