"""The sessions of a process in the office: planned, held, counted; notes, participants and what was heard."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.models import User
from concivis.codesign import queries, telling
from concivis.codesign.actions import insights, participants, sessions
from concivis.codesign.forms.insights import NoteForm, TranslationForm
from concivis.codesign.forms.sessions import AttendanceForm, CancelForm, ParticipantForm, SessionForm
from concivis.codesign.models import Note, Process, Session
from concivis.codesign.office.doors import (
    LOOK_OR_SAY,
    PER_PAGE,
    address,
    form_page,
    process_page,
    process_view,
    session_view,
    sure_page,
)
from concivis.hubs.letters import interface_language
from concivis.hubs.office.pages import office_page
from concivis.shell.content import Origin
from concivis.shell.parts import Crumb, Fact
from concivis.shell.refusals import attempt, fill, refused


@process_view
@require_safe
def table(request: HttpRequest, process: Process) -> HttpResponse:
    page = Paginator(queries.sessions_of(process), PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        (each, telling.when(each), telling.where(each), [str(one) for one in each.connectors.all()])
        for each in page.object_list
    ]
    context = {"page": page, "rows": rows}
    return process_page(request, process, "codesign/office/sessions.html", context, tab="office_sessions")


@process_view
@require_http_methods(LOOK_OR_SAY)
def new(request: HttpRequest, process: Process) -> HttpResponse:
    form = SessionForm(request.POST or None, process=process, roster=list(queries.working(process.hub)))
    if request.method == "POST" and form.is_valid():
        by, made = cast(User, request.user), []
        if fill(
            form,
            lambda: made.append(sessions.plan_session(by=by, process=process, facts=form.facts())),
        ):
            messages.success(request, _("The session is planned."))
            return redirect(address("office_session", made[0]))
    return form_page(
        request,
        process.hub,
        form,
        heading=_("Plan a session"),
        submit=_("Plan it"),
        cancel_url=address("office_sessions", process),
        crumbs=_crumbs(process),
    )


@session_view
@require_safe
def session(request: HttpRequest, session: Session) -> HttpResponse:
    spoken = {row.language: row.number for row in session.attendance.all()}
    hub = session.process.hub
    context = {
        "heading": session.title,
        "kicker": _("Session"),
        "crumbs": _crumbs(session.process),
        "session": session,
        "process": session.process,
        "facts": _facts(session),
        "spoken": spoken,
        "count_form": AttendanceForm(initial={"attended": session.attended, "by_language": spoken}),
        "note_form": NoteForm(initial={"language": hub.language}),
        "translation_form": TranslationForm(initial={"language": hub.language}, auto_id=False),
        "notes": session.notes.select_related("connector", "by").prefetch_related("translations"),
        "participants": session.participants.all(),
        "participant_form": ParticipantForm(initial={"language": interface_language(hub.language)}),
        "insights": session.insights.prefetch_related("translations"),
        "new_insight_url": f"{reverse('codesign:office_insight_new', args=[hub.slug])}?session={session.public_id}",
    }
    return office_page(request, hub, "codesign/office/session.html", context)


@session_view
@require_http_methods(LOOK_OR_SAY)
def edit(request: HttpRequest, session: Session) -> HttpResponse:
    process = session.process
    roster = dict.fromkeys([*queries.working(process.hub), *session.connectors.all()])
    form = SessionForm(request.POST or None, process=process, roster=list(roster), session=session)
    if request.method == "POST" and form.is_valid():
        by, revision = cast(User, request.user), form.cleaned_data["revision"] or 0
        if fill(
            form,
            lambda: sessions.change_session(by=by, session=session, facts=form.facts(), revision=revision),
        ):
            messages.success(request, _("Saved."))
            return redirect(address("office_session", session))
    return form_page(
        request,
        process.hub,
        form,
        heading=_("Change “%(title)s”") % {"title": session.title},
        submit=_("Save"),
        cancel_url=address("office_session", session),
        crumbs=_crumbs(process),
    )


@session_view
@require_http_methods(LOOK_OR_SAY)
def cancel(request: HttpRequest, session: Session) -> HttpResponse:
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, because = cast(User, request.user), form.cleaned_data["because"]
        if fill(form, lambda: sessions.cancel_session(by=by, session=session, because=because)):
            messages.success(request, _("The session is cancelled. Tell those who wanted to come."))
            return redirect(address("office_session", session))
    return form_page(
        request,
        session.process.hub,
        form,
        heading=_("Cancel “%(title)s”?") % {"title": session.title},
        submit=_("Cancel the session"),
        cancel_url=address("office_session", session),
        crumbs=_crumbs(session.process),
        danger=True,
    )


@session_view
@require_http_methods(LOOK_OR_SAY)
def delete(request: HttpRequest, session: Session) -> HttpResponse:
    by, process = cast(User, request.user), session.process
    if request.method == "POST":
        done = attempt(
            request, lambda: sessions.delete_session(by=by, session=session), _("The session is deleted.")
        )
        return redirect(address("office_sessions", process) if done else address("office_session", session))
    return sure_page(
        request,
        process.hub,
        heading=_("Delete “%(title)s” for good?") % {"title": session.title},
        text=_("Only a session about which nothing is kept, and that is not public, can be deleted."),
        submit=_("Delete it"),
        cancel_url=address("office_session", session),
    )


@session_view
@require_POST
def count(request: HttpRequest, session: Session) -> HttpResponse:
    by, form = cast(User, request.user), AttendanceForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            lambda: sessions.count_attendance(by=by, session=session, **form.cleaned_data),
            _("Saved."),
        )
    else:
        refused(request, form)
    return redirect(address("office_session", session))


# --- notes -------------------------------------------------------------------------------------------------


@session_view
@require_POST
def note_new(request: HttpRequest, session: Session) -> HttpResponse:
    by, form = cast(User, request.user), NoteForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            lambda: insights.write_note(by=by, session=session, **form.cleaned_data),
            _("The notes are kept."),
        )
    else:
        refused(request, form)
    return redirect(address("office_session", session))


@session_view
@require_http_methods(LOOK_OR_SAY)
def note(request: HttpRequest, session: Session, note: int) -> HttpResponse:
    """Changed, translated or deleted."""
    found = get_object_or_404(session.notes, pk=note)
    by, back = cast(User, request.user), address("office_session", session)
    if request.method == "POST" and "remove" in request.POST:
        attempt(request, lambda: insights.delete_note(by=by, note=found), _("The note is deleted."))
        return redirect(back)
    if request.method == "POST" and "translate" in request.POST:
        _translate(request, found, by)
        return redirect(back)
    form = NoteForm(request.POST or None, initial={"text": found.text, "language": found.language})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if fill(form, lambda: insights.change_note(by=by, note=found, **said)):
            messages.success(request, _("Saved."))
            return redirect(back)
    return form_page(
        request,
        session.process.hub,
        form,
        heading=_("Notes of “%(title)s”") % {"title": session.title},
        submit=_("Save"),
        cancel_url=back,
        crumbs=_crumbs(session.process),
        removable=_("Delete this note"),
    )


def _translate(request: HttpRequest, note: Note, by: User) -> None:
    form = TranslationForm(request.POST)
    if not form.is_valid():
        refused(request, form)
        return
    said = form.cleaned_data
    origin = Origin.MACHINE if said["by_machine"] else Origin.HUMAN
    attempt(
        request,
        lambda: insights.translate_note(
            by=by, note=note, language=said["language"], text=said["text"], origin=origin
        ),
        _("The translation is kept beside the notes."),
    )


# --- participants ------------------------------------------------------------------------------------------


@session_view
@require_POST
def participant_new(request: HttpRequest, session: Session) -> HttpResponse:
    by, form = cast(User, request.user), ParticipantForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            lambda: participants.note_participant(by=by, session=session, **form.cleaned_data),
            _("Noted. Who left an address gets a letter that says what is kept."),
        )
    else:
        refused(request, form)
    return redirect(address("office_session", session))


@session_view
@require_POST
def participant_remove(request: HttpRequest, session: Session, participant: int) -> HttpResponse:
    person = get_object_or_404(session.participants, pk=participant)
    by = cast(User, request.user)
    attempt(
        request,
        lambda: participants.withdraw(participant=person, by=by),
        _("Nothing is kept of this person any more."),
    )
    return redirect(address("office_session", session))


def _crumbs(process: Process) -> list[Crumb]:
    return [
        Crumb(_("Co-design"), reverse("codesign:office", args=[process.hub.slug])),
        Crumb(process.title, address("office_process", process)),
    ]


def _facts(session: Session) -> list[Fact]:
    return [
        Fact(_("When"), telling.when(session)),
        Fact(_("Where"), telling.where(session)),
        Fact(_("Online address"), session.online_url, url=session.online_url),
        Fact(_("Phase"), telling.phase_name(session.phase) if session.phase else ""),
        Fact(_("Held by"), ", ".join(str(each) for each in session.connectors.all())),
        Fact(_("Places"), session.capacity),
        Fact(_("Public"), _("yes") if session.is_public else _("no")),
        Fact(_("Cancelled because"), session.cancelled_because),
    ]
