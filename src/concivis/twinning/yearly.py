"""What the partnerships tell in the office's yearly report."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from concivis.hubs import annual
from concivis.hubs.annual import Counted, Period
from concivis.hubs.models import Hub
from concivis.shell.dates import months_later
from concivis.twinning import queries
from concivis.twinning.enums import ActivityKind, MilestoneKind, PartnershipState
from concivis.twinning.models import Activity, Milestone, Side

DECIDED: Mapping[str, PartnershipState] = {  # what a dated decision makes of the state
    MilestoneKind.RATIFIED: PartnershipState.RATIFIED,
    MilestoneKind.SIGNED: PartnershipState.SIGNED,
    MilestoneKind.COUNTERSIGNED: PartnershipState.ACTIVE,
    MilestoneKind.RENEWED: PartnershipState.ACTIVE,
    MilestoneKind.RESUMED: PartnershipState.ACTIVE,
    MilestoneKind.SUSPENDED: PartnershipState.SUSPENDED,
    MilestoneKind.ENDED: PartnershipState.ENDED,
}
BEGINNINGS = (MilestoneKind.SIGNED, MilestoneKind.COUNTERSIGNED)
SIGNS_OF_LIFE = (MilestoneKind.RENEWED, MilestoneKind.RESUMED)
EXCHANGES = (ActivityKind.SCHOOL_EXCHANGE, ActivityKind.YOUTH_EXCHANGE)
VISITS = (ActivityKind.OFFICIAL_VISIT, ActivityKind.CITIZENS_VISIT)


@dataclass(frozen=True)
class _Tie:
    pk: int
    kind: str
    state: str
    created_at: datetime
    is_public: bool
    dates: list[tuple[str, date]] = field(
        default_factory=list
    )  # (kind of milestone, day), the earliest first
    signs: list[date] = field(default_factory=list)  # of life, the earliest first
    others: list[tuple[str, str]] = field(default_factory=list)  # (place, country) of the other sides


@dataclass(frozen=True)
class _Activity:
    tie: int
    kind: str
    people: int | None
    young: int | None
    organisations: int | None


def count(hub: Hub, period: Period) -> Counted:
    """Seven queries."""
    ties = _ties(hub, period)
    months = queries.rules_of(hub).dormant_after_months
    there = [(tie, state) for tie in ties if (state := state_on(tie, period))]
    in_force = [tie for tie, state in there if state in queries.IN_FORCE]
    done = _activities(hub, period)
    return Counted(
        {
            "in_force": len(in_force),
            "dormant": sum(_asleep(tie.signs, period, months) for tie in in_force),
            "revived": sum(_revived(tie.signs, period, months) for tie in ties),
            "new": sum(period.holds(_first(tie, BEGINNINGS)) for tie in ties),
            "renewed": sum(_dated(tie, period, MilestoneKind.RENEWED) for tie in ties),
            "suspended": sum(_dated(tie, period, MilestoneKind.SUSPENDED) for tie in ties),
            "ended": sum(_dated(tie, period, MilestoneKind.ENDED) for tie in ties),
            "activities": len(done),
            "active_ties": len({each.tie for each in done}),
            "visits": sum(each.kind in VISITS for each in done),
            "exchanges": sum(each.kind in EXCHANGES for each in done),
            "people": _sum(each.people for each in done),
            "young_people": _sum(each.young for each in done),
            "not_counted": sum(each.people is None for each in done),
            "organisations": _sum(each.organisations for each in done),
        },
        _tables(there, done),
    )


def state_on(tie: _Tie, period: Period) -> str | None:
    """At the end of the period; None for what was not there yet.

    What was decided later is taken back: then the last decision before holds, else it was still being explored. Where
    no later decision is dated, the state is the one of today.
    """
    before = [DECIDED[kind] for kind, day in tie.dates if kind in DECIDED and day <= period.until]
    if not before and tie.created_at >= period.end:
        return None
    if not any(kind in DECIDED and day > period.until for kind, day in tie.dates):
        return tie.state
    return before[-1] if before else PartnershipState.EXPLORING


def _ties(hub: Hub, period: Period) -> list[_Tie]:
    """What the office sees of its city. Five queries."""
    of_hub = queries.in_office(hub).filter(created_at__lte=period.as_of)
    public = set(queries.public().filter(pk__in=of_hub.values("pk")).values_list("pk", flat=True))
    rows = of_hub.order_by("pk").values_list("pk", "kind", "state", "created_at")
    ties = {row[0]: _Tie(*row, is_public=row[0] in public) for row in rows}
    keeper_says = Milestone.objects.filter(partnership__in=of_hub.values("pk"), source__stated_by=None)
    for pk, kind, day in keeper_says.order_by("date", "pk").values_list("partnership", "kind", "date"):
        ties[pk].dates.append((kind, day))
    sides = Side.objects.filter(partnership__in=of_hub.values("pk")).exclude(place=hub.place_id)
    for pk, place, country in sides.order_by("position").values_list(
        "partnership", "place__public_id", "place__country"
    ):
        ties[pk].others.append((place, country))
    _read_signs(ties, hub, period)
    return list(ties.values())


def _read_signs(ties: Mapping[int, _Tie], hub: Hub, period: Period) -> None:
    """Days on which each lived: ends of activities; renewals and resumptions where there was ever an activity."""
    found: dict[int, set[date]] = defaultdict(set)
    ends = _known(hub, period).values_list("partnership", Coalesce("until", "date"))
    for pk, day in ends:
        found[pk].add(day)
    for pk, days in found.items():
        tie = ties[pk]
        days.update(day for kind, day in tie.dates if kind in SIGNS_OF_LIFE)
        tie.signs.extend(sorted(day for day in days if day <= period.until))


def _known(hub: Hub, period: Period) -> QuerySet[Activity]:
    """Activities that count: all of what the office keeps, the public ones of what others keep."""
    seen = Q(partnership__hub=hub) | Q(is_public=True, partnership__in=queries.in_office(hub).values("pk"))
    return Activity.objects.filter(seen, added_at__lte=period.as_of, date__lte=period.until).order_by()


def _activities(hub: Hub, period: Period) -> list[_Activity]:
    """Those that began in the period. One query."""
    rows = (
        _known(hub, period)
        .filter(date__gte=period.first)
        .annotate(
            people=Sum("participations__people"),
            young=Sum("participations__young_people"),
            organisations=Sum("participations__organisations"),
        )
        .values_list("partnership", "kind", "people", "young", "organisations")
    )
    return [_Activity(*row) for row in rows]


def _asleep(signs: list[date], period: Period, months: int) -> bool:
    return bool(signs) and months_later(signs[-1], months) <= period.until


def _revived(signs: list[date], period: Period, months: int) -> bool:
    """Whether a sign of life in the period came after a sleep."""
    return any(
        period.holds(woken) and months_later(before, months) <= woken for before, woken in pairwise(signs)
    )


def _first(tie: _Tie, kinds: Iterable[str]) -> date | None:
    return next((day for kind, day in tie.dates if kind in kinds), None)


def _dated(tie: _Tie, period: Period, kind: str) -> bool:
    return any(found == kind and period.holds(day) for found, day in tie.dates)


def _sum(numbers: Iterable[int | None]) -> int:
    return sum(number or 0 for number in numbers)


def _tables(there: list[tuple[_Tie, str]], done: list[_Activity]) -> dict[str, dict[str, int]]:
    """Countries and places are named for public ties only."""
    public = [tie for tie, state in there if tie.is_public and state in queries.IN_FORCE]
    in_force = {tie.pk: tie.kind for tie, state in there if state in queries.IN_FORCE}
    return {
        "states": annual.tally((tie.pk, state) for tie, state in there),
        "kinds": annual.tally(in_force.items()),
        "countries": annual.tally((tie.pk, country) for tie in public for _place, country in tie.others),
        "places": annual.tally((tie.pk, place) for tie in public for place, _country in tie.others),
        "activity_kinds": annual.tally((number, each.kind) for number, each in enumerate(done)),
    }
