"""Public proposals in the shapes that other platforms' readers know. For the pages of other websites, too (CORS)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.proposals import queries, showing
from concivis.proposals.formats import decidim, initiatives, petitions
from concivis.proposals.models import Happening
from concivis.proposals.public.lists import found_in, young
from concivis.proposals.public.pages import one
from concivis.shell.exports import csv_response
from concivis.shell.templatetags.shell import absolute_url

PER_PAGE = 50
MOST_EVENTS = 500
AT_ONCE = 500


@require_safe
def petitions_json(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The list, fifty a page, with the filters of its page."""
    hub = visible_hub(request.user, slug) if slug else None
    form, rows = found_in(request.GET, hub)
    page = Paginator(queries.with_steps(rows), PER_PAGE).get_page(request.GET.get("page"))
    base = absolute_url(request.path)
    wanted = form.wanted()

    def at(number: int | None) -> str | None:
        return f"{base}?{urlencode({**wanted, 'page': str(number)})}" if number else None

    links = {
        "self": at(page.number),
        "first": at(1),
        "last": at(page.paginator.num_pages),
        "next": at(page.next_page_number() if page.has_next() else None),
        "prev": at(page.previous_page_number() if page.has_previous() else None),
    }
    data = [petitions.petition(row, _self_url(row.public_id)) for row in page.object_list]
    return _answer({"links": links, "data": data})


@require_safe
def petition_json(request: HttpRequest, public_id: str) -> HttpResponse:
    found = one(public_id, with_steps=True)
    return _answer(petitions.whole(found, _self_url(public_id)))


@require_safe
def count_json(request: HttpRequest, public_id: str) -> HttpResponse:
    """The number alone, for a counter on another website."""
    return _answer({"signature_count": showing.tally(one(public_id)).counts})


@require_safe
def initiatives_json(request: HttpRequest, slug: str = "") -> HttpResponse:
    hub = visible_hub(request.user, slug) if slug else None
    _form, rows = found_in(request.GET, hub)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return _answer([initiatives.initiative(row) for row in page.object_list])


@require_safe
def events_json(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What happened, the latest first. One query, two of a hub."""
    shown = queries.public_of(visible_hub(request.user, slug)) if slug else queries.public()
    steps = Happening.objects.filter(is_public=True, proposal__in=shown).select_related("proposal")
    return _answer([initiatives.event(step) for step in steps.order_by("-at", "-pk")[:MOST_EVENTS]])


@require_safe
def decidim_csv(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    hub: Hub | None = visible_hub(request.user, slug) if slug else None
    _form, rows = found_in(request.GET, hub)
    return young(csv_response(rows.iterator(AT_ONCE), decidim.COLUMNS, "proposals-decidim.csv"))


def _self_url(public_id: str) -> str:
    return absolute_url(reverse("proposals:petition_json", args=[public_id]))


def _answer(document: Any) -> HttpResponse:
    response = JsonResponse(document, safe=False, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return young(response)
