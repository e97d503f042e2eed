"""What the newsletter tells in the office's yearly report. Who leaves is deleted: the record says how many did."""

from django.utils.translation import gettext_lazy as _

from concivis.hubs import annual
from concivis.hubs.annual import Chapter, Counted, Measure, Period
from concivis.hubs.models import Hub
from concivis.mailings.enums import LetterState
from concivis.mailings.models import Letter
from concivis.newsletter.enums import IssueState
from concivis.newsletter.models import Issue, Subscription

CONFIRMED, ENDED = "subscription.confirmed", "subscription.ended"


def count(hub: Hub, period: Period) -> Counted:
    """Four queries."""
    sent = Issue.objects.filter(period.happened("sent_at"), hub=hub, state=IssueState.SENT)
    letters = Letter.objects.filter(
        period.happened("handed_over_at"),
        mailing__hub=hub,
        mailing__kind="newsletter",
        state=LetterState.HANDED_OVER,
    )
    lines = annual.record_until(hub, "subscription", (CONFIRMED, ENDED), period)
    there = Subscription.objects.filter(hub=hub, confirmed_at__lt=period.end)
    readers = {*there.values_list("public_id", flat=True), *_by(lines, CONFIRMED)} - _by(lines, ENDED)
    return Counted(
        {
            "issues": sent.count(),
            "letters": letters.count(),
            "subscriptions": len(readers),
            "joined": len(annual.done_in(period, lines, {CONFIRMED})),
            "left": len(annual.done_in(period, lines, {ENDED})),
        }
    )


def _by(lines: list[annual.Done], action: str) -> set[str]:
    return {line.object_id for line in lines if line.action == action}


def register() -> None:
    annual.register(
        Chapter(
            "newsletter",
            _("Newsletter"),
            _("The newsletters of the office, their letters, and the record of who asked for them."),
            count,
            measures=(
                Measure("issues", _("newsletters"), _("Newsletters sent in the period.")),
                Measure(
                    "letters",
                    _("letters"),
                    _("Letters of newsletters that the mail server took in the period."),
                ),
                Measure(
                    "subscriptions",
                    _("subscriptions"),
                    _(
                        "Confirmed by the end of the period and not ended by then, of the newsletter and of letters "
                        "about what is new."
                    ),
                    persons=True,
                    headline=True,
                ),
                Measure(
                    "joined",
                    _("new subscriptions"),
                    _("Confirmed in the period."),
                    persons=True,
                    part_of="subscriptions",
                ),
                Measure("left", _("ended subscriptions"), _("Ended in the period."), persons=True),
            ),
            empty=_("Begin a newsletter, and tell people where they can ask for it."),
            page="newsletter:office",
            rank=50,
        )
    )
