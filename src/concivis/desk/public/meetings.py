"""What everybody sees of meetings: the list of a hub, one of them, and the calendar to subscribe to."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from concivis.desk.meetings import calendar, linked_data, queries, words
from concivis.desk.meetings.enums import MinutesFor
from concivis.desk.meetings.minutes_shown import shown_minutes
from concivis.desk.models import Meeting
from concivis.hubs.freshness import etag
from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.shell.calendars import calendar_response
from concivis.shell.markdown import to_html
from concivis.shell.parts import Crumb, Tab
from concivis.shell.templatetags.shell import absolute_url

ON_A_PAGE = 20


@require_safe
def meetings(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    past = request.GET.get("past") == "1"
    rows = queries.of(hub).filter(is_public=True)
    page = Paginator(rows.past() if past else rows.upcoming(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Meetings"),
        "lead": _("When those who do something for the city's relations with the world meet."),
        "hub": hub,
        "page": page,
        "past": past,
        "cards": [words.card(meeting) for meeting in page.object_list],
        "tabs": [Tab(_("To come"), "?", current=not past), Tab(_("Past"), "?past=1", current=past)],
        "feed_url": reverse("desk:meetings_ics", args=[hub.slug]),
    }
    return render(request, "desk/meetings/list.html", context)


@require_safe
def meeting(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    found = _public(hub, public_id)
    context = {
        **page_of(found, inside=False),
        "kicker": _("Meeting"),
        "crumbs": [Crumb(_("Meetings"), reverse("desk:meetings_public", args=[hub.slug]))],
        "entry_url": reverse("desk:meeting_ics", args=[hub.slug, found.public_id]),
        "jsonld": linked_data.event(found),
        "minutes": shown_minutes(found) if found.minutes_for == MinutesFor.EVERYBODY else None,
    }
    return render(request, "desk/meetings/meeting.html", context)


@require_safe
@condition(etag)
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    page = absolute_url(reverse("desk:meetings_public", args=[slug]))
    return calendar_response(calendar.of_hub(hub), name=hub.name, url=page, filename=f"{slug}-meetings.ics")


@require_safe
def entry(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One meeting, to be put into one's own calendar."""
    found = _public(visible_hub(request.user, slug), public_id)
    page = calendar.page_url(found)
    return calendar_response([calendar.public(found)], name="", url=page, filename=f"meeting-{public_id}.ics")


def page_of(meeting: Meeting, *, inside: bool) -> dict[str, Any]:
    """What the public page and that of the invited share. Three queries."""
    items = list(meeting.items.filter(is_agreed=True))
    cards = queries.linked_cards(items)
    return {
        "heading": meeting.title,
        "hub": meeting.hub,
        "meeting": meeting,
        "facts": words.facts(meeting, inside=inside),
        "about": to_html(meeting.about),
        "agenda": [(item, cards.get((item.card_kind, item.card_id))) for item in items],
        "inside": inside,
    }


def _public(hub: Hub, public_id: str) -> Meeting:
    """Also for members of a hub that is not public yet, who see how it will look."""
    found = get_object_or_404(queries.of(hub), is_public=True, public_id=public_id)
    found.hub = hub
    return found
