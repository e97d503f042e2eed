"""Voting with a ballot's code, and the result with its method in plain words. No cookie, and nothing of who votes."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from concivis.accounts.access import discreet
from concivis.codesign.actions import voting
from concivis.codesign.forms.voting import CodeForm, MarksForm, options_of, words
from concivis.codesign.models import Ballot, Vote
from concivis.codesign.outcomes import VoteState
from concivis.codesign.public.pages import below, public_process
from concivis.shell import guard
from concivis.shell.parts import Bar
from concivis.shell.refusals import put_into

CODES_AN_HOUR = 60  # a whole group may sit behind one address


@require_safe
def vote(request: HttpRequest, public_id: str, vote: str) -> HttpResponse:
    process = public_process(public_id)
    found = get_object_or_404(process.votes.exclude(state=VoteState.DRAFT), public_id=vote)
    result = voting.result_of(found)
    labels = {option.pk: f"{option.recommendation.number}. {words(option)}" for option in options_of(found)}
    context = {
        **below(process, found.title),
        "vote": found,
        "result": result,
        "options": list(labels.values()),
        "bars": [Bar(labels[each.option], each.votes) for each in result.placed or []],
        "placed": [(each, labels[each.option]) for each in result.placed or []],
    }
    return render(request, "codesign/vote.html", context)


@csrf_exempt  # the code is the authority, and a token would need a cookie
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest) -> HttpResponse:
    """First the code, then the ballot; both are sent as a form, so that the code stands in no address."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if guard.too_many(request, "codesign-ballot", most=CODES_AN_HOUR, of=code):
            form.add_error(None, _("Please try again in an hour."))
        elif found := voting.find_ballot(code):
            return discreet(_marked(request, found, code))
        else:
            form.add_error("code", _("There is no such code. Please look at each letter and number again."))
    return discreet(render(request, "codesign/ballot.html", {"heading": _("Vote"), "form": form}))


def _marked(request: HttpRequest, found: Ballot, code: str) -> HttpResponse:
    options = options_of(found.vote)
    sent = "cast" in request.POST
    form = MarksForm(request.POST if sent else None, vote=found.vote, options=options)
    context = {**_head(found.vote), "form": form, "code": code, "vote": found.vote, "is_cast": False}
    if found.cast_at or found.vote.state != VoteState.OPEN:
        return render(request, "codesign/ballot_over.html", context | {"is_cast": bool(found.cast_at)})
    if sent and form.is_valid():
        try:
            voting.cast(ballot=found, marks=form.marks())
        except ValidationError as error:
            put_into(form, error)
        else:
            return render(request, "codesign/ballot_over.html", context | {"is_cast": True})
    return render(request, "codesign/ballot_marks.html", context)


def _head(vote: Vote) -> dict[str, object]:
    return {"heading": vote.title, "hub": vote.process.hub, "process": vote.process}
