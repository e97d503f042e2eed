"""The page of what needs attention, and putting a matter off."""

import datetime as dt
from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from concivis.accounts.models import User
from concivis.hubs import handling, hooks, matters
from concivis.hubs.access import office_view
from concivis.hubs.matters import Urgency
from concivis.hubs.models import Hub, today_in
from concivis.hubs.office.pages import office_page
from concivis.hubs.permissions import Permission
from concivis.twinning import attention as rules
from concivis.twinning import attention_words, queries
from concivis.twinning.attention import Matter
from concivis.twinning.policies import KEEP

LATER_DAYS = (7, 30, 90)


@dataclass(frozen=True)
class Group:
    label: str
    matters: list[Matter]


@office_view(Permission.VIEW_OFFICE)
@require_GET
def attention(request: HttpRequest, hub: Hub) -> HttpResponse:
    everything = rules.attention(hub, aside=True)
    aside = matters.put_aside(hub, today_in(hub))
    now = [matter for matter in everything if matter.key not in aside]
    context = {
        "heading": _("Needs attention"),
        "groups": [
            Group(str(attention_words.URGENCIES[urgency]), [each for each in now if each.urgency == urgency])
            for urgency in Urgency
        ],
        "count": len(now),
        "put_off": [(each, aside[each.key]) for each in everything if aside.get(each.key)],
        "later": [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in LATER_DAYS],
        "letters_url": reverse("twinning:office_reminders", args=[hub.slug]),
    }
    return office_page(request, hub, "twinning/office/attention.html", context)


@office_view(KEEP)
@require_POST
def later(request: HttpRequest, hub: Hub) -> HttpResponse:
    """Puts off the matter that `key` names, for `days`."""
    matter = _matter(request, hub)
    days = {str(days): days for days in LATER_DAYS}.get(request.POST.get("days", ""))
    if days is None:
        raise Http404
    until = today_in(hub) + dt.timedelta(days=days)
    handling.put_off(by=cast(User, request.user), hub=hub, matters=[matter], until=until)
    text = _("You will be reminded again on %(day)s.")
    messages.success(request, text % {"day": date_format(until, "DATE_FORMAT")})
    return redirect("twinning:office_attention", hub.slug)


def _matter(request: HttpRequest, hub: Hub) -> matters.Matter:
    for matter in rules.for_the_desk(hub):
        if matter.key == request.POST.get("key"):
            return matter
    raise Http404


# --- on the office's first page ----------------------------------------------------------------------------


def figures(hub: Hub) -> list[hooks.Figure]:
    """Nine queries."""
    kept = queries.in_office(hub).count()
    waiting = len(rules.attention(hub))
    return [
        hooks.Figure(
            kept,
            ngettext("partnership", "partnerships", kept),
            reverse("twinning:office_partnerships", args=[hub.slug]),
        ),
        hooks.Figure(
            waiting,
            ngettext("matter needs attention", "matters need attention", waiting),
            reverse("twinning:office_attention", args=[hub.slug]),
        ),
    ]


def steps(hub: Hub) -> list[hooks.Step]:
    """One query."""
    recorded = hub.partnerships.exists()
    url = reverse("twinning:office_partnerships", args=[hub.slug])
    return [
        hooks.Step(_("Record your first partnership, or take over what the lists know"), recorded, url, KEEP)
    ]
