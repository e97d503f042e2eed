"""Signatures on paper: the sheet to print, the sheets that came back, each with its scan."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from concivis.hubs.forms import DAYS
from concivis.hubs.models import today_in
from concivis.proposals import sheets
from concivis.proposals.actions import paper as actions
from concivis.proposals.models import PaperSheet, Proposal
from concivis.proposals.office.doors import (
    LOOK_OR_SAY,
    address,
    done,
    person,
    proposal_page,
    proposal_view,
    said,
)
from concivis.shell import uploads
from concivis.shell.files import harmless
from concivis.shell.languages import interface_choices, interface_codes
from concivis.shell.parts import Fact
from concivis.shell.refusals import put_into
from concivis.shell.upload_fields import LimitedFileField

TAB = "office_paper"


class SheetForm(forms.Form):
    label = forms.CharField(label=gettext_lazy("Number of the sheet"), max_length=40)
    lines = forms.IntegerField(label=gettext_lazy("Signatures on it"), min_value=1, max_value=10_000)
    valid = forms.IntegerField(
        label=gettext_lazy("Of which count"), min_value=0, max_value=10_000,
        help_text=gettext_lazy(
            "Without those that cannot be read, are not complete, or are of people who may not sign."
        ),
    )  # fmt: skip
    received_on = forms.DateField(
        label=gettext_lazy("Received on"), widget=forms.DateInput(attrs={"type": "date"}), validators=DAYS
    )
    scan = LimitedFileField(
        label=gettext_lazy("Scan"), required=False, accept=uploads.ACCEPT,
        help_text=gettext_lazy("A PDF or a picture. Only the office sees it."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        said_ = {name: self.cleaned_data[name] for name in ("label", "lines", "valid", "received_on")}
        return {**said_, "upload": self.cleaned_data["scan"] or None}


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def paper(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    initial = {"received_on": today_in(proposal.hub), "label": proposal.sheets.count() + 1}
    form = SheetForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.enter_sheet(by=person(request), proposal=proposal, **form.facts())
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, _("Entered. It counts from now on."))
            return redirect(address(TAB, proposal))
    rows = list(proposal.sheets.select_related("entered_by"))
    context = {
        "sheets": rows,
        "valid": sum(row.valid for row in rows),
        "lines": sum(row.lines for row in rows),
        "form": form,
        "counting": proposal.state in actions.COUNTING,
        "counts": proposal.rules is None or proposal.rules.has_paper,
        "languages": interface_choices(),
    }
    return proposal_page(request, proposal, "proposals/office/paper.html", context, tab=TAB)


@proposal_view
@require_safe
def print_sheet(request: HttpRequest, proposal: Proposal, language: str) -> HttpResponse:
    if language not in interface_codes() or proposal.published_at is None:
        raise Http404
    response = HttpResponse(sheets.to_fill_in(proposal, language), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="sheet-{proposal.public_id}-{language}.pdf"'
    return response


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def change(request: HttpRequest, proposal: Proposal, sheet: str) -> HttpResponse:
    row = get_object_or_404(proposal.sheets, public_id=sheet)
    initial = {name: getattr(row, name) for name in ("label", "lines", "valid", "received_on")}
    form = SheetForm(request.POST or None, request.FILES or None, initial=initial)
    row.proposal = proposal
    return said(
        request, proposal, form,
        lambda _given: actions.change_sheet(by=person(request), sheet=row, **form.facts()),
        title=_("Correct the sheet"), submit=_("Save"), told=_("Saved."), tab=TAB,
        lead=_("Without a new scan, the old one stays."),
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def remove(request: HttpRequest, proposal: Proposal, sheet: str) -> HttpResponse:
    row = get_object_or_404(proposal.sheets, public_id=sheet)
    row.proposal = proposal
    if request.method == "POST":
        return _removed(request, row)
    context = {
        "heading": _("Remove this sheet?"),
        "text": _(
            "Its signatures no longer count, and its scan is deleted. The record keeps that there was one."
        ),
        "details": [Fact(_("Sheet"), row.label), Fact(_("Signatures that count"), row.valid)],
        "submit": _("Remove it"),
        "danger": True,
        "cancel_url": address(TAB, proposal),
    }
    return proposal_page(request, proposal, "shell/confirm.html", context, tab=TAB)


def _removed(request: HttpRequest, row: PaperSheet) -> HttpResponse:
    return done(
        request,
        lambda: actions.remove_sheet(by=person(request), sheet=row),
        _("Removed: {title}.").format(title=row.label),
        address(TAB, row.proposal),
    )


@proposal_view
@require_safe
def scan(request: HttpRequest, proposal: Proposal, sheet: str) -> HttpResponseBase:
    row = get_object_or_404(proposal.sheets.exclude(scan=""), public_id=sheet)
    return harmless(row.scan, row.media_type, as_attachment=True, filename=row.scan_name)
