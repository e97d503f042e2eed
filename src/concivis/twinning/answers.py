"""What the sides of a partnership say about it: their dates, their view, and where it differs from the keeper's."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from concivis.accounts.people import Person
from concivis.directory.models import OrganisationKind
from concivis.hubs.models import Hub, RecordLine
from concivis.hubs.record import utc_text
from concivis.shell import keys
from concivis.shell.dates import PartialDate
from concivis.twinning import listing, telling
from concivis.twinning.enums import MilestoneKind, PartnershipState
from concivis.twinning.models import Milestone, Partnership, Side, SideKey

# what a side can date by its own word; suspension and end need a decision, which the keeper notes
STATED = (
    MilestoneKind.FIRST_CONTACT,
    MilestoneKind.RATIFIED,
    MilestoneKind.SIGNED,
    MilestoneKind.COUNTERSIGNED,
    MilestoneKind.RENEWED,
)
ANSWERS = ("partnership.confirmed", "partnership.corrected", "partnership.declined")


@dataclass(frozen=True, kw_only=True)
class SideAccount:
    """All that a side states. `dates`: of the kinds in STATED, one each; `state`: "" for the same as the keeper."""

    dates: Mapping[MilestoneKind, PartialDate] = field(default_factory=dict)
    state: str = ""
    remark: str = ""
    language: str = ""  # BCP 47, of `remark`
    body: str = ""  # the name of who acts for the side
    body_kind: OrganisationKind = OrganisationKind.MUNICIPALITY


class Standing(StrEnum):
    NOT_ASKED = "not asked"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"  # said something of its own, and did not confirm
    DECLINED = "declined"


@dataclass(frozen=True)
class Difference:
    """What the side says otherwise than the keeper. `statement`: the date that the keeper can take over."""

    what: str
    ours: Sequence[str]  # none: the keeper says nothing of it
    theirs: str
    statement: Milestone | None = None


@dataclass(frozen=True)
class Told:
    """Where one side stands. `answered_at`: of its latest answer. `key`: the one that was mailed and not withdrawn."""

    side: Side
    standing: Standing
    differences: Sequence[Difference]
    answered_at: dt.datetime | None
    key: SideKey | None

    @property
    def is_confirmed(self) -> bool:
        return self.standing == Standing.CONFIRMED


def find_key(key: str) -> SideKey | None:
    """The key as it was mailed, with its side, partnership, hub and place. One query."""
    found = SideKey.objects.select_related("side__place__country", "side__partnership__hub__place")
    return found.filter(key_hash=keys.hashed(key)).first()


def told(partnership: Partnership, sides: Sequence[Side]) -> list[Told]:
    """For each of `sides`. Three queries, whatever the number."""
    kept, stated = _dates(partnership)
    answered = _answered(partnership)
    latest = {key.side_id: key for key in _keys(sides)}
    return [
        Told(
            side=side,
            standing=standing(side, states_dates=bool(stated[side.pk])),
            differences=_differences(partnership, side, kept, stated[side.pk]),
            answered_at=answered.get(side.place.public_id),
            key=latest.get(side.pk),
        )
        for side in sides
    ]


def sentence(told: Told, day: Callable[[dt.datetime | None], str]) -> str:
    """Where the side stands, in a sentence; `day` writes a moment as a date."""
    side = told.side
    words = {
        Standing.NOT_ASKED: gettext("%(place)s has not been asked yet."),
        Standing.ASKED: gettext("%(place)s was asked on %(asked)s and has not answered yet."),
        Standing.CONFIRMED: gettext("%(place)s confirmed this on %(confirmed)s."),
        Standing.CORRECTED: gettext("%(place)s wrote on %(answered)s how it sees the partnership."),
        Standing.DECLINED: gettext("%(place)s said on %(answered)s that this is not its partnership."),
    }[told.standing]
    return words % {
        "place": side.place.name,
        "asked": day(side.asked_at),
        "confirmed": day(side.confirmed_at),
        "answered": day(told.answered_at),
    }


def day_in(hub: Hub | None) -> Callable[[dt.datetime | None], str]:
    """Writes a moment as a date in the hub's time zone."""
    zone = ZoneInfo(hub.timezone) if hub else timezone.get_current_timezone()
    return lambda at: date_format(timezone.localtime(at, zone), "DATE_FORMAT") if at else "…"


