"""The list of a hub's tables, sending one, what its columns mean; the template and the export."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from concivis.accounts.models import User
from concivis.exchange import storage
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadableFile, UnreadyBatch
from concivis.exchange.office.running import Pages, import_tabs, one_of
from concivis.exchange.sheets import actions, queries, reading, writing
from concivis.exchange.sheets.enums import SheetKind
from concivis.exchange.sheets.fields import Mapped
from concivis.exchange.sheets.forms import MeaningsForm, SendForm
from concivis.exchange.sheets.kinds import fields_of
from concivis.exchange.sheets.models import Sheet
from concivis.exchange.sheets.tasks import stage_sheet
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.parts import Crumb, Heading

PER_PAGE = 20
PAGES = Pages(all="sheets", one="sheet", progress="sheet_progress", again="sheet_again")


def sheet_of(hub: Hub, number: str) -> Sheet:
    """Raises Http404 for another hub's table as for one that does not exist. One query."""
    return one_of(hub, queries.sheets_of(hub), number)


def crumbs(hub: Hub) -> list[Crumb]:
    return [Crumb(_("Imports"), reverse("exchange:sheets", args=[hub.slug]))]


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: HttpRequest, hub: Hub) -> HttpResponse:
    initial = {"kind": request.GET.get("kind", SheetKind.INITIATIVES)}
    form = SendForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sent = _send(request, hub, form)
        if sent:
            return redirect("exchange:sheet_columns", hub.slug, sent.public_id)
    context = {
        "heading": _("Imports"),
        "lead": _("Bring in a list from a spreadsheet. Nothing counts before you have looked at it."),
        "tabs": import_tabs(hub, "sheets"),
        "form": form,
        "kinds": [{"kind": kind.value, "label": kind.label} for kind in SheetKind],
        "page": Paginator(queries.sheets_of(hub), PER_PAGE).get_page(request.GET.get("page")),
        "headings": [
            Heading(_("File")),
            Heading(_("Sent")),
            Heading(_("State")),
            Heading(_("Rows"), numeric=True),
        ],
    }
    return office_page(request, hub, "exchange/sheets/sheets.html", context)


def _send(request: HttpRequest, hub: Hub, form: SendForm) -> Sheet | None:
    file = form.cleaned_data["file"]
    try:
        return actions.send(
            by=cast(User, request.user),
            hub=hub,
            kind=form.cleaned_data["kind"],
            blocks=file.chunks(storage.BLOCK),
            filename=str(file.name),
        )
    except UnreadableFile as error:
        form.add_error("file", str(error))
        return None


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found = sheet_of(hub, number)
    if found.state not in {BatchState.UPLOADED, BatchState.STAGED, BatchState.FAILED} or not found.is_kept:
        return redirect("exchange:sheet", hub.slug, number)
    opened = reading.table(storage.path_of(found.stored))
    fields = fields_of(found.kind)
    form = MeaningsForm(request.POST or None, mapped=Mapped(opened.header, found.mapping), fields=fields)
    if request.method == "POST" and form.is_valid() and _stage(request, found, form.mapping()):
        return redirect("exchange:sheet", hub.slug, number)
    first = reading.first_rows(opened)
    context = {
        "heading": _("What the columns mean"),
        "lead": found.filename,
        "crumbs": crumbs(hub),
        "batch": found,
        "form": form,
        "columns": [
            {"field": field, "cells": [row[index] for row in first if index < len(row) and row[index]][:3]}
            for index, field in enumerate(form)
        ],
        "headings": [Heading(_("Column")), Heading(_("First values")), Heading(_("Means"))],
        "discard_url": reverse("exchange:sheet_discard", args=[hub.slug, number]),
    }
    return office_page(request, hub, "exchange/columns.html", context)


def _stage(request: HttpRequest, found: Sheet, mapping: dict[str, int]) -> bool:
    user = cast(User, request.user)
    try:
        found = actions.remap(by=user, sheet=found, mapping=mapping)
        actions.queue(by=user, sheet=found, state=BatchState.STAGING)
    except (UnreadableFile, UnreadyBatch) as error:
        messages.error(request, str(error))
        return False
    stage_sheet.enqueue(found.pk, user.pk, get_language() or "en")
    return True


@office_view(Permission.IMPORT)
@require_safe
def export(request: HttpRequest, hub: Hub, kind: str, extension: str) -> HttpResponseBase:
    """All entries of the hub, in the shape in which they can come in again."""
    return writing.export(_kind(kind), hub, extension)


@office_view(Permission.IMPORT)
@require_GET
def template(request: HttpRequest, hub: Hub, kind: str) -> HttpResponse:
    return writing.template(kind, fields_of(_kind(kind)))


def _kind(kind: str) -> str:
    if kind not in SheetKind.values:
        raise Http404
    return kind
