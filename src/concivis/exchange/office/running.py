"""What the pages of all imports share, whatever comes in: the tabs above them, how far a job is, rows by what happens
to them, asking before something is done, and telling why it could not be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from concivis.exchange import progress
from concivis.exchange.enums import RowState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.phases import phase_label
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.shell.parts import Tab

Found = TypeVar("Found", bound=Model)


class Incoming(Protocol):
    """A file that comes in. Read only: what differs is each kind's own."""

    public_id: str
    filename: str

    @property
    def is_busy(self) -> bool: ...


@dataclass(frozen=True)
class Pages:
    """The names of the pages of one kind of import."""

    all: str
    one: str
    progress: str
    again: str

    def list_url(self, hub: Hub) -> str:
        return reverse(f"exchange:{self.all}", args=[hub.slug])

    def url(self, hub: Hub, found: Incoming, name: str = "") -> str:
        return reverse(f"exchange:{name or self.one}", args=[hub.slug, found.public_id])


def import_tabs(hub: Hub, current: str) -> list[Tab]:
    """`current`: the name of one of these pages."""
    pages = {
        "sheets": _("Initiatives and organisations"),
        "imports": _("Partnerships"),
        "proposal_files": _("Citizens’ proposals"),
    }
    return [
        Tab(label, reverse(f"exchange:{name}", args=[hub.slug]), current=name == current)
        for name, label in pages.items()
    ]


def one_of(hub: Hub, files: QuerySet[Found], number: str) -> Found:
    """Raises Http404 for another hub's file as for one that does not exist. One query."""
    found = files.filter(public_id=number).first()
    if found is None:
        raise Http404
    found.hub = hub  # type: ignore[attr-defined]
    return found


def row_tabs(counts: Mapping[str, int], state: str) -> list[Tab]:
    """Rows by what happens to them."""
    tabs = [Tab(_("all"), "?", not state, sum(counts.values()))]
    return tabs + [
        Tab(str(one.label), f"?state={one.value}", state == one.value, counts[one])
        for one in RowState
        if counts.get(one)
    ]


# --- while a job runs --------------------------------------------------------------------------------------------


def progress_of(public_id: str) -> dict[str, Any]:
    """What the progress component draws; it waits where no worker has given a sign of life."""
    running = progress.read(public_id)
    alive = running is not None and running.is_alive
    return {
        "text": phase_label(running.phase) if running and alive else _("Waiting for its turn"),
        "done": running.done if running and alive else 0,
        "total": running.total if running and alive else 0,
        "stopped": running is not None and not alive,
        "finished": False,
    }


def busy_page(request: HttpRequest, hub: Hub, found: Incoming, pages: Pages, **more: object) -> HttpResponse:
    context = {"heading": _("Import"), "lead": found.filename, **_running(hub, found, pages), **more}
    return office_page(request, hub, "exchange/running.html", context)


def progress_alone(request: HttpRequest, hub: Hub, found: Incoming, pages: Pages) -> HttpResponse:
    """Asked for every two seconds; loads the page anew at the end."""
    if not found.is_busy:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return render(request, "shell/components/progress.html", _running(hub, found, pages))


def _running(hub: Hub, found: Incoming, pages: Pages) -> dict[str, object]:
    return {
        **progress_of(found.public_id),
        "poll_url": pages.url(hub, found, pages.progress),
        "page_url": pages.url(hub, found),
        "again_url": pages.url(hub, found, pages.again),
    }


# --- asking and doing --------------------------------------------------------------------------------------------


def ask(
    request: HttpRequest, hub: Hub, found: Incoming, pages: Pages, context: Mapping[str, object]
) -> HttpResponse:
    return office_page(request, hub, "shell/confirm.html", {**context, "cancel_url": pages.url(hub, found)})


def done(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Whether it could be done; if not, the reader is told why."""
    try:
        act()
    except UnreadyBatch as error:
        messages.error(request, str(error))
        return False
    return True


def discard(
    request: HttpRequest, hub: Hub, found: Incoming, pages: Pages, act: Callable[[], object]
) -> HttpResponse:
    """Asks; a POST throws a file away that was not applied."""
    if request.method == "POST":
        done(request, act)
        return redirect(pages.list_url(hub))
    context = {
        "heading": _("Throw this import away?"),
        "text": _("The file and what was read from it go. Nothing of it was applied."),
        "submit": _("Throw away"),
        "danger": True,
    }
    return ask(request, hub, found, pages, context)
