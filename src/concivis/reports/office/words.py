"""The office's own words in a report, in one language after the other, and the order of its sections."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.reports import sections as arranging
from concivis.reports.actions import reports as actions
from concivis.reports.forms import WordsForm
from concivis.reports.models import Report
from concivis.reports.office.doors import address, crumbs, person, report_of, say
from concivis.shell.content import TextState, states
from concivis.shell.parts import Tab


@office_view(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    report = report_of(hub, year)
    language = chosen_language(request, report)
    form = WordsForm(request.POST or None, initial=_initial(report, language))
    if request.method == "POST" and form.is_valid() and _saved(request, report, language, form):
        messages.success(request, _("Saved."))
        return redirect(f"{address(report, 'words')}?language={language}")
    context = {
        "heading": _("Title and foreword"),
        "crumbs": crumbs(hub, report),
        "report": report,
        "language": language,
        "is_original": language == report.language,
        "tabs": language_tabs(report, language),
        "form": form,
        "cancel_url": address(report),
    }
    return office_page(request, hub, "reports/office/words.html", context)


def _saved(request: HttpRequest, report: Report, language: str, form: WordsForm) -> bool:
    try:
        actions.write_words(by=person(request), report=report, language=language, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        report.refresh_from_db(fields=["revision"])
        typed = request.POST.copy()
        typed["revision"] = str(report.revision)  # what was typed stays, and a second look may save it
        form.data = typed
        return False
    return True


def _initial(report: Report, language: str) -> dict[str, Any]:
    if language == report.language:
        return {"revision": report.revision, **report.source_texts()}
    row = next((each for each in report.translations.all() if each.language == language), None)
    return {
        "revision": report.revision,
        "title": row.title if row else "",
        "foreword": row.foreword if row else "",
    }


def chosen_language(request: HttpRequest, report: Report) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else report.language


def language_tabs(report: Report, current: str) -> list[Tab]:
    """The original, what the office wants, and the other languages of the interface, each with its state."""
    names = dict(settings.LANGUAGES)
    codes = list(dict.fromkeys([report.language, *report.languages, *names]))
    there = states(report, report.translations.all(), codes)
    said = {TextState.MISSING: "", TextState.HUMAN: "✓", TextState.MACHINE: "✓"}
    return [
        Tab(
            " · ".join(
                filter(None, (str(names.get(code, code)), said.get(there[code], str(there[code].label))))
            ),
            f"?language={code}",
            current=code == current,
        )
        for code in codes
    ]


@office_view(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def sections(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    """On and off, and the order: by numbers and by arrows, without a script."""
    report = report_of(hub, year)
    if request.method == "POST":
        try:
            actions.arrange(
                by=person(request),
                report=report,
                revision=_revision(request),
                order=order_of(request, [each.code for each in arranging.arranged(report.sections)]),
                told=request.POST.getlist("told"),
            )
        except ValidationError as error:
            say(request, error)
        else:
            messages.success(request, _("Saved."))
        return redirect(address(report, "sections"))
    context = {
        "heading": _("Sections"),
        "lead": _("What is told, and in which order. What is left out stays counted, and can come back."),
        "crumbs": crumbs(hub, report),
        "report": report,
        "sections": arranging.arranged(report.sections),
        "back_url": address(report),
    }
    return office_page(request, hub, "reports/office/sections.html", context)


def _revision(request: HttpRequest) -> int:
    said = request.POST.get("revision", "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def order_of(request: HttpRequest, keys: list[str]) -> list[str]:
    """The keys by the numbers that were typed beside them, or with one of them a step up or down."""
    ordered = sorted(keys, key=lambda key: (_place(request, key), keys.index(key)))
    for name, step in (("up", -1), ("down", 1)):
        moved = request.POST.get(name)
        if moved in ordered:
            at = ordered.index(moved)
            to = min(max(at + step, 0), len(ordered) - 1)
            ordered.insert(to, ordered.pop(at))
    return ordered


def _place(request: HttpRequest, key: str) -> int:
    said = request.POST.get(f"place-{key}", "")
    return int(said) if said.isdecimal() and len(said) < 6 else 100_000
