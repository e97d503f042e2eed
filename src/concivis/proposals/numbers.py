"""The numbers of a proposal, from the rows. Whoever changes what counts calls `recount` in the same transaction."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from concivis.proposals.enums import Check, Support
from concivis.proposals.models import Proposal, Signature, Tally

SETTLED = dt.timedelta(seconds=60)  # what was signed before is visible now, on whichever machine
FIELDS = ("legal", "consultative", "paper", "valid", "invalid", "areas")
NONE: dict[str, Any] = {**dict.fromkeys(FIELDS, 0), "areas": {}}


def recount(proposal: Proposal) -> Tally:
    """Counts every row, inside the caller's transaction. What was frozen with the rows' end stays. Four queries."""
    # locked, so that who withdraws meanwhile marks the base as past after it was written, not before
    tally, _made = Tally.objects.select_for_update().get_or_create(proposal=proposal)
    if tally.frozen_at:
        return tally
    now = timezone.now()
    border = now - SETTLED
    rows = Signature.objects.filter(proposal=proposal)
    paper = proposal.sheets.aggregate(n=Sum("valid"))["n"] or 0
    base = {**_numbers(grouped(rows.filter(signed_at__lte=border))), "paper": paper}
    later = _numbers(grouped(rows.filter(signed_at__gt=border)))
    keep(tally, added(base, {**later, "paper": 0}))
    tally.base, tally.counted_to, tally.reconciled_at = base, border, now
    tally.save(update_fields=["base", "counted_to", "reconciled_at"])
    return tally


def keep(tally: Tally, numbers: dict[str, Any]) -> bool:
    """Writes them down as of now, if they are others than before, and nobody has counted the base anew; whether so."""
    if is_kept(tally, numbers):
        return False
    changed = {**{name: numbers[name] for name in FIELDS}, "counted_at": timezone.now()}
    as_read = Tally.objects.filter(pk=tally.pk, reconciled_at=tally.reconciled_at, frozen_at=None)
    if not as_read.update(**changed):
        return False
    for name, value in changed.items():
        setattr(tally, name, value)
    return True


def is_kept(tally: Tally, numbers: dict[str, Any]) -> bool:
    return tally.counted_at is not None and all(getattr(tally, name) == numbers[name] for name in FIELDS)


def added(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    both = {name: one[name] + other[name] for name in FIELDS if name != "areas"}
    return {**both, "areas": dict(Counter(one["areas"]) + Counter(other["areas"]))}


def grouped(rows: QuerySet[Signature]) -> list[tuple[Any, ...]]:
    """(proposal, support, district, what the register said, how many) of those neither withdrawn nor invalidated."""
    found = rows.filter(withdrawn_at=None, invalidation=None).order_by()
    return list(found.values_list("proposal", "support", "area", "check_state").annotate(Count("pk")))


def by_proposal(rows: list[tuple[Any, ...]]) -> dict[int, dict[str, Any]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return {proposal: _numbers(its_rows) for proposal, its_rows in found.items()}


def _numbers(rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    numbers: Counter[str] = Counter()
    areas: Counter[str] = Counter()
    for _proposal, support, area, check, n in rows:
        legal = support == Support.LEGAL
        if check == Check.INVALID:
            numbers["invalid"] += n * legal
            continue
        numbers[support] += n
        numbers["valid"] += n * (legal and check == Check.VALID)
        if legal and area:
            areas[area] += n
    return {**NONE, **numbers, "areas": dict(areas)}
