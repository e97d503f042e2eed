"""Votes in the office: prepared, opened, ballots printed and typed in, posters counted, closed."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.codesign import sheets
from concivis.codesign.actions import voting
from concivis.codesign.forms.voting import BallotsForm, CodeForm, MarksForm, PosterForm, VoteForm, options_of
from concivis.codesign.models import Process, Vote
from concivis.codesign.office.doors import LOOK_OR_SAY, address, inside_process
from concivis.codesign.office.outcome_doors import done, form_page, process_page, who
from concivis.codesign.outcomes import Method

TAB = "office_votes"


@inside_process
@require_safe
def votes(request: HttpRequest, process: Process) -> HttpResponse:
    context = {"votes": list(process.votes.all()), "new_url": address("office_vote_new", process)}
    return process_page(request, process, "codesign/office/votes.html", context, tab=TAB)


@inside_process
@require_http_methods(LOOK_OR_SAY)
def new(request: HttpRequest, process: Process) -> HttpResponse:
    form = VoteForm(request.POST or None, process=process, initial={"language": process.language})
    return form_page(
        request,
        process,
        form,
        lambda said: voting.make_vote(
            by=who(request),
            process=process,
            title=said["title"],
            language=said["language"],
            method=Method(said["method"]),
            recommendations=list(said["recommendations"]),
            dots=said["dots"] or 0,
            dots_each=said["dots_each"] or 0,
        ),
        title=_("Prepare a vote"),
        submit=_("Prepare it"),
        said=_("Prepared. Print the ballots, then open it."),
        back=address("office_votes", process),
        tab=TAB,
    )


@inside_process
@require_safe
def vote(request: HttpRequest, process: Process, vote: str) -> HttpResponse:
    found = _one(process, vote)
    context = {
        "vote": found,
        "result": voting.result_of(found),
        "options": options_of(found),
        "printed": found.ballots.count(),
        "form": BallotsForm(),
        "is_dots": found.method == Method.DOTS,
    }
    return process_page(request, process, "codesign/office/vote.html", context, tab=TAB)


@inside_process
@require_POST
def step(request: HttpRequest, process: Process, vote: str) -> HttpResponse:
    """Opens, closes, or removes one that was never opened."""
    found, to = _one(process, vote), request.POST.get("to", "")
    back = address("office_vote", process, found.public_id)
    if to == "open":
        return done(request, lambda: voting.open_vote(by=who(request), vote=found), _("It is open."), back)
    if to == "close":
        said = _("It is closed, and its result is public.")
        return done(request, lambda: voting.close_vote(by=who(request), vote=found), said, back)
    back = address("office_votes", process)
    return done(request, lambda: voting.remove_vote(by=who(request), vote=found), _("It is removed."), back)


@inside_process
@require_POST
def print_ballots(request: HttpRequest, process: Process, vote: str) -> HttpResponseBase:
    """New ballots as a document, once: their codes are not kept."""
    found, form = _one(process, vote), BallotsForm(request.POST)
    try:
        number = form.cleaned_data["number"] if form.is_valid() else 0
        made = voting.make_ballots(by=who(request), vote=found, number=number)
    except ValidationError as error:
        problem = error

        def refuse() -> None:
            raise problem

        return done(request, refuse, "", address("office_vote", process, found.public_id))
    response = HttpResponse(sheets.ballots(found, options_of(found), made), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="ballots.pdf"'
    return response


@inside_process
@sensitive_post_parameters()
@require_http_methods(LOOK_OR_SAY)
def enter(request: HttpRequest, process: Process, vote: str) -> HttpResponse:
    """What somebody marked on paper, by the code on it."""
    found = _one(process, vote)
    options = options_of(found)
    code = CodeForm(request.POST or None)
    form = MarksForm(request.POST or None, vote=found, options=options)
    form.fields = {**code.fields, **form.fields}

    def act(said: dict[str, object]) -> None:
        ballot = voting.find_ballot(str(said.pop("code")))
        if ballot is None or ballot.vote_id != found.pk:
            raise ValidationError({"code": _("There is no such code in this vote.")})
        voting.cast(ballot=ballot, marks=form.marks(), by=who(request))

    return form_page(
        request,
        process,
        form,
        act,
        title=_("Type in a paper ballot"),
        submit=_("Count it"),
        said=_("Counted."),
        back=address("office_vote", process, found.public_id),
        tab=TAB,
    )


@inside_process
@require_http_methods(LOOK_OR_SAY)
def poster(request: HttpRequest, process: Process, vote: str) -> HttpResponse:
    """How many dots stick to each recommendation on the poster of a session."""
    found = _one(process, vote)
    form = PosterForm(request.POST or None, vote=found, options=options_of(found))
    return form_page(
        request,
        process,
        form,
        lambda said: voting.count_poster(
            by=who(request), vote=found, session=said["session"], dots=form.dots()
        ),
        title=_("Count the dots of a poster"),
        submit=_("Enter them"),
        said=_("Entered."),
        back=address("office_vote", process, found.public_id),
        tab=TAB,
        note=_("Entered again for the same session, the numbers replace the earlier ones."),
    )


def _one(process: Process, public_id: str) -> Vote:
    found: Vote = get_object_or_404(process.votes, public_id=public_id)
    found.process = process
    return found
