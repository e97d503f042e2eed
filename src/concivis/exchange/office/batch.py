"""One import: its progress, its rows, applying it and taking it back."""

from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from concivis.accounts.models import User
from concivis.exchange import actions, queries
from concivis.exchange.enums import BatchState
from concivis.exchange.errors import UnreadyBatch
from concivis.exchange.forms import DecisionForm
from concivis.exchange.models import Batch, BatchEnd, BatchRow
from concivis.exchange.office import running as running_pages
from concivis.exchange.office.batches import PAGES, batch_of
from concivis.exchange.report import report_of
from concivis.exchange.tasks import apply_batch, stage_batch
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.shell.exports import Column, sheet_response
from concivis.shell.parts import Heading, Stat, sheets

PER_PAGE = 50
TONES = {"new": "good", "changed": "warm", "ambiguous": "notice", "rejected": "bad"}


@office_view(Permission.IMPORT)
@require_GET
def batch(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found = batch_of(hub, number)
    if found.state == BatchState.UPLOADED:
        return redirect("exchange:columns", hub.slug, number)
    if found.is_busy:
        return running_pages.busy_page(request, hub, found, PAGES)
    state = request.GET.get("state", "")
    page = Paginator(queries.rows_of(found, state), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Import"),
        "lead": found.filename,
        "batch": found,
        "tabs": running_pages.row_tabs(found.counts.get("rows", {}), state),
        "stats": _stats(found),
        "page": page,
        "rows": [{"row": row, "tone": TONES.get(row.state, "neutral")} for row in page],
        "undecided": queries.undecided_ends(found)[:PER_PAGE],
        "headings": [
            Heading(_("Line"), numeric=True),
            Heading(_("First place")),
            Heading(_("Second place")),
            Heading(_("What happens")),
        ],
        "exports": sheets(f"{request.path}rows"),
    }
    return office_page(request, hub, "exchange/batch.html", context)


def _stats(found: Batch) -> list[Stat]:
    ends = report_of(found)["ends"]
    return [Stat(end["count"], end["label"]) for end in ends.values()]


@office_view(Permission.IMPORT)
@require_GET
def running(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    """The progress alone, asked for every two seconds; loads the page anew at the end."""
    return running_pages.progress_alone(request, hub, batch_of(hub, number), PAGES)


@office_view(Permission.IMPORT)
@require_GET
def rows_export(request: HttpRequest, hub: Hub, number: str, extension: str) -> HttpResponseBase:
    found = batch_of(hub, number)
    rows = queries.rows_of(found, request.GET.get("state", "")).iterator(1000)
    return sheet_response(extension, rows, _columns(), f"import-{number}")


def _columns() -> list[Column[BatchRow]]:
    return [
        Column("line", gettext_lazy("Line"), lambda row: row.line),
        Column("first", gettext_lazy("First place"), lambda row: str(row.a) if row.a else row.text),
        Column("second", gettext_lazy("Second place"), lambda row: str(row.b) if row.b else ""),
        Column("state", gettext_lazy("What happens"), lambda row: row.get_state_display()),
        Column("why", gettext_lazy("Why"), lambda row: " ".join(_reasons(row))),
    ]


def _reasons(row: BatchRow) -> Iterator[str]:
    yield from map(str, row.said)
    for end in row.ends:
        yield from (f"{end}: {note}" for note in end.said)


# --- deciding ------------------------------------------------------------------------------------------------


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, hub: Hub, number: str, pk: int) -> HttpResponse:
    found = batch_of(hub, number)
    undecided = get_object_or_404(BatchEnd, pk=pk, batch=found)
    form = DecisionForm(request.POST or None, proposals=queries.proposed(undecided))
    if request.method == "POST" and form.is_valid():
        return _decide(request, hub, undecided, form)
    context = {
        "heading": _("Which place is “%(name)s”?") % {"name": undecided},
        "form": form,
        "end": undecided,
        "batch": found,
        "lines": queries.lines_with(undecided),
        "cancel": reverse("exchange:batch", args=[hub.slug, number]),
    }
    return office_page(request, hub, "exchange/end.html", context)


def _decide(request: HttpRequest, hub: Hub, undecided: BatchEnd, form: DecisionForm) -> HttpResponse:
    try:
        found = actions.decide(
            by=cast(User, request.user), end=undecided, place=form.cleaned_data.get("place")
        )
    except UnreadyBatch as error:
        messages.error(request, str(error))
        return redirect("exchange:batch", hub.slug, undecided.batch.public_id)
    left = queries.undecided_ends(found).first()
    if left:
        return redirect("exchange:end", hub.slug, found.public_id, left.pk)
    messages.success(request, _("Everything is decided. Look once more, then apply the import."))
    return redirect("exchange:batch", hub.slug, found.public_id)


# --- applying, undoing ---------------------------------------------------------------------------------------


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found = batch_of(hub, number)
    if request.method == "POST":
        return _queue(request, hub, found, BatchState.APPLYING)
    counts = found.counts.get("rows", {})
    new, changed = counts.get("new", 0), counts.get("changed", 0)
    context = {
        "heading": _("Apply this import?"),
        "text": _("%(new)s new partnerships become public; %(changed)s get another source or date.")
        % {"new": new, "changed": changed}
        + " "
        + _("You can take all of it back later."),
        "submit": _("Apply"),
    }
    return running_pages.ask(request, hub, found, PAGES, context)


@office_view(Permission.IMPORT)
@require_http_methods(["POST"])
def again(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    """Starts the job of a batch anew whose worker has died."""
    found = batch_of(hub, number)
    if not found.is_busy:
        return redirect("exchange:batch", hub.slug, number)
    return _queue(request, hub, found, BatchState(found.state))


def _queue(request: HttpRequest, hub: Hub, found: Batch, state: BatchState) -> HttpResponse:
    user = cast(User, request.user)
    if running_pages.done(request, lambda: actions.queue(by=user, batch=found, state=state)):
        job = apply_batch if state == BatchState.APPLYING else stage_batch
        job.enqueue(found.pk, user.pk, get_language() or "en")
    return redirect("exchange:batch", hub.slug, found.public_id)


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found = batch_of(hub, number)
    if request.method == "POST":
        return _undo(request, hub, found)
    context = {
        "heading": _("Take this import back?"),
        "text": _(
            "Its partnerships, dates and sources go, and the places that were created for it. What others have "
            "built upon stays. This cannot be undone, but the file can be imported again."
        ),
        "submit": _("Take it back"),
        "danger": True,
    }
    return running_pages.ask(request, hub, found, PAGES, context)


def _undo(request: HttpRequest, hub: Hub, found: Batch) -> HttpResponse:
    try:
        _batch, outcome = actions.undo(by=cast(User, request.user), batch=found)
    except UnreadyBatch as error:
        messages.error(request, str(error))
        return redirect("exchange:batch", hub.slug, found.public_id)
    text = ngettext(
        "Taken back: %(n)s partnership deleted.", "Taken back: %(n)s partnerships deleted.", outcome.deleted
    ) % {"n": outcome.deleted}
    for sentence in sorted(set(outcome.kept.values())):
        count = list(outcome.kept.values()).count(sentence)
        text += " " + _("%(count)s kept: %(why)s") % {"count": count, "why": sentence}
    messages.success(request, text)
    return redirect("exchange:batch", hub.slug, found.public_id)


@office_view(Permission.IMPORT)
@require_http_methods(["GET", "POST"])
def discard(request: HttpRequest, hub: Hub, number: str) -> HttpResponse:
    found, by = batch_of(hub, number), cast(User, request.user)
    return running_pages.discard(request, hub, found, PAGES, lambda: actions.discard(by=by, batch=found))
