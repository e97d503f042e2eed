"""The plan over several years, and the yearly look back that the sides approve."""

import datetime as dt
from decimal import Decimal
from functools import cache

from babel.numbers import list_currencies
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.twinning.actions.checking import check_fields
from concivis.twinning.actions.noting import note, note_side, tell_others
from concivis.twinning.actions.objectives import require_side
from concivis.twinning.enums import PlanState
from concivis.twinning.journeys import today_of
from concivis.twinning.models import Approval, Objective, Partnership, PlanItem, Review
from concivis.twinning.policies import Acting

YEARS = 30  # so far back and ahead a plan may reach


@transaction.atomic
def add_item(
    *,
    by: User | None,
    partnership: Partnership,
    year: int,
    title: str,
    language: str,
    objective: Objective | None = None,
    budget: Decimal | None = None,
    currency: str = "",
    funding: str = "",
) -> PlanItem:
    """A line of the plan. `currency` is ISO 4217, needed with a budget. Raises ValidationError by field."""
    item = PlanItem(partnership=partnership)
    _write(item, year, title, language, objective, budget, currency, funding)
    note(partnership, "plan.added", by=by, year=year)
    return item


@transaction.atomic
def change_item(
    *,
    by: User | None,
    item: PlanItem,
    year: int,
    title: str,
    language: str,
    objective: Objective | None = None,
    budget: Decimal | None = None,
    currency: str = "",
    funding: str = "",
) -> PlanItem:
    """Writes the line anew. Raises ValidationError as `add_item`."""
    item = _locked(item)
    _write(item, year, title, language, objective, budget, currency, funding)
    note(item.partnership, "plan.changed", by=by, year=year)
    return item


@transaction.atomic
def set_item_state(*, by: User | None, item: PlanItem, state: PlanState) -> PlanItem:
    item = _locked(item)
    if item.state != state:
        item.state = state
        item.save(update_fields=["state"])
        note(item.partnership, "plan.state", by=by, year=item.year, state=str(state))
    return item


@transaction.atomic
def delete_item(*, by: User | None, item: PlanItem) -> None:
    item = _locked(item)
    partnership, year = item.partnership, item.year
    item.delete()
    note(partnership, "plan.removed", by=by, year=year)


def _locked(item: PlanItem) -> PlanItem:
    items = PlanItem.objects.select_for_update(of=("self",)).select_related("partnership__hub")
    return items.get(pk=item.pk)


def _write(
    item: PlanItem,
    year: int,
    title: str,
    language: str,
    objective: Objective | None,
    budget: Decimal | None,
    currency: str,
    funding: str,
) -> None:
    item.year, item.title, item.language, item.funding = year, title.strip(), language, funding.strip()
    item.objective, item.budget = objective, budget
    item.currency = currency.strip().upper() if budget is not None else ""
    _require_sound(item)
    check_fields(item, "title", "language", "budget", "funding")
    item.save()


def _require_sound(item: PlanItem) -> None:
    this_year = today_of(item.partnership).year
    if abs(item.year - this_year) > YEARS:
        raise ValidationError({"year": gettext("Choose a year nearer to today.")})
    if item.objective is not None and item.objective.partnership_id != item.partnership_id:
        raise ValidationError({"objective": gettext("This objective belongs to another partnership.")})
    if item.budget is None:
        return
    if item.budget < 0:
        raise ValidationError({"budget": gettext("A budget cannot be less than nothing.")})
    if item.currency not in currencies():
        raise ValidationError({"currency": gettext("Say in which currency: three letters, such as EUR.")})


@cache
def currencies() -> frozenset[str]:
    """The codes of ISO 4217 that CLDR knows."""
    return frozenset(list_currencies())


# --- the yearly review -------------------------------------------------------------------------------------


@transaction.atomic
def hold_review(
    *,
    by: User | None,
    partnership: Partnership,
    year: int,
    held_on: dt.date,
    summary: str,
    language: str,
    acting: Acting | None = None,
) -> Review:
    """Writes down the look back on `year`; `acting`'s side approves it at once.

    Raises ValidationError by field: a day or a year that has not come, a second review of a year.
    """
    partnership = (
        Partnership.objects.select_for_update(of=("self",)).select_related("hub").get(pk=partnership.pk)
    )
    if Review.objects.filter(partnership=partnership, year=year).exists():
        raise ValidationError({"year": gettext("The review of this year is already written.")})
    review = Review(partnership=partnership, year=year, held_on=held_on, language=language, written_by=by)
    _write_review(review, summary)
    note(partnership, "review.held", by=by, year=year)
    if acting:
        approve_review(acting=acting, review=review)
    return review


@transaction.atomic
def change_review(
    *,
    by: User | None,
    review: Review,
    held_on: dt.date,
    summary: str,
    language: str,
    acting: Acting | None = None,
) -> Review:
    """Writes a review anew; `acting`'s side approves the new words at once.

    Raises ValidationError by field, and once the other side approved: it must be able to rely on what it read.
    """
    review = _locked_review(review)
    hub = review.partnership.hub
    own_place = hub.place_id if hub else None
    if review.approvals.exclude(side__place=own_place).exists():
        raise ValidationError(gettext("The other side has approved this review; its words stay as they are."))
    review.held_on, review.language, review.written_by = held_on, language, by
    review.approvals.all().delete()
    _write_review(review, summary)
    note(review.partnership, "review.changed", by=by, year=review.year)
    if acting:
        approve_review(acting=acting, review=review)
    return review


@transaction.atomic
def approve_review(*, acting: Acting, review: Review) -> Review:
    """A side's approval. Approving again changes nothing."""
    review = _locked_review(review)
    require_side(acting, review.partnership)
    given = {"given_by": acting.by, "given_as": acting.named}
    _, new = Approval.objects.get_or_create(side=acting.side, review=review, defaults=given)
    if new:
        note_side(acting, "review.approved", year=review.year)
        tell_others(acting, "review.approved", year=review.year)
    return review


def _write_review(review: Review, summary: str) -> None:
    today = today_of(review.partnership)
    review.summary = summary.strip()
    if review.held_on > today:
        raise ValidationError({"held_on": gettext("This day has not come yet.")})
    if not today.year - YEARS <= review.year <= today.year:
        raise ValidationError({"year": gettext("This year has not come yet, or lies too far back.")})
    if not review.summary:
        raise ValidationError({"summary": gettext("Say what went well and what will change.")})
    check_fields(review, "summary", "language")
    review.save()


def _locked_review(review: Review) -> Review:
    reviews = Review.objects.select_for_update(of=("self",)).select_related("partnership__hub")
    return reviews.get(pk=review.pk)
