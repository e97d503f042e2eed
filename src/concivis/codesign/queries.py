"""Every reused read of this room."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from concivis.codesign import hooks
from concivis.codesign.enums import ConnectorState, InsightState, Said, Sender
from concivis.codesign.models import (
    CodesignRules,
    Connector,
    Insight,
    Message,
    Process,
    Session,
    TrainingPart,
)
from concivis.hubs.models import Hub


def rules_of(hub: Hub) -> CodesignRules:
    """The hub's, or the defaults, not saved. One query."""
    return CodesignRules.objects.filter(hub=hub).first() or CodesignRules(hub=hub)


# --- processes ---------------------------------------------------------------------------------------------


def processes_of(hub: Hub) -> QuerySet[Process]:
    """All of the office's, the latest first, with `session_count` and `insight_count`. One query."""
    return (
        Process.objects.filter(hub=hub)
        .annotate(
            session_count=Count("sessions", distinct=True),
            insight_count=Count("insights", distinct=True),
        )
        .order_by("-created_at", "-pk")
    )


def people_at(processes: Iterable[Process]) -> dict[int, int]:
    """{process: how many people came to its sessions}; who came twice counts twice. One query."""
    rows = (
        Session.objects.filter(process__in=[process.pk for process in processes], attended__isnull=False)
        .order_by()
        .values_list("process")
        .annotate(people=Sum("attended"))
    )
    return dict(rows)


def sessions_of(process: Process) -> QuerySet[Session]:
    """The next first, then those that are over. One query, two more for connectors and attendance."""
    return process.sessions.select_related("phase").prefetch_related("connectors", "attendance")


# --- connectors --------------------------------------------------------------------------------------------


def roster(hub: Hub) -> QuerySet[Connector]:
    """With what each volunteered, `waiting` messages, `insight_count`, `trained` parts. Two queries."""
    return (
        Connector.objects.filter(hub=hub)
        .annotate(
            waiting=Count(
                "messages",
                filter=Q(messages__sender=Sender.CONNECTOR, messages__settled_at=None),
                distinct=True,
            ),
            insight_count=Count("insights", distinct=True),
            trained=Count("training__part", filter=Q(training__part__retired_at=None), distinct=True),
        )
        .prefetch_related("volunteered")
        .order_by("name", "pk")
    )


def said(connector: Connector, kind: Said) -> list[str]:
    """What they volunteered of a kind; no query where it is prefetched."""
    return [each.value for each in connector.volunteered.all() if each.kind == kind]


def training_of(hub: Hub) -> QuerySet[TrainingPart]:
    """The parts that are still offered. One query."""
    return TrainingPart.objects.filter(hub=hub, retired_at=None)


def thread_of(connector: Connector) -> QuerySet[Message]:
    """The messages in their order, with who wrote and who read. Two queries."""
    return connector.messages.select_related("by").prefetch_related("readings__by")


def unanswered(hub: Hub) -> QuerySet[Message]:
    """Messages of connectors that wait for the office, the oldest first. One query."""
    return (
        Message.objects.filter(connector__hub=hub, sender=Sender.CONNECTOR, settled_at=None)
        .select_related("connector")
        .order_by("sent_at", "pk")
    )


def late_since(rules: CodesignRules, now: dt.datetime | None = None) -> dt.datetime:
    """What was sent before this moment should have been answered."""
    return (now or timezone.now()) - dt.timedelta(days=rules.answer_days)


def threads(hub: Hub) -> QuerySet[Connector]:
    """Connectors with messages, those who wait first, with `last_at` and `waiting`. One query."""
    return (
        Connector.objects.filter(hub=hub, messages__isnull=False)
        .annotate(
            last_at=Max("messages__sent_at"),
            waiting=Count("messages", filter=Q(messages__sender=Sender.CONNECTOR, messages__settled_at=None)),
        )
        .order_by(F("waiting").desc(), "-last_at", "pk")
    )


def working(hub: Hub) -> QuerySet[Connector]:
    """Who can be asked to hold a session."""
    return Connector.objects.filter(hub=hub, state=ConnectorState.ACTIVE)


# --- insights ----------------------------------------------------------------------------------------------


def insights_of(hub: Hub) -> QuerySet[Insight]:
    """All that the office heard, as its lists show them. One query, two more for themes and translations."""
    return (
        Insight.objects.filter(hub=hub)
        .select_related("process", "session", "connector")
        .prefetch_related("terms", "translations")
    )


@dataclass(frozen=True)
class Fate:
    """A step of what became of an insight: a word for its state, and, where there is more to say, a sentence."""

    label: str
    sentence: str = ""
    url: str = ""  # a public page, or nothing
    tone: str = "neutral"  # of the component badge: neutral, good, notice, bad, over


def fate_of(insight: Insight) -> list[Fate]:
    """What became of it so far, in the order it happened; never empty. Costs what `fates_of` does."""
    return fates_of([insight])[insight.pk]


def fates_of(insights: Sequence[Insight]) -> dict[int, list[Fate]]:
    """By the insight's key. No query of its own; `hooks.fates` say what theirs cost."""
    found = {insight.pk: [_state(insight)] for insight in insights}
    for call in hooks.fates:
        for pk, steps in call(insights).items():
            found[pk] += steps
    return found


def _state(insight: Insight) -> Fate:
    state = InsightState(insight.state)
    tones = {InsightState.CLUSTERED: "good", InsightState.ASIDE: "over"}
    return Fate(str(state.label), insight.aside_because, tone=tones.get(state, "neutral"))
