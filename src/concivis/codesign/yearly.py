"""What co-design tells in the office's yearly report. People are numbers, and few of them are not told."""

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from concivis.codesign.enums import Need
from concivis.codesign.models import (
    AttendanceByLanguage,
    Connector,
    Insight,
    Process,
    Recommendation,
    Session,
)
from concivis.codesign.models import Measure as MeasureRow
from concivis.codesign.outcomes import MeasureState
from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Labels, Measure, Period, Table
from concivis.hubs.models import Hub
from concivis.shell.templatetags.shell import language_name


def count(hub: Hub, period: Period) -> Counted:
    """Thirteen queries."""
    took_place = Q(cancelled_at=None) | Q(cancelled_at__gte=period.end)
    held = Session.objects.filter(
        took_place, period.happened("starts_at"), process__hub=hub, ends_at__lte=period.end
    )
    heard = Insight.objects.filter(period.happened("written_at"), hub=hub)
    served = Connector.objects.filter(hub=hub, joined_at__lt=period.end).filter(
        Q(ended_at=None) | Q(ended_at__gte=period.start)
    )
    running = Process.objects.filter(hub=hub, created_at__lt=period.end, published_at__lt=period.end).filter(
        Q(finished_at=None) | Q(finished_at__gte=period.start)
    )
    return Counted(
        {
            "processes": running.count(),
            "finished": Process.objects.filter(
                period.happened("finished_at"), hub=hub, published_at__isnull=False, cancelled_because=""
            ).count(),
            "connectors": served.count(),
            "sessions": held.count(),
            "people": held.aggregate(people=Sum("attended"))["people"] or 0,
            "insights": heard.count(),
            **_became(hub, period),
        },
        {
            "languages": dict(
                AttendanceByLanguage.objects.filter(session__in=held.order_by().values("pk"))
                .order_by()
                .values_list("language")
                .annotate(people=Sum("number"))
            ),
            "themes": annual.tally(heard.filter(terms__scheme="theme").values_list("pk", "terms__code")),
            "needs": annual.tally(heard.exclude(need="").values_list("pk", "need")),
        },
    )


def _became(hub: Hub, period: Period) -> dict[str, int]:
    """Of public processes, by the days of the rows. Four queries."""
    asked = Recommendation.objects.filter(process__hub=hub, process__published_at__lt=period.end)
    answered = asked.filter(period.happened("answered_at"))
    done = MeasureRow.objects.filter(
        recommendation__process__hub=hub,
        recommendation__process__published_at__lt=period.end,
        state=MeasureState.DONE,
        ended_on__gte=period.first,
        ended_on__lte=period.until,
    )
    days = answered.values_list("answered_at", "answer_due")
    in_time = sum(at.astimezone(period.zone).date() <= due for at, due in days if at and due)
    return {
        "recommendations": asked.filter(period.happened("handed_over_at")).count(),
        "answered": answered.count(),
        "answered_in_time": in_time,
        "measures_done": done.count(),
    }


def words_of_languages() -> Labels:
    return lambda keys: {key: language_name(key) for key in keys}


def register() -> None:
    annual.register(
        Chapter(
            "codesign",
            _("Co-design and community connectors"),
            _(
                "The office's processes of co-design, its roster of connectors, and what was heard at sessions."
            ),
            count,
            measures=(
                Measure(
                    "processes",
                    _("processes"),
                    _("Processes that were public and went on at some time in the period."),
                    headline=True,
                ),
                Measure("finished", _("finished"), _("Public processes that were finished in the period.")),
                Measure(
                    "connectors",
                    _("community connectors"),
                    _("Connectors who had said yes and had not ended before the period."),
                    persons=True,
                ),
                Measure(
                    "sessions",
                    _("sessions"),
                    _("Sessions that began and ended in the period and were not cancelled."),
                ),
                Measure(
                    "people",
                    _("people came"),
                    _(
                        "The sum over the sessions of the period, as it was counted. Who came twice counts twice."
                    ),
                    persons=True,
                    headline=True,
                ),
                Measure("insights", _("insights"), _("Insights written down in the period.")),
                Measure(
                    "recommendations",
                    _("recommendations"),
                    _("Recommendations handed over to the administration in the period."),
                ),
                Measure(
                    "answered",
                    _("recommendations answered"),
                    _("Recommendations that got their first answer in the period, whatever it was."),
                    headline=True,
                ),
                Measure(
                    "answered_in_time",
                    _("answered in time"),
                    _("Of those answered in the period, by the day that was promised."),
                ),
                Measure("measures_done", _("measures done"), _("Measures that were done in the period.")),
            ),
            tables=(
                Table(
                    "languages",
                    _("People at sessions by language"),
                    _("Where somebody counted. Who speaks two languages counts in both."),
                    words_of_languages(),
                    persons=True,
                ),
                Table(
                    "themes",
                    _("Insights by theme"),
                    _("Insights of the period. One with several themes counts in each."),
                    annual.words_of_terms("theme"),
                ),
                Table("needs", _("Insights by need"), _("Insights of the period."), annual.words_of(Need)),
            ),
            empty=_("Begin a process of co-design, and note how many come to its sessions."),
            page="codesign:office",
            rank=38,
        )
    )
