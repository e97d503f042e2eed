"""What the reach tells in the office's yearly report, where the office lets everybody see it."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Measure, Period
from concivis.hubs.models import Hub
from concivis.reach import queries


def count(hub: Hub, period: Period) -> Counted:
    """Three queries."""
    counted = None
    if queries.settings_of(hub).is_public:
        counted = queries.span(hub, period.first, period.until)
    if counted is None:
        return Counted({})
    return Counted(
        {
            "days": len(counted.days),
            "mean": round(counted.mean),
            "busiest": counted.busiest.visitors,
        }
    )


def register() -> None:
    annual.register(
        Chapter(
            "reach",
            _("Reach"),
            _(
                "Different visitors of a day, counted without following anybody. Days cannot be added up to people."
            ),
            count,
            measures=(
                Measure(
                    "mean",
                    _("visitors a day"),
                    _("The mean over the days of the period on which visitors were counted."),
                    persons=True,
                    headline=True,
                ),
                Measure(
                    "busiest",
                    _("visitors on the busiest day"),
                    _("At least so many different people came in the period."),
                    persons=True,
                ),
                Measure("days", _("days were counted"), _("Days of the period since counting began.")),
            ),
            empty=_("Say that everybody may see the reach, and it is told here."),
            page="reach:office",
            rank=60,
        )
    )
