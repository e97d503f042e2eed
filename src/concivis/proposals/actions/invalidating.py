"""Many signatures taken out of the count at once, chosen by where and when they came from; put back as a whole."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.proposals.actions.noting import locked, noted
from concivis.proposals.enums import Check, Support, Threshold
from concivis.proposals.models import Invalidation, Proposal, Signature
from concivis.proposals.numbers import recount
from concivis.shell.ids import new_public_id


@dataclass(frozen=True)
class Choice:
    """All that is said must fit; `until` is exclusive."""

    network: str = ""
    domain: str = ""
    begin: dt.datetime | None = None
    until: dt.datetime | None = None
    means: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.network or self.domain or self.begin or self.means)

    def as_json(self) -> dict[str, Any]:
        said = asdict(self)
        return {name: value.isoformat() if isinstance(value, dt.datetime) else value
                for name, value in said.items() if value}  # fmt: skip

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Choice":
        moments = {name: parse_datetime(str(said[name])) for name in ("begin", "until") if said.get(name)}
        plain = {name: str(said.get(name, "")) for name in ("network", "domain", "means")}
        return cls(**plain, **moments)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Outlook:
    """What an invalidation would do. `lost`: what was reached, and no longer would be."""

    number: int
    legal_before: int
    legal_after: int
    consultative_before: int
    consultative_after: int
    lost: tuple[Threshold, ...]


def chosen(proposal: Proposal, choice: Choice) -> QuerySet[Signature]:
    """What still counts, or waits, and fits."""
    fits = Q(withdrawn_at=None, invalidation=None)
    for name in ("network", "domain", "means"):
        if value := getattr(choice, name):
            fits &= Q(**{name: value})
    if choice.begin:
        fits &= Q(signed_at__gte=choice.begin)
    if choice.until:
        fits &= Q(signed_at__lt=choice.until)
    return Signature.objects.filter(fits, proposal=proposal)


def outlook(proposal: Proposal, choice: Choice) -> Outlook:
    """Three queries."""
    before = _numbers(chosen(proposal, Choice()))
    gone = _numbers(chosen(proposal, choice))
    paper = proposal.tally.paper if hasattr(proposal, "tally") else 0
    legal, left = before["legal"] + paper, before["legal"] - gone["legal"] + paper
    steps = proposal.rules.steps.all() if proposal.rules else []
    return Outlook(
        number=gone["all"],
        legal_before=legal,
        legal_after=left,
        consultative_before=before["consultative"],
        consultative_after=before["consultative"] - gone["consultative"],
        lost=tuple(Threshold(step.threshold) for step in steps if left < step.number <= legal),
    )


@transaction.atomic
def invalidate(*, by: User | None, proposal: Proposal, choice: Choice, reason: str) -> Invalidation:
    """Those that fit no longer count; nobody who signed is told, so that an attacker learns nothing. What was reached
    stays in the timeline: the office judges. Raises ValidationError by field."""
    found = locked(proposal)
    if choice.is_empty:
        raise ValidationError(gettext("Say which signatures: all of them at once are never meant."))
    if not reason.strip():
        raise ValidationError({"reason": gettext("Say why: the record keeps it.")})
    made = Invalidation.objects.create(
        public_id=new_public_id(), proposal=found, chosen_by=choice.as_json(), reason=reason.strip()[:300],
        number=0, made_by=by,
    )  # fmt: skip
    made.number = chosen(found, choice).update(invalidation=made)
    if not made.number:
        raise ValidationError(gettext("No signature fits."))
    made.save(update_fields=["number"])
    recount(found)
    noted(found, by, "proposal.invalidated", {"count": made.number, "invalidation": made.public_id})
    return made


@transaction.atomic
def cancel(*, by: User | None, invalidation: Invalidation) -> Invalidation:
    """All of them count again, as they did; for good, so that it is not done twice."""
    found = locked(invalidation.proposal)
    row = Invalidation.objects.select_for_update().get(pk=invalidation.pk)
    if row.cancelled_at is not None:
        raise ValidationError(gettext("It was taken back already."))
    back = Signature.objects.filter(invalidation=row).update(invalidation=None)
    row.cancelled_at = timezone.now()
    row.save(update_fields=["cancelled_at"])
    recount(found)
    noted(found, by, "proposal.invalidation_cancelled", {"count": back, "invalidation": row.public_id})
    return row


def _numbers(rows: QuerySet[Signature]) -> dict[str, int]:
    valid = ~Q(check_state=Check.INVALID)
    return rows.aggregate(
        all=Count("pk"),
        legal=Count("pk", filter=valid & Q(support=Support.LEGAL)),
        consultative=Count("pk", filter=valid & Q(support=Support.CONSULTATIVE)),
    )
