"""The steps of a proposal as the office sees them: those that are not public, too."""

from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concivis.proposals.enums import Event as Step
from concivis.proposals.enums import Threshold
from concivis.proposals.models import Happening, Proposal
from concivis.shell.parts import Event
from concivis.shell.templatetags.shell import number

TONES = {
    Step.PUBLISHED: "good", Step.REACHED: "good", Step.REJECTED: "bad", Step.HIDDEN: "bad", Step.WITHDRAWN: "bad",
    Step.PAUSED: "notice", Step.SENT_BACK: "notice",
}  # fmt: skip


def timeline(proposal: Proposal) -> list[Event]:
    """One query."""
    zone = ZoneInfo(proposal.hub.timezone)
    return [_event(each, zone) for each in proposal.happenings.select_related("by")]


def _event(happening: Happening, zone: ZoneInfo) -> Event:
    day = happening.at.astimezone(zone).date()
    return Event(
        date=date_format(day),
        iso=day.isoformat(),
        title=_title(happening),
        text=happening.note,
        tone=TONES.get(Step(happening.event), ""),
        language=happening.language,
    )


def _title(happening: Happening) -> str:
    label = str(happening.get_event_display())
    title = label[:1].upper() + label[1:]
    if happening.event == Step.REACHED:
        return _("Reached {number} signatures: {what}").format(
            number=number(happening.number), what=Threshold(happening.threshold).label
        )
    return title if happening.is_public else _("{step} (only the office sees this)").format(step=title)
