"""What everybody may see of hubs, and what a signed-in person sees of their own."""

from pathlib import PurePath
from typing import TypeVar, cast

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from concivis.accounts.access import personal_view
from concivis.accounts.models import User
from concivis.hubs import colours, crests, policies, queries
from concivis.hubs.menu import first_page
from concivis.hubs.models import Hub
from concivis.hubs.roles import ROLES
from concivis.shell.parts import Card

HUBS_ON_A_PAGE = 30
FIVE_MINUTES, DAY = 300, 86_400
Answer = TypeVar("Answer", bound=HttpResponseBase)


@require_GET
def hubs(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    page = Paginator(queries.public_hubs(text), HUBS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Cities"),
        "lead": _("Offices of cities that show their relations with the world here."),
        "text": text,
        "page": page,
        "cards": [hub_card(hub) for hub in page],
    }
    return render(request, "hubs/list.html", context)


def hub_card(hub: Hub) -> Card:
    where = [hub.place.region.name] if hub.place.region else []
    return Card(
        title=hub.name,
        url=hub.get_absolute_url(),
        kicker=hub.place.country.name,
        summary=hub.about.split("\n")[0][:200],
        meta=where,
        badge=_("Example") if hub.is_example else "",
        tone="warm",
        language=hub.language if hub.about else "",
    )


@personal_view
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    roles = policies.roles_of(user)
    cards = [
        Card(
            title=hub.name,
            url=first_page(hub),
            kicker=f"{hub.place.name}, {hub.place.country.name}",
            meta=[_("public") if hub.is_published else _("not public yet")],
            badge=str(ROLES[roles[hub.pk]].label),
        )
        for hub in queries.hubs_of(user)
    ]
    context = {
        "heading": _("My hubs"),
        "cards": cards,
        "waiting": [(each, ROLES[each.role]) for each in queries.invitations_waiting(user)],
    }
    return render(request, "hubs/mine.html", context)


# --- how a hub looks ---------------------------------------------------------------------------------------


@require_GET
def theme(request: HttpRequest, slug: str) -> HttpResponseBase:
    hub = queries.visible_hub(request.user, slug)
    if _is_known(request, hub.colour[1:]):
        return _kept(HttpResponseNotModified(), hub, hub.colour[1:], FIVE_MINUTES)
    response = HttpResponse(stylesheet(hub.colour), content_type="text/css; charset=utf-8")
    return _kept(response, hub, hub.colour[1:], FIVE_MINUTES)


def stylesheet(colour: str) -> str:
    """The custom properties of a hub's colour; as ink on a dark page it is as much lighter as text needs."""
    return (
        f":root {{ --hub-colour: {colour}; --hub-on-colour: {colours.WHITE}; --hub-ink: {colour}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ --hub-ink: {colours.lightened(colour)}; }} }}\n"
    )


@require_GET
def crest(request: HttpRequest, slug: str) -> HttpResponseBase:
    hub = queries.visible_hub(request.user, slug)
    if not hub.crest:
        raise Http404
    version = PurePath(str(hub.crest.name)).stem
    if _is_known(request, version):
        return _kept(HttpResponseNotModified(), hub, version, DAY)
    response = FileResponse(hub.crest.open(), content_type=crests.content_type(str(hub.crest.name)))
    return _kept(response, hub, version, DAY)


def _is_known(request: HttpRequest, version: str) -> bool:
    return f'"{version}"' in request.headers.get("If-None-Match", "")


def _kept(response: Answer, hub: Hub, version: str, seconds: int) -> Answer:
    """Caches may keep it so long; those of everybody only what is public."""
    response["ETag"] = f'"{version}"'
    response["Cache-Control"] = f"{'public' if hub.is_published else 'private'}, max-age={seconds}"
    return response
