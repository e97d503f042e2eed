"""Processes in the office: the list, the guided beginning, one process with its calendar, its phases and texts."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.models import User
from concivis.codesign import courses, queries, telling
from concivis.codesign.actions import phases, processes
from concivis.codesign.enums import InsightState, ProcessState
from concivis.codesign.forms.processes import (
    LanguageForm,
    NewProcessForm,
    PhaseForm,
    PhaseNameForm,
    ProcessForm,
    ProcessTextForm,
)
from concivis.codesign.forms.sessions import CancelForm
from concivis.codesign.models import Phase, Process
from concivis.codesign.office.doors import (
    LOOK_OR_SAY,
    PER_PAGE,
    address,
    form_page,
    process_page,
    process_view,
    section_page,
    sure_page,
)
from concivis.codesign.policies import WORK
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.shell import content
from concivis.shell.content import Origin, TextState
from concivis.shell.languages import interface_codes
from concivis.shell.parts import Fact, Heading, Stat
from concivis.shell.refusals import attempt, fill, refused

TONES = {"human": "good", "machine": "notice", "outdated": "bad", "missing": "neutral", "original": "good"}
SOON = 5


@office_view(WORK)
@require_safe
def table(request: HttpRequest, hub: Hub) -> HttpResponse:
    page = Paginator(queries.processes_of(hub), PER_PAGE).get_page(request.GET.get("page"))
    people = queries.people_at(page.object_list)
    context = {
        "page": page,
        "rows": [
            (row, telling.tone(row), telling.span(row), people.get(row.pk, 0)) for row in page.object_list
        ],
        "headings": [
            Heading(_("Process")),
            Heading(_("When")),
            Heading(_("Sessions"), numeric=True),
            Heading(_("People who came"), numeric=True),
            Heading(_("Insights"), numeric=True),
        ],
    }
    return section_page(request, hub, "codesign/office/processes.html", context, tab="office")


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = NewProcessForm(request.POST or None, hub=hub)
    if request.method == "POST" and form.is_valid():
        by, made = cast(User, request.user), []
        if fill(
            form,
            lambda: made.append(
                processes.begin_process(
                    by=by, hub=hub, facts=form.facts(), course=form.cleaned_data["course"]
                )
            ),
        ):
            messages.success(request, _("It is in preparation: nobody but the office sees it yet."))
            return redirect(address("office_process", made[0]))
    return form_page(
        request,
        hub,
        form,
        heading=_("Begin a process"),
        submit=_("Begin it"),
        cancel_url=reverse("codesign:office", args=[hub.slug]),
    )


@process_view
@require_safe
def overview(request: HttpRequest, process: Process) -> HttpResponse:
    now = timezone.now()
    sessions = list(queries.sessions_of(process))
    coming = [each for each in sessions if not each.is_past and not each.cancelled_at]
    uncounted = [
        each for each in sessions if each.is_past and not each.cancelled_at and each.attended is None
    ]
    insights = process.insights
    context = {
        "stats": [
            Stat(
                sum(1 for each in sessions if each.starts_at <= now and not each.cancelled_at),
                _("sessions held"),
            ),
            Stat(sum(each.attended or 0 for each in sessions), _("people came")),
            Stat(insights.count(), _("insights"), url=_insights(process)),
            Stat(
                insights.filter(state=InsightState.NEW).count(),
                _("wait to be put in order"),
                url=f"{_insights(process)}&state=new",
            ),
        ],
        "facts": _facts(process),
        "phases": [
            (phase, telling.phase_name(phase), telling.span(phase), _is_now(phase, process))
            for phase in process.phases.all()
        ],
        "coming": [(each, telling.when(each), telling.where(each)) for each in reversed(coming[-SOON:])],
        "uncounted": [(each, telling.when(each)) for each in uncounted[:SOON]],
        "insights_url": _insights(process),
    }
    return process_page(request, process, "codesign/office/process.html", context)


@process_view
@require_http_methods(LOOK_OR_SAY)
def edit(request: HttpRequest, process: Process) -> HttpResponse:
    form = ProcessForm.of(process, request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, revision = cast(User, request.user), form.cleaned_data["revision"] or 0
        if fill(
            form,
            lambda: processes.edit_process(by=by, process=process, facts=form.facts(), revision=revision),
        ):
            messages.success(request, _("Saved."))
            return redirect(address("office_process", process))
    context = {"form": form, "submit": _("Save"), "cancel_url": address("office_process", process)}
    return process_page(
        request,
        process,
        "codesign/office/process_form.html",
        context,
        tab="office_edit",
        status=_status(form),
    )


@process_view
@require_POST
def step(request: HttpRequest, process: Process) -> HttpResponse:
    """Start, finish, show, hide: what can be taken back at once."""
    by = cast(User, request.user)
    steps = {
        "start": (processes.start, _("It is running.")),
        "finish": (processes.finish, _("It is finished.")),
        "publish": (processes.publish, _("Everybody can see it now.")),
        "hide": (processes.hide, _("Nobody but the office sees it any more.")),
    }
    chosen = steps.get(request.POST.get("to", ""))
    if chosen is None:
        raise Http404
    act, said = chosen
    attempt(request, lambda: act(by=by, process=process), said)
    return redirect(address("office_process", process))


@process_view
@require_http_methods(LOOK_OR_SAY)
def cancel(request: HttpRequest, process: Process) -> HttpResponse:
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, because = cast(User, request.user), form.cleaned_data["because"]
        if fill(form, lambda: processes.cancel(by=by, process=process, because=because)):
            messages.success(request, _("It is cancelled. You can start it again."))
            return redirect(address("office_process", process))
    return form_page(
        request,
        process.hub,
        form,
        heading=_("Cancel “%(title)s”?") % {"title": process.title},
        submit=_("Cancel the process"),
        cancel_url=address("office_process", process),
        danger=True,
    )


@process_view
@require_http_methods(LOOK_OR_SAY)
def delete(request: HttpRequest, process: Process) -> HttpResponse:
    by = cast(User, request.user)
    if request.method == "POST":
        done = attempt(
            request, lambda: processes.delete_process(by=by, process=process), _("The process is deleted.")
        )
        back = (
            reverse("codesign:office", args=[process.hub.slug])
            if done
            else address("office_process", process)
        )
        return redirect(back)
    return sure_page(
        request,
        process.hub,
        heading=_("Delete “%(title)s” for good?") % {"title": process.title},
        text=_("Only what is still in preparation, without sessions and insights, can be deleted."),
        submit=_("Delete it"),
        cancel_url=address("office_process", process),
    )


# --- phases ------------------------------------------------------------------------------------------------


@process_view
@require_http_methods(LOOK_OR_SAY)
def phase_list(request: HttpRequest, process: Process) -> HttpResponse:
    form = PhaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, said = cast(User, request.user), form.cleaned_data
        if fill(form, lambda: phases.add_phase(by=by, process=process, **said)):
            messages.success(request, _("The phase is added."))
            return redirect(address("office_phases", process))
    rows = list(process.phases.all())
    context = {
        "form": form,
        "rows": [
            (phase, telling.phase_name(phase), courses.aim_of(phase), telling.span(phase)) for phase in rows
        ],
        "last": len(rows),
    }
    return process_page(
        request, process, "codesign/office/phases.html", context, tab="office_phases", status=_status(form)
    )


@process_view
@require_http_methods(LOOK_OR_SAY)
def phase(request: HttpRequest, process: Process, phase: int) -> HttpResponse:
    """Its dates; moved and removed by the other buttons."""
    found = get_object_or_404(process.phases, pk=phase)
    by = cast(User, request.user)
    if request.method == "POST" and _other_button(request, found, by):
        return redirect(address("office_phases", process))
    form = PhaseForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if fill(form, lambda: phases.change_phase(by=by, phase=found, **said)):
            messages.success(request, _("Saved."))
            return redirect(address("office_phases", process))
    context = {
        "form": form,
        "phase": found,
        "title": telling.phase_name(found),
        "submit": _("Save"),
        "cancel_url": address("office_phases", process),
        "names_form": None if found.code else PhaseNameForm(initial={"language": get_language()}),
        "removable": True,
    }
    return process_page(
        request,
        process,
        "codesign/office/process_form.html",
        context,
        tab="office_phases",
        status=_status(form),
    )


def _other_button(request: HttpRequest, found: Phase, by: User) -> bool:
    said = request.POST
    if "up" in said or "down" in said:
        phases.move_phase(by=by, phase=found, up="up" in said)
    elif "remove" in said:
        attempt(request, lambda: phases.remove_phase(by=by, phase=found), _("The phase is gone."))
    elif "call" in said:
        form = PhaseNameForm(said)
        if form.is_valid():
            attempt(
                request,
                lambda: phases.name_phase(by=by, phase=found, **form.cleaned_data),
                _("Saved."),
            )
        else:
            refused(request, form)
    else:
        return False
    return True


# --- translations ------------------------------------------------------------------------------------------


@process_view
@require_safe
def translations(request: HttpRequest, process: Process) -> HttpResponse:
    rows = {row.language: row for row in process.translations.all()}
    languages = dict.fromkeys([process.language, *interface_codes(), *rows])
    states = content.states(process, rows.values(), languages)
    chosen = request.GET.get("language", "")
    if chosen and chosen != process.language:
        return redirect(address("office_translate", process, chosen))
    context = {
        "languages": [
            (tag, state.label, TONES[state], address("office_translate", process, tag))
            for tag, state in states.items()
        ],
        "form": LanguageForm(initial={"language": get_language()}),
    }
    return process_page(
        request, process, "codesign/office/translations.html", context, tab="office_translations"
    )


@process_view
@require_http_methods(LOOK_OR_SAY)
def translate(request: HttpRequest, process: Process, language: str) -> HttpResponse:
    """The original beside its translation; taken away by the second button."""
    try:
        written = content.require_language(language)
    except ValidationError as error:
        raise Http404 from error
    if written != language or language == process.language:
        raise Http404
    by, back = cast(User, request.user), address("office_translations", process)
    if request.method == "POST" and "remove" in request.POST:
        processes.remove_translation(by=by, process=process, language=language)
        messages.success(request, _("The translation is gone."))
        return redirect(back)
    row = process.translations.filter(language=language).first()
    initial: dict[str, Any] = {name: getattr(row, name) for name in Process.TRANSLATED} if row else {}
    initial["by_machine"] = bool(row and row.origin == Origin.MACHINE)
    form = ProcessTextForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in Process.TRANSLATED}
        origin = Origin.MACHINE if form.cleaned_data["by_machine"] else Origin.HUMAN
        if fill(
            form,
            lambda: processes.translate_process(
                by=by, process=process, language=language, origin=origin, **said
            ),
        ):
            messages.success(request, _("Saved."))
            return redirect(back)
    state = row.state_against(process.text_revision) if row else TextState.MISSING
    context = {
        "form": form,
        "language": language,
        "state_label": state.label,
        "state_tone": TONES[state],
        "removable": row is not None,
        "submit": _("Save"),
        "cancel_url": back,
    }
    return process_page(
        request,
        process,
        "codesign/office/translate.html",
        context,
        tab="office_translations",
        status=_status(form),
    )


def _insights(process: Process) -> str:
    return f"{reverse('codesign:office_insights', args=[process.hub.slug])}?process={process.public_id}"


def _facts(process: Process) -> list[Fact]:
    return [
        Fact(_("When"), telling.span(process)),
        Fact(pgettext("process", "Public"), _("yes") if process.is_published else _("no")),
        Fact(_("Cancelled because"), process.cancelled_because),
    ]


def _is_now(phase: Phase, process: Process) -> bool:
    today = timezone.localdate()
    begun = phase.starts is not None and phase.starts <= today
    return process.state == ProcessState.RUNNING and begun and (phase.ends is None or phase.ends >= today)


def _status(form: Any) -> int:
    return 422 if form.is_bound and form.errors else 200
