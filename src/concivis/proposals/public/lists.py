"""The lists of proposals, what became of them, and the reasons for which one is not admitted."""

from typing import TypeVar

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.proposals import figures, listing, queries, showing
from concivis.proposals.enums import OUTCOMES, Rejection, State
from concivis.proposals.filters import SORTS, ProposalFilter, narrowed, ordered
from concivis.proposals.models import Proposal
from concivis.proposals.queries import current_rules
from concivis.shell import parts
from concivis.shell.templatetags.shell import number

PER_PAGE = 24
FRESH_SECONDS = 2  # with as many between two counts far from the ten that are promised
Answer = TypeVar("Answer", bound=HttpResponseBase)


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """Of all hubs."""
    return _list(request, None)


@require_safe
def of_hub(request: HttpRequest, slug: str) -> HttpResponse:
    return _list(request, visible_hub(request.user, slug))


@require_safe
def export(request: HttpRequest, extension: str) -> HttpResponseBase:
    return _export(request, extension, None)


@require_safe
def of_hub_export(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    return _export(request, extension, visible_hub(request.user, slug))


@require_safe
def became(request: HttpRequest, slug: str) -> HttpResponse:
    """What became of all that was published, the realised ones first, with the figures of the hub."""
    hub = visible_hub(request.user, slug)
    rank = Case(
        *(When(state=each, then=Value(position)) for position, each in enumerate(ORDER)),
        default=Value(len(ORDER)),
        output_field=IntegerField(),
    )
    rows = queries.public_of(hub).exclude(state=State.PUBLISHED)
    rows = rows.annotate(rank=rank).order_by("rank", "-ended_on", "-published_at", "-pk")
    page = Paginator(queries.for_list(rows), PER_PAGE).get_page(request.GET.get("page"))
    counted = [each for each in figures.figures(hub) if each.code in SHOWN]
    context = {
        "heading": _("What became of it"),
        "kicker": hub.name,
        "lead": _("Every citizens’ proposal of which the collecting has ended: the realised ones first."),
        "crumbs": _crumbs(hub),
        "hub": hub,
        "page": page,
        "rows": [(showing.card(row, with_hub=False), row.outcome_note) for row in page.object_list],
        "stats": [_stat(each) for each in counted],
        "counted": counted,
    }
    return render(request, "proposals/became.html", context)


def _stat(figure: figures.Figure) -> parts.Stat:
    label = str(figure.label)
    of = _("of %(n)s") % {"n": number(figure.of)} if figure.of else ""
    return parts.Stat(figure.value, label[:1].upper() + label[1:], of)


SHOWN = (
    "submitted",
    "published",
    "successful",
    "answered_in_time",
    "realised",
    "realised_in_part",
    "not_realised",
)
ORDER = (
    *OUTCOMES,
    State.DECIDED,
    State.ANSWERED,
    State.HANDED_OVER,
    State.CLOSED,
    State.REJECTED,
    State.WITHDRAWN,
)


@require_safe
def reasons(request: HttpRequest) -> HttpResponse:
    """The public text of each reason for which a proposal is not admitted."""
    context = {
        "heading": _("Why a proposal may not be admitted"),
        "lead": _("An office that does not admit a proposal names one of these reasons, and nothing else."),
        "crumbs": [parts.Crumb(_("Citizens’ proposals"), reverse("proposals:proposals"))],
        "reasons": [(reason.value, reason.label) for reason in Rejection],
    }
    return render(request, "proposals/reasons.html", context)


def young(response: Answer) -> Answer:
    """Numbers rise without a line in the record: a kept page may stand so long, and has no ETag of the record."""
    response["Cache-Control"] = f"max-age={FRESH_SECONDS}"
    return response


def found_in(query: QueryDict, hub: Hub | None = None) -> tuple[ProposalFilter, QuerySet[Proposal]]:
    """The filters of an address, and what is public and fits them, ready for a list; of one hub or of all."""
    form = ProposalFilter(query or None)
    rows = queries.public() if hub is None else queries.public_of(hub)
    wanted = form.wanted()
    if hub is not None:
        wanted.pop("hub", None)
    return form, queries.for_list(ordered(narrowed(rows, wanted), query.get("sort", "")))


def _list(request: HttpRequest, hub: Hub | None) -> HttpResponse:
    form, rows = found_in(request.GET, hub)
    url = reverse("proposals:of_hub", args=[hub.slug]) if hub else reverse("proposals:proposals")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    rules = current_rules(hub) if hub else None
    context = {
        "heading": _("Citizens’ proposals"),
        "kicker": hub.name if hub else "",
        "lead": _("What people propose to their city, how many sign it, and what becomes of it."),
        "crumbs": [parts.Crumb(hub.name, hub.get_absolute_url())] if hub else [],
        "hub": hub,
        "form": form,
        "chips": parts.chips(form, request.GET),
        "sorts": _sorts(request),
        "page": page,
        "count": page.paginator.count,
        "cards": [showing.card(row, with_hub=hub is None) for row in page.object_list],
        "exports": [*parts.exports(url), parts.calendar(url)],
        "new_url": reverse("proposals:new", args=[hub.slug]) if hub and rules and rules.is_open else "",
        "became_url": reverse("proposals:became", args=[hub.slug]) if hub else "",
    }
    return young(render(request, "proposals/list.html", context))


def _sorts(request: HttpRequest) -> list[parts.Tab]:
    """The orders of the list, each with the filters in force."""
    asked = request.GET.get("sort", "")
    found = []
    for name, label in SORTS:
        query = request.GET.copy()
        query.pop("page", None)
        query.pop("sort", None)
        if name:
            query["sort"] = name
        found.append(parts.Tab(str(label), f"?{query.urlencode()}", current=name == asked))
    return found


def _export(request: HttpRequest, extension: str, hub: Hub | None) -> HttpResponseBase:
    form, rows = found_in(request.GET, hub)
    chips = parts.chips(form, request.GET)
    response = listing.in_format(
        request,
        extension,
        rows,
        title=_("Citizens’ proposals"),
        page=reverse("proposals:of_hub", args=[hub.slug]) if hub else reverse("proposals:proposals"),
        filters={chip.label: chip.value for chip in chips},
    )
    return young(response)


def _crumbs(hub: Hub) -> list[parts.Crumb]:
    return [
        parts.Crumb(hub.name, hub.get_absolute_url()),
        parts.Crumb(_("Citizens’ proposals"), reverse("proposals:of_hub", args=[hub.slug])),
    ]
