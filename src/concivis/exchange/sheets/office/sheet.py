"""One table: what each row would do, decided, applied, taken back."""

import re
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from concivis.accounts.models import User
from concivis.exchange.enums import BatchState, RowState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.office import running as running_pages
from concivis.exchange.sheets import actions, queries, telling, writing
from concivis.exchange.sheets.enums import Deed
from concivis.exchange.sheets.forms import RuleForm
from concivis.exchange.sheets.kinds import entries
from concivis.exchange.sheets.models import Sheet
from concivis.exchange.sheets.office.sheets import PAGES, crumbs, sheet_of
from concivis.exchange.sheets.tasks import apply_sheet, stage_sheet
from concivis.hubs import policies
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.exports import SHEETS
from concivis.shell.parts import Export, Heading
from concivis.shell.spreadsheets import MEDIA_TYPE

PER_PAGE = 50
ROW = re.compile(r"^row_(\d{1,9})$", re.ASCII)


@office_view(Permission.IMPORT)
@require_GET
def sheet(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found = sheet_of(hub, number)
    if found.state == BatchState.UPLOADED:
        return redirect("exchange:sheet_columns", hub.slug, number)
    if found.is_busy:
        return running_pages.busy_page(request, hub, found, PAGES, crumbs=crumbs(hub))
    state = request.GET.get("state", "")
    page = Paginator(queries.rows_of(found, state), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "heading": _("Import"),
        "lead": found.filename,
        "crumbs": crumbs(hub),
        "sheet": found,
        "tabs": running_pages.row_tabs(found.counts.get("rows", {}), state),
        "page": page,
        "rows": telling.tell(found, entries(found.kind, hub), page.object_list),
        "form": _rule_form(request, hub, found),
        "headings": [
            Heading(_("Line"), numeric=True),
            Heading(_("Entry")),
            Heading(_("What happens")),
            Heading(_("What differs")),
        ],
        "repairs": _repairs(hub, found),
    }
    return office_page(request, hub, "exchange/sheets/sheet.html", context)


def _repairs(hub: Hub, found: Sheet) -> list[Export]:
    """The rejected rows as files, with the reasons."""
    if not found.is_kept or not found.counts.get("rows", {}).get(RowState.REJECTED):
        return []
    mimes = {"csv": "text/csv", "xlsx": MEDIA_TYPE}
    return [
        Export(
            each.upper(),
            reverse("exchange:sheet_rejected", args=[hub.slug, found.public_id, each]),
            mimes[each],
        )
        for each in SHEETS
    ]


def _rule_form(request: HttpRequest, hub: Hub, found: Sheet) -> RuleForm:
    return RuleForm(
        request.POST or None,
        initial={"rule": found.rule, "publishes": "yes" if found.publishes else ""},
        may_publish=policies.may(request.user, Permission.PUBLISH, hub),
    )


@office_view(Permission.IMPORT)
@require_GET
def running(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    """The progress alone, asked for every two seconds; loads the page anew at the end."""
    return running_pages.progress_alone(request, hub, sheet_of(hub, number), PAGES)


@office_view(Permission.IMPORT)
@require_GET
def rejected(request: HttpRequest, hub: Hub, number: str, extension: str) -> HttpResponseBase:
    found = sheet_of(hub, number)
    if not found.is_kept:
        raise Http404
    return writing.rejected(found, extension)


# --- deciding ------------------------------------------------------------------------------------------------


@office_view(Permission.IMPORT)
@require_POST
def decide(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    """What becomes of all rows for which nothing else is chosen."""
    found = sheet_of(hub, number)
    form = _rule_form(request, hub, found)
    if form.is_valid():
        publishes = form.cleaned_data.get("publishes", "") == "yes"
        try:
            actions.decide(
                by=cast(User, request.user), sheet=found, rule=form.cleaned_data["rule"], publishes=publishes
            )
        except UnreadyBatch as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Kept. Look at the rows once more, then apply."))
    return redirect("exchange:sheet", hub.slug, number)


@office_view(Permission.IMPORT)
@require_POST
def choose(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    """What becomes of single rows."""
    found = sheet_of(hub, number)
    choices = {int(line[1]): str(value) for name, value in request.POST.items() if (line := ROW.match(name))}
    try:
        changed = actions.choose(by=cast(User, request.user), sheet=found, choices=choices)
    except UnreadyBatch as error:
        messages.error(request, str(error))
    else:
        text = ngettext("Kept for %(n)s row.", "Kept for %(n)s rows.", changed) % {"n": changed}
        messages.success(request, text)
    query = request.GET.urlencode()
    return redirect(reverse("exchange:sheet", args=[hub.slug, number]) + (f"?{query}" if query else ""))


# --- applying, undoing ---------------------------------------------------------------------------------------


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found = sheet_of(hub, number)
    if request.method == "POST":
        return _queue(request, hub, found, BatchState.APPLYING)
    counts = queries.deeds_of(found)
    said = _("%(added)s entries are added, %(overwritten)s overwritten, %(left)s rows are left out.") % {
        "added": counts[Deed.ADD],
        "overwritten": counts[Deed.OVERWRITE],
        "left": counts[Deed.LEAVE],
    }
    shown = _("New entries are public at once.") if found.publishes else _("New entries wait for the office.")
    context = {
        "heading": _("Apply this import?"),
        "text": f"{said} {shown} " + _("You can take all of it back later."),
        "submit": _("Apply"),
    }
    return running_pages.ask(request, hub, found, PAGES, context)


@office_view(Permission.IMPORT)
@require_POST
def again(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    """Starts the job of a table anew whose worker has died."""
    found = sheet_of(hub, number)
    if not found.is_busy:
        return redirect("exchange:sheet", hub.slug, number)
    return _queue(request, hub, found, BatchState(found.state))


def _queue(request: HttpRequest, hub: Hub, found: Sheet, state: BatchState) -> HttpResponse:
    user = cast(User, request.user)
    if running_pages.done(request, lambda: actions.queue(by=user, sheet=found, state=state)):
        job = apply_sheet if state == BatchState.APPLYING else stage_sheet
        job.enqueue(found.pk, user.pk, get_language() or "en")
    return redirect("exchange:sheet", hub.slug, found.public_id)


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found = sheet_of(hub, number)
    if request.method == "POST":
        return _undo(request, hub, found)
    context = {
        "heading": _("Take this import back?"),
        "text": _(
            "What it added is deleted, and what it overwrote becomes what it was. Entries that somebody has changed "
            "since stay as they are. This cannot be undone, but the file can be imported again."
        ),
        "submit": _("Take it back"),
        "danger": True,
    }
    return running_pages.ask(request, hub, found, PAGES, context)


def _undo(request: HttpRequest, hub: Hub, found: Sheet) -> HttpResponse:
    try:
        undone = actions.undo(by=cast(User, request.user), sheet=found)
    except UnreadyBatch as error:
        messages.error(request, str(error))
        return redirect("exchange:sheet", hub.slug, found.public_id)
    count, kept = undone.counts["taken_back"], undone.counts["kept"]
    text = ngettext("Taken back: %(n)s entry.", "Taken back: %(n)s entries.", count) % {"n": count}
    if kept:
        more = ngettext(
            "%(n)s entry stays, as somebody has changed or used it since. The row says why.",
            "%(n)s entries stay, as somebody has changed or used them since. The rows say why.",
            kept,
        )
        text += " " + more % {"n": kept}
    messages.success(request, text)
    return redirect("exchange:sheet", hub.slug, found.public_id)


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found, by = sheet_of(hub, number), cast(User, request.user)
    return running_pages.discard(request, hub, found, PAGES, lambda: actions.discard(by=by, sheet=found))
