"""Who is asked to be a first supporter: reads, leaves a mail address, presses the button behind the mailed link."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import discreet
from concivis.proposals import queries, ruling, showing
from concivis.proposals.actions import sponsoring
from concivis.proposals.enums import Purpose, State
from concivis.proposals.forms.small import SponsorForm
from concivis.proposals.models import Proposal
from concivis.proposals.public.doors import Opened, keyed
from concivis.shell import guard
from concivis.shell.refusals import put_into

LOOK_OR_SAY = ["GET", "HEAD", "POST"]
FORMS_AN_HOUR = 10


@require_http_methods(LOOK_OR_SAY)
def sponsor(request: HttpRequest, shared: str) -> HttpResponse:
    """The page that the authors share: not public, and the same for everybody who has its address."""
    found = sponsoring.find_shared(shared)
    if found is None or found.state == State.DRAFT:
        raise Http404
    proposal = queries.for_list(Proposal.objects.filter(pk=found.pk)).get()
    form, done = SponsorForm(request.POST or None), False
    if request.method == "POST" and form.is_valid():
        done = _asked(request, form, proposal)
    rules = queries.current_rules(proposal.hub)
    context = {
        "heading": proposal.title,
        "kicker": _("Looks for first supporters"),
        "hub": proposal.hub,
        "proposal": proposal,
        "look": showing.look(proposal, showing.shown(proposal), []),
        "open": proposal.state == State.SPONSORING and not sponsoring.is_over(proposal),
        "facts": ruling.facts(rules) if rules else [],
        "found": proposal.sponsors.filter(confirmed_at__isnull=False).count(),
        "needed": rules.sponsors if rules else 0,
        "form": form,
        "done": done,
    }
    return discreet(render(request, "proposals/sponsor.html", context))


@require_http_methods(LOOK_OR_SAY)
@keyed(Purpose.SPONSOR)
def confirm(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The link of the mail only shows; the button counts, and pressing it twice is harmless."""
    context: dict[str, Any] = {
        "heading": opened.proposal.title,
        "hub": opened.proposal.hub,
        "proposal": opened.proposal,
        "done": bool(opened.key.sponsor and opened.key.sponsor.confirmed_at),
        "refusal": "",
    }
    if request.method == "POST":
        try:
            sponsoring.confirm_sponsor(key=opened.key)
            context["done"] = True
        except ValidationError as error:
            context["refusal"] = " ".join(error.messages)
    return render(request, "proposals/sponsor_confirm.html", context)


def _asked(request: HttpRequest, form: SponsorForm, proposal: Proposal) -> bool:
    if guard.too_many(request, "proposal-sponsor", most=FORMS_AN_HOUR):
        form.add_error(None, _("Please try again in an hour."))
        return False
    said = form.cleaned_data
    try:
        sponsoring.ask_sponsor(
            proposal=proposal, name=said["name"], email=said["email"], language=get_language() or ""
        )
    except ValidationError as error:
        put_into(form, error)
    return not form.errors
