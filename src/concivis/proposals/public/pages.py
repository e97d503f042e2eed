"""The page of a proposal, and what belongs to it: the picture it is shared with, its deadline, its steps as a feed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from concivis.hubs.freshness import etag
from concivis.proposals import (
    collecting,
    dated,
    describing,
    hooks,
    page_parts,
    queries,
    ruling,
    showing,
)
from concivis.proposals.enums import Rejection
from concivis.proposals.models import Proposal
from concivis.proposals.public.lists import young
from concivis.shell import jsonld, parts
from concivis.shell.calendars import calendar_response
from concivis.shell.content import Shown
from concivis.shell.exports import Entry, atom_response
from concivis.shell.pictures import share_image
from concivis.shell.templatetags.shell import absolute_url

FEED_ENTRIES = 200


@require_safe
def proposal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Also of one that was withdrawn, or rejected after it was published. What is hidden says so, and why."""
    rows = queries.for_list(Proposal.objects.filter(published_at__isnull=False, hub__is_published=True))
    found = get_object_or_404(rows, public_id=public_id)
    if found.hidden_at is not None:
        return _hidden(request, found)
    told = showing.shown(found, request.GET.get("in", ""))
    response = render(request, "proposals/proposal.html", _context(request, found, told))
    return young(response) if found.is_collecting else response


@require_safe
@condition(lambda request, **rest: etag(request))
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    found = one(public_id)
    title = showing.shown(found).texts["title"]
    picture = share_image(title, f"{found.hub.name} · {showing.state(found)}", None, found.hub.colour)
    return HttpResponse(picture, content_type="image/png")


@require_safe
@condition(lambda request, **rest: etag(request))
def calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """The last day to sign, to add to one's own calendar."""
    found = one(public_id)
    if found.closes_on is None:  # of another platform
        raise Http404
    entry = dated.of(found)
    return calendar_response([entry], name=entry.title, url=entry.url, filename=f"{public_id}.ics")


@require_safe
@condition(lambda request, **rest: etag(request))
def feed(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """What happened, the latest first."""
    found = one(public_id)
    page = absolute_url(found.get_absolute_url())
    told = showing.shown(found)
    steps = page_parts.happenings(found)[-FEED_ENTRIES:]
    events = zip(page_parts.events(found, steps), steps, strict=True)
    entries = [
        Entry(
            id=f"{page}#step-{step.pk}",
            title=event.title,
            url=f"{page}#timeline",
            updated=step.at,
            summary=event.text,
            language=event.language,
        )
        for event, step in events
    ]
    return atom_response(
        reversed(entries),
        title=told.texts["title"],
        url=page,
        feed_url=absolute_url(request.path),
        updated=found.changed_at,
    )


def one(public_id: str, *, with_steps: bool = False) -> Proposal:
    """A public one, also withdrawn or rejected after it was published. Raises `Http404`."""
    rows = queries.for_list(queries.public())
    return get_object_or_404(queries.with_steps(rows) if with_steps else rows, public_id=public_id)


def _context(request: HttpRequest, found: Proposal, told: Shown) -> dict[str, Any]:
    """Eight queries besides the proposal's own."""
    steps = page_parts.happenings(found)
    title = told.texts["title"]
    return {
        "heading": title,
        "kicker": _("Citizens’ proposal"),
        "crumbs": [
            parts.Crumb(found.hub.name, found.hub.get_absolute_url()),
            parts.Crumb(_("Citizens’ proposals"), reverse("proposals:of_hub", args=[found.hub.slug])),
        ],
        "hub": found.hub,
        "proposal": found,
        "shown": told,
        "original_url": f"?in={found.language}",
        "back_url": "?" if request.GET.get("in") else "",
        "look": showing.look(found, told),
        "state": showing.state(found),
        "tone": showing.tone(found),
        "far": showing.progress(found),
        "shut": collecting.shut(found, timezone.now()),
        "reason": page_parts.reason(found),
        "goals": page_parts.goals(found, steps),
        "areas": page_parts.areas(found),
        "given_areas": page_parts.given_areas(found),
        "events": page_parts.timeline(found, steps),
        "answers": page_parts.answers(found),
        "measures": page_parts.measures(found),
        "corrections": page_parts.corrections(found),
        "rules": ruling.facts(found.rules) if found.rules else [],
        "own_rules": ruling.own_words(found.rules) if found.rules else None,
        "pieces": [piece for say in hooks.on_page if (piece := say(request, found))],
        "share_links": page_parts.share_links(found, title),
        "share_url": absolute_url(reverse("proposals:share", args=[found.public_id])),
        "sign_url": reverse("proposals:sign", args=[found.public_id]),
        "feed_url": reverse("proposals:feed", args=[found.public_id]),
        "calendar_url": reverse("proposals:calendar", args=[found.public_id]),
        "jsonld": jsonld.script(describing.jsonld(found, told)),
    }


def _hidden(request: HttpRequest, found: Proposal) -> HttpResponse:
    """That it was here, why it is hidden, and nothing of what it said."""
    context = {
        "heading": _("This proposal is hidden"),
        "hub": found.hub,
        "reason": Rejection(found.hidden_reason).label,
    }
    return render(request, "proposals/hidden.html", context, status=410)
