"""What the template of a report needs, on the public page and in the office's preview."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from concivis.reports import drawing
from concivis.reports.page import Page
from concivis.reports.presenting import Breakdown, ShownChapter
from concivis.reports.sections import MAP, STORIES
from concivis.shell import parts
from concivis.shell.markdown import to_html
from concivis.shell.parts import Export, Stat


@dataclass(frozen=True)
class Drawn:
    """A breakdown and its picture, if it has one."""

    table: Breakdown
    svg: SafeString


@dataclass(frozen=True)
class SectionOnPage:
    code: str
    kind: str  # map, stories, chapter
    chapter: ShownChapter | None = None
    tables: tuple[Drawn, ...] = ()


def context(page: Page) -> dict[str, Any]:
    report = page.report
    return {
        "hub": report.hub,
        "heading": page.title,
        "kicker": page.period,
        "report": report,
        "page": page,
        "foreword": to_html(page.foreword),
        "stats": [Stat(each.shown, each.label, each.note) for each in page.shown.headlines],
        "sections": [section for code in page.shown.order if (section := _section(page, code))],
        "silent": [chapter.label for chapter in page.shown.told if chapter.is_empty],
        "svg": drawing.towns(page.shown, _("Towns of the report of %(year)s") % {"year": report.year}),
    }


def _section(page: Page, code: str) -> SectionOnPage | None:
    if code == MAP:
        return SectionOnPage(code, "map") if page.shown.towns else None
    if code == STORIES:
        return SectionOnPage(code, "stories") if page.stories else None
    chapter = page.shown.chapters.get(code)
    if chapter is None or chapter.is_empty:
        return None
    return SectionOnPage(
        code, "chapter", chapter, tuple(Drawn(table, drawing.bars(table)) for table in chapter.tables)
    )


def formats(path: str) -> list[Export]:
    return [Export("PDF", f"{path.rstrip('/')}.pdf", "application/pdf"), *parts.tables(path)]
