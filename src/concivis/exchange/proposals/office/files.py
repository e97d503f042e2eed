"""Files of other platforms' proposals: sent, looked at, applied, taken back."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.exchange import storage
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadableFile
from concivis.exchange.office import running as running_pages
from concivis.exchange.office.running import Pages, done, import_tabs, one_of, row_tabs
from concivis.exchange.proposals import actions, tasks
from concivis.exchange.proposals.forms import FileForm
from concivis.exchange.proposals.models import ProposalFile
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Crumb, Heading

PER_PAGE = 50
PAGES = Pages(
    all="proposal_files", one="proposal_file", progress="proposal_file_progress", again="proposal_file_again"
)


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid() and (sent := _send(request, hub, form)):
        return redirect(PAGES.url(hub, sent))
    page = Paginator(ProposalFile.objects.filter(hub=hub).select_related("by"), PER_PAGE)
    context = {
        "heading": _("Imports"),
        "lead": _(
            "Proposals that were made on another platform, to be read here. Nobody can sign them here, and their "
            "numbers stand as that platform gave them. Nothing counts before you have looked at it."
        ),
        "tabs": import_tabs(hub, "proposal_files"),
        "form": form,
        "page": page.get_page(request.GET.get("page")),
        "headings": [
            Heading(_("File")),
            Heading(_("Sent")),
            Heading(_("State")),
            Heading(_("Rows"), numeric=True),
        ],
    }
    return office_page(request, hub, "exchange/proposals/files.html", context)


def _send(request: HttpRequest, hub: Hub, form: FileForm) -> ProposalFile | None:
    said, by = form.cleaned_data, cast(User, request.user)
    file = said["file"]
    try:
        sent = actions.send(
            by=by, hub=hub, kind=said["kind"], blocks=file.chunks(storage.BLOCK), filename=str(file.name),
            source=said["source"], licence=said["licence"], language=said["language"],
        )  # fmt: skip
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None
    tasks.read_proposal_file.enqueue(sent.pk, by.pk, get_language() or "en")
    return sent


@office_view(Permission.IMPORT)
@require_GET
def file(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found, state = _file_of(hub, number), request.GET.get("state", "")
    if found.is_busy:
        return running_pages.busy_page(request, hub, found, PAGES, crumbs=_crumbs(hub))
    rows = found.rows.filter(state=state) if state in RowState.values else found.rows.all()
    context: dict[str, Any] = {
        "heading": _("Import"),
        "lead": found.filename,
        "crumbs": _crumbs(hub),
        "file": found,
        "tabs": row_tabs(found.counts, state),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "headings": [Heading(_("Line"), numeric=True), Heading(_("Proposal")), Heading(_("What happens"))],
    }
    return office_page(request, hub, "exchange/proposals/file.html", context)


@office_view(Permission.IMPORT)
@require_GET
def progress(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    return running_pages.progress_alone(request, hub, _file_of(hub, number), PAGES)


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found = _file_of(hub, number)
    if request.method == "POST":
        return _queue(request, hub, found, BatchState.APPLYING)
    said = _("%(new)s proposals are added, %(changed)s changed. They are public at once.") % {
        "new": found.counts.get(RowState.NEW, 0),
        "changed": found.counts.get(RowState.CHANGED, 0),
    }
    context = {
        "heading": _("Apply this import?"),
        "text": f"{said} " + _("You can take all of it back later."),
        "submit": _("Apply"),
    }
    return running_pages.ask(request, hub, found, PAGES, context)


@office_view(Permission.IMPORT)
@require_POST
def again(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    """Starts the job of a file anew whose worker has died."""
    found = _file_of(hub, number)
    if not found.is_busy:
        return redirect(PAGES.url(hub, found))
    return _queue(request, hub, found, BatchState(found.state))


def _queue(request: HttpRequest, hub: Hub, found: ProposalFile, state: BatchState) -> HttpResponse:
    by = cast(User, request.user)
    if done(request, lambda: actions.queue(by=by, file=found, state=state)):
        applies = state == BatchState.APPLYING
        job = tasks.apply_proposal_file if applies else tasks.read_proposal_file
        job.enqueue(found.pk, by.pk, get_language() or "en")
    return redirect(PAGES.url(hub, found))


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found, by = _file_of(hub, number), cast(User, request.user)
    if request.method == "POST":
        if done(request, lambda: actions.undo_file(by=by, file=found)):
            messages.success(request, _("Taken back."))
        return redirect(PAGES.url(hub, found))
    context = {
        "heading": _("Take this import back?"),
        "text": _(
            "What it added is deleted, and what it changed becomes what it was. Proposals that somebody has changed "
            "since stay as they are. This cannot be undone, but the file can be imported again."
        ),
        "submit": _("Take it back"),
        "danger": True,
    }
    return running_pages.ask(request, hub, found, PAGES, context)


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found, by = _file_of(hub, number), cast(User, request.user)
    return running_pages.discard(request, hub, found, PAGES, lambda: actions.discard_file(by=by, file=found))


def _file_of(hub: Hub, number: str) -> ProposalFile:
    return one_of(hub, ProposalFile.objects.filter(hub=hub), number)


def _crumbs(hub: Hub) -> list[Crumb]:
    return [Crumb(_("Imports"), reverse("exchange:proposal_files", args=[hub.slug]))]
