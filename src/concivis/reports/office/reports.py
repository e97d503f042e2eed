"""Reports in the office: the list, the beginning of one, its steps, the preview."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from concivis.hubs.access import office_view
from concivis.hubs.letters import interface_language
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.reports import queries, sections, showing
from concivis.reports.actions import reports as actions
from concivis.reports.forms import DaysForm, NewForm, RulesForm
from concivis.reports.models import FIRST_YEAR, LAST_YEAR, Report
from concivis.reports.office.doors import address, crumbs, person, report_of, say, title
from concivis.reports.page import page
from concivis.reports.public.pages import FORMATS, as_file


@office_view(Permission.WRITE_REPORTS)
@require_safe
def overview(request: HttpRequest, hub: Hub) -> HttpResponse:
    found = list(queries.of_hub(hub))
    year = today_in(hub).year - 1
    context = {
        "heading": _("Reports"),
        "lead": _("What you tell the council and everybody of a year. The numbers are counted for you."),
        "reports": [(report, title(report), address(report)) for report in found],
        "new_url": _new_address(hub, year if all(report.year != year for report in found) else None),
        "year": year,
    }
    return office_page(request, hub, "reports/office/overview.html", context)


def _new_address(hub: Hub, year: int | None) -> str:
    return reverse("reports:new", args=[hub.slug]) + (f"?year={year}" if year else "")


@office_view(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    last = queries.of_hub(hub).first()
    language = interface_language(last.language if last else hub.language)
    form = NewForm(
        request.POST or None, hub=hub, year=_wanted_year(request, hub), language=language, last=last
    )
    if request.method == "POST" and form.is_valid() and (made := _begun(request, hub, form, last)):
        messages.success(request, _("Begun. What follows can be done in any order, and now or later."))
        return redirect(address(made))
    context = {
        "heading": _("New report"),
        "lead": _("Two minutes: choose the year, then add your own words, the stories and the sections."),
        "crumbs": crumbs(hub),
        "form": form,
        "submit": _("Begin"),
        "cancel_url": reverse("reports:office", args=[hub.slug]),
    }
    return office_page(request, hub, "reports/office/form.html", context)


def _wanted_year(request: HttpRequest, hub: Hub) -> int:
    asked = request.GET.get("year", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) == 4 else 0
    return wanted if FIRST_YEAR < wanted <= LAST_YEAR else today_in(hub).year - 1


def _begun(request: HttpRequest, hub: Hub, form: NewForm, last: Report | None) -> Report | None:
    said = form.cleaned_data
    try:
        return actions.create(
            by=person(request),
            hub=hub,
            frame=form.frame(),
            title=said["title"],
            language=said["language"],
            like=last if said.get("like") else None,
        )
    except ValidationError as error:
        form.add_error(None, _flat(form, error))
        return None


def _flat(form: Any, error: ValidationError) -> Any:
    """The error by the fields that the form has; what belongs to none stands above the form."""
    by_field = getattr(error, "error_dict", None)
    return error if by_field and set(by_field) <= set(form.fields) else ValidationError(error.messages)


@office_view(Permission.WRITE_REPORTS)
@require_safe
def edit(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    """One report: its steps, each with what is done of it."""
    report = report_of(hub, year)
    told = sections.arranged(report.sections)
    context = {
        "heading": title(report),
        "crumbs": crumbs(hub),
        "report": report,
        "stories": report.stories.all(),
        "sections": [each.label for each in told if each.told],
        "left_out": [each.label for each in told if not each.told],
        "missing": _untranslated(report),
        "is_over": report.last < today_in(hub),
    }
    return office_page(request, hub, "reports/office/edit.html", context)


def _untranslated(report: Report) -> list[str]:
    """The languages that the office wants and in which there is no title yet."""
    there = {report.language, *(row.language for row in report.translations.all())}
    return [code for code in report.languages if code not in there]


@office_view(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    report = report_of(hub, year)
    form = DaysForm(request.POST or None, report=report)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_frame(
                by=person(request), report=report, revision=form.cleaned_data["revision"], frame=form.frame()
            )
        except ValidationError as error:
            form.add_error(None, _flat(form, error))
        else:
            messages.success(request, _("Saved."))
            return redirect(address(report))
    context = {
        "heading": _("Days and languages"),
        "lead": _("The numbers are fixed: the days can no longer be changed.") if report.is_fixed else "",
        "crumbs": crumbs(hub, report),
        "form": form,
        "cancel_url": address(report),
    }
    return office_page(request, hub, "reports/office/form.html", context)


@office_view(Permission.WRITE_REPORTS)
@require_safe
def preview(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    """The report as it would be public, in the reader's language."""
    report = report_of(hub, year)
    context = {
        **showing.context(page(report)),
        "crumbs": crumbs(hub, report),
        "formats": showing.formats(address(report, "preview")),
    }
    return office_page(request, hub, "reports/office/preview.html", context)


@office_view(Permission.WRITE_REPORTS)
@require_safe
def preview_file(request: HttpRequest, hub: Hub, year: int, extension: str) -> HttpResponse:
    if extension not in FORMATS:
        raise Http404
    return as_file(page(report_of(hub, year)), extension)


@office_view(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, hub: Hub, year: int) -> HttpResponse:
    report = report_of(hub, year)
    if request.method == "POST":
        try:
            actions.delete(by=person(request), report=report)
        except ValidationError as error:
            say(request, error)
            return redirect(address(report))
        messages.success(request, _("The draft is deleted."))
        return redirect("reports:office", hub.slug)
    context = {
        "heading": _("Delete this draft?"),
        "text": _("Its words and the choice of stories are lost. Nothing of what was counted is."),
        "submit": _("Delete"),
        "danger": True,
        "crumbs": crumbs(hub, report),
        "cancel_url": address(report),
    }
    return office_page(request, hub, "shell/confirm.html", context)


@office_view(Permission.WRITE_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest, hub: Hub) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None  # an empty one says: no
    form = RulesForm(sent, initial={"reminds": queries.rules_of(hub).reminds})
    if request.method == "POST" and form.is_valid():
        actions.set_rules(by=person(request), hub=hub, reminds=form.cleaned_data["reminds"])
        messages.success(request, _("Saved."))
        return redirect("reports:office", hub.slug)
    context = {
        "heading": _("Reminder"),
        "crumbs": crumbs(hub),
        "form": form,
        "cancel_url": reverse("reports:office", args=[hub.slug]),
    }
    return office_page(request, hub, "reports/office/form.html", context)
