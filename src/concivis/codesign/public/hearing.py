"""What a connector writes down on the way: an insight in under a minute, a session that took place, notes."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.codesign import queries, telling
from concivis.codesign.actions import SessionFacts, insights, sessions
from concivis.codesign.enums import InsightState, Said
from concivis.codesign.forms.insights import InsightForm, NoteForm, initial_of, open_processes
from concivis.codesign.forms.sessions import AttendanceForm, QuickSessionForm
from concivis.codesign.models import Connector, Insight, Session
from concivis.codesign.public.doors import Opened, connector_view, own_page, working_view
from concivis.shell.clock import moment
from concivis.shell.refusals import attempt, fill, put_into, refused

LOOK_OR_SAY = ["GET", "HEAD", "POST"]
PER_PAGE = 20


@require_safe
@connector_view
def own_insights(request: HttpRequest, opened: Opened) -> HttpResponse:
    """All that they heard, each with what became of it."""
    rows = opened.connector.insights.select_related("process", "session").prefetch_related("translations")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    fates = queries.fates_of(list(page.object_list))
    context = {
        "heading": _("What you heard, and what became of it"),
        "page": page,
        "rows": [(insight, fates[insight.pk]) for insight in page.object_list],
    }
    return own_page(request, opened, "codesign/own/insights.html", context)


@require_http_methods(LOOK_OR_SAY)
@working_view
def new_insight(request: HttpRequest, opened: Opened) -> HttpResponse:
    connector = opened.connector
    form = InsightForm(
        request.POST or None,
        processes=open_processes(connector.hub),
        sessions=_own_sessions(connector),
        initial=_first_guess(request, connector),
    )
    if request.method == "POST" and form.is_valid():
        hub = connector.hub
        if fill(
            form,
            lambda: insights.record_insight(by=None, hub=hub, facts=form.facts(), connector=connector),
        ):
            messages.success(request, _("Thank you. It is with the office; here you see what becomes of it."))
            again = "again" in request.POST
            return redirect(opened.address("own_insight_new" if again else "own_insights"))
    context = {"heading": _("What did you hear?"), "form": form}
    return own_page(request, opened, "codesign/own/insight.html", context)


@require_http_methods(LOOK_OR_SAY)
@working_view
def own_insight(request: HttpRequest, opened: Opened, public_id: str) -> HttpResponse:
    """Changed or taken back, until the office has done something with it."""
    insight = get_object_or_404(
        opened.connector.insights.select_related("process", "session"), public_id=public_id
    )
    if insight.state != InsightState.NEW:
        messages.info(
            request, _("The office works with it already; write to the office if something is wrong.")
        )
        return redirect(opened.address("own_insights"))
    if request.method == "POST" and "remove" in request.POST:
        attempt(
            request,
            lambda: insights.delete_insight(by=None, insight=insight, connector=opened.connector),
            _("It is deleted."),
        )
        return redirect(opened.address("own_insights"))
    form = InsightForm(
        request.POST or None,
        processes=open_processes(opened.connector.hub),
        sessions=_own_sessions(opened.connector),
        initial=initial_of(insight),
    )
    if request.method == "POST" and form.is_valid() and _change(form, insight, opened.connector):
        messages.success(request, _("Saved."))
        return redirect(opened.address("own_insights"))
    context = {"heading": _("Change what you wrote"), "form": form, "removable": True}
    return own_page(request, opened, "codesign/own/insight.html", context)


def _change(form: InsightForm, insight: Insight, connector: Connector) -> bool:
    return fill(
        form,
        lambda: insights.change_insight(
            by=None,
            insight=insight,
            facts=form.facts(),
            revision=form.cleaned_data["revision"] or 0,
            connector=connector,
        ),
    )


# --- sessions ----------------------------------------------------------------------------------------------


@require_safe
@connector_view
def own_sessions(request: HttpRequest, opened: Opened) -> HttpResponse:
    rows = opened.connector.sessions.select_related("process")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Your sessions"),
        "page": page,
        "rows": [(each, telling.when(each), telling.where(each)) for each in page.object_list],
    }
    return own_page(request, opened, "codesign/own/sessions.html", context)


@require_http_methods(LOOK_OR_SAY)
@working_view
def new_session(request: HttpRequest, opened: Opened) -> HttpResponse:
    """One that took place: what, where, when, how many."""
    connector = opened.connector
    processes = [each for each in open_processes(connector.hub) if not each.is_over]
    if not processes:
        messages.info(request, _("The office has begun no process yet. Insights you can write all the same."))
        return redirect(opened.address())
    zone = ZoneInfo(connector.hub.timezone)
    an_hour_ago = timezone.now().astimezone(zone) - timedelta(hours=1)
    initial = {"process": processes[0].public_id, "starts": an_hour_ago.replace(minute=0)}
    form = QuickSessionForm(request.POST or None, processes=processes, initial=initial)
    if request.method == "POST" and form.is_valid():
        session = _record(form, connector, zone)
        if session:
            messages.success(request, _("Noted. Write down what you heard while you remember it."))
            return redirect(opened.address("own_session", session.public_id))
    context = {"heading": _("Record a session"), "form": form, "submit": _("Record it")}
    return own_page(request, opened, "codesign/own/form.html", context)


def _record(form: QuickSessionForm, connector: Connector, zone: ZoneInfo) -> Session | None:
    said: dict[str, Any] = form.cleaned_data
    try:
        starts = moment(said["starts"], zone)
    except ValidationError as error:
        form.add_error("starts", error)
        return None
    facts = SessionFacts(
        title=said["title"],
        language=connector.language,
        place=said["place"],
        starts_at=starts,
        ends_at=starts + timedelta(minutes=round(float(said["hours"]) * 60)),
        languages=list(said["by_language"]),
    )
    try:
        with transaction.atomic():
            session = sessions.plan_session(
                by=None, process=form.processes[said["process"]], facts=facts, connector=connector
            )
            return sessions.count_attendance(
                by=None,
                session=session,
                attended=said["attended"],
                by_language=said["by_language"],
                connector=connector,
            )
    except ValidationError as error:
        put_into(form, error)
    return None


@require_safe
@connector_view
def own_session(request: HttpRequest, opened: Opened, public_id: str) -> HttpResponse:
    session = _session(opened, public_id)
    spoken = {row.language: row.number for row in session.attendance.all()}
    context = {
        "heading": session.title,
        "session": session,
        "when": telling.when(session),
        "where": telling.where(session),
        "counted": AttendanceForm(initial={"attended": session.attended, "by_language": spoken}),
        "note_form": NoteForm(initial={"language": _language(opened.connector)}),
        "notes": session.notes.filter(connector=opened.connector),
        "insights": session.insights.filter(connector=opened.connector),
        "spoken": spoken,
    }
    return own_page(request, opened, "codesign/own/session.html", context)


@require_POST
@working_view
def count(request: HttpRequest, opened: Opened, public_id: str) -> HttpResponse:
    session = _session(opened, public_id)
    form = AttendanceForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            lambda: sessions.count_attendance(
                by=None, session=session, connector=opened.connector, **form.cleaned_data
            ),
            _("Saved."),
        )
    else:
        refused(request, form)
    return redirect(opened.address("own_session", session.public_id))


@require_POST
@working_view
def note(request: HttpRequest, opened: Opened, public_id: str) -> HttpResponse:
    session = _session(opened, public_id)
    form = NoteForm(request.POST)
    if form.is_valid():
        attempt(
            request,
            lambda: insights.write_note(
                by=None, session=session, connector=opened.connector, **form.cleaned_data
            ),
            _("Your notes are with the office."),
        )
    else:
        refused(request, form)
    return redirect(opened.address("own_session", session.public_id))


@require_POST
@working_view
def delete_note(request: HttpRequest, opened: Opened, public_id: str, note: int) -> HttpResponse:
    session = _session(opened, public_id)
    found = get_object_or_404(session.notes, connector=opened.connector, pk=note)
    attempt(
        request,
        lambda: insights.delete_note(by=None, note=found, connector=opened.connector),
        _("The note is deleted."),
    )
    return redirect(opened.address("own_session", session.public_id))


# --- what is guessed for them ------------------------------------------------------------------------------


def _session(opened: Opened, public_id: str) -> Session:
    found = opened.connector.sessions.select_related("process__hub").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _own_sessions(connector: Connector) -> list[Session]:
    """The latest that have begun, of processes that go on. One query."""
    rows = connector.sessions.filter(
        cancelled_at=None, starts_at__lte=timezone.now(), process__finished_at=None
    ).select_related("process__hub")
    return list(rows[:PER_PAGE])


def _first_guess(request: HttpRequest, connector: Connector) -> dict[str, Any]:
    """The session they come from, else the one of the last two days, else the latest process."""
    asked = request.GET.get("session", "")
    rows = _own_sessions(connector)
    recent = [each for each in rows if each.ends_at >= timezone.now() - timedelta(days=2)]
    session = next((each for each in rows if each.public_id == asked), recent[0] if recent else None)
    where = f"session-{session.public_id}" if session else ""
    if not where and (processes := open_processes(connector.hub)):
        where = f"process-{processes[0].public_id}"
    return {"where": where, "language": _language(connector)}


def _language(connector: Connector) -> str:
    """That of the last thing they wrote, else one they volunteered, else that of their letters."""
    last = connector.insights.values_list("language", flat=True).first()
    spoken = queries.said(connector, Said.LANGUAGE)
    return last or (spoken[0] if len(spoken) == 1 else connector.language)
