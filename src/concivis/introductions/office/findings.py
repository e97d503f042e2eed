"""What the radar found for the hub, and what it has learnt from the office."""

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concivis.accounts.models import User
from concivis.catalogue.radar import HubWeights, Tally
from concivis.catalogue.radar import Kind as FindingKind
from concivis.hubs.access import office_view
from concivis.hubs.models import Hub
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.introductions import actions, explaining, queries, tasks
from concivis.introductions.enums import Verdict
from concivis.introductions.models import Found, Lessons
from concivis.introductions.reasons import finding_of
from concivis.shell.parts import Crumb, Heading, Tab

PER_PAGE = 20


@dataclass(frozen=True)
class Pair:
    """One finding as the page shows it."""

    row: Found
    own: tuple[str, str, str]  # language, title, address
    other: explaining.Told
    ask_url: str


@office_view(Permission.VIEW_OFFICE)
@require_safe
def radar(request: HttpRequest, hub: Hub) -> HttpResponse:
    verdict, scope, kind = (request.GET.get(name, "") for name in ("verdict", "scope", "kind"))
    rows = Found.objects.filter(hub=hub, verdict=verdict if verdict in Verdict else "")
    if scope in {"within", "across"}:
        rows = rows.filter(is_within=scope == "within")
    if kind in set(FindingKind):
        rows = rows.filter(kind=kind)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lessons = Lessons.objects.filter(hub=hub).first()
    context = {
        "heading": _("The radar"),
        "lead": _("Who does something alike, here and in other cities. Looked for anew each week."),
        "tabs": _tabs(hub, verdict, scope),
        "kinds": _kinds(request, kind),
        "page": page,
        "pairs": _pairs(hub, list(page.object_list)),
        "verdict": verdict,
        "is_narrowed": bool(verdict or scope or kind),
        "looked_at": lessons.looked_at if lessons else None,
    }
    return office_page(request, hub, "introductions/office/radar.html", context)