def standing(side: Side, *, states_dates: bool) -> Standing:
    if has_declined(side):
        return Standing.DECLINED
    if side.confirmed_at:
        return Standing.CONFIRMED
    if side.state_said or side.remark or states_dates:
        return Standing.CORRECTED
    return Standing.ASKED if side.asked_at else Standing.NOT_ASKED


def has_declined(side: Side) -> bool:
    return side.state_said == PartnershipState.ENDED


def has_answered(side: Side) -> bool:
    """Whether the side said anything yet. At most one query."""
    return standing(side, states_dates=statements(side).exists()) not in (
        Standing.NOT_ASKED,
        Standing.ASKED,
    )


def statements(side: Side) -> QuerySet[Milestone]:
    """The dates that the side itself states, by its own word."""
    return Milestone.objects.filter(side=side, source__stated_by=side.place_id).select_related("source")


def keepers_dates(side: Side) -> QuerySet[Milestone]:
    """What the keeper wrote about this side or about all."""
    of_side = Q(side=side) | Q(side__isnull=True)
    return Milestone.objects.filter(of_side, partnership=side.partnership_id, source__stated_by__isnull=True)


def account_of(side: Side) -> SideAccount:
    """What the side would see if it corrected itself now: its own words, else those of the keeper. Two queries."""
    dates: dict[MilestoneKind, PartialDate] = {}
    once = [kind for kind in STATED if kind != MilestoneKind.RENEWED]
    of_all_first = (
        keepers_dates(side).filter(kind__in=once).order_by(F("side").asc(nulls_first=True), "-date")
    )
    for milestone in [*of_all_first, *statements(side)]:
        dates[MilestoneKind(milestone.kind)] = milestone.when
    return SideAccount(
        dates=dates,
        state="" if has_declined(side) else side.state_said,
        remark="" if has_declined(side) else side.remark,
        language=side.remark_language,
        body=side.organisation.name if side.organisation else "",
    )


def _dates(partnership: Partnership) -> tuple[list[Milestone], dict[int, list[Milestone]]]:
    """(the keeper's, those that each side states). One query."""
    kept: list[Milestone] = []
    stated: dict[int, list[Milestone]] = defaultdict(list)
    for milestone in Milestone.objects.filter(partnership=partnership).select_related("source"):
        if milestone.source.stated_by_id is None:
            kept.append(milestone)
        elif milestone.side_id is not None:
            stated[milestone.side_id].append(milestone)
    return kept, stated


def _answered(partnership: Partnership) -> dict[str, dt.datetime]:
    """{the place's public id: when its side answered last}. One query."""
    lines = RecordLine.objects.filter(
        kind="partnership", object_id=partnership.public_id, action__in=ANSWERS
    ).order_by("at")
    return {str(line.details.get("place", "")): line.at for line in lines}


def _keys(sides: Sequence[Side]) -> QuerySet[SideKey]:
    return SideKey.objects.filter(side__in=sides, withdrawn_at=None).order_by("asked_at")


def _differences(
    partnership: Partnership, side: Side, kept: Sequence[Milestone], stated: Sequence[Milestone]
) -> list[Difference]:
    found = []
    for statement in stated:
        ours = [
            str(each.when) for each in kept if each.kind == statement.kind and each.side_id in (None, side.pk)
        ]
        label = telling.capitalised(str(statement.get_kind_display()))
        found.append(Difference(label, ours, str(statement.when), statement))
    if side.state_said and side.state_said != partnership.state:
        ours = [listing.state_label(partnership.state)]
        found.append(Difference(gettext("State"), ours, listing.state_label(side.state_said)))
    return found


# --- what is kept about a person ---------------------------------------------------------------------------


def personal_data(person: Person) -> dict[str, Any]:
    """Which sides of partnerships the person confirmed, and for which they may answer. Two queries."""
    confirmed = Side.objects.filter(person.by_account("confirmed_by")).select_related("partnership", "place")
    named = Side.objects.filter(person.by_account("actors")).select_related("partnership", "place")
    return {
        "confirmed_sides": [
            {**_named(side), "at": utc_text(side.confirmed_at)} for side in confirmed if side.confirmed_at
        ],
        "answers_for": [_named(side) for side in named],
    }


def _named(side: Side) -> dict[str, str]:
    return {"partnership": side.partnership.public_id, "place": side.place.name}
