"""The office's list of proposals: what waits for review first, who looks at what, with filters and exports."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.proposals.enums import State
from concivis.proposals.forms.rules import capitalised
from concivis.proposals.models import Proposal
from concivis.proposals.office.doors import WORK
from concivis.shell import parts
from concivis.shell.exports import SHEETS, Column, sheet_response
from concivis.shell.parts import Heading, Tab
from concivis.shell.templatetags.shell import absolute_url

PER_PAGE = 50
AT_ONCE = 500
SORTS: dict[str, tuple[Any, ...]] = {
    "title": ("title", "pk"),
    "-title": ("-title", "-pk"),
    "closes": (F("closes_on").asc(nulls_last=True), "pk"),
    "-closes": (F("closes_on").desc(nulls_last=True), "-pk"),
    "signatures": (F("tally__legal").asc(nulls_first=True), "pk"),
    "-signatures": (F("tally__legal").desc(nulls_last=True), "-pk"),
    "changed": ("changed_at", "pk"),
    "-changed": ("-changed_at", "-pk"),
}
FIRST = Case(When(state=State.REVIEW, then=Value(0)), default=Value(1), output_field=IntegerField())
COLUMNS: list[Column[Proposal]] = [
    Column("id", gettext_lazy("identifier"), lambda row: row.public_id),
    Column("title", gettext_lazy("title"), lambda row: row.title),
    Column("language", gettext_lazy("language of the text, BCP 47"), lambda row: row.language),
    Column("state", gettext_lazy("state"), lambda row: row.state),
    Column("page", gettext_lazy("page"), lambda row: absolute_url(row.get_absolute_url())),
    Column("submitted", gettext_lazy("sent to the office"), lambda row: row.submitted_at),
    Column("published", gettext_lazy("published"), lambda row: row.published_at),
    Column("closes_on", gettext_lazy("last day"), lambda row: row.closes_on),
    Column("signatures", gettext_lazy("signatures"), lambda row: _tally(row, "counts")),
    Column("paper", gettext_lazy("of which on paper"), lambda row: _tally(row, "paper")),
    Column("consultative", gettext_lazy("support from others"), lambda row: _tally(row, "consultative")),
    Column("handed_over_on", gettext_lazy("handed over"), lambda row: row.handed_over_on),
    Column("answer_due_on", gettext_lazy("answer due"), lambda row: row.answer_due_on),
    Column("answered_on", gettext_lazy("answered"), lambda row: row.answered_on),
    Column("decided_on", gettext_lazy("decided"), lambda row: row.decided_on),
    Column("ended_on", gettext_lazy("ended"), lambda row: row.ended_on),
    Column("rejection", gettext_lazy("why it was not admitted"), lambda row: row.rejection),
]


class ProposalFilter(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    looked_at = forms.ChoiceField(
        label=gettext_lazy("Looked at by"),
        required=False,
        choices=[
            ("", gettext_lazy("all")),
            ("me", gettext_lazy("me")),
            ("nobody", gettext_lazy("nobody at the moment")),
        ],
    )
    year = forms.IntegerField(label=gettext_lazy("Begun in"), required=False, min_value=1990, max_value=2200)


@office_view(WORK)
@require_safe
def table(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Six queries, however many there are."""
    form, rows = _found(request, hub)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Citizens’ initiatives"),
        "form": form,
        "chips": parts.chips(form, request.GET),
        "tabs": _tabs(request, hub),
        "page": page,
        "rows": page.object_list,
        "now": timezone.now(),
        "headings": [
            Heading(_("Proposal"), sort="title"),
            Heading(_("State")),
            Heading(_("Signatures"), sort="signatures", numeric=True),
            Heading(_("Last day"), sort="closes"),
            Heading(_("Looked at by")),
            Heading(_("Changed"), sort="changed"),
        ],
        "exports": parts.sheets(reverse("proposals:office", args=[hub.slug])),
        "has_rules": hub.proposal_rules.exists(),
    }
    return office_page(request, hub, "proposals/office/table.html", context)


@office_view(WORK)
@require_safe
def export(request: HttpRequest, hub: Hub, extension: str) -> HttpResponseBase:
    """The list as a file, without any person."""
    _form, rows = _found(request, hub)
    name = extension if extension in SHEETS else ""
    return sheet_response(name, rows.iterator(AT_ONCE), COLUMNS, "proposals")


def _tally(row: Proposal, name: str) -> int:
    tally = getattr(row, "tally", None)
    return getattr(tally, name) if tally else 0


def _found(request: HttpRequest, hub: Hub) -> tuple[ProposalFilter, QuerySet[Proposal]]:
    form = ProposalFilter(request.GET or None)
    rows: QuerySet[Proposal] = hub.proposals.exclude(state=State.DRAFT).select_related("tally", "reviewer")
    if form.is_bound:
        form.is_valid()
        rows = _narrowed(request, rows, form.cleaned_data)
    state = request.GET.get("state", "")
    if state in State.values:
        rows = rows.filter(state=state)
    order = SORTS.get(request.GET.get("sort", ""))
    return form, rows.order_by(*order) if order else rows.order_by(FIRST, "-changed_at", "-pk")


def _narrowed(request: HttpRequest, rows: QuerySet[Proposal], wanted: dict[str, Any]) -> QuerySet[Proposal]:
    for word in (wanted.get("q") or "").split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    if wanted.get("year"):
        rows = rows.filter(created_at__year=wanted["year"])
    held = Q(reviewer__isnull=False, reviewer_until__gt=timezone.now())
    if wanted.get("looked_at") == "me":
        rows = rows.filter(held, reviewer=request.user.pk)
    elif wanted.get("looked_at") == "nobody":
        rows = rows.exclude(held)
    return rows


def _tabs(request: HttpRequest, hub: Hub) -> list[Tab]:
    """By state, with counts. One query."""
    rows: QuerySet[Proposal] = hub.proposals.exclude(state=State.DRAFT).order_by()
    counted = dict(rows.values_list("state").annotate(n=Count("pk")))
    now = request.GET.get("state", "")
    tabs = [Tab(_("All"), "?", current=not now, count=sum(counted.values()))]
    for state, label in capitalised(State.choices):
        if counted.get(state) or now == state:
            tabs.append(Tab(label, f"?state={state}", current=now == state, count=counted.get(state, 0)))
    return tabs
