"""What mailed links of meetings lead to: an answer without an account, a task that is done. Nothing on GET."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from concivis.accounts.access import View, opened_by_key
from concivis.desk.actions.meetings import guests as actions
from concivis.desk.actions.meetings import tasks as task_actions
from concivis.desk.actions.meetings.guests import find_key
from concivis.desk.meetings import words
from concivis.desk.meetings.enums import MinutesFor
from concivis.desk.meetings.forms import ProposalForm, ReplyForm
from concivis.desk.meetings.minutes_shown import shown_minutes
from concivis.desk.models import Guest, MeetingKey, Task
from concivis.desk.public.meetings import page_of
from concivis.shell.parts import Fact

LOOK_OR_SAY = ["GET", "HEAD", "POST"]


class Opened(NamedTuple):
    """A key as it stands in the address, and whose it is."""

    written: str
    owner: Any  # a Guest or a Task, as `keyed` says


def keyed(of: str) -> Callable[[Callable[..., HttpResponseBase]], View]:
    """Decorates `view(request, opened)` at `…/<key>/…`; `of`: "guest" or "task". A key that opens nothing gets a page
    that says why."""

    def opening(request: HttpRequest, key: str) -> Opened | HttpResponse:
        found = find_key(key)
        owner = getattr(found, of) if found else None
        if found is None or owner is None or found.expires_at <= timezone.now():
            return _closed(request, found if owner else None)
        return Opened(key, owner)

    return opened_by_key(opening)


def _closed(request: HttpRequest, found: MeetingKey | None) -> HttpResponse:
    text = (
        _("This link has expired.")
        if found
        else _("There is no such link, or it was withdrawn. Was it cut in two by your mail program?")
    )
    context = {"heading": _("This link opens nothing"), "text": text}
    return render(request, "desk/meetings/closed.html", context, status=410 if found else 404)


@require_http_methods(LOOK_OR_SAY)
@keyed("guest")
def answer(request: HttpRequest, opened: Opened) -> HttpResponse:
    guest: Guest = opened.owner
    form = ReplyForm.of(guest, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(by=None, guest=guest, reply=form.reply())
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
        else:
            messages.success(
                request, _("Thank you, your answer has arrived. You can change it here at any time.")
            )
            return redirect("desk:answer", opened.written)
    return _guest_page(request, opened.written, guest, form, ProposalForm())


@require_POST
@keyed("guest")
def propose(request: HttpRequest, opened: Opened) -> HttpResponse:
    guest: Guest = opened.owner
    form = ProposalForm(request.POST)
    if form.is_valid():
        try:
            actions.propose(guest=guest, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. The office decides whether it comes onto the agenda."))
            return redirect("desk:answer", opened.written)
    return _guest_page(request, opened.written, guest, ReplyForm.of(guest), form)


def _guest_page(
    request: HttpRequest, key: str, guest: Guest, reply: ReplyForm, proposal: ProposalForm
) -> HttpResponse:
    meeting = guest.meeting
    context = {
        **page_of(meeting, inside=True),
        "kicker": _("Invitation"),
        "key": key,
        "guest": guest,
        "form": reply,
        "proposal": proposal,
        "proposals": guest.proposals.all(),
        "answered": words.answered(guest),
        "outdated": bool(guest.answer) and guest.answered_sequence != meeting.sequence and meeting.is_open,
        "minutes": shown_minutes(meeting) if meeting.minutes_for != MinutesFor.NOBODY else None,
    }
    refused = any(form.is_bound and form.errors for form in (reply, proposal))
    return render(request, "desk/meetings/invitation.html", context, status=422 if refused else 200)


@require_http_methods(LOOK_OR_SAY)
@keyed("task")
def task(request: HttpRequest, opened: Opened) -> HttpResponse:
    """`done` or `reopen` by POST."""
    task: Task = opened.owner
    if request.method == "POST":
        move = task_actions.reopen if "reopen" in request.POST else task_actions.finish
        move(by=None, task=task)
        return redirect("desk:task_by_key", opened.written)
    meeting = task.meeting
    context = {
        "heading": task.title,
        "kicker": _("Task"),
        "hub": meeting.hub,
        "task": task,
        "facts": [
            Fact(_("Agreed at"), meeting.title),
            Fact(_("On"), words.day(meeting)),
            Fact(_("Until"), words.date(task.due_on) if task.due_on else ""),
        ],
    }
    return render(request, "desk/meetings/task.html", context)
