"""The numbers of a report: how they are counted, fixed, counted again; and the report's way to the public and back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from concivis.hubs import annual
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.reports import counting, presenting, queries
from concivis.reports.actions import reports as actions
from concivis.reports.counting import Difference, Numbers
from concivis.reports.models import Report
from concivis.reports.office.doors import address, crumbs, person, report_of, say
from concivis.reports.page import page
from concivis.reports.presenting import ShownChapter, Wording, written
from concivis.shell.parts import Fact


@dataclass(frozen=True)
class Changed:
    """A fixed number beside the one of today, as written."""

    chapter: str
    label: str
    fixed: str
    today: str


@office_view(Permission.WRITE_REPORTS)
@require_safe
def numbers(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    """How each number is counted; for fixed ones what counting again would give. Nothing changes by looking."""
    report = report_of(hub, year)
    shown = page(report)
    again = "again" in request.GET and report.is_fixed
    context = {
        "heading": _("Numbers"),
        "crumbs": crumbs(hub, report),
        "report": report,
        "page": shown,
        "chapters": [(chapter, *_what_to_do(hub, chapter)) for chapter in shown.shown.told],
        "again": again,
        "changed": _changed(report, shown.numbers) if again else [],
        "intact": not report.is_fixed or counting.checksum(report.numbers) == report.checksum,
    }
    return office_page(request, hub, "reports/office/numbers.html", context)


def _what_to_do(hub: Hub, chapter: ShownChapter) -> tuple[str, str]:
    """For a chapter without anything to count: a sentence, and the page where it is done."""
    known = annual.CHAPTERS.get(chapter.code)
    if known is None or not chapter.is_empty:
        return "", ""
    return str(known.empty), reverse(known.page, args=[hub.slug]) if known.page else ""


def _changed(report: Report, fixed: Numbers) -> list[Changed]:
    today = queries.counted_now(report, as_of=timezone.now())
    words, fallback = Wording(today, report.hub.language), Wording(fixed, report.hub.language)
    units = {
        (chapter["code"], each["code"]): each["unit"]
        for chapter in (*fixed["chapters"], *today["chapters"])
        for each in chapter["measures"]
    }
    return [_in_words(each, words, fallback, units) for each in counting.differences(fixed, today)]


def _in_words(
    each: Difference, words: Wording, fallback: Wording, units: dict[tuple[str, str], str]
) -> Changed:
    name = f"{each.chapter}.{each.name}"
    unit = units.get((each.chapter, each.name), "count")
    label = _first(words, fallback, name)
    if each.key:
        label = f"{label}: {_first(words, fallback, f'{name}:{each.key}')}"
    return Changed(
        _first(words, fallback, each.chapter), label, written(each.fixed, unit), written(each.today, unit)
    )


def _first(words: Wording, fallback: Wording, name: str) -> str:
    return words(name) if words.knows(name) else fallback(name)


@office_view(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def fix(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    """Asks; a POST counts and freezes. Of fixed numbers: takes those of now instead."""
    report = report_of(hub, year)
    if request.method == "POST":
        moment = timezone.now() if report.is_fixed else None
        try:
            fixed = actions.fix_numbers(by=person(request), report=report, as_of=moment)
        except ValidationError as error:
            say(request, error)
            return redirect(address(report, "numbers"))
        messages.success(
            request, _("The numbers are fixed. Checksum: %(sum)s") % {"sum": fixed.checksum[:12]}
        )
        return redirect(address(report, "numbers"))
    context = {
        "heading": _("Take the numbers of today?") if report.is_fixed else _("Fix the numbers?"),
        "text": _fixing(report),
        "submit": _("Take the numbers of today") if report.is_fixed else _("Fix the numbers"),
        "crumbs": crumbs(hub, report),
        "cancel_url": address(report, "numbers"),
    }
    return office_page(request, hub, "shell/confirm.html", context)


def _fixing(report: Report) -> str:
    if report.is_fixed:
        count = len(_changed(report, report.numbers))
        return ngettext(
            "%(n)s number becomes another one. The record will say so.",
            "%(n)s numbers become others. The record will say so.",
            count,
        ) % {"n": count}
    return _("They are kept as they are now: whatever is entered or changed later, the report says the same.")


@office_view(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def release(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    report = report_of(hub, year)
    if request.method == "POST":
        try:
            actions.release_numbers(by=person(request), report=report)
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, _("The numbers are counted anew for each look until you fix them."))
        return redirect(address(report, "numbers"))
    context = {
        "heading": _("Release the numbers?"),
        "text": _("They are forgotten and counted anew for each look, until you fix them again."),
        "submit": _("Release"),
        "danger": True,
        "crumbs": crumbs(hub, report),
        "cancel_url": address(report, "numbers"),
    }
    return office_page(request, hub, "shell/confirm.html", context)


@office_view(Permission.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    report = report_of(hub, year)
    if request.method == "POST":
        try:
            actions.publish(by=person(request), report=report)
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, _("The report is public."))
        return redirect(address(report))
    text = _("Everybody can read it then, and search finds it. The numbers do not change any more.")
    if not hub.is_published:
        text += " " + _("The hub itself is not public yet: until it is, only its members see the report.")
    context = {
        "heading": _("Publish this report?"),
        "text": text if report.is_fixed else _("Fix the numbers first."),
        "details": _details(report),
        "submit": _("Publish"),
        "crumbs": crumbs(hub, report),
        "cancel_url": address(report),
    }
    return office_page(request, hub, "shell/confirm.html", context)


def _details(report: Report) -> list[Fact]:
    shown = (
        presenting.shown(report.numbers, report.sections, report.hub.language) if report.is_fixed else None
    )
    return [
        Fact(_("Title"), report.title),
        Fact(_("Stories"), len(report.stories.all())),
        *([Fact(each.label, each.shown) for each in shown.headlines] if shown else []),
    ]


@office_view(Permission.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    report = report_of(hub, year)
    if request.method == "POST":
        try:
            actions.withdraw(by=person(request), report=report)
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, _("The report is withdrawn. Nothing of it is lost."))
        return redirect(address(report))
    context = {
        "heading": _("Withdraw this report?"),
        "text": _("Its page says no more, and links to it lead nowhere, until you publish it again."),
        "submit": _("Withdraw"),
        "danger": True,
        "crumbs": crumbs(hub, report),
        "cancel_url": address(report),
    }
    return office_page(request, hub, "shell/confirm.html", context)
