"""What came in such numbers that the office looks first: let through, or dropped; and from when on that is."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, DateTimeField, F, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.proposals import limits
from concivis.proposals.actions.noting import locked, noted
from concivis.proposals.models import Attempt, Proposal, SigningLimits

NUMBERS = ("network_burst", "network_day", "domain_burst", "domain_day")
LISTS = ("allowed_domains", "blocked_domains")


def held(proposal: Proposal, *, network: str = "", domain: str = "") -> QuerySet[Attempt]:
    """What waits for the office, from one source or from anywhere."""
    chosen = {name: value for name, value in (("network", network), ("domain", domain)) if value}
    return Attempt.objects.filter(proposal=proposal, held=True, **chosen)


@transaction.atomic
def let_through(*, by: User | None, proposal: Proposal, network: str = "", domain: str = "") -> int:
    """Their letters leave now. Who began in time may confirm for as long as the rules give, from now on: the office's
    waiting costs nobody a signature. How many."""
    found = locked(proposal)
    hours = timedelta(hours=found.rules.confirm_hours if found.rules else 24)
    later = timezone.now() + hours
    longer = Case(
        When(confirm_until__lt=later, then=Value(later)),
        default=F("confirm_until"),
        output_field=DateTimeField(),
    )
    rows = held(found, network=network, domain=domain)
    number = rows.update(held=False, confirm_until=longer, next_attempt_at=timezone.now())
    if number:
        noted(found, by, "proposal.let_through", {"count": number})
    return number


@transaction.atomic
def drop(*, by: User | None, proposal: Proposal, network: str = "", domain: str = "") -> int:
    """They are deleted, and nobody is told: whoever sent them has seen an ordinary success. How many."""
    found = locked(proposal)
    number, _each = held(found, network=network, domain=domain).delete()
    if number:
        noted(found, by, "proposal.dropped", {"count": number})
    return number


@transaction.atomic
def set_limits(*, by: User | None, hub: Hub, **said: Any) -> SigningLimits:
    """At once, for all proposals of the hub: they change in the hour of an attack. Raises ValidationError by field."""
    wrong = {name: gettext("At least 1.") for name in NUMBERS if said[name] < 1}
    if said["network_day"] < said["network_burst"]:
        wrong["network_day"] = gettext("At least as many as in ten minutes.")
    if said["domain_day"] < said["domain_burst"]:
        wrong["domain_day"] = gettext("At least as many as in ten minutes.")
    if wrong:
        raise ValidationError(wrong)
    row, _made = SigningLimits.objects.update_or_create(hub=hub, defaults=said)
    record.write(hub=hub, by=by, action="proposals.limits", kind="proposal_limits", object_id=str(hub.pk))
    limits.forget()
    return row
