"""Handing over: the package with its link, the receipt."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.hubs.forms import DAYS
from concivis.hubs.letters import interface_language
from concivis.hubs.models import today_in
from concivis.proposals.actions import handing
from concivis.proposals.models import Handover, Proposal
from concivis.proposals.office.doors import (
    LOOK_OR_SAY,
    address,
    done,
    person,
    proposal_page,
    proposal_view,
    said,
)
from concivis.shell.languages import interface_choices

TAB = "office_handover"


class PackageForm(forms.Form):
    recipient = forms.CharField(
        label=gettext_lazy("Who gets the signatures?"), max_length=200,
        help_text=gettext_lazy("The authority, the mayor's office, or who represents the proposal."),
    )  # fmt: skip
    email = forms.EmailField(label=gettext_lazy("Mail address"), max_length=254)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter and the sheets"), choices=interface_choices
    )


class ReceiptForm(forms.Form):
    on = forms.DateField(
        label=gettext_lazy("Received on"), widget=forms.DateInput(attrs={"type": "date"}), validators=DAYS
    )
    received_by = forms.CharField(
        label=gettext_lazy("Who received it?"), max_length=200,
        help_text=gettext_lazy("Everybody reads it: write the office or the function, or a name with consent."),
    )  # fmt: skip


@proposal_view
@require_safe
def handover(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    context = {"packages": proposal.handovers.select_related("made_by")}
    return proposal_page(request, proposal, "proposals/office/handover.html", context, tab=TAB)


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def new(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    initial = {"language": interface_language(proposal.hub.language)}
    return said(
        request, proposal, PackageForm(request.POST or None, initial=initial),
        lambda given: handing.make_package(by=person(request), proposal=proposal, **given),
        title=_("Make a package"), submit=_("Send the link"), told=_("The link is on its way."), tab=TAB,
        lead=_("A link is mailed with which the signatures can be opened for 30 days. Each opening is in the record."),
    )  # fmt: skip


@proposal_view
@require_http_methods(LOOK_OR_SAY)
def receipt(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    waiting = proposal.handovers.filter(withdrawn_at=None).order_by("made_at").last()
    initial = {"on": today_in(proposal.hub), "received_by": waiting.recipient if waiting else ""}
    return said(
        request, proposal, ReceiptForm(request.POST or None, initial=initial),
        lambda given: handing.hand_over(by=person(request), proposal=proposal, **given),
        title=_("It was received"), submit=_("Note the receipt"), told=_("Handed over. Everybody reads it."), tab=TAB,
        lead=_("Packages are locked then, and the time for the answer begins."),
    )  # fmt: skip


@proposal_view
@require_POST
def send_again(request: HttpRequest, proposal: Proposal, package: str) -> HttpResponse:
    return _act(request, proposal, package, handing.send_again, _("A new link is on its way."))


@proposal_view
@require_POST
def withdraw(request: HttpRequest, proposal: Proposal, package: str) -> HttpResponse:
    return _act(request, proposal, package, handing.withdraw_package, _("Its link opens nothing any more."))


def _act(
    request: HttpRequest, proposal: Proposal, public_id: str, act: Callable[..., Handover], told: str
) -> HttpResponse:
    row = get_object_or_404(proposal.handovers, public_id=public_id)
    row.proposal = proposal
    return done(request, partial(act, by=person(request), package=row), told, address(TAB, proposal))
