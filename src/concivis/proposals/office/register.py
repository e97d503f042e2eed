"""The check against the register: a table out, its answers back in, looked at before they count."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from concivis.proposals import package
from concivis.proposals.actions import checking
from concivis.proposals.models import Proposal, RegisterCheck
from concivis.proposals.office.doors import (
    LOOK_OR_SAY,
    address,
    done,
    person,
    proposal_page,
    proposal_view,
    put_into,
)
from concivis.shell.exports import csv_response
from concivis.shell.parts import Stat
from concivis.shell.upload_fields import LimitedFileField

TAB = "office_register"
AT_ONCE = 500


class AnswersForm(forms.Form):
    file = LimitedFileField(
        label=gettext_lazy("The register's answers"), endings=(".csv", ".txt"),
        help_text=gettext_lazy("CSV with two columns: “number”, as in the table, and “result”, valid or invalid."),
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def register(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = AnswersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            check = checking.bring(by=person(request), proposal=proposal, upload=form.cleaned_data["file"])
        except ValidationError as error:
            put_into(form, error)
        else:
            if check.applied_at is not None:
                messages.info(request, _("This file was brought in before: nothing changes."))
                return redirect(address(TAB, proposal))
            return redirect(address("office_check", proposal, check.pk))
    context = {
        "form": form,
        "stats": _stats(proposal),
        "waiting": checking.to_check(proposal).count(),
        "checks": proposal.checks.select_related("made_by"),
        "columns": [str(column.label) for column in package.columns(proposal)],
    }
    return proposal_page(request, proposal, "proposals/office/register.html", context, tab=TAB)


@proposal_view
@require_POST
def fetch(request: HttpRequest, proposal: Proposal) -> HttpResponseBase:
    """The table, streamed. By POST, because the record keeps who fetched it."""
    rows = checking.fetch(by=person(request), proposal=proposal, again=request.POST.get("again") == "1")
    name = f"register-{proposal.public_id}.csv"
    return csv_response(rows.iterator(AT_ONCE), package.columns(proposal), name)


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def check(request: HttpRequest, proposal: Proposal, number: int) -> HttpResponse:
    """What a file would change; POST lets it count, or discards it."""
    row = get_object_or_404(proposal.checks, pk=number)
    row.proposal = proposal
    if request.method == "POST":
        return _decided(request, row)
    counts = row.counts
    context = {
        "check": row,
        "stats": [
            Stat(counts["valid"], _("become valid")),
            Stat(counts["invalid"], _("become not valid")),
            Stat(counts["same"], _("are known already")),
            Stat(counts["unknown"], _("are unknown here")),
        ],
        "unknown_lines": counts.get("unknown_lines", []),
    }
    return proposal_page(request, proposal, "proposals/office/check.html", context, tab=TAB)


def _decided(request: HttpRequest, row: RegisterCheck) -> HttpResponse:
    back = address(TAB, row.proposal)
    if request.POST.get("act") == "discard":
        return done(
            request,
            lambda: checking.discard(by=person(request), check=row),
            _("Discarded. Nothing changed."),
            back,
        )
    return done(request, lambda: checking.apply(by=person(request), check=row), _("The answers count."), back)


def _stats(proposal: Proposal) -> list[Stat]:
    tally = getattr(proposal, "tally", None)
    if tally is None:
        return []
    return [
        Stat(tally.valid, _("said valid by the register")),
        Stat(max(0, tally.legal - tally.valid), _("wait for the register")),
        Stat(tally.invalid, _("not valid")),
    ]
