"""What everybody reads: the reports of an office that were published."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from concivis.hubs.freshness import etag
from concivis.hubs.queries import visible_hub
from concivis.reports import pdf, queries, showing
from concivis.reports.models import Report
from concivis.reports.page import Page, page
from concivis.reports.sheets import csv_text, xlsx
from concivis.shell.content import choose, reader_languages
from concivis.shell.markdown import to_text
from concivis.shell.parts import Card, Crumb
from concivis.shell.spreadsheets import MEDIA_TYPE

SUMMARY = 240  # characters
FORMATS = ("pdf", "xlsx", "csv", "json")


@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    found = list(queries.public(hub))
    wanted = reader_languages((hub.language,))
    context = {
        "hub": hub,
        "heading": _("Yearly reports"),
        "lead": _("What the office tells of its years, with numbers that do not change any more."),
        "cards": [_card(report, hub.slug, wanted) for report in found],
    }
    return render(request, "reports/reports.html", context)


def _card(report: Report, slug: str, wanted: list[str]) -> Card:
    text = choose(report, report.translations.all(), wanted)
    return Card(
        title=text.texts["title"],
        url=reverse("reports:report", args=[slug, report.year]),
        kicker=str(report.year),
        summary=to_text(text.texts["foreword"])[:SUMMARY],
        language=text.language,
    )


@require_safe
def report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    shown = _page(request, slug, year, exactly=request.GET.get("original", ""))
    hub = shown.report.hub
    context = {
        **showing.context(shown),
        "crumbs": [Crumb(_("Yearly reports"), reverse("reports:reports", args=[hub.slug]))],
        "formats": showing.formats(shown.report.get_absolute_url()),
    }
    return render(request, "reports/report.html", context)


@require_safe
@condition(etag)
def file(request: HttpRequest, slug: str, year: int, extension: str) -> HttpResponseBase:
    if extension not in FORMATS:
        raise Http404
    return as_file(_page(request, slug, year), extension)


def as_file(shown: Page, extension: str) -> HttpResponse:
    """The report to download: PDF, spreadsheet, CSV; the numbers alone as JSON, as they were fixed."""
    if extension == "json":
        answer: HttpResponse = JsonResponse(_document(shown), json_dumps_params={"ensure_ascii": False})
    elif extension == "pdf":
        answer = HttpResponse(pdf.pdf(shown), content_type="application/pdf")
    elif extension == "xlsx":
        answer = HttpResponse(xlsx(shown), content_type=MEDIA_TYPE)
    else:
        answer = HttpResponse(csv_text(shown), content_type="text/csv; charset=utf-8")
    how = "inline" if extension in ("pdf", "json") else "attachment"
    answer["Content-Disposition"] = f'{how}; filename="{pdf.filename(shown, extension)}"'
    return answer


def _document(shown: Page) -> dict[str, object]:
    return {"title": shown.title, "checksum": shown.report.checksum, "numbers": shown.numbers}


def _page(request: HttpRequest, slug: str, year: int, *, exactly: str = "") -> Page:
    hub = visible_hub(request.user, slug)
    found = get_object_or_404(queries.complete(queries.public(hub)), year=year)
    found.hub = hub
    return page(found, exactly=exactly)
