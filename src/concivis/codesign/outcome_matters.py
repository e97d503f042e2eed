"""What of recommendations, measures and the box needs the office."""

from collections.abc import Iterator

from django.db.models import Count, Max, Min
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from concivis.codesign.models import BoxInput, Measure, Recommendation
from concivis.codesign.outcomes import OPEN_MEASURES, InputState, RecommendationState
from concivis.codesign.policies import WORK
from concivis.hubs import hooks, matters
from concivis.hubs.matters import Matter, Urgency
from concivis.hubs.models import Hub, today_in

KIND = "recommendation"


def register() -> None:
    matters.register_kind(matters.Kind(KIND, gettext_lazy("Recommendations")))
    hooks.matters.append(found)


def found(hub: Hub) -> Iterator[Matter]:
    """Answers and measures that are late, and boxes that nobody has looked into. Three queries."""
    today = today_in(hub)
    waiting = Recommendation.objects.filter(
        process__hub=hub, state=RecommendationState.HANDED_OVER, answer_due__lt=today
    )
    for each in waiting.select_related("process").order_by("answer_due", "pk"):
        due = each.answer_due
        assert due is not None
        yield _matter(
            hub,
            each,
            key=f"recommendation {each.public_id} answer until {due:%Y-%m-%d}",
            title=each.title,
            why=_("The answer was promised for %(day)s. Everybody sees that it is late.")
            % {"day": date_format(due)},
            action=_("Answer it, or say until when"),
            urgency=Urgency.NOW,
            due=due,
            since=due,
            assignee=each.owner_id,
        )
    late = Measure.objects.filter(
        recommendation__process__hub=hub,
        recommendation__state=RecommendationState.ANSWERED,
        state__in=OPEN_MEASURES,
        due__lt=today,
    )
    for measure in late.select_related("recommendation__process").order_by("due", "pk"):
        yield _matter(
            hub,
            measure.recommendation,
            key=f"measure {measure.public_id} until {measure.due:%Y-%m-%d}",
            title=measure.title,
            why=_("This measure was promised for %(day)s. Everybody sees that it is late.")
            % {"day": date_format(measure.due)},
            action=_("Note how far it is"),
            urgency=Urgency.SOON,
            due=measure.due,
            since=measure.due,
            assignee=measure.owner_id,
        )
    yield from _boxes(hub)


def _boxes(hub: Hub) -> Iterator[Matter]:
    """One for each process: the oldest input that waits names it, so that it comes back with the next one."""
    waiting = BoxInput.objects.filter(process__hub=hub, state=InputState.NEW)
    counted = waiting.values("process__public_id", "process__title").annotate(
        number=Count("pk"), oldest=Min("received_on"), latest=Max("pk")
    )
    for row in counted.order_by("oldest", "process__public_id"):
        number: int = row["number"]
        yield Matter(
            kind=KIND,
            key=f"box {row['process__public_id']} until {row['latest']}",
            title=row["process__title"],
            why=ngettext(
                "%(number)s input of the box waits to be read.",
                "%(number)s inputs of the box wait to be read.",
                number,
            )
            % {"number": number},
            url=reverse("codesign:office_box", args=[hub.slug, row["process__public_id"]]),
            action=_("Look into the box"),
            urgency=Urgency.SOON,
            since=row["oldest"],
            object_kind="process",
            object_id=row["process__public_id"],
            permission=WORK,
            seen_with=WORK,
        )


def _matter(hub: Hub, recommendation: Recommendation, **said: object) -> Matter:
    args = [hub.slug, recommendation.process.public_id, recommendation.public_id]
    return Matter(
        kind=KIND,
        url=reverse("codesign:office_recommendation", args=args),
        object_kind=KIND,
        object_id=recommendation.public_id,
        permission=WORK,
        seen_with=WORK,
        **said,  # type: ignore[arg-type]
    )
