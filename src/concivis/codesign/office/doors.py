"""The doors of the office's pages about co-design, and what these share."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concivis.codesign import queries, telling
from concivis.codesign.models import Connector, Insight, Process, Session
from concivis.codesign.policies import WORK
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell.parts import Crumb, Tab

Found = TypeVar("Found", bound=Model)
LOOK_OR_SAY = ["GET", "HEAD", "POST"]
PER_PAGE = 50

# (name of the page, what its tab is called): the room's own parts, and the pages of one process
SECTIONS: list[tuple[str, str | Promise]] = [
    ("office", _("Processes")),
    ("office_insights", _("Insights")),
    ("office_roster", _("Connectors")),
    ("office_threads", _("Messages")),
    ("office_expenses", _("Expenses")),
    ("office_rules", _("Rules")),
]
TABS: list[tuple[str, str | Promise]] = [
    ("office_process", _("Overview")),
    ("office_edit", _("Edit")),
    ("office_phases", _("Phases")),
    ("office_sessions", _("Sessions")),
    ("office_clusters", _("Clusters")),
    ("office_recommendations", _("Recommendations")),
    ("office_box", _("Box")),
    ("office_votes", _("Votes")),
    ("office_translations", _("Translations")),
]


def process_view(view: Callable[..., HttpResponseBase]) -> Any:
    """Decorates `view(request, process, …)` at `office/<slug>/codesign/<public_id>/…`, as `office_view`."""
    return kept(view, _processes)


def inside_process(view: Callable[..., HttpResponseBase]) -> Any:
    """The same at `…/<process>/…`, where what is inside it has an id, too."""
    return kept(view, _processes, "process")


def _processes(hub: Hub) -> QuerySet[Process]:
    return Process.objects.filter(hub=hub).select_related("hub")


def session_view(view: Callable[..., HttpResponseBase]) -> Any:
    return kept(
        view, lambda hub: Session.objects.filter(process__hub=hub).select_related("process__hub", "phase")
    )


def connector_view(view: Callable[..., HttpResponseBase]) -> Any:
    return kept(view, lambda hub: Connector.objects.filter(hub=hub).select_related("hub"))


def insight_view(view: Callable[..., HttpResponseBase]) -> Any:
    return kept(view, queries.insights_of)


def kept(
    view: Callable[..., HttpResponseBase], rows: Callable[[Hub], QuerySet[Found]], named: str = "public_id"
) -> Any:
    """`rows(hub)`: those that may be looked at; `named`: what the address calls the id."""

    @office_view(WORK)
    def guarded(request: HttpRequest, hub: Hub, **kwargs: object) -> HttpResponseBase:
        return view(request, get_object_or_404(rows(hub), public_id=kwargs.pop(named)), **kwargs)

    return guarded


def address(name: str, row: Process | Session | Connector | Insight, *args: object) -> str:
    hub = row.process.hub if isinstance(row, Session) else row.hub
    return reverse(f"codesign:{name}", args=[hub.slug, row.public_id, *args])


def section_page(
    request: HttpRequest, hub: Hub, template: str, context: dict[str, Any], *, tab: str, status: int = 200
) -> HttpResponse:
    """One of the room's own parts, under its tabs."""
    tabs = [
        Tab(str(label), reverse(f"codesign:{name}", args=[hub.slug]), current=name == tab)
        for name, label in SECTIONS
    ]
    shared = {"heading": gettext("Co-design"), "tabs": tabs, "tabs_label": gettext("Parts of co-design")}
    return office_page(request, hub, template, {**shared, **context}, status=status)


def process_page(
    request: HttpRequest,
    process: Process,
    template: str,
    context: dict[str, Any],
    *,
    tab: str = "office_process",
    status: int = 200,
) -> HttpResponse:
    """A page about one process, with its head and tabs. `template`: as Django finds it."""
    shared = {
        "heading": process.title,
        "kicker": process.get_state_display(),
        "crumbs": [Crumb(gettext("Co-design"), reverse("codesign:office", args=[process.hub.slug]))],
        "process": process,
        "tone": telling.tone(process),
        "tabs": [Tab(str(label), address(name, process), current=name == tab) for name, label in TABS],
        "tabs_label": gettext("Pages of this process"),
    }
    return office_page(request, process.hub, template, {**shared, **context}, status=status)


def form_page(
    request: HttpRequest,
    hub: Hub,
    form: Any,
    *,
    heading: str,
    cancel_url: str,
    submit: str,
    crumbs: list[Crumb] | None = None,
    **more: Any,
) -> HttpResponse:
    """A page with one form."""
    context = {
        "heading": heading,
        "form": form,
        "cancel_url": cancel_url,
        "submit": submit,
        "crumbs": crumbs or [Crumb(gettext("Co-design"), reverse("codesign:office", args=[hub.slug]))],
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    return office_page(request, hub, "codesign/office/form.html", context, status=status)


def sure_page(
    request: HttpRequest,
    hub: Hub,
    *,
    heading: str,
    text: str,
    submit: str,
    cancel_url: str,
    danger: bool = True,
) -> HttpResponse:
    """Asks before something is done that cannot be undone."""
    context = {
        "heading": heading,
        "text": text,
        "submit": submit,
        "cancel_url": cancel_url,
        "danger": danger,
    }
    return office_page(request, hub, "shell/confirm.html", context)
