"""What the meetings of the initiatives tell in the office's yearly report. Who came is a number, never a name."""

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from concivis.desk.models import Guest, Meeting, Task
from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Measure, Period
from concivis.hubs.models import Hub


def count(hub: Hub, period: Period) -> Counted:
    """Five queries."""
    took_place = Q(cancelled_at=None) | Q(cancelled_at__gte=period.end)
    held = Meeting.objects.filter(took_place, period.happened("starts_at"), hub=hub, ends_at__lte=period.end)
    came = Guest.objects.filter(meeting__in=held.order_by().values("pk"), came__gte=1)
    tasks = Task.objects.filter(hub=hub)
    return Counted(
        {
            "held": held.count(),
            "people": came.aggregate(people=Sum("came"))["people"] or 0,
            "initiatives": came.exclude(initiative=None).values("initiative").distinct().count(),
            "tasks": tasks.filter(period.happened("made_at")).count(),
            "done": tasks.filter(period.happened("done_at")).count(),
        }
    )


def register() -> None:
    annual.register(
        Chapter(
            "meetings",
            _("Meetings of the initiatives"),
            _("The meetings that the office planned, its notes of who came, and the tasks agreed there."),
            count,
            measures=(
                Measure(
                    "held",
                    _("meetings"),
                    _("Meetings that began and ended in the period and were not cancelled."),
                    headline=True,
                ),
                Measure(
                    "people",
                    _("people came"),
                    _(
                        "The sum over the meetings of the period, as the office noted it. Who came twice counts twice."
                    ),
                    persons=True,
                ),
                Measure(
                    "initiatives",
                    _("initiatives were there"),
                    _("Different initiatives from which somebody came to a meeting of the period."),
                ),
                Measure("tasks", _("tasks were agreed"), _("Tasks noted in the period.")),
                Measure(
                    "done", _("tasks were done"), _("Tasks, also earlier ones, that were done in the period.")
                ),
            ),
            empty=_("Plan a meeting of the initiatives, and note afterwards who came."),
            page="desk:meetings",
            rank=35,
        )
    )
