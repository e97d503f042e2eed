"""The list of initiatives in every format, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from concivis.catalogue.models import Card
from concivis.directory.enums import Direction
from concivis.hubs.freshness import etag
from concivis.hubs.models import Hub
from concivis.hubs.queries import visible_hub
from concivis.initiatives import dated, describing, hooks, listing, queries, stories, telling
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.filters import InitiativeFilter, narrowed
from concivis.initiatives.models import Initiative, Update
from concivis.shell import jsonld, markdown, parts
from concivis.shell.calendars import calendar_response
from concivis.shell.context import address
from concivis.shell.exports import Entry, atom_response
from concivis.shell.pictures import share_image
from concivis.shell.templatetags.shell import absolute_url

PER_PAGE = 24
FEW_FILTERS = 400  # entries of an update feed


@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    form, rows = found_in(request.GET)
    return _list(request, form, rows, reverse("initiatives:initiatives"), None)


@require_safe
def of_hub(request: HttpRequest, slug: str) -> HttpResponse:
    hub = visible_hub(request.user, slug)
    form, rows = found_in(request.GET, hub)
    return _list(request, form, rows, reverse("initiatives:of_hub", args=[slug]), hub)


@require_safe
def stories_of_hub(request: HttpRequest, slug: str) -> HttpResponse:
    """What the hub's initiatives told of what happened, with pictures."""
    hub = visible_hub(request.user, slug)
    page = Paginator(stories.of_hub(hub), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Stories"),
        "kicker": hub.name,
        "crumbs": [parts.Crumb(hub.name, hub.get_absolute_url())],
        "hub": hub,
        "page": page,
        "stories": [stories.told(update) for update in page.object_list],
    }
    return render(request, "initiatives/stories.html", context)


@require_safe
@condition(lambda request, **rest: etag(request))
def initiatives_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    form, rows = found_in(request.GET)
    page = reverse("initiatives:initiatives")
    return _export(request, extension, form, rows, page)


@require_safe
@condition(lambda request, **rest: etag(request))
def of_hub_export(request: HttpRequest, slug: str, extension: str) -> HttpResponseBase:
    hub = visible_hub(request.user, slug)
    form, rows = found_in(request.GET, hub)
    return _export(request, extension, form, rows, reverse("initiatives:of_hub", args=[slug]))


