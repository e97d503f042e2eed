"""What a participant sees and withdraws with the link in their letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.codesign import telling
from concivis.codesign.actions import participants
from concivis.codesign.models import Participant
from concivis.codesign.public.doors import participant_view


@require_http_methods(["GET", "HEAD", "POST"])
@participant_view
def participant(request: HttpRequest, person: Participant) -> HttpResponse:
    if request.method == "POST":
        return _withdraw(request, person)
    session = person.session
    context = {
        "heading": _("What is kept of you"),
        "hub": session.process.hub,
        "person": person,
        "session": session,
        "when": telling.when(session),
    }
    return render(request, "codesign/participant.html", context)


def _withdraw(request: HttpRequest, person: Participant) -> HttpResponse:
    """All of it, or one field."""
    what = request.POST.get("what", "all")
    if what in ("name", "email"):
        left = participants.keep_less(participant=person, name=what != "name", email=what != "email")
        if left:
            messages.success(request, _("It is deleted. The rest is kept until the day below."))
            return redirect(request.path)
    else:
        participants.withdraw(participant=person)
    context = {
        "heading": _("Nothing is kept of you any more"),
        "hub": person.session.process.hub,
        "text": _("It is deleted. Only the number of those who came is left, without names."),
    }
    return render(request, "codesign/closed.html", context)
