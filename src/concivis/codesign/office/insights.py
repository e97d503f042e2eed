"""What was heard, in the office: the table with filters and exports, one insight with its translations."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from concivis.accounts.models import User
from concivis.codesign import listing, queries, telling
from concivis.codesign.actions import insights
from concivis.codesign.filters import narrowed
from concivis.codesign.forms.insights import (
    AsideForm,
    InsightFilter,
    InsightForm,
    TranslationForm,
    initial_of,
    open_processes,
)
from concivis.codesign.models import Insight, Session
from concivis.codesign.office.doors import (
    LOOK_OR_SAY,
    PER_PAGE,
    address,
    form_page,
    insight_view,
    section_page,
    sure_page,
)
from concivis.codesign.policies import WORK
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell import parts
from concivis.shell.content import Origin
from concivis.shell.exports import sheet_response
from concivis.shell.parts import Crumb, Fact, Heading
from concivis.shell.refusals import attempt, fill, refused
from concivis.vocabulary.models import Term

AT_ONCE = 500
LATEST = 100
SORTS = {
    "written": ("written_at", "pk"),
    "-written": ("-written_at", "-pk"),
    "state": ("state", "-written_at", "-pk"),
    "-state": ("-state", "-written_at", "-pk"),
}
STATE_TONES = {"new": "notice", "clustered": "good", "aside": "over"}


@office_view(WORK)
@require_safe
def table(request: HttpRequest, hub: Hub) -> HttpResponse:
    form, rows = _found(request, hub)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    labels = _labels(page.object_list)
    context = {
        "form": form,
        "chips": parts.chips(form, request.GET),
        "page": page,
        "rows": [
            (row, telling.insight_shown(row), STATE_TONES[row.state], labels[row.pk])
            for row in page.object_list
        ],
        "headings": [
            Heading(_("What was heard")),
            Heading(_("Where")),
            Heading(_("Themes")),
            Heading(pgettext("of people", "Need")),
            Heading(_("State"), sort="state"),
            Heading(_("Written on"), sort="written"),
        ],
        "exports": parts.sheets(reverse("codesign:office_insights", args=[hub.slug])),
    }
    return section_page(request, hub, "codesign/office/insights.html", context, tab="office_insights")


@office_view(WORK)
@require_safe
def export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    _form, rows = _found(request, hub)
    return sheet_response(extension, rows.iterator(AT_ONCE), listing.INSIGHTS, "insights")


@office_view(WORK)
@require_http_methods(LOOK_OR_SAY)
def new(request: HttpRequest, hub: Hub) -> HttpResponse:
    sessions = _sessions(hub)
    asked = request.GET.get("session", "")
    known = any(each.public_id == asked for each in sessions)
    initial = {"language": hub.language, "where": f"session-{asked}" if known else ""}
    form = InsightForm(
        request.POST or None, processes=open_processes(hub), sessions=sessions, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        by, made = cast(User, request.user), []
        if fill(form, lambda: made.append(insights.record_insight(by=by, hub=hub, facts=form.facts()))):
            messages.success(request, _("Written down."))
            return redirect(_back(made[0]))
    back = reverse("codesign:office_insights", args=[hub.slug])
    return form_page(
        request,
        hub,
        form,
        heading=_("Write an insight"),
        submit=_("Save"),
        cancel_url=back,
        crumbs=_crumbs(hub),
    )


@insight_view
@require_safe
def insight(request: HttpRequest, insight: Insight) -> HttpResponse:
    hub = insight.hub
    context = {
        "heading": _("Insight"),
        "kicker": insight.get_state_display(),
        "crumbs": _crumbs(hub),
        "insight": insight,
        "facts": _facts(insight),
        "translations": insight.translations.all(),
        "fate": queries.fate_of(insight),
        "translation_form": TranslationForm(initial={"language": hub.language}),
    }
    return office_page(request, hub, "codesign/office/insight.html", context)


@insight_view
@require_http_methods(LOOK_OR_SAY)
def edit(request: HttpRequest, insight: Insight) -> HttpResponse:
    hub = insight.hub
    processes = dict.fromkeys([*open_processes(hub), *([insight.process] if insight.process else [])])
    sessions = dict.fromkeys([*_sessions(hub), *([insight.session] if insight.session else [])])
    form = InsightForm(
        request.POST or None,
        processes=list(processes),
        sessions=list(sessions),
        initial=initial_of(insight),
    )
    if request.method == "POST" and form.is_valid():
        by, revision = cast(User, request.user), form.cleaned_data["revision"] or 0
        if fill(
            form,
            lambda: insights.change_insight(by=by, insight=insight, facts=form.facts(), revision=revision),
        ):
            messages.success(request, _("Saved."))
            return redirect(address("office_insight", insight))
    return form_page(
        request,
        hub,
        form,
        heading=_("Change an insight"),
        submit=_("Save"),
        cancel_url=address("office_insight", insight),
        crumbs=_crumbs(hub),
    )


@insight_view
@require_http_methods(LOOK_OR_SAY)
def aside(request: HttpRequest, insight: Insight) -> HttpResponse:
    """Set aside with a reason; taken back in by the other button."""
    by, back = cast(User, request.user), address("office_insight", insight)
    if request.method == "POST" and "back" in request.POST:
        attempt(request, lambda: insights.take_back_in(by=by, insight=insight), _("It counts again."))
        return redirect(back)
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        because = form.cleaned_data["because"]
        if fill(form, lambda: insights.set_aside(by=by, insight=insight, because=because)):
            messages.success(request, _("It is set aside; who wrote it reads why."))
            return redirect(back)
    return form_page(
        request,
        insight.hub,
        form,
        heading=_("Set this insight aside"),
        submit=_("Set it aside"),
        cancel_url=back,
        crumbs=_crumbs(insight.hub),
    )


@insight_view
@require_POST
def translate(request: HttpRequest, insight: Insight) -> HttpResponse:
    by, form = cast(User, request.user), TranslationForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        origin = Origin.MACHINE if said["by_machine"] else Origin.HUMAN
        attempt(
            request,
            lambda: insights.translate_insight(
                by=by, insight=insight, language=said["language"], text=said["text"], origin=origin
            ),
            _("The translation is kept."),
        )
    else:
        refused(request, form)
    return redirect(address("office_insight", insight))


@insight_view
@require_http_methods(LOOK_OR_SAY)
def delete(request: HttpRequest, insight: Insight) -> HttpResponse:
    by = cast(User, request.user)
    if request.method == "POST":
        done = attempt(request, lambda: insights.delete_insight(by=by, insight=insight), _("It is deleted."))
        table_url = reverse("codesign:office_insights", args=[insight.hub.slug])
        return redirect(table_url if done else address("office_insight", insight))
    return sure_page(
        request,
        insight.hub,
        heading=_("Delete this insight for good?"),
        text=_(
            "Delete only what should never have been written, because it leads to a person; else set it aside."
        ),
        submit=_("Delete it"),
        cancel_url=address("office_insight", insight),
    )


# --- what the pages show -----------------------------------------------------------------------------------


def _found(request: HttpRequest, hub: Hub) -> tuple[InsightFilter, QuerySet[Insight]]:
    form = InsightFilter(request.GET or None, hub=hub)
    rows = narrowed(queries.insights_of(hub), form.wanted())
    return form, rows.order_by(*SORTS.get(request.GET.get("sort", ""), ("-written_at", "-pk")))


def _labels(rows: Any) -> dict[int, list[str]]:
    """{insight: its themes in the reader's words}. One query."""
    wanted = {term.pk for row in rows for term in row.terms.all()}
    words = (
        {term.pk: term.label for term in Term.objects.filter(pk__in=wanted).with_labels()} if wanted else {}
    )
    return {row.pk: [words[term.pk] for term in row.terms.all()] for row in rows}


def _facts(insight: Insight) -> list[Fact]:
    session, process = insight.session, insight.process
    themes = _labels([insight])[insight.pk]
    return [
        Fact(_("Process"), process.title if process else "", url=_process_url(insight)),
        Fact(_("Session"), session.title if session else "", url=_session_url(insight)),
        Fact(_("Heard by"), str(insight.connector) if insight.connector else ""),
        Fact(_("Themes"), ", ".join(themes)),
        Fact(pgettext("of people", "Need"), insight.get_need_display() if insight.need else ""),
        Fact(_("Set aside because"), insight.aside_because),
    ]


def _process_url(insight: Insight) -> str:
    args = [insight.hub.slug, insight.process.public_id if insight.process else ""]
    return reverse("codesign:office_process", args=args) if insight.process else ""


def _session_url(insight: Insight) -> str:
    args = [insight.hub.slug, insight.session.public_id if insight.session else ""]
    return reverse("codesign:office_session", args=args) if insight.session else ""


def _back(insight: Insight) -> str:
    return _session_url(insight) or address("office_insight", insight)


def _sessions(hub: Hub) -> list[Session]:
    """The latest of processes that go on. One query."""
    rows = Session.objects.filter(process__hub=hub, process__finished_at=None, cancelled_at=None)
    return list(rows.select_related("process__hub")[:LATEST])


def _crumbs(hub: Hub) -> list[Crumb]:
    return [
        Crumb(_("Co-design"), reverse("codesign:office", args=[hub.slug])),
        Crumb(_("Insights"), reverse("codesign:office_insights", args=[hub.slug])),
    ]
