"""Reads of reports that several pages share."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from concivis.hubs.models import Hub
from concivis.reports import counting
from concivis.reports.counting import Numbers
from concivis.reports.enums import ReportState
from concivis.reports.models import Report, ReportRules


def of_hub(hub: Hub) -> QuerySet[Report]:
    """All of an office, the latest first, with their translations and without their numbers: two queries."""
    return Report.objects.filter(hub=hub).defer("numbers").prefetch_related("translations")


def public(hub: Hub) -> QuerySet[Report]:
    """What everybody may read where the hub is public."""
    return of_hub(hub).filter(state=ReportState.PUBLISHED)


def complete(reports: QuerySet[Report]) -> QuerySet[Report]:
    """With numbers, texts and stories: four queries."""
    return reports.defer(None).prefetch_related("translations", "stories__translations")


def rules_of(hub: Hub) -> ReportRules:
    """One query."""
    return ReportRules.objects.filter(hub=hub).first() or ReportRules(hub=hub)


def numbers_of(report: Report) -> Numbers:
    """As they were fixed; until then counted for this look, in the active language."""
    fixed: Numbers | None = report.numbers
    return fixed if fixed is not None else counted_now(report)


def counted_now(report: Report, *, as_of: datetime | None = None, languages: tuple[str, ...] = ()) -> Numbers:
    """Counted anew. `as_of`: instead of the report's own moment."""
    moment = as_of or report.as_of or timezone.now()
    earlier = year_before(report.hub, report.year)
    return counting.count(report.hub, report.first, report.last, moment, earlier=earlier, languages=languages)


def year_before(hub: Hub, year: int) -> tuple[str, Numbers] | None:
    """Public id and numbers of the published report of the year before. One query."""
    found = Report.objects.filter(hub=hub, year=year - 1, state=ReportState.PUBLISHED).first()
    return (found.public_id, found.numbers) if found else None


def calendar_year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)
