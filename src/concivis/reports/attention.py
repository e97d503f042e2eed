"""That last year's report waits: said from January to March, where the office wants to hear it."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concivis.hubs import hooks, matters
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub, today_in
from concivis.hubs.permissions import Permission
from concivis.reports import queries
from concivis.reports.enums import ReportState
from concivis.reports.models import Report

KIND = "report"
LAST_MONTH = 3  # March: then the council has it, or does not want it


def register() -> None:
    matters.register_kind(matters.Kind(KIND, gettext_lazy("Yearly reports")))
    hooks.matters.append(found)


def found(hub: Hub) -> Iterator[Matter]:
    """Two queries in the first months of a year, none in the others."""
    today = today_in(hub)
    year = today.year - 1
    was_there = hub.created_at.astimezone(ZoneInfo(hub.timezone)).year <= year
    if today.month > LAST_MONTH or not was_there or not queries.rules_of(hub).reminds:
        return
    report = Report.objects.filter(hub=hub, year=year).only("state", "year", "hub").first()
    if report is not None and report.state != ReportState.DRAFT:
        return
    if report is None:
        url, action = f"{reverse('reports:new', args=[hub.slug])}?year={year}", _("Begin it")
    else:
        url, action = reverse("reports:edit", args=[hub.slug, year]), _("Go on with it")
    yield Matter(
        kind=KIND,
        key=f"report {year}",
        title=_("Report of %(year)s") % {"year": year},
        why=_("Last year's report waits: the numbers are counted for you, the words are yours."),
        url=url,
        action=action,
        urgency=Urgency.LATER,
        since=today.replace(month=1, day=1),
        permission=Permission.WRITE_REPORTS,
        seen_with=Permission.WRITE_REPORTS,
    )
