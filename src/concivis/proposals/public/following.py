"""Following a proposal by mail, and leaving with one click. Looking changes nothing."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from concivis.accounts.access import keep_private, opened_by_key
from concivis.proposals.actions import following as actions
from concivis.proposals.models import Follower, Proposal
from concivis.shell import guard
from concivis.shell.guard import GuardedForm
from concivis.shell.languages import interface_choices
from concivis.shell.parts import Crumb

ASKED_AN_HOUR = 10  # for letters, from one address of the internet


class FollowForm(GuardedForm):
    email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        help_text=gettext_lazy(
            "You get a letter with a link that confirms. Nothing else is done with the address."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language?"),
        choices=interface_choices,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, public_id: str) -> HttpResponse:
    found = Proposal.objects.public().filter(is_historical=False).select_related("hub")
    proposal = get_object_or_404(found, public_id=public_id)
    form = FollowForm(request.POST or None, initial={"language": get_language()})
    context = {"heading": _("Follow this proposal"), "form": form, **_around(proposal)}
    if request.method == "POST" and form.is_valid():
        if guard.too_many(request, "follow", most=ASKED_AN_HOUR):
            form.add_error(None, _("Please try again in an hour."))
        else:
            email = form.cleaned_data["email"]
            actions.follow(proposal=proposal, email=email, language=form.cleaned_data["language"])
            asked = {**context, "heading": _("One step more"), "address": email}
            return keep_private(render(request, "proposals/following/asked.html", asked))
    return keep_private(render(request, "proposals/following/follow.html", context))


def _opened(request: HttpRequest, key: str) -> Follower | HttpResponseBase:
    found = actions.find_by_key(key)
    if found is None:
        return render(request, "proposals/following/closed.html", {"heading": _("This link has ended")})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_key(_opened)
def confirm(request: HttpRequest, follower: Follower) -> HttpResponseBase:
    """The link of the first letter: asks; a POST confirms."""
    if request.method == "POST":
        follower = actions.confirm(follower=follower)
        return redirect(actions.leave_url(follower).removeprefix(settings.BASE_URL))
    context = {"heading": _("Be told what becomes of it?"), "address": follower.email}
    return render(request, "proposals/following/confirm.html", {**context, **_around(follower.proposal)})


def _followed(request: HttpRequest, key: str) -> Follower | HttpResponseBase:
    found = actions.find_by_token(key)
    if found is None:
        return render(request, "proposals/following/left.html", {"heading": _("You get no letters")})
    return found


@csrf_exempt  # the signed link is the authority: mail programs send it with one click, without a cookie (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
@opened_by_key(_followed)
def leave(request: HttpRequest, follower: Follower) -> HttpResponseBase:
    """Says that one follows; a POST ends it. Whoever has left already is told so, not scolded."""
    around = _around(follower.proposal)
    if request.method == "POST":
        actions.leave(follower=follower)
        context = {"heading": _("You get no more letters"), **around}
        return render(request, "proposals/following/left.html", context)
    context = {"heading": _("You follow this proposal"), "address": follower.email, **around}
    return render(request, "proposals/following/leave.html", context)


def _around(proposal: Proposal) -> dict[str, object]:
    crumb = Crumb(proposal.title, proposal.get_absolute_url())
    return {"hub": proposal.hub, "proposal": proposal, "crumbs": [crumb]}
