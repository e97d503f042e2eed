"""Pages for the frames of other websites: without scripts, without cookies, small; every link leaves the frame.

Only these may stand in a frame of somebody else; whatever else the site answers forbids it (`settings`). A page takes
`?look=` (auto, light, dark), `?most=`, and the filters of the list that it shows.
"""

from collections.abc import Callable
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import condition, require_safe

from concivis.hubs import colours, hooks
from concivis.hubs.freshness import etag
from concivis.hubs.models import Hub
from concivis.initiatives import telling
from concivis.initiatives.public.pages import found_in
from concivis.portal import cardmap
from concivis.portal.calendar import event
from concivis.portal.overview import Overview
from concivis.portal.things import hub_called
from concivis.proposals import showing
from concivis.proposals.public.lists import found_in as found_proposals
from concivis.shell.calendars import upcoming
from concivis.shell.parts import Card
from concivis.twinning.public.hubs import card as partner_card
from concivis.twinning.public.hubs import of_hub, state_rank

LOOKS = ("auto", "light", "dark")
USUAL, MOST = 6, 24  # entries of a list
PROPOSALS_SECONDS = 60
FRAMED = {
    "default-src": [NONE],
    **{name: [NONE] for name in ("script-src", "connect-src", "worker-src", "font-src", "manifest-src")},
    "style-src": [SELF],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
View = Callable[..., HttpResponseBase]


def framed(view: View) -> View:
    """Decorates a page that any website may show in a frame."""
    return framed_anew(condition(lambda request, **rest: etag(request))(view))


def framed_anew(view: View) -> View:
    """The same for a page that changes without a line in the record."""
    guarded: View = require_safe(xframe_options_exempt(csp_replace(FRAMED)(view)))
    return guarded


@framed
def initiatives(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the hub's register, by any of the filters of its list."""
    hub = hub_called(slug)
    form, rows = found_in(request.GET, hub)
    wanted = {name: value for name, value in form.wanted().items() if name != "hub"}
    total = rows.count()
    more = {
        "cards": [telling.card(row, with_hub=False) for row in rows[: most(request)]],
        "total": total,
        "all_url": address("initiatives:of_hub", hub, **wanted),
        "join_url": reverse("initiatives:new", args=[slug]),
        "join": gettext("Register an initiative"),
        "nothing": gettext("No initiative is public here yet"),
    }
    return _page(request, hub, gettext("Initiatives"), "initiatives", more)


@framed_anew
def proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """Citizens' proposals of the hub, by any of the filters of their list; the numbers are a minute old at most."""
    hub = hub_called(slug)
    form, rows = found_proposals(request.GET, hub)
    wanted = {name: value for name, value in form.wanted().items() if name != "hub"}
    more = {
        "cards": [showing.card(row, with_hub=False) for row in rows[: most(request)]],
        "total": rows.count(),
        "all_url": address("proposals:of_hub", hub, **wanted),
        "join_url": reverse("proposals:new", args=[slug]),
        "join": gettext("Propose something"),
        "nothing": gettext("Nothing has been proposed here yet"),
    }
    response = _page(request, hub, gettext("Citizens’ proposals"), "proposals", more)
    response["Cache-Control"] = f"max-age={PROPOSALS_SECONDS}"
    return response


@framed
def partnerships(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the hub's city, those in force first."""
    hub = hub_called(slug)
    rows = sorted(of_hub(hub), key=lambda row: (state_rank(row), row.place.name))
    more = {
        "cards": [partner_card(row) for row in rows[: most(request)]],
        "total": len(rows),
        "all_url": hub.get_absolute_url(),
        "nothing": gettext("No partnership is shown here yet"),
    }
    return _page(request, hub, gettext("Partner towns"), "partnerships", more)


@framed
def dates(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes next."""
    hub = hub_called(slug)
    more = {
        "events": [event(entry) for entry in upcoming(hooks.dated_of(hub), most=most(request))],
        "all_url": reverse("portal:calendar", args=[slug]),
        "nothing": gettext("Nothing with a date ahead"),
    }
    return _page(request, hub, gettext("What comes next"), "dates", more)


@framed
def world(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything the city does, on a map."""
    hub = hub_called(slug)
    told = Overview({}, (), hub)
    heading = gettext("Everything %(city)s does in the world") % {"city": hub.place.name}
    more = {
        "svg": cardmap.drawn(told, heading) if told.places else "",
        "all_url": reverse("portal:hub_world", args=[slug]),
        "nothing": gettext("Nothing is on the map yet"),
    }
    return _page(request, hub, heading, "map", more)


@framed
def theme(request: HttpRequest, slug: str, look: str) -> HttpResponse:
    """The hub's colour as ink, on the ground that the look has."""
    if look not in LOOKS:
        raise Http404
    colour = hub_called(slug).colour
    light, dark = (
        f":root {{ --hub-ink: {colour}; }}\n",
        f":root {{ --hub-ink: {colours.lightened(colour)}; }}\n",
    )
    sheet = {
        "light": light,
        "dark": dark,
        "auto": f"{light}@media (prefers-color-scheme: dark) {{ {dark.strip()} }}\n",
    }[look]
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")


def look_of(request: HttpRequest) -> str:
    asked = request.GET.get("look", "")
    return asked if asked in LOOKS else "auto"


def most(request: HttpRequest) -> int:
    asked = request.GET.get("most", "")
    return min(max(int(asked), 1), MOST) if asked.isascii() and asked.isdigit() and len(asked) < 5 else USUAL


def address(name: str, hub: Hub, **query: str) -> str:
    """The page of a hub with a query string of what is set."""
    return reverse(name, args=[hub.slug], query=query or None)


def _page(request: HttpRequest, hub: Hub, heading: str, what: str, more: dict[str, Any]) -> HttpResponse:
    look = look_of(request)
    cards: list[Card] = more.get("cards", [])
    context = {
        "hub": hub,
        "heading": heading,
        "what": what,
        "look": look,
        "theme_url": reverse("portal:embed_theme", args=[hub.slug, look]),
        "left": more.get("total", 0) - len(cards),
        **more,
    }
    return render(request, "portal/embed/page.html", context)
