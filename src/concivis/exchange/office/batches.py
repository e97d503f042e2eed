"""The list of a hub's imports, sending a file, and what its columns mean."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from concivis.accounts.models import User
from concivis.exchange import actions, queries, reading, storage
from concivis.exchange.columns import Columns
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.forms import ColumnsForm, UploadForm
from concivis.exchange.models import Batch
from concivis.exchange.office.running import Pages, import_tabs, one_of
from concivis.exchange.tasks import stage_batch
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Heading

PER_PAGE = 20
PAGES = Pages(all="imports", one="batch", progress="progress", again="again")


def batch_of(hub: Hub, number: str) -> Batch:
    """Raises Http404 for another hub's batch as for one that does not exist."""
    return one_of(hub, queries.batches_of(hub), number)


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def imports(request: HttpRequest, hub: Hub) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = _upload(request, hub, form)
        if batch:
            return redirect("exchange:columns", hub.slug, batch.public_id)
    context = {
        "heading": _("Imports"),
        "lead": _("Bring in a list of partnerships. Nothing counts before you have looked at it."),
        "tabs": import_tabs(hub, "imports"),
        "form": form,
        "page": Paginator(queries.batches_of(hub), PER_PAGE).get_page(request.GET.get("page")),
        "headings": [
            Heading(_("File")),
            Heading(_("Sent")),
            Heading(_("State")),
            Heading(_("Rows"), numeric=True),
        ],
    }
    return office_page(request, hub, "exchange/imports.html", context)


def _upload(request: HttpRequest, hub: Hub, form: UploadForm) -> Batch | None:
    file = form.cleaned_data["file"]
    try:
        return actions.upload(
            by=cast(User, request.user),
            hub=hub,
            blocks=file.chunks(storage.BLOCK),
            filename=str(file.name),
            source_title=form.cleaned_data["source_title"],
            source_url=form.cleaned_data["source_url"],
            limit=storage.UPLOAD_LIMIT,
        )
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def columns(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    batch = batch_of(hub, number)
    if batch.state not in {BatchState.UPLOADED, BatchState.STAGED, BatchState.FAILED}:
        return redirect("exchange:batch", hub.slug, number)
    try:
        guessed, first, _remarks = reading.guess(storage.path_of(batch.stored))
    except UnreadableFile as error:
        messages.error(request, str(error))
        return redirect("exchange:imports", hub.slug)
    form = ColumnsForm(request.POST or None, columns=Columns(guessed.header, batch.mapping))
    if request.method == "POST" and form.is_valid() and _stage(request, batch, form.mapping()):
        return redirect("exchange:batch", hub.slug, number)
    context = {
        "heading": _("What the columns mean"),
        "lead": batch.filename,
        "batch": batch,
        "form": form,
        "columns": [
            {"field": field, "cells": [row[index] for row in first if index < len(row) and row[index]][:3]}
            for index, field in enumerate(form)
        ],
        "headings": [Heading(_("Column")), Heading(_("First values")), Heading(_("Means"))],
        "discard_url": reverse("exchange:discard", args=[hub.slug, number]),
    }
    return office_page(request, hub, "exchange/columns.html", context)


def _stage(request: HttpRequest, batch: Batch, mapping: dict[str, int]) -> bool:
    user = cast(User, request.user)
    try:
        batch = actions.remap(by=user, batch=batch, mapping=mapping)
        actions.queue(by=user, batch=batch, state=BatchState.STAGING)
    except (UnreadableFile, UnreadyBatch) as error:
        messages.error(request, str(error))
        return False
    stage_batch.enqueue(batch.pk, user.pk, get_language() or "en")
    return True
