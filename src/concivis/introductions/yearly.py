"""What the introductions tell in the office's yearly report: how many, and what came of them, never whose."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Measure, Period, Table
from concivis.hubs.models import Hub
from concivis.introductions.enums import Outcome, State
from concivis.introductions.models import Introduction


def count(hub: Hub, period: Period) -> Counted:
    """Five queries."""
    ours = Introduction.objects.of_hub(hub).order_by()
    ended = ours.filter(period.happened("ended_at"))
    came = ours.filter(period.happened("outcome_at")).values_list("outcome").annotate(many=Count("pk"))
    outcomes = dict(came)
    return Counted(
        {
            "asked": ours.filter(period.happened("asked_at")).count(),
            "introduced": ours.filter(period.happened("introduced_at")).count(),
            "declined": ended.filter(state=State.DECLINED).count(),
            "unanswered": ended.filter(state=State.EXPIRED).count(),
            "together": outcomes.get(Outcome.JOINT_EVENT, 0) + outcomes.get(Outcome.MERGED, 0),
        },
        {"outcomes": outcomes},
    )


def register() -> None:
    annual.register(
        Chapter(
            "introductions",
            _("Introductions"),
            _("Introductions in which at least one side belongs to the office. Nobody is named."),
            count,
            measures=(
                Measure(
                    "asked",
                    _("introductions were asked for"),
                    _("By one side or by the office, in the period."),
                ),
                Measure(
                    "introduced",
                    _("were introduced"),
                    _("Both sides agreed, and the last of them in the period."),
                    headline=True,
                ),
                Measure("declined", _("were declined"), _("One of the sides declined in the period.")),
                Measure("unanswered", _("were not answered"), _("Their time was over in the period.")),
                Measure(
                    "together",
                    _("do something together"),
                    _("A joint event or a merger, noted in the period as what came of it."),
                ),
            ),
            tables=(
                Table(
                    "outcomes",
                    _("Introductions by outcome"),
                    _("What the sides or the office noted in the period as what came of it."),
                    annual.words_of(Outcome),
                ),
            ),
            empty=_("Look at the radar: it finds who does the same, and one click asks them."),
            page="introductions:radar",
            rank=15,
        )
    )