@office_view(Permission.EDIT_INITIATIVES)
@require_POST
def judge(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Confirms, dismisses, or takes that back."""
    number = request.POST.get("found", "")
    found = get_object_or_404(
        Found, hub=hub, pk=int(number) if number.isdecimal() and len(number) < 18 else 0
    )
    said, by = request.POST.get("verdict", ""), cast(User, request.user)
    if said in Verdict:
        actions.judge(by=by, found=found, verdict=Verdict(said))
        told = {
            Verdict.CONFIRMED: _("Confirmed. The radar has learnt from it."),
            Verdict.DISMISSED: _("Dismissed: it is not shown any more, and the radar has learnt from it."),
        }
        messages.success(request, told[Verdict(said)])
    else:
        actions.take_back(by=by, found=found)
        messages.success(request, _("Taken back. The radar has forgotten it."))
    return redirect(_back(request, hub))


@office_view(Permission.EDIT_INITIATIVES)
@require_POST
def look(request: HttpRequest, hub: Hub) -> HttpResponse:
    tasks.look.enqueue(hub.pk)
    messages.success(request, _("The radar is looking. Open this page again in a minute."))
    return redirect("introductions:radar", hub.slug)


@office_view(Permission.VIEW_OFFICE)
@require_safe
def learnt(request: HttpRequest, hub: Hub) -> HttpResponse:
    """What confirming and dismissing has changed, by reason."""
    lessons = Lessons.objects.filter(hub=hub).first()
    weights = HubWeights.of_json(lessons.weights if lessons else {})
    counted = Found.objects.filter(hub=hub).aggregate(
        confirmed=Count("pk", filter=Q(verdict=Verdict.CONFIRMED)),
        dismissed=Count("pk", filter=Q(verdict=Verdict.DISMISSED)),
    )
    ordered = sorted(weights.tallies.items(), key=lambda each: -abs(each[1].weight - 1))
    context = {
        "heading": _("What the radar has learnt"),
        "lead": _("Each time you confirm or dismiss a finding, its reasons count more or less in this city."),
        "crumbs": [Crumb(_("The radar"), reverse("introductions:radar", args=[hub.slug]))],
        "counted": counted,
        "since": lessons.learns_since if lessons else None,
        "headings": [
            Heading(_("Reason")),
            Heading(_("Confirmed"), numeric=True),
            Heading(_("Dismissed"), numeric=True),
            Heading(_("Counts now"), numeric=True),
        ],
        "rows": [(explaining.reason_label(kind), tally, _share(tally)) for kind, tally in ordered],
    }
    return office_page(request, hub, "introductions/office/learnt.html", context)


@office_view(Permission.EDIT_INITIATIVES)
@require_POST
def forget(request: HttpRequest, hub: Hub) -> HttpResponse:
    actions.forget_lessons(by=cast(User, request.user), hub=hub)
    messages.success(request, _("The radar weighs as at the beginning. What you dismissed stays dismissed."))
    return redirect("introductions:learnt", hub.slug)


def _pairs(hub: Hub, rows: list[Found]) -> list[Pair]:
    """With both cards; a pair of which one is not public any more is left out. Nine queries at most."""
    ids = {f"{row.own_kind}:{row.own_id}" for row in rows} | {
        f"{row.other_kind}:{row.other_id}" for row in rows
    }
    by_id = queries.cards_by_id(ids)
    shown = [
        row
        for row in rows
        if f"{row.own_kind}:{row.own_id}" in by_id and f"{row.other_kind}:{row.other_id}" in by_id
    ]
    told = explaining.told(
        [queries.Alike(by_id[f"{row.other_kind}:{row.other_id}"], finding_of(row)) for row in shown]
    )
    new = reverse("introductions:office_new", args=[hub.slug])
    return [
        Pair(
            row,
            explaining.link_of(by_id[f"{row.own_kind}:{row.own_id}"]),
            each,
            f"{new}?first={row.own_kind}:{row.own_id}&second={row.other_kind}:{row.other_id}",
        )
        for row, each in zip(shown, told, strict=True)
    ]


def _tabs(hub: Hub, verdict: str, scope: str) -> list[Tab]:
    """Two queries."""
    rows = Found.objects.filter(hub=hub)
    undecided = rows.filter(verdict="").aggregate(
        all=Count("pk"),
        within=Count("pk", filter=Q(is_within=True)),
        across=Count("pk", filter=Q(is_within=False)),
    )
    judged = dict(rows.exclude(verdict="").order_by().values_list("verdict").annotate(n=Count("pk")))
    return [
        Tab(_("All"), "?", current=not (verdict or scope), count=undecided["all"]),
        Tab(_("In this city"), "?scope=within", current=scope == "within", count=undecided["within"]),
        Tab(_("With other cities"), "?scope=across", current=scope == "across", count=undecided["across"]),
        Tab(
            _("Confirmed"),
            "?verdict=confirmed",
            current=verdict == Verdict.CONFIRMED,
            count=judged.get(Verdict.CONFIRMED, 0),
        ),
        Tab(
            _("Dismissed"),
            "?verdict=dismissed",
            current=verdict == Verdict.DISMISSED,
            count=judged.get(Verdict.DISMISSED, 0),
        ),
    ]


def _kinds(request: HttpRequest, chosen: str) -> list[Tab]:
    """A filter by kind that keeps the tab."""

    def address(kind: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        query.pop("kind", None)
        if kind:
            query["kind"] = kind
        return f"?{query.urlencode()}"

    named = [("", _("Any kind")), *explaining.kind_labels()]
    return [Tab(label, address(kind), current=kind == chosen) for kind, label in named]


def _share(tally: Tally) -> int:
    """In per cent of what the reason counts elsewhere."""
    return round(100 * tally.weight)


def _back(request: HttpRequest, hub: Hub) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return reverse("introductions:radar", args=[hub.slug])
