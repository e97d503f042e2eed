"""Marks of what stands in a line of the plan or a review: who began to write before another saved is told so."""

from decimal import Decimal
from hashlib import sha256

from concivis.twinning.models import PlanItem, Review


def mark_of(item: PlanItem) -> str:
    budget = None if item.budget is None else Decimal(item.budget).quantize(Decimal("0.01"))
    return _mark(item.year, item.title, item.objective_id, budget, item.currency, item.funding)


def mark_of_review(review: Review) -> str:
    return _mark(review.held_on, review.summary, review.language)


def _mark(*facts: object) -> str:
    return sha256(repr(facts).encode()).hexdigest()[:16]
