"""What the dates of a partnership allow and what follows from them. Pure: no database, no request.

A date of a year or a month is a span; two dates contradict each other only where their spans do.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from django.utils.translation import gettext

from concivis.shell.dates import PartialDate, Precision, months_later
from concivis.twinning.enums import MilestoneKind, PartnershipState

SIGNATURES = (MilestoneKind.SIGNED, MilestoneKind.COUNTERSIGNED)
FORMAL = (MilestoneKind.RATIFIED, *SIGNATURES)
DECISIONS = (MilestoneKind.SUSPENDED, MilestoneKind.RESUMED, MilestoneKind.ENDED)
AFTER_SIGNING = (MilestoneKind.RENEWED, MilestoneKind.SUSPENDED, MilestoneKind.RESUMED)
# of events in the same span, which one counts as the later
TURNS = {
    MilestoneKind.RENEWED: 0,
    MilestoneKind.SUSPENDED: 1,
    MilestoneKind.RESUMED: 2,
    MilestoneKind.ENDED: 3,
}
ORDER = [state.value for state in PartnershipState]  # enquiry … active, suspended, ended: as it goes on
MONTHS = {Precision.YEAR: 12, Precision.MONTH: 1}


class Dated(Protocol):
    """As a `Milestone`: an event of one side or, with None, of all."""

    kind: str
    side_id: int | None

    @property
    def when(self) -> PartialDate: ...


def last_day(when: PartialDate) -> dt.date:
    """Of the span that is meant: 31 December for a year."""
    if when.precision == Precision.DAY:
        return when.first
    return months_later(when.first, MONTHS[when.precision]) - dt.timedelta(days=1)


def before(one: Dated, other: Dated) -> bool:
    """Whether `one` lies before `other` for certain."""
    return last_day(one.when) < other.when.first


def objection(changed: Dated, others: Collection[Dated], *, state: str, today: dt.date) -> str:
    """The sentence that says why `changed` cannot stand beside `others`; "" if it can.

    Only rules that `changed` itself could break are asked: what lists say of long ago may contradict itself.
    """
    if changed.when.first > today:
        return gettext("This date is in the future. Note what has happened; plans have their own page.")
    if changed.kind == MilestoneKind.RESUMED and not _can_resume(changed, others, state):
        return gettext("Only what was suspended can be resumed: note the suspension first.")
    rules = (
        _vote_before_signature,
        _vote_after_signature,
        _countersigned_before_signed,
        _signed_after_countersigned,
        _before_the_first_signature,
        _signed_after_its_consequences,
        _after_the_end,
    )
    return next((words for rule in rules if (words := rule(changed, others))), "")


def objection_to_removal(removed: Dated, others: Collection[Dated]) -> str:
    """Why `removed` cannot go, or be corrected, while `others` stay; "" if it can."""
    if removed.kind != MilestoneKind.SUSPENDED:
        return ""
    for resumed in _around(removed, others, MilestoneKind.RESUMED):
        if not _can_resume(resumed, [each for each in others if each is not resumed], ""):
            return gettext("It was resumed after this suspension. Delete the resumption first.")
    return ""


# --- the rules ---------------------------------------------------------------------------------------------


def _vote_before_signature(changed: Dated, others: Collection[Dated]) -> str:
    """A side signs after its council has voted."""
    if changed.kind not in SIGNATURES:
        return ""
    votes = _around(changed, others, MilestoneKind.RATIFIED)
    if not votes or not all(before(changed, vote) for vote in votes):
        return ""
    words = gettext("A council votes before it signs: the vote noted for this side is of %(day)s.")
    return words % {"day": votes[0].when}


def _vote_after_signature(changed: Dated, others: Collection[Dated]) -> str:
    """The same, where the vote is noted second. A vote after the signature belongs to a renewal."""
    if changed.kind != MilestoneKind.RATIFIED:
        return ""
    signed = [each for each in _around(changed, others, *SIGNATURES) if before(each, changed)]
    if not signed:
        return ""
    voted = any(not before(signed[0], each) for each in _around(changed, others, MilestoneKind.RATIFIED))
    renewed = any(not before(each, changed) for each in _around(changed, others, MilestoneKind.RENEWED))
    words = gettext(
        "This vote is later than the signature of %(day)s. If the council voted for a renewal, note the renewal first."
    )
    return "" if voted or renewed else words % {"day": signed[0].when}


def _countersigned_before_signed(changed: Dated, others: Collection[Dated]) -> str:
    signed = _of_kind(others, MilestoneKind.SIGNED)
    if changed.kind != MilestoneKind.COUNTERSIGNED or not _is_before_all(changed, signed):
        return ""
    return gettext("It cannot be countersigned before it was signed, on %(day)s.") % {"day": signed[0].when}


def _signed_after_countersigned(changed: Dated, others: Collection[Dated]) -> str:
    counter = [each for each in _of_kind(others, MilestoneKind.COUNTERSIGNED) if before(each, changed)]
    if changed.kind != MilestoneKind.SIGNED or not counter:
        return ""
    if any(not before(counter[0], each) for each in _of_kind(others, MilestoneKind.SIGNED)):
        return ""
    return gettext("It was countersigned before this date, on %(day)s.") % {"day": counter[0].when}


def _before_the_first_signature(changed: Dated, others: Collection[Dated]) -> str:
    """Renewals, suspensions and resumptions come after the first signature, where one is known."""
    signed = _of_kind(others, *SIGNATURES)
    if changed.kind not in AFTER_SIGNING or not _is_before_all(changed, signed):
        return ""
    return gettext("This is earlier than the first signature, of %(day)s.") % {"day": signed[0].when}


def _signed_after_its_consequences(changed: Dated, others: Collection[Dated]) -> str:
    """The same, where the first signature is noted second."""
    early = [each for each in _of_kind(others, *AFTER_SIGNING) if before(each, changed)]
    if changed.kind not in SIGNATURES or not early:
        return ""
    if any(not before(early[0], each) for each in _of_kind(others, *SIGNATURES)):
        return ""
    words = gettext("A renewal or a decision is noted for %(day)s, before this signature.")
    return words % {"day": early[0].when}


def _after_the_end(changed: Dated, others: Collection[Dated]) -> str:
    if changed.kind not in (MilestoneKind.SUSPENDED, MilestoneKind.RESUMED):
        return ""
    for end in _around(changed, others, MilestoneKind.ENDED):
        revived = any(before(end, each) for each in _of_kind(others, MilestoneKind.RENEWED))
        if before(end, changed) and not revived:
            words = gettext("It ended on %(day)s. If both sides began again, note a renewal.")
            return words % {"day": end.when}
    return ""


def _can_resume(resumed: Dated, others: Collection[Dated], state: str) -> bool:
    """Whether the latest turn before it, of a side it speaks of, is a suspension."""
    turns = _around(resumed, others, MilestoneKind.SUSPENDED, MilestoneKind.RESUMED)
    earlier = [each for each in turns if each.when.first <= last_day(resumed.when)]
    if not _of_kind(earlier, MilestoneKind.SUSPENDED):
        return state == PartnershipState.SUSPENDED  # known from a list, without its date
    sides = {each.side_id for each in earlier} | {resumed.side_id}
    spoken_of = sides if resumed.side_id is None else {resumed.side_id}
    return any(_turned(earlier, side) == MilestoneKind.SUSPENDED for side in spoken_of)


# --- the state that follows --------------------------------------------------------------------------------


def state_after(events: Iterable[Dated], sides: Sequence[int]) -> PartnershipState | None:
    """The state that these events make, `sides` being the ids of all sides; None where they make none.

    Either side may end or suspend it for both; it is in force again when no side's suspension stands.
    """
    events = list(events)
    turned = {_turned(events, side) for side in sides}
    if MilestoneKind.ENDED in turned:
        return PartnershipState.ENDED
    if MilestoneKind.SUSPENDED in turned:
        return PartnershipState.SUSPENDED
    signed = {event.side_id for event in events if event.kind in SIGNATURES}
    if turned != {None} or None in signed or signed.issuperset(sides):
        return PartnershipState.ACTIVE
    if signed:
        return PartnershipState.SIGNED
    return PartnershipState.RATIFIED if _of_kind(events, MilestoneKind.RATIFIED) else None


def next_state(
    state: str, earlier: PartnershipState | None, now: PartnershipState | None, kind: str
) -> PartnershipState:
    """The state to keep when an event of `kind` was added, corrected or removed.

    `earlier` and `now`: what the events made before and after. A state that lists tell without dates is not lowered
    by a date that tells less.
    """
    if now is not None and (kind in DECISIONS or earlier == state or ORDER.index(now) > ORDER.index(state)):
        return now
    if now is None and earlier == state:
        return PartnershipState.DRAFTED if kind in FORMAL else PartnershipState.ACTIVE
    return PartnershipState(state)


def _turned(events: Iterable[Dated], side: int | None) -> MilestoneKind | None:
    """The last turn of this side: suspended, resumed or ended; a renewal after the end is a resumption.

    Of a span, a suspension counts from its first day and a resumption from its last.
    """
    turns = [event for event in events if event.kind in TURNS and event.side_id in (None, side)]
    found: MilestoneKind | None = None
    for event in sorted(turns, key=_turn_order):
        kind = MilestoneKind(event.kind)
        if kind == MilestoneKind.RENEWED:
            found = MilestoneKind.RESUMED if found in (None, MilestoneKind.ENDED) else found
        elif found != MilestoneKind.ENDED:
            found = kind
    return found


def _turn_order(event: Dated) -> tuple[dt.date, int]:
    late = event.kind == MilestoneKind.RESUMED
    return last_day(event.when) if late else event.when.first, TURNS[MilestoneKind(event.kind)]


def _is_before_all(event: Dated, others: Collection[Dated]) -> bool:
    """False where there are none."""
    return bool(others) and all(before(event, other) for other in others)


def _around(event: Dated, others: Iterable[Dated], *kinds: MilestoneKind) -> list[Dated]:
    """Those of these kinds that speak of the same side as `event`, or of all."""
    return [each for each in _of_kind(others, *kinds) if _touches(event, each)]


def _touches(one: Dated, other: Dated) -> bool:
    return one.side_id is None or other.side_id is None or one.side_id == other.side_id


def _of_kind(events: Iterable[Dated], *kinds: MilestoneKind) -> list[Dated]:
    """The earliest first."""
    return sorted((event for event in events if event.kind in kinds), key=lambda event: event.when.first)
