"""Public sessions, for calendars. The address of an online one is for its participants and is left out."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from concivis.codesign import telling
from concivis.codesign.models import Session
from concivis.hubs.models import Hub
from concivis.shell import markdown
from concivis.shell.calendars import Dated, uid
from concivis.shell.templatetags.shell import absolute_url

MOST = 500
PAST = timedelta(days=366)
SHORT = 600


def of_hub(hub: Hub) -> Iterator[Dated]:
    """For `hubs.hooks.dated`. One query."""
    yield from entries(Session.objects.public().filter(process__hub=hub))


def entries(rows: QuerySet[Session]) -> Iterator[Dated]:
    """The cancelled ones, too: who wanted to come must learn of it. One query."""
    recent = rows.filter(starts_at__gte=timezone.now() - PAST).select_related("process__hub")
    for session in recent.order_by("-starts_at", "-pk")[:MOST]:
        yield of(session)


def of(session: Session) -> Dated:
    """Process and hub must be fetched."""
    zone = ZoneInfo(session.timezone)
    return Dated(
        uid=uid("session", session.public_id),
        title=session.title,
        url=absolute_url(_page(session)),
        starts=session.starts_at.astimezone(zone),
        ends=session.ends_at.astimezone(zone),
        changed=session.changed_at,
        kind=gettext("Co-design"),
        text=truncatechars(session.cancelled_because or markdown.to_text(session.about), SHORT),
        where=telling.where(session),
        language=session.language,
        sequence=session.sequence,
        is_cancelled=session.cancelled_at is not None,
    )


def _page(session: Session) -> str:
    return reverse("codesign:process", args=[session.process.public_id])
