"""What comes next in a city: everything public of its office that has a date, as a page and as a calendar."""

import datetime as dt

from babel.dates import format_date, format_datetime, format_interval
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language as language
from django.utils.translation import gettext, to_locale
from django.views.decorators.http import condition, require_safe

from concivis.hubs import hooks
from concivis.hubs.freshness import etag
from concivis.portal.things import hub_called
from concivis.shell import parts
from concivis.shell.calendars import Dated, calendar_response, upcoming
from concivis.shell.templatetags.shell import absolute_url

MOST = 60  # entries of the page; the calendar has all


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    hub = hub_called(slug)
    context = {
        "hub": hub,
        "heading": gettext("What comes next"),
        "kicker": hub.name,
        "crumbs": [parts.Crumb(hub.name, hub.get_absolute_url())],
        "events": [event(entry) for entry in upcoming(hooks.dated_of(hub), most=MOST)],
        "feed_url": reverse("portal:calendar_feed", args=[slug]),
        "subscribe_url": subscription(reverse("portal:calendar_feed", args=[slug])),
    }
    return render(request, "portal/calendar.html", context)


@require_safe
@condition(etag)
def calendar_feed(request: HttpRequest, slug: str) -> HttpResponse:
    hub = hub_called(slug)
    page = absolute_url(reverse("portal:calendar", args=[slug]))
    return calendar_response(hooks.dated_of(hub), name=hub.name, url=page, filename=f"{slug}.ics")


def subscription(path: str) -> str:
    """The address with which calendar programs subscribe at a click: webcal://…"""
    return "webcal://" + absolute_url(path).split("://", 1)[-1]


def event(entry: Dated) -> parts.Event:
    return parts.Event(
        date=when(entry),
        iso=entry.starts.isoformat(),
        title=entry.title,
        text=" · ".join(filter(None, [entry.kind, entry.where])),
        url=entry.url,
    )


def when(entry: Dated) -> str:
    """“3 – 7 May 2027”, “3 May 2027, 18:00” in the active language."""
    locale = to_locale(language() or "en")
    first, last = entry.starts, entry.ends or entry.starts
    if isinstance(first, dt.datetime):
        return format_datetime(timezone.localtime(first), "d MMMM y, HH:mm", locale=locale)
    if isinstance(last, dt.datetime) or first == last:
        return format_date(first, format="long", locale=locale)
    return format_interval(first, last, "yMMMd", locale=locale)
