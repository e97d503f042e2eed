"""The private page of who writes a proposal. Nothing happens on GET."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import discreet
from concivis.accounts.models import User
from concivis.accounts.queries import has_confirmed
from concivis.proposals.actions.authors import ask_for_link, new_key
from concivis.proposals.enums import Purpose, State
from concivis.proposals.forms.small import LinkForm
from concivis.proposals.models import Proposal
from concivis.proposals.public.doors import Opened, keyed
from concivis.shell import guard

LOOK_OR_SAY = ["GET", "HEAD", "POST"]
LINKS_AN_HOUR = 5


@require_http_methods(["GET", "HEAD"])
@keyed(Purpose.EDIT)
def own(request: HttpRequest, opened: Opened) -> HttpResponse:
    return page(request, "proposals/own/page.html", opened, {})


@require_http_methods(LOOK_OR_SAY)
def ask_link(request: HttpRequest, public_id: str) -> HttpResponse:
    """Has a new link mailed to an author; says to nobody whether the address was theirs. Whose account has confirmed
    that address goes on without a letter."""
    rows = Proposal.objects.select_related("hub").exclude(state=State.DRAFT)
    proposal = get_object_or_404(rows, public_id=public_id)
    form, done = LinkForm(request.POST or None), False
    theirs = isinstance(request.user, User) and has_confirmed(request.user, proposal.author_email)
    if request.method == "POST" and theirs:
        return discreet(redirect("proposals:own", new_key(proposal, Purpose.EDIT)))
    if request.method == "POST" and form.is_valid():
        if guard.too_many(request, "proposal-link", most=LINKS_AN_HOUR):
            form.add_error(None, _("Please try again in an hour."))
        else:
            ask_for_link(proposal=proposal, email=form.cleaned_data["email"])
            done = True
    context = {
        "heading": _("Go on with a proposal"),
        "form": form,
        "done": done,
        "theirs": theirs,
        "proposal": proposal,
    }
    return discreet(render(request, "proposals/ask_link.html", context))


def page(request: HttpRequest, template: str, opened: Opened, context: dict[str, Any]) -> HttpResponse:
    proposal = opened.proposal
    shared = {
        "heading": proposal.title,
        "kicker": _("Your proposal"),
        "hub": proposal.hub,
        "proposal": proposal,
        "page_url": opened.address(),
        "until": opened.key.expires_at,
    }
    return render(request, template, {**shared, **context})
