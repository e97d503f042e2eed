"""Reports for tests, made through the same actions as a person's click."""

from datetime import date
from typing import Any

from concivis.hubs.factories import HubFactory
from concivis.hubs.models import Hub
from concivis.reports.actions import reports
from concivis.reports.models import Report
from concivis.reports.queries import calendar_year


def report(
    year: int = 2025,
    *,
    hub: Hub | None = None,
    first: date | None = None,
    last: date | None = None,
    fixed: bool = False,
    published: bool = False,
    **said: Any,
) -> Report:
    """A draft of a calendar year, or of other days; with fixed numbers, published."""
    days = calendar_year(year)
    made = reports.create(
        by=None,
        hub=hub or HubFactory(),
        frame=reports.Frame(first or days[0], last or days[1], said.pop("languages", ("en",))),
        title=said.pop("title", f"Report of {year}"),
        language=said.pop("language", "en"),
        **said,
    )
    if fixed or published:
        made = reports.fix_numbers(by=None, report=made)
    return reports.publish(by=None, report=made) if published else made
