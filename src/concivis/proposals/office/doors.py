"""The door to one proposal in an office, and what its pages share."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.proposals.enums import State
from concivis.proposals.models import Proposal
from concivis.shell.parts import Crumb, Tab
from concivis.shell.refusals import attempt, put_into

WORK = Permission.WORK_ON_PROPOSALS
LOOK_OR_SAY = ["GET", "HEAD", "POST"]
# (name of the page, what its tab is called, whether only what was published has it)
TABS: list[tuple[str, str | Promise, bool]] = [
    ("office_proposal", _("Overview"), False),
    ("office_signatures", _("Signatures"), True),
    ("office_paper", _("On paper"), True),
    ("office_register", _("Register check"), True),
    ("office_handover", _("Handing over"), True),
    ("office_fate", _("Answer and measures"), True),
]


def proposal_view(view: Callable[..., HttpResponseBase]) -> Any:
    """Decorates `view(request, proposal, …)` at `office/<slug>/proposals/<public_id>/…`, as `office_view`."""

    @office_view(WORK)
    def guarded(request: HttpRequest, hub: Hub, public_id: str, **kwargs: object) -> HttpResponseBase:
        rows = hub.proposals.exclude(state=State.DRAFT)
        found = rows.select_related("rules", "reviewer", "tally", "place")
        proposal = get_object_or_404(found, public_id=public_id)
        proposal.hub = hub
        return view(request, proposal, **kwargs)

    return guarded


def address(name: str, proposal: Proposal, *args: object) -> str:
    return reverse(f"proposals:{name}", args=[proposal.hub.slug, proposal.public_id, *args])


def crumb(hub: Hub) -> Crumb:
    return Crumb(gettext("Citizens’ initiatives"), reverse("proposals:office", args=[hub.slug]))


def person(request: HttpRequest) -> User:
    return cast(User, request.user)


def proposal_page(
    request: HttpRequest,
    proposal: Proposal,
    template: str,
    context: dict[str, Any],
    *,
    tab: str = "office_proposal",
    status: int = 200,
) -> HttpResponse:
    """Renders a page about one proposal, with its head and tabs."""
    published = proposal.published_at is not None
    shared = {
        "heading": proposal.title,
        "kicker": proposal.get_state_display(),
        "crumbs": [crumb(proposal.hub)],
        "proposal": proposal,
        "tabs": [
            Tab(str(label), address(name, proposal), current=name == tab)
            for name, label, later in TABS
            if published or not later
        ],
        "tabs_label": gettext("Pages of this proposal"),
    }
    return office_page(request, proposal.hub, template, {**shared, **context}, status=status)


def done(request: HttpRequest, act: Callable[[], object], said: str, back: str) -> HttpResponse:
    """A button was pressed: what came of it is said on the page that it leads back to."""
    attempt(request, act, said)
    return redirect(back)


def said(
    request: HttpRequest,
    proposal: Proposal,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    submit: str,
    told: str,
    tab: str = "office_proposal",
    lead: str = "",
    danger: bool = False,
    back: str = "",
) -> HttpResponse:
    """A page with one form about a proposal. A refusal stands beside its field."""
    back = back or address(tab, proposal)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(request, told)
            return redirect(back)
    context = {
        "form": form, "title": title, "submit": submit, "cancel_url": back, "form_lead": lead, "danger": danger
    }  # fmt: skip
    return proposal_page(request, proposal, "proposals/office/form.html", context, tab=tab)
