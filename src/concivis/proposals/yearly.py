"""What citizens' initiatives tell in the office's yearly report."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Measure, Period, Table
from concivis.hubs.models import Hub
from concivis.proposals import figures
from concivis.proposals.enums import Event, Rejection
from concivis.proposals.models import Happening

CODE = "proposals"
HEADLINES = ("published", "successful", "realised")


def count(hub: Hub, period: Period) -> Counted:
    """Four queries."""
    return Counted(figures.count(hub, figures.rows_of(hub), period), {"rejections": _rejections(hub, period)})


def _rejections(hub: Hub, period: Period) -> dict[str, int]:
    """Reasons of those that are still not admitted; one that was taken up again later has none."""
    said = Happening.objects.filter(
        period.happened("at"),
        event=Event.REJECTED,
        proposal__hub=hub,
        proposal__is_historical=False,
        proposal__is_example=False,
    ).exclude(proposal__rejection="")
    return annual.tally(said.values_list("proposal", "proposal__rejection"))


def register() -> None:
    annual.register(
        Chapter(
            CODE,
            _("Citizens’ proposals"),
            _(
                "Proposals made on this platform. Those taken over from other platforms and examples are not counted."
            ),
            count,
            measures=(
                *(_measure(code) for code in ("submitted", "published", "rejected", "successful")),
                _measure("handed_over"),
                Measure(
                    "answers_due",
                    _("answers that were due"),
                    _(
                        "Proposals whose answer was due by the rules in the period, up to the day of counting."
                    ),
                ),
                _measure("answered_in_time", part_of="answers_due"),
                *(_measure(code) for code in ("realised", "realised_in_part", "not_realised")),
                _measure("signatures", persons=True),
            ),
            tables=(
                Table(
                    "rejections",
                    _("Why proposals were not admitted"),
                    _("Proposals that the office did not admit in the period, by the public reason."),
                    annual.words_of(Rejection),
                ),
            ),
            empty=_("Write down the rules of your city for citizens’ proposals: then people can propose."),
            page="hubs:office",
            rank=25,
        )
    )


def _measure(code: str, *, persons: bool = False, part_of: str = "") -> Measure:
    label, counted = figures.WORDS[code]
    return Measure(code, label, counted, persons=persons, part_of=part_of, headline=code in HEADLINES)
