"""The office's table as a file."""

from collections.abc import Iterator

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy

from concivis.hubs.models import Hub
from concivis.shell.exports import Column, table_response
from concivis.shell.templatetags.shell import absolute_url
from concivis.twinning.office.ties import TieRow


def in_format(extension: str, found: Iterator[TieRow], hub: Hub, filters: dict[str, str]) -> HttpResponseBase:
    """The rows as a table; raises `Http404` for another format."""
    page = absolute_url(reverse("twinning:office_partnerships", args=[hub.slug]))
    return table_response(extension, found, COLUMNS, hub.slug, title=hub.name, url=page, filters=filters)


COLUMNS: list[Column[TieRow]] = [
    Column("id", gettext_lazy("identifier"), lambda row: row.public_id),
    Column("partners", gettext_lazy("partners"), lambda row: [place.name for place in row.partners]),
    Column(
        "countries",
        gettext_lazy("countries, ISO 3166-1"),
        lambda row: [place.country for place in row.partners],
    ),
    Column("kind", gettext_lazy("kind"), lambda row: row.kind),
    Column("state", gettext_lazy("state"), lambda row: row.state),
    Column("next_step", gettext_lazy("next step"), lambda row: row.next_step),
    Column("due", gettext_lazy("due"), lambda row: row.next_due),
    Column("last_activity", gettext_lazy("last activity"), lambda row: row.last_activity),
    Column("valid_until", gettext_lazy("agreed until"), lambda row: row.valid_until),
    Column("confirmed", gettext_lazy("confirmed"), lambda row: row.confirmation.value),
    Column("kept_by", gettext_lazy("kept by"), lambda row: row.keeper_name),
    Column("public", gettext_lazy("public"), lambda row: row.is_published),
    Column("example", gettext_lazy("an example of the demonstration"), lambda row: row.is_example),
    Column("changed", gettext_lazy("last changed"), lambda row: row.changed_at),
]
