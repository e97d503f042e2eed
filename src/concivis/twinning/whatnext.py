"""What an office can do next with a partnership, by its state: a short plain list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from concivis.shell.context import address
from concivis.twinning.access import Tie
from concivis.twinning.actions.editing import WITHOUT_SIGNATURE
from concivis.twinning.enums import PUBLIC_STATES, MilestoneKind, PartnershipState
from concivis.twinning.models import Milestone, Side

SIGNED = (MilestoneKind.SIGNED, MilestoneKind.COUNTERSIGNED)


@dataclass(frozen=True)
class Way:
    """One thing to do: a page to open, or (`state`) a state to move to with a button."""

    label: str
    url: str = ""
    state: str = ""


def ways_on(tie: Tie, milestones: Sequence[Milestone], by_hand: Sequence[PartnershipState]) -> list[Way]:
    """What its keeper can do next, the most obvious first. `by_hand`: `editing.possible_states` of it. No query."""
    kept = [each for each in milestones if each.source.stated_by_id is None]
    found = [*_of_state(tie, kept, by_hand), *_at_any_time(tie)]
    return [way for way in found if way.url or way.state]


def _of_state(
    tie: Tie, milestones: Sequence[Milestone], by_hand: Sequence[PartnershipState]
) -> Iterator[Way]:
    state = tie.partnership.state
    if state == PartnershipState.ENQUIRY:
        if PartnershipState.EXPLORING in by_hand:
            yield Way(gettext("They have answered: you are finding out together"), state="exploring")
    elif state == PartnershipState.EXPLORING:
        yield Way(gettext("Walk the ten steps together"), _at("office_journey", tie))
        if PartnershipState.DRAFTED in by_hand:
            yield Way(gettext("The text of the agreement is being written"), state="drafted")
    elif state in (PartnershipState.DRAFTED, PartnershipState.RATIFIED, PartnershipState.SIGNED):
        yield from _towards_signature(tie, milestones)
    elif state == PartnershipState.ACTIVE:
        yield Way(gettext("Note what you do together"), _at("office_activities", tie))
        yield Way(gettext("Note a renewal"), _date("renewed", tie))
    elif state == PartnershipState.SUSPENDED:
        yield Way(gettext("Resume it, once it is decided"), _at("office_resume", tie))
    if PartnershipState.ACTIVE in by_hand and tie.partnership.kind in WITHOUT_SIGNATURE:
        yield Way(gettext("You work together: it is in force"), state="active")


def _towards_signature(tie: Tie, milestones: Sequence[Milestone]) -> Iterator[Way]:
    signed = any(milestone.kind in SIGNED for milestone in milestones)
    if not signed:
        yield Way(gettext("Write the agreement"), _at("office_agreement", tie))
        for side in _lacking(tie, milestones, (MilestoneKind.RATIFIED,)):
            label = gettext("Record the vote of the council of %(place)s") % {"place": side.place.name}
            yield Way(label, _date("ratified", tie, side))
    for side in _lacking(tie, milestones, SIGNED):
        label = gettext("Record the signature of %(place)s") % {"place": side.place.name}
        yield Way(label, _date("signed", tie, side))


def _at_any_time(tie: Tie) -> Iterator[Way]:
    partnership = tie.partnership
    for side in tie.others:
        if side.asked_at is None and partnership.state != PartnershipState.ENDED:
            label = gettext("Ask %(place)s to confirm it") % {"place": side.place.name}
            yield Way(label, _at("office_partner", tie))
            break
    if not partnership.is_published and partnership.state in PUBLIC_STATES:
        yield Way(gettext("Make it public"), _at("office_tie_edit", tie))
    if not partnership.summary:
        yield Way(gettext("Say in a few sentences what it is about"), _at("office_tie_edit", tie))


def _lacking(tie: Tie, milestones: Sequence[Milestone], kinds: Sequence[MilestoneKind]) -> list[Side]:
    """The sides without an event of these kinds; one of all sides counts for each."""
    there = {milestone.side_id for milestone in milestones if milestone.kind in kinds}
    return [] if None in there else [side for side in tie.partnership.sides.all() if side.pk not in there]


def _at(name: str, tie: Tie) -> str:
    """The page's address; empty while no such page exists."""
    return address(f"twinning:{name}", tie.hub.slug, tie.partnership.public_id) or ""


def _date(kind: str, tie: Tie, side: Side | None = None) -> str:
    url = _at("office_date_new", tie)
    of = f"&side={side.pk}" if side else ""
    return f"{url}?kind={kind}{of}" if url else ""
