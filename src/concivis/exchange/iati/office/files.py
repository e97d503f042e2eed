"""Files of IATI that come in: sent, looked at, applied, taken back."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.exchange import storage
from concivis.exchange.enums import RowState
from concivis.exchange.errors import UnreadableFile
from concivis.exchange.iati import actions, tasks
from concivis.exchange.iati.forms import FileForm
from concivis.exchange.iati.models import IatiFile
from concivis.exchange.office.running import done, one_of, row_tabs
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Crumb, Heading

PER_PAGE = 50


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (sent := _send(request, hub, form)):
        return redirect("exchange:iati_file", hub.slug, sent.public_id)
    page = Paginator(IatiFile.objects.filter(hub=hub).select_related("by"), PER_PAGE)
    context = {
        "heading": _("Bring in activities"),
        "lead": _(
            "Activities or organisations from a file of IATI. Nothing counts before you have looked at it."
        ),
        "crumbs": _crumbs(hub),
        "form": form,
        "page": page.get_page(request.GET.get("page")),
        "headings": [Heading(_("File")), Heading(_("Sent")), Heading(_("State"))],
    }
    return office_page(request, hub, "exchange/iati/files.html", context)


def _send(request: HttpRequest, hub: Hub, form: FileForm) -> IatiFile | None:
    file, by = form.cleaned_data["file"], cast(User, request.user)
    try:
        sent = actions.send(by=by, hub=hub, blocks=file.chunks(storage.BLOCK), filename=str(file.name))
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None
    tasks.read_iati_file.enqueue(sent.pk, by.pk, get_language() or "en")
    return sent


@office_view(Permission.IMPORT)
@require_GET
def file(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found, state = _file_of(hub, number), request.GET.get("state", "")
    rows = found.rows.filter(state=state) if state in RowState.values else found.rows.all()
    context = {
        "heading": found.filename,
        "lead": f"IATI {found.version}",
        "crumbs": [
            *_crumbs(hub),
            Crumb(_("Bring in activities"), reverse("exchange:iati_files", args=[hub.slug])),
        ],
        "file": found,
        "tabs": row_tabs(found.counts, state),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "headings": [Heading(_("Line"), numeric=True), Heading(_("Entry")), Heading(_("What happens"))],
    }
    return office_page(request, hub, "exchange/iati/file.html", context)


@office_view(Permission.IMPORT)
@require_http_methods(["POST"])
def apply(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found, by = _file_of(hub, number), cast(User, request.user)

    def queue() -> None:
        actions.queue_apply(by=by, file=found)
        tasks.apply_iati_file.enqueue(found.pk, by.pk, get_language() or "en")

    return _done(request, hub, found, queue, "")


@office_view(Permission.IMPORT)
@require_http_methods(["POST"])
def undo(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found, by = _file_of(hub, number), cast(User, request.user)
    return _done(request, hub, found, lambda: actions.undo_file(by=by, file=found), _("Taken back."))


@office_view(Permission.IMPORT)
@require_http_methods(["POST"])
def discard(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found, by = _file_of(hub, number), cast(User, request.user)
    return _done(request, hub, found, lambda: actions.discard_file(by=by, file=found), _("Thrown away."))


def _done(request: HttpRequest, hub: Hub, found: IatiFile, act: Callable[[], Any], said: str) -> HttpResponse:
    if done(request, act) and said:
        messages.success(request, said)
    if not IatiFile.objects.filter(pk=found.pk).exists():
        return redirect("exchange:iati_files", hub.slug)
    return redirect("exchange:iati_file", hub.slug, found.public_id)


def _file_of(hub: Hub, number: str) -> IatiFile:
    return one_of(hub, IatiFile.objects.filter(hub=hub), number)


def _crumbs(hub: Hub) -> list[Crumb]:
    return [Crumb(_("IATI"), reverse("exchange:iati", args=[hub.slug]))]
