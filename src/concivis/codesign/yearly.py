"""What co-design tells in the office's yearly report. People are numbers, and few of them are not told."""

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from concivis.codesign.enums import Need
from concivis.codesign.models import AttendanceByLanguage, Connector, Insight, Process, Session
from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Labels, Measure, Period, Table
from concivis.hubs.models import Hub
from concivis.shell.templatetags.shell import language_name


def count(hub: Hub, period: Period) -> Counted:
    """Nine queries."""
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
