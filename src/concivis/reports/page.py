"""A report as one reader gets it, on the web, on paper and in a spreadsheet: the words and the numbers together."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from concivis.reports import presenting, queries, stories
from concivis.reports.counting import Numbers
from concivis.reports.models import Report
from concivis.reports.presenting import Shown
from concivis.reports.stories import ShownStory
from concivis.shell import content


@dataclass(frozen=True)
class Page:
    report: Report
    numbers: Numbers
    text: content.Shown
    shown: Shown
    stories: list[ShownStory]

    @property
    def title(self) -> str:
        return self.text.texts["title"]

    @property
    def foreword(self) -> str:
        return self.text.texts["foreword"]

    @property
    def is_whole_year(self) -> bool:
        return (self.report.first, self.report.last) == queries.calendar_year(self.report.year)

    @property
    def period(self) -> str:
        if self.is_whole_year:
            return str(self.report.year)
        return _("%(first)s to %(last)s") % {
            "first": formats.date_format(self.report.first, "DATE_FORMAT"),
            "last": formats.date_format(self.report.last, "DATE_FORMAT"),
        }

    @property
    def columns(self) -> tuple[str, str]:
        """What stands above the numbers of this period and of the one before."""
        if self.is_whole_year:
            return str(self.report.year), str(self.report.year - 1)
        return _("this period"), _("a year before")

    @property
    def as_of(self) -> str:
        zone = ZoneInfo(self.numbers["time_zone"])
        moment = datetime.fromisoformat(self.numbers["as_of"]).astimezone(zone)
        day = formats.date_format(moment, "DATETIME_FORMAT")
        if self.report.is_fixed and not self.is_over:
            return _("Numbers as they were known on %(day)s, before the period was over.") % {"day": day}
        if self.report.is_fixed:
            return _("Numbers as they were known on %(day)s; they do not change any more.") % {"day": day}
        return _("Numbers as of %(day)s; they are not fixed yet.") % {"day": day}

    @property
    def note(self) -> str:
        """What a reader must know before anything else."""
        if self.report.is_example:
            return _(
                "An example: this report was made for the demonstration, from the facts that stand in it."
            )
        return "" if self.report.is_published else _("A draft: only the office sees it.")

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed when the numbers were counted."""
        zone = ZoneInfo(self.numbers["time_zone"])
        counted = datetime.fromisoformat(self.numbers["as_of"]).astimezone(zone)
        return counted.date() > self.report.last


def page(report: Report, numbers: Numbers | None = None, *, exactly: str = "") -> Page:
    """For a report with its texts and stories fetched (`queries.complete`). One query, and those of counting where the
    numbers are not fixed."""
    hub = report.hub
    numbers = numbers if numbers is not None else queries.numbers_of(report)
    wanted = content.reader_languages((hub.language,))
    return Page(
        report,
        numbers,
        content.choose(report, report.translations.all(), wanted, exactly=exactly),
        presenting.shown(numbers, report.sections, hub.language),
        stories.shown(report),
    )