@require_safe
def initiative(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _one(public_id)
    if found.state == ReviewState.ARCHIVED:
        return _archived(request, found)
    told = telling.shown(found, request.GET.get("in", ""))
    title = told.texts["title"]
    home = reverse("initiatives:of_hub", args=[found.hub.slug])
    context = {
        "heading": title,
        "kicker": telling.capitalised(found.get_kind_display()),
        "crumbs": [
            parts.Crumb(found.hub.name, found.hub.get_absolute_url()),
            parts.Crumb(_("Initiatives"), home),
        ],
        "hub": found.hub,
        "initiative": found,
        "shown": told,
        "original_url": f"?in={found.language}",
        "back_url": "?" if request.GET.get("in") else "",
        "story": markdown.to_html(told.texts["story"]),
        "stage": telling.stage(found),
        "tone": telling.TONES.get(found.stage, "neutral"),
        "facts": telling.facts(found),
        "organisations": telling.organisations(found),
        "needs": telling.support(found, Direction.NEED),
        "offers": telling.support(found, Direction.OFFER),
        "contact": telling.contact(found),
        "can_help": bool(found.owner_email),
        "svg": telling.map_of(found, title),
        "first": next(iter(found.shown_pictures), None),  # type: ignore[attr-defined]
        "pictures": found.shown_pictures[1:],  # type: ignore[attr-defined]
        "updates": _updates(found),
        "papers": list(found.papers.filter(is_public=True)),
        "links": list(found.web_links.all()),
        "related": _related(found),
        "pieces": [piece for say in hooks.on_page if (piece := say(request, found))],
        "share_url": absolute_url(reverse("initiatives:share", args=[public_id])),
        "feed_url": reverse("initiatives:feed", args=[public_id]),
        "calendar_url": reverse("initiatives:calendar", args=[public_id]) if dated.of(found) else "",
        "jsonld": jsonld.script(describing.jsonld(found, told)),
    }
    return render(request, "initiatives/initiative.html", context)


@require_safe
@condition(lambda request, **rest: etag(request))
def share(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _public_one(public_id)
    title = telling.shown(found).texts["title"]
    said = " · ".join([found.hub.name, *telling.where(found)[:2]])
    picture = share_image(title, said, telling.map_of(found, title), found.hub.colour)
    return HttpResponse(picture, content_type="image/png")


@require_safe
@condition(lambda request, **rest: etag(request))
def calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """Its dates, to add to one's own calendar."""
    found = _public_one(public_id)
    entries = dated.of(found)
    if not entries:
        raise Http404
    page = absolute_url(found.get_absolute_url())
    return calendar_response(entries, name=entries[0].title, url=page, filename=f"{public_id}.ics")


@require_safe
@condition(lambda request, **rest: etag(request))
def feed(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """What happened, the latest first."""
    found = _public_one(public_id)
    page = absolute_url(found.get_absolute_url())
    entries = (
        Entry(
            id=f"{page}#{update.public_id}",
            title=update.title,
            url=f"{page}#{update.public_id}",
            updated=update.added_at,
            summary=markdown.to_text(update.text),
        )
        for update in found.updates.all()[:FEW_FILTERS]
    )
    title = telling.shown(found).texts["title"]
    return atom_response(
        entries, title=title, url=page, feed_url=absolute_url(request.path), updated=found.changed_at
    )


def found_in(query: QueryDict, hub: Hub | None = None) -> tuple[InitiativeFilter, QuerySet[Initiative]]:
    """The filters of an address, and what is public and fits them, ready for a list; of one hub or of all."""
    form = InitiativeFilter(query or None)
    rows = (
        queries.public() if hub is None else Initiative.objects.filter(hub=hub, state=ReviewState.PUBLISHED)
    )
    wanted = form.wanted()
    if hub is not None:
        wanted.pop("hub", None)
    found = narrowed(rows, wanted)
    return form, queries.for_list(found).order_by("-last_confirmed", "title", "pk")


def _list(
    request: HttpRequest, form: InitiativeFilter, rows: QuerySet[Initiative], page_url: str, hub: Hub | None
) -> HttpResponse:
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Initiatives"),
        "kicker": hub.name if hub else "",
        "lead": _("Who does what, with whom, where in the world."),
        "hub": hub,
        "form": form,
        "chips": parts.chips(form, request.GET),
        "page": page,
        "count": page.paginator.count,
        "cards": [telling.card(row, with_hub=hub is None) for row in page.object_list],
        "exports": [*parts.exports(page_url), parts.calendar(page_url)],
        "watch": parts.watch(address("newsletter:subscribe_to_all"), "initiative", watched(form, hub)),
        "new_url": reverse("initiatives:new", args=[hub.slug]) if hub else "",
    }
    return render(request, "initiatives/list.html", context)


def watched(form: InitiativeFilter, hub: Hub | None) -> dict[str, str]:
    """The filters in force, the hub whose list it is among them."""
    return form.wanted() | ({"hub": hub.slug} if hub else {})


def _export(
    request: HttpRequest, extension: str, form: InitiativeFilter, rows: QuerySet[Initiative], page: str
) -> HttpResponseBase:
    chips = parts.chips(form, request.GET)
    return listing.in_format(
        request,
        extension,
        rows,
        title=_("Initiatives"),
        page=page,
        filters={chip.label: chip.value for chip in chips},
    )


def _one(public_id: str) -> Initiative:
    """Public, or archived after having been public. Raises `Http404`."""
    rows = Initiative.objects.filter(
        hub__is_published=True,
        state__in=[ReviewState.PUBLISHED, ReviewState.ARCHIVED],
        published_at__isnull=False,
    )
    return get_object_or_404(queries.for_list(rows), public_id=public_id)


def _public_one(public_id: str) -> Initiative:
    found = _one(public_id)
    if found.state != ReviewState.PUBLISHED:
        raise Http404
    return found


def _archived(request: HttpRequest, found: Initiative) -> HttpResponse:
    """That it was here, and nothing of what it said."""
    context = {"heading": _("This entry is in the archive"), "hub": found.hub, "initiative": found}
    return render(request, "initiatives/archived.html", context, status=410)


def _updates(found: Initiative) -> list[tuple[Update, Any]]:
    """(the update, its text as HTML), the latest first. Two queries."""
    rows = found.updates.prefetch_related("pictures")
    return [(update, markdown.to_html(update.text)) for update in rows]


def _related(found: Initiative) -> list[tuple[str, str]]:
    """(title, address) of what it belongs to, as far as that is public. Three queries."""
    pairs = list(found.related_cards.values_list("kind", "object_id"))
    if not pairs:
        return []
    cards = Card.objects.filter(public_id__in=[public_id for _kind, public_id in pairs]).prefetch_related(
        "texts"
    )
    prefix = reverse("initiatives:initiatives").split("/")[1]
    return [(_title(card), f"/{prefix}{card.path}") for card in cards if (card.kind, card.public_id) in pairs]


def _title(card: Card) -> str:
    texts = {text.language: text.title for text in card.texts.all()}
    return texts.get(card.language) or next(iter(texts.values()), card.public_id)
