"""Common objectives, the plan and the yearly reviews in words, for their page and the public one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from babel.numbers import format_currency
from django.db.models import Prefetch, QuerySet

from concivis.shell.templatetags.shell import locale
from concivis.twinning.enums import ObjectiveState, PlanState
from concivis.twinning.models import Approval, Objective, Partnership, PlanItem, Review, Side

TONES: Mapping[str, str] = {
    ObjectiveState.PROPOSED: "notice",
    ObjectiveState.AGREED: "good",
    ObjectiveState.REACHED: "good",
    ObjectiveState.MISSED: "over",
    ObjectiveState.REPLACED: "over",
    ObjectiveState.WITHDRAWN: "over",
    PlanState.PLANNED: "neutral",
    PlanState.DONE: "good",
    PlanState.DROPPED: "over",
}
SHOWN_TO_ALL = (ObjectiveState.AGREED, ObjectiveState.REACHED)


@dataclass(frozen=True)
class Given:
    """An approval. `who`: the person, as colleagues see them."""

    place: str
    who: str
    at: dt.datetime


@dataclass(frozen=True)
class Assent:
    """Which sides agreed to something, which are awaited, and for which of these the reader may agree."""

    given: Sequence[Given]
    awaited: Sequence[str]  # places
    may_give: Sequence[tuple[int, str]]  # (side's id, place)


@dataclass(frozen=True)
class ObjectiveTold:
    objective: Objective
    tone: str
    agreement: Assent
    newer: str  # public id of a proposal that would replace it, "" for none
    may_withdraw: bool
    may_close: bool
    may_replace: bool


@dataclass(frozen=True)
class ItemTold:
    item: PlanItem
    tone: str
    budget: str


@dataclass(frozen=True)
class YearTold:
    year: int
    items: Sequence[ItemTold]
    sums: Sequence[str]  # one for each currency, dropped lines left out


@dataclass(frozen=True)
class ReviewTold:
    review: Review
    agreement: Assent
    may_change: bool


@dataclass(frozen=True)
class Objectives:
    proposed: list[ObjectiveTold] = field(default_factory=list)
    agreed: list[ObjectiveTold] = field(default_factory=list)
    past: list[ObjectiveTold] = field(default_factory=list)


def public_objectives(partnership: Partnership) -> list[Objective]:
    """What everybody may read: objectives that all sides agreed to, the reached ones too. One query; none for a
    partnership of the commons, where no office asks anybody to agree."""
    if partnership.hub_id is None:
        return []
    return list(partnership.objectives.filter(state__in=SHOWN_TO_ALL))


def objectives(sides: Sequence[Side], partnership: Partnership, acts_for: Iterable[int]) -> Objectives:
    """All of them, by how they stand. `acts_for`: the sides (ids) that the reader acts for. Two queries."""
    own = frozenset(acts_for)
    found = Objectives()
    rows = partnership.objectives.select_related("proposed_side__place", "proposed_by", "replaced_by")
    for objective in rows.prefetch_related(_approvals()):
        told = _objective(objective, sides, own)
        if objective.state == ObjectiveState.PROPOSED:
            found.proposed.append(told)
        elif objective.state == ObjectiveState.AGREED:
            found.agreed.append(told)
        else:
            found.past.append(told)
    return found


def _objective(objective: Objective, sides: Sequence[Side], own: frozenset[int]) -> ObjectiveTold:
    proposed, agreed = (objective.state == s for s in (ObjectiveState.PROPOSED, ObjectiveState.AGREED))
    replacing: Objective | None = getattr(objective, "replaced_by", None)
    newer = replacing.public_id if replacing and replacing.state == ObjectiveState.PROPOSED else ""
    return ObjectiveTold(
        objective=objective,
        tone=TONES[objective.state],
        agreement=_assent(objective.approvals.all(), sides, own if proposed else frozenset()),
        newer=newer,
        may_withdraw=proposed and objective.proposed_side_id in own,
        may_close=agreed and bool(own),
        may_replace=(proposed or agreed) and bool(own) and not newer,
    )


def plan(partnership: Partnership) -> list[YearTold]:
    """The plan by year. One query."""
    by_year: dict[int, list[PlanItem]] = defaultdict(list)
    for item in partnership.plan.select_related("objective"):
        by_year[item.year].append(item)
    return [_year(year, items) for year, items in sorted(by_year.items())]


def _year(year: int, items: Iterable[PlanItem]) -> YearTold:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    told = []
    for item in items:
        told.append(ItemTold(item, TONES[item.state], money(item.budget, item.currency)))
        if item.budget is not None and item.state != PlanState.DROPPED:
            sums[item.currency] += item.budget
    return YearTold(year, told, [money(amount, currency) for currency, amount in sorted(sums.items())])


def money(amount: Decimal | None, currency: str) -> str:
    """“€1,500.50” in the reader's language; "" for no amount."""
    return "" if amount is None else str(format_currency(amount, currency, locale=locale()))


def reviews(
    sides: Sequence[Side], partnership: Partnership, acts_for: Iterable[int], own_place: int | None
) -> list[ReviewTold]:
    """The yearly reviews, the latest first. `own_place`: of the keeper's city. Two queries."""
    own = frozenset(acts_for)
    rows: QuerySet[Review] = partnership.reviews.select_related("written_by").prefetch_related(_approvals())
    found = []
    for review in rows:
        approvals = list(review.approvals.all())
        relied_on = any(approval.side.place_id != own_place for approval in approvals)
        found.append(ReviewTold(review, _assent(approvals, sides, own), not relied_on))
    return found


def _approvals() -> Prefetch[str, QuerySet[Approval], str]:
    approvals = Approval.objects.select_related("side__place", "given_by").order_by("given_at", "pk")
    return Prefetch("approvals", approvals)


def _assent(approvals: Iterable[Approval], sides: Sequence[Side], own: frozenset[int]) -> Assent:
    given = list(approvals)
    there = {approval.side_id for approval in given}
    lacking = [side for side in sides if side.pk not in there]
    return Assent(
        given=[
            Given(each.side.place.name, each.given_by.name if each.given_by else each.given_as, each.given_at)
            for each in given
        ],
        awaited=[side.place.name for side in lacking],
        may_give=[(side.pk, side.place.name) for side in lacking if side.pk in own],
    )
