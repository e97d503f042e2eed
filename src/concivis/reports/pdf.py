"""A report as a document: A4, tagged for screen readers, with its tables, bars and map. Set with Typst
(`shell.typeset`); bars are drawn beside the numbers they show, the map says in words what it shows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from concivis.reports import drawing
from concivis.reports.page import Page
from concivis.reports.presenting import Breakdown, Compared, ShownChapter
from concivis.reports.sections import MAP, STORIES
from concivis.reports.stories import ShownStory
from concivis.shell import markdown, typeset
from concivis.shell.pictures import with_style
from concivis.shell.templatetags.shell import text_direction

TEMPLATE = Path(__file__).with_name("report.typ")
CONTENTS_FROM = 4  # sections


def pdf(page: Page) -> bytes:
    """In the active language."""
    report = page.report
    at = report.published_at or report.fixed_at or timezone.now()
    return typeset.pdf(TEMPLATE, _given(page), at)


def filename(page: Page, extension: str) -> str:
    """“hamm-report-2026-de.pdf”"""
    return f"{slugify(page.report.hub.slug)}-report-{page.report.year}-{get_language()}.{extension}"


def _given(page: Page) -> dict[str, Any]:
    report = page.report
    sections = list(filter(None, (_section(page, code) for code in page.shown.order)))
    return {
        "title": page.title,
        "title-lang": typeset.lang(page.text.language),
        "title-rtl": _rtl(page.text.language),
        "lang": typeset.lang(get_language() or "en"),
        "rtl": _rtl(get_language() or "en"),
        "author": report.hub.name,
        "colour": report.hub.colour,
        "kicker": report.hub.name,
        "lead": page.period,
        "note": page.note,
        "headlines": [
            {"value": each.shown, "label": each.label, "note": each.note} for each in page.shown.headlines
        ],
        "as-of": page.as_of,
        "checksum": report.checksum,
        "address": settings.BASE_URL + report.get_absolute_url() if report.is_published else "",
        "footer": f"{report.hub.name} · {page.title}",
        "contents": len(sections) >= CONTENTS_FROM,
        "foreword": [asdict(block) for block in markdown.blocks(page.foreword)],
        "foreword-lang": typeset.lang(page.text.language),
        "foreword-rtl": _rtl(page.text.language),
        "sections": sections,
        "definitions": [
            (f"{chapter.label}, {each.label}", each.counted)
            for chapter in page.shown.told
            for each in chapter.measures_told
        ],
        "words": _words(page),
    }


def _words(page: Page) -> Mapping[str, str]:
    return {
        "what": _("What"),
        "now": page.columns[0],
        "before": page.columns[1],
        "change": pgettext("of a number", "Change"),
        "town": _("Town"),
        "country": _("Country"),
        "foreword": _("Foreword"),
        "contents": _("Contents"),
        "checksum": _("Checksum of the numbers:"),
        "definitions": _("How it was counted"),
        "nothing": _("Nothing was written down of this period."),
    }


def _section(page: Page, code: str) -> dict[str, Any] | None:
    if code == MAP:
        return _map(page)
    if code == STORIES:
        return _stories(page.stories) if page.stories else None
    chapter = page.shown.chapters.get(code)
    return _chapter(chapter) if chapter and not chapter.is_empty else None


def _map(page: Page) -> dict[str, Any] | None:
    title = _("Map")
    svg = drawing.towns(page.shown, page.title)
    if not svg:
        return None
    said = drawing.map_in_words(page.shown)
    return {
        "kind": "map",
        "title": title,
        "svg": with_style(svg),
        "alt": said,
        "caption": said,
        "columns": list(page.shown.town_columns),
        "towns": [
            {"name": town.name, "country": town.country, "counts": town.written_counts}
            for town in page.shown.towns
        ],
    }


def _stories(stories: Sequence[ShownStory]) -> dict[str, Any]:
    return {
        "kind": "stories",
        "title": _("Stories of the year"),
        "items": [
            {
                "kicker": each.kicker,
                "title": each.title,
                "title-lang": typeset.lang(each.card_language or get_language() or "en"),
                "title-rtl": _rtl(each.card_language or get_language() or "en"),
                "text": each.text,
                "text-lang": typeset.lang(each.sentence.language),
                "text-rtl": _rtl(each.sentence.language),
                "url": settings.BASE_URL + each.url if each.url else "",
            }
            for each in stories
        ],
    }


def _chapter(chapter: ShownChapter) -> dict[str, Any]:
    return {
        "kind": "chapter",
        "title": chapter.label,
        "source": chapter.source,
        "rows": _rows(chapter.measures_told),
        "tables": [
            {"title": table.label, "counted": table.counted, "rows": _rows(table.rows, _top(table))}
            for table in chapter.tables
        ],
    }


def _rows(rows: Sequence[Compared], top: int = 1) -> list[dict[str, Any]]:
    return [
        {
            "label": row.label,
            "now": row.shown,
            "before": row.shown_before,
            "change": row.change,
            "share": _length(row.now) / top,
            "share-before": _length(row.before) / top,
        }
        for row in rows
    ]


def _top(table: Breakdown) -> int:
    return max((max(_length(row.now), _length(row.before)) for row in table.rows), default=0) or 1


def _length(value: object) -> int:
    return value if isinstance(value, int) else 0


def _rtl(tag: str) -> bool:
    return text_direction(tag) == "rtl"
