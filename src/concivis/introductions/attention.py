"""What of the radar and of introductions needs the office."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concivis.hubs import hooks, matters
from concivis.hubs.hooks import Figure
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub
from concivis.hubs.permissions import Permission
from concivis.introductions.enums import State
from concivis.introductions.models import Found, Introduction
from concivis.introductions.models.findings import NEW_DAYS

FINDINGS, INTRODUCTION = "radar", "introduction"
UNANSWERED_DAYS = 7
WHAT_CAME_DAYS = 60
MOST = 50


def register() -> None:
    matters.register_kind(matters.Kind(FINDINGS, gettext_lazy("The radar")))
    matters.register_kind(matters.Kind(INTRODUCTION, gettext_lazy("Introductions")))
    hooks.matters.append(found)
    hooks.office_figures.append(figures)


def figures(hub: Hub) -> list[Figure]:
    """One query."""
    made = Introduction.objects.of_hub(hub).filter(state=State.INTRODUCED).count()
    return [Figure(made, _("introductions"), reverse("introductions:office", args=[hub.slug]))]


def found(hub: Hub) -> Iterator[Matter]:
    """New findings as one matter; introductions that nobody answers, and of which nobody said what came. Five
    queries."""
    yield from _new_findings(hub)
    now = timezone.now()
    unanswered = (
        Introduction.objects.of_hub(hub)
        .open()
        .filter(asked_at__lte=now - timedelta(days=UNANSWERED_DAYS), expires_at__gt=now)
    )
    for each in unanswered.order_by("asked_at").prefetch_related("sides")[:MOST]:
        yield _matter(
            hub,
            each,
            key=f"introduction {each.public_id} unanswered {'reminded' if each.reminded_at else ''}".strip(),
            why=_("Asked, but not answered yet.")
            if each.reminded_at is None
            else _("Asked and reminded, but not answered yet."),
            action=_("Look at it"),
            urgency=Urgency.SOON,
            since=each.asked_at.date(),
            due=each.expires_at.date(),
        )
    silent = Introduction.objects.of_hub(hub).filter(
        state=State.INTRODUCED, outcome="", introduced_at__lte=now - timedelta(days=WHAT_CAME_DAYS)
    )
    for each in silent.order_by("introduced_at").prefetch_related("sides")[:MOST]:
        yield _matter(
            hub,
            each,
            key=f"introduction {each.public_id} outcome",
            why=_("They were introduced, and nobody has said what came of it."),
            action=_("Note what came of it"),
            urgency=Urgency.LATER,
            since=each.introduced_at.date() if each.introduced_at else None,
        )


def _new_findings(hub: Hub) -> Iterator[Matter]:
    since = timezone.now() - timedelta(days=NEW_DAYS)
    new = Found.objects.filter(hub=hub, verdict="", first_found_at__gt=since)
    counted = new.aggregate(count=Count("pk"), last=Max("first_found_at"))
    count, last = counted["count"], counted["last"]
    if not count:
        return
    yield Matter(
        kind=FINDINGS,
        key=f"radar findings {last:%Y%m%d}",
        title=ngettext(
            "The radar found %(count)s pair that does something alike",
            "The radar found %(count)s pairs that do something alike",
            count,
        )
        % {"count": count},
        why=_("New since last week: bring them together, or say that they are not alike."),
        url=reverse("introductions:radar", args=[hub.slug]),
        action=_("Look at the findings"),
        urgency=Urgency.LATER,
        since=last.date(),
        permission=Permission.EDIT_INITIATIVES,
        seen_with=Permission.EDIT_INITIATIVES,
    )


def _matter(hub: Hub, introduction: Introduction, **said: object) -> Matter:
    first, second = introduction.sides.all()
    return Matter(
        kind=INTRODUCTION,
        title=_("%(first)s and %(second)s") % {"first": first.title, "second": second.title},
        url=reverse("introductions:office_introduction", args=[hub.slug, introduction.public_id]),
        object_kind="introduction",
        object_id=introduction.public_id,
        permission=Permission.EDIT_INITIATIVES,
        seen_with=Permission.EDIT_INITIATIVES,
        **said,  # type: ignore[arg-type]
    )
