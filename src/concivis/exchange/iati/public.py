"""A city's development cooperation for everybody, in the format of IATI."""

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from concivis.exchange.iati import gathering, writing
from concivis.exchange.iati.checking import missing
from concivis.exchange.iati.models import Publisher
from concivis.hubs.freshness import etag
from concivis.hubs.models import Hub, today_in
from concivis.hubs.queries import public_hubs
from concivis.initiatives.enums import ReviewState
from concivis.shell.templatetags.shell import absolute_url

MEDIA_TYPE = "application/xml; charset=utf-8"


@require_safe
@condition(lambda request, **rest: etag(request))
def activities(request: HttpRequest, slug: str) -> HttpResponse:
    """What is public and complete; who lacks something is left out, and the office sees what."""
    hub, publisher = _publishing(slug)
    ours = Q(iati_facts=None) | Q(iati_facts__reporter="")
    public = gathering.marked(hub).filter(ours, state=ReviewState.PUBLISHED).order_by("pk")
    records = [gathering.activity(each, publisher) for each in public]
    complete = [each for each in records if not missing(each, today_in(hub))]
    at = max((each.changed for each in complete if each.changed), default=hub.created_at)
    content = writing.activities(
        complete, at=at, words=absolute_url(reverse("portal:themes")), spoken=get_language() or "en"
    )
    return HttpResponse(content, content_type=MEDIA_TYPE)


@require_safe
@condition(lambda request, **rest: etag(request))
def organisations(request: HttpRequest, slug: str) -> HttpResponse:
    hub, publisher = _publishing(slug)
    content = writing.organisations([gathering.organisation(hub, publisher)], at=timezone.now())
    return HttpResponse(content, content_type=MEDIA_TYPE)


def _publishing(slug: str) -> tuple[Hub, Publisher]:
    """Raises Http404 for a hub that is not public, or does not publish by IATI."""
    hub = public_hubs().filter(slug=slug).first()
    publisher = gathering.publisher_of(hub) if hub else None
    if hub is None or publisher is None:
        raise Http404
    return hub, publisher
