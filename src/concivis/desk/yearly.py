"""What the desk tells in the office's yearly report: how many asked, how soon they were answered, what came of it."""

from datetime import datetime
from statistics import median

from django.utils.translation import gettext_lazy as _

from concivis.desk.enums import Channel, Outcome
from concivis.desk.models import Enquiry
from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Measure, Period, Table, Unit
from concivis.hubs.models import Hub


def count(hub: Hub, period: Period) -> Counted:
    """One query."""
    rows = list(
        Enquiry.objects.filter(hub=hub, is_confirmed=True, received_at__lt=period.end)
        .exclude(channel=Channel.LETTER)  # that one was written by the office itself
        .values_list("received_at", "first_answered_at", "closed_at", "outcome", "channel", "topic")
    )
    received = [row for row in rows if row[0] >= period.start]
    waits = [
        int((answered - came).total_seconds() // 60)
        for came, answered, *_rest in rows
        if answered is not None and _in(period, answered)
    ]
    closed = [row for row in rows if _in(period, row[2])]
    return Counted(
        {
            "received": len(received),
            "answered": len(waits),
            "wait": int(median(waits)) if waits else None,
            "closed": len(closed),
            "open": sum(closed_at is None or closed_at >= period.end for _, _, closed_at, *_rest in rows),
        },
        {
            "outcomes": annual.tally((number, row[3]) for number, row in enumerate(closed)),
            "channels": annual.tally((number, row[4]) for number, row in enumerate(received)),
            "topics": annual.tally((number, row[5]) for number, row in enumerate(received) if row[5]),
        },
    )


def _in(period: Period, moment: datetime | None) -> bool:
    return moment is not None and period.start <= moment < period.end


def register() -> None:
    annual.register(
        Chapter(
            "enquiries",
            _("Enquiries and advice"),
            _(
                "The enquiries at the office's desk. Nothing of what was asked, or of who asked, goes into the report."
            ),
            count,
            measures=(
                Measure(
                    "received",
                    _("enquiries"),
                    _("Enquiries that came in the period, on any way. Unconfirmed forms do not count."),
                    headline=True,
                ),
                Measure("answered", _("answered"), _("Enquiries whose first answer went out in the period.")),
                Measure(
                    "wait",
                    _("time to the first answer"),
                    _(
                        "The median over the enquiries first answered in the period: half waited less, half more."
                    ),
                    unit=Unit.MINUTES,
                ),
                Measure(
                    "closed",
                    _("closed"),
                    _("Enquiries that were closed in the period and were not opened again."),
                ),
                Measure(
                    "open",
                    _("still open"),
                    _("Enquiries that came before the end of the period and were not closed by then."),
                ),
            ),
            tables=(
                Table(
                    "outcomes",
                    _("Enquiries by outcome"),
                    _("Enquiries closed in the period."),
                    annual.words_of(Outcome),
                    persons=True,
                ),
                Table(
                    "channels",
                    _("Enquiries by the way they came"),
                    _("Enquiries that came in the period."),
                    annual.words_of(Channel),
                    persons=True,
                ),
                Table(
                    "topics",
                    _("Enquiries by topic"),
                    _("Enquiries that came in the period, by the topic the office noted."),
                    annual.as_they_are,
                    persons=True,
                ),
            ),
            empty=_("Note enquiries at the desk when they come, also short ones by telephone."),
            page="desk:enquiries",
            rank=40,
        )
    )
