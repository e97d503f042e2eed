"""The public pages of processes: what was heard, what was recommended, what was decided, what became of it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from concivis.codesign import becoming, dated, telling, wording
from concivis.codesign.models import Process, Session
from concivis.codesign.outcomes import VoteState
from concivis.hubs.freshness import etag
from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.shell import markdown, parts
from concivis.shell.calendars import calendar_response
from concivis.shell.exports import FEEDS, Entry, feed_response, table_response
from concivis.shell.templatetags.shell import absolute_url

PER_PAGE = 24
NEWS = 100  # entries of a feed


@require_safe
def of_hub(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    page = Paginator(_processes(hub), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Co-design"),
        "kicker": hub.name,
        "lead": _(
            "What people said, what they recommended, what the administration answered, and what became of it."
        ),
        "crumbs": [parts.Crumb(hub.name, hub.get_absolute_url())],
        "hub": hub,
        "page": page,
        "cards": [wording.card(each) for each in page.object_list],
    }
    return render(request, "codesign/list.html", context)


@require_safe
@condition(lambda request, **rest: etag(request))
def of_hub_export(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    """All public recommendations of a hub, of every process."""
    hub = visible_hub(request.user, slug)
    rows = [row for process in _processes(hub) for row in becoming.asked_of(process)]
    page = reverse("codesign:of_hub", args=[slug])
    return _table(extension, rows, title=_("Recommendations"), page=page)


@require_safe
def process(request: HttpRequest, public_id: str) -> HttpResponse:
    found = public_process(public_id)
    told = wording.shown(found, request.GET.get("in", ""))
    account = becoming.account_of(found)
    phases = list(found.phases.all())
    sessions = list(_sessions(found))
    now = timezone.now()
    context = {
        **about(found),
        "shown": told,
        "original_url": f"?in={found.language}",
        "back_url": "?" if request.GET.get("in") else "",
        "scope": markdown.to_html(told.texts["scope"]),
        "goals": [line for line in told.texts["goals"].splitlines() if line.strip()],
        "state": capfirst(found.get_state_display()),
        "tone": telling.tone(found),
        "period": wording.period(found),
        "stats": wording.stats(account.figures),
        "heard": account.heard,
        "asked": account.asked,
        "phases": wording.phases(found, phases),
        "coming": [each for each in reversed(sessions) if each.ends_at >= now and not each.cancelled_at],
        "calendar_url": reverse("codesign:sessions", args=[public_id]) if sessions else "",
        "exports": [*parts.tables(reverse("codesign:recommendations", args=[public_id])), *_feeds(public_id)],
        "votes": list(found.votes.exclude(state=VoteState.DRAFT)),
        "feed_url": reverse("codesign:updates", args=[public_id, "atom"]),
    }
    return render(request, "codesign/process.html", context)


@require_safe
def recommendations(request: HttpRequest, public_id: str) -> HttpResponse:
    """The recommendations of a process alone, for who has its table at hand."""
    found = public_process(public_id)
    context = {
        **about(found),
        "heading": _("Recommendations"),
        "asked": becoming.asked_of(found),
        "exports": parts.tables(request.path),
    }
    return render(request, "codesign/recommendations.html", context)


@require_safe
@condition(lambda request, **rest: etag(request))
def recommendations_export(request: HttpRequest, public_id: str, extension: str) -> HttpResponseBase:
    found = public_process(public_id)
    title = wording.shown(found).texts["title"]
    page = reverse("codesign:process", args=[public_id])
    return _table(extension, becoming.asked_of(found), title=title, page=page)


@require_safe
@condition(lambda request, **rest: etag(request))
def updates(request: HttpRequest, public_id: str, extension: str) -> HttpResponseBase:
    """What happened to the recommendations, the latest first."""
    if extension not in FEEDS:
        raise Http404
    found = public_process(public_id)
    page = absolute_url(reverse("codesign:process", args=[public_id]))
    news = sorted(wording.happened(becoming.asked_of(found)), reverse=True)[:NEWS]
    entries = [
        Entry(
            id=f"{page}#{anchor}-{when:%Y%m%d%H%M%S%f}",
            title=title,
            url=f"{page}#{anchor}",
            updated=when,
            summary=markdown.to_text(text),
            author=found.hub.name,
        )
        for when, title, text, anchor in news
    ]
    return feed_response(request, extension, entries, title=wording.shown(found).texts["title"], url=page)


@require_safe
@condition(lambda request, **rest: etag(request))
def sessions(request: HttpRequest, public_id: str) -> HttpResponse:
    """The public sessions of a process, to keep in one's own calendar."""
    found = public_process(public_id)
    page = absolute_url(reverse("codesign:process", args=[public_id]))
    entries = [dated.of(each) for each in _sessions(found).select_related("process__hub")]
    if not entries:
        raise Http404
    title = wording.shown(found).texts["title"]
    return calendar_response(entries, name=title, url=page, filename=f"{public_id}.ics")


def public_process(public_id: str) -> Process:
    """Raises `Http404` for what is not public."""
    rows = Process.objects.public().select_related("hub__place__country").prefetch_related("translations")
    return get_object_or_404(rows, public_id=public_id)


def about(process: Process) -> dict[str, Any]:
    """What the head of every public page about a process needs."""
    title = wording.shown(process).texts["title"]
    return {
        "heading": title,
        "kicker": _("Co-design"),
        "crumbs": [
            parts.Crumb(process.hub.name, process.hub.get_absolute_url()),
            parts.Crumb(_("Co-design"), reverse("codesign:of_hub", args=[process.hub.slug])),
        ],
        "hub": process.hub,
        "process": process,
    }


def below(process: Process, heading: str) -> dict[str, Any]:
    """The head of a page that belongs to the page of a process."""
    shared = about(process)
    title, url = shared["heading"], reverse("codesign:process", args=[process.public_id])
    return {
        **shared,
        "heading": heading,
        "title": title,
        "crumbs": [*shared["crumbs"], parts.Crumb(title, url)],
    }


def _processes(hub: Hub) -> Any:
    rows = Process.objects.filter(hub=hub, is_published=True)
    return wording.counted(rows).order_by("-published_at", "-pk")


def _sessions(process: Process) -> Any:
    return Session.objects.filter(process=process, is_public=True).order_by("-starts_at", "-pk")


def _feeds(public_id: str) -> list[parts.Export]:
    return [
        parts.Export("Atom", reverse("codesign:updates", args=[public_id, "atom"]), "application/atom+xml")
    ]


def _table(extension: str, rows: list[becoming.Asked], *, title: str, page: str) -> HttpResponseBase:
    url = absolute_url(page)
    return table_response(extension, rows, wording.COLUMNS, "recommendations", title=title, url=url)
