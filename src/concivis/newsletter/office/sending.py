"""Sending a newsletter, and what can be done while it is being sent."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.mailings import actions as mailings
from concivis.mailings.models import Mailing
from concivis.mailings.queries import progress as progress_of
from concivis.newsletter import queries
from concivis.newsletter.actions import issues as actions
from concivis.newsletter.forms import RevisionForm
from concivis.newsletter.models import Issue
from concivis.newsletter.office.doors import address, issue_of, say
from concivis.shell.parts import Fact

MOVES = {"pause": mailings.pause, "resume": mailings.resume, "cancel": mailings.cancel}


@office_view(Permission.SEND_NEWSLETTER)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """Asks once more, with the numbers; a POST sends what was seen there, or says that it has changed."""
    issue = issue_of(hub, public_id)
    if request.method == "POST":
        form = RevisionForm(request.POST)
        revision = form.cleaned_data["revision"] if form.is_valid() else 0
        try:
            actions.send(by=cast(User, request.user), issue=issue, revision=revision)
        except ValidationError as error:
            say(request, error)
        return redirect(address(issue))
    obstacles = queries.obstacles(issue)
    if obstacles:
        messages.error(request, " ".join(obstacles))
        return redirect(address(issue))
    return office_page(request, hub, "shell/confirm.html", _question(issue))


def _question(issue: Issue) -> dict[str, object]:
    addresses = sum(queries.readers_by_language(issue.hub).values())
    items = issue.items.filter(is_included=True).count()
    return {
        "heading": _("Send the newsletter?"),
        "text": _("It cannot be changed or called back afterwards; the sending can be stopped."),
        "details": [
            Fact(_("To"), ngettext("%(n)s address", "%(n)s addresses", addresses) % {"n": addresses}),
            Fact(_("What it tells"), ngettext("%(n)s item", "%(n)s items", items) % {"n": items}),
        ],
        "form": RevisionForm(initial={"revision": issue.revision}),
        "submit": _("Send"),
        "cancel_url": address(issue),
    }


@office_view(Permission.SEND_NEWSLETTER)
@require_GET
def progress(request: HttpRequest, hub: Hub, public_id: str) -> HttpResponse:
    """The bar alone, asked for again and again by the page."""
    issue = issue_of(hub, public_id)
    mailing = _mailing(issue)
    context = {"issue": issue, "hub": hub, "mailing": mailing, "progress": progress_of(mailing)}
    return render(request, "newsletter/office/progress.html", context)


@office_view(Permission.SEND_NEWSLETTER)
@require_POST
def move(request: HttpRequest, hub: Hub, public_id: str, move: str) -> HttpResponse:
    """Stops the sending, goes on with it, or calls it off."""
    if move not in MOVES:
        raise Http404
    issue = issue_of(hub, public_id)
    try:
        MOVES[move](by=cast(User, request.user), mailing=_mailing(issue))
    except ValidationError as error:
        say(request, error)
    return redirect(address(issue))


def _mailing(issue: Issue) -> Mailing:
    mailing = queries.mailing_of(issue)
    if mailing is None:
        raise Http404
    return mailing
