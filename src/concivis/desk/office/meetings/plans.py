"""The office's meetings: the list, planning, changing, cancelling, copying, deleting."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from concivis.desk.actions.meetings import inviting, planning
from concivis.desk.actions.meetings.minutes import has_minutes
from concivis.desk.meetings import queries, words
from concivis.desk.meetings.enums import MinutesFor
from concivis.desk.meetings.forms import CancelForm, CopyForm, MeetingForm
from concivis.desk.models import Meeting
from concivis.desk.office.meetings.doors import (
    DESK,
    address,
    crumbs,
    form_page,
    meeting_page,
    meeting_view,
    user,
)
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell.parts import Fact, Heading, Stat, Tab
from concivis.shell.refusals import attempt, put_into

ON_A_PAGE = 50
LOOK_OR_SAY = ["GET", "HEAD", "POST"]


@office_view(DESK)
@require_safe
def table(request: HttpRequest, hub: Hub) -> HttpResponse:
    past = request.GET.get("past") == "1"
    found = queries.of(hub)
    rows = queries.for_list(found.past() if past else found.upcoming())
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Meetings"),
        "page": page,
        "rows": [(meeting, words.when(meeting)) for meeting in page.object_list],
        "past": past,
        "tabs": [Tab(_("To come"), "?", current=not past), Tab(_("Past"), "?past=1", current=past)],
        "headings": [
            Heading(_("Meeting")),
            Heading(_("When")),
            Heading(_("On the list"), numeric=True),
            Heading(_("Come"), numeric=True),
            Heading(_("Open tasks"), numeric=True),
        ],
    }
    return office_page(request, hub, "desk/office/meetings/table.html", context)


@office_view(DESK)
@require_http_methods(LOOK_OR_SAY)
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = MeetingForm(request.POST or None, hub=hub)
    if request.method == "POST" and form.is_valid():
        try:
            made = planning.plan(by=user(request), hub=hub, **form.columns())
        except ValidationError as error:
            put_into(form, error)
        else:
            messages.success(
                request, _("The meeting is planned. Say now what is talked about, and who is invited.")
            )
            return redirect(address("meeting_office", made))
    context = {
        "heading": _("Plan a meeting"),
        "crumbs": crumbs(hub),
        "form": form,
        "cancel_url": reverse("desk:meetings", args=[hub.slug]),
    }
    status = 422 if form.is_bound and form.errors else 200
    return office_page(request, hub, "desk/office/meetings/form.html", context, status=status)


@meeting_view
@require_safe
def overview(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    counted = queries.answers(meeting)
    context = {
        "facts": [
            *words.facts(meeting, inside=True),
            Fact(_("Seen by"), _("everybody") if meeting.is_public else _("those who are invited")),
            Fact(_("Minutes for"), MinutesFor(meeting.minutes_for).label),
            Fact(_("Follows"), meeting.follows.title if meeting.follows else "", _following(meeting)),
        ],
        "stats": [
            Stat(counted.guests, _("on the list")),
            Stat(counted.people, _("people will come")),
            Stat(counted.maybe, _("maybe")),
            Stat(counted.open, _("have not answered")),
            *([Stat(counted.came, _("people came"))] if counted.came else []),
        ],
        "uninvited": meeting.guests.filter(asked_at=None).exclude(email="").count(),
        "agenda": meeting.items.filter(is_agreed=True),
        "proposals": meeting.items.filter(is_agreed=False).count(),
        "open_tasks": queries.tasks_at(meeting).filter(done_at=None).count(),
        "has_minutes": has_minutes(meeting),
    }
    return meeting_page(request, meeting, "desk/office/meetings/overview.html", context, tab="meeting_office")


def _following(meeting: Meeting) -> str:
    if meeting.follows is None:
        return ""
    return reverse("desk:meeting_office", args=[meeting.hub.slug, meeting.follows.public_id])


@meeting_view
@require_http_methods(LOOK_OR_SAY)
def edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = MeetingForm(request.POST or None, hub=meeting.hub, meeting=meeting)
    back = address("meeting_office", meeting)
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            changed = planning.change(by=user(request), meeting=meeting, revision=revision, **form.columns())
        except ValidationError as error:
            put_into(form, error)
        else:
            told = changed.sequence > meeting.sequence
            messages.success(
                request, _("Saved. Those who are invited get a letter about it.") if told else _("Saved.")
            )
            return redirect(back)
    notice = (
        _("Those who are invited get a letter if you change title, time, place or online address.")
        if meeting.invited_at
        else ""
    )
    return form_page(request, meeting, form, heading=_("Change the meeting"), back=back, notice=notice)


@meeting_view
@require_http_methods(LOOK_OR_SAY)
def invite(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Asks once more, with the number; a POST sends."""
    back = address("meeting_guests", meeting)
    if request.method == "POST":
        attempt(
            request,
            lambda: inviting.invite(by=user(request), meeting=meeting),
            _("The invitations are on their way."),
        )
        return redirect(back)
    many = meeting.guests.filter(asked_at=None).exclude(email="").count()
    context = {
        "heading": _("Send the invitations?"),
        "crumbs": crumbs(meeting.hub, meeting),
        "text": _("Each gets a letter with an entry for the calendar and a private link to answer."),
        "details": [
            Fact(_("Meeting"), meeting.title),
            Fact(_("When"), words.when(meeting)),
            Fact(_("To"), ngettext("%(n)s address", "%(n)s addresses", many) % {"n": many}),
        ],
        "submit": _("Send"),
        "cancel_url": back,
    }
    return office_page(request, meeting.hub, "shell/confirm.html", context)


@meeting_view
@require_http_methods(LOOK_OR_SAY)
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = CancelForm(request.POST if request.method == "POST" else None)
    back = address("meeting_office", meeting)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        attempt(
            request,
            lambda: planning.cancel(by=user(request), meeting=meeting, because=because),
            _("The meeting is cancelled."),
        )
        return redirect(back)
    notice = (
        _("Those who are invited get a letter that takes it out of their calendar. This cannot be undone.")
        if meeting.invited_at
        else _("Nobody is invited yet. This cannot be undone.")
    )
    return form_page(
        request,
        meeting,
        form,
        heading=_("Cancel the meeting?"),
        back=back,
        submit=_("Cancel the meeting"),
        notice=notice,
        danger=True,
    )


@meeting_view
@require_http_methods(LOOK_OR_SAY)
def copy(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = planning.copy(by=user(request), meeting=meeting, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("weeks", error.messages[0])
        else:
            messages.success(request, _("The next meeting is planned. Nobody is invited to it yet."))
            return redirect(address("meeting_office", made))
    return form_page(
        request,
        meeting,
        form,
        heading=_("The same again"),
        back=address("meeting_office", meeting),
        submit=_("Plan it"),
        notice=_(
            "Title, place and time of day are the same; tasks that are still open are looked at again there."
        ),
    )


@meeting_view
@require_http_methods(LOOK_OR_SAY)
def delete(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    back = address("meeting_office", meeting)
    if request.method == "POST":
        done = attempt(
            request, lambda: planning.delete(by=user(request), meeting=meeting), _("The meeting is deleted.")
        )
        return redirect(reverse("desk:meetings", args=[meeting.hub.slug]) if done else back)
    context = {
        "heading": _("Delete this meeting?"),
        "crumbs": crumbs(meeting.hub, meeting),
        "text": _("Its agenda and its list go with it. Nobody is invited yet, so nobody is told."),
        "submit": _("Delete"),
        "danger": True,
        "cancel_url": back,
    }
    return office_page(request, meeting.hub, "shell/confirm.html", context)
