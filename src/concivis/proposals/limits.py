"""Whether so much comes from one network or one mail domain that the office should look before letters are sent.

What is over a limit is kept but not mailed (`Attempt.held`), until the office lets it go: an attacker sees an ordinary
success, and people who share a telephone company's network lose nothing. Counted from the rows, at most every few
seconds for each proposal and process, and beside it what the process itself has seen since: the answer costs nothing.
"""

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils import timezone

from concivis.proposals.identity import LARGE_PROVIDERS
from concivis.proposals.models import Attempt, Proposal, Signature, SigningLimits

BURST = dt.timedelta(minutes=10)
DAY = dt.timedelta(days=1)
LOOK_EVERY = {BURST: 5.0, DAY: 60.0}  # seconds
LETTERS_AN_HOUR = 3  # to one person about one proposal


@dataclass
class Seen:
    """How many came, by ("network" or "domain", which)."""

    at: float = float("-inf")
    numbers: Counter[tuple[str, str]] = field(default_factory=Counter)


_seen: dict[tuple[int, dt.timedelta], Seen] = {}
_lock = threading.Lock()


def limits_of(hub_id: int) -> SigningLimits:
    return SigningLimits.objects.filter(hub=hub_id).first() or SigningLimits(hub_id=hub_id)


def is_blocked(limits: SigningLimits, domain: str) -> bool:
    """Also what is below a blocked domain."""
    return any(domain == each or domain.endswith(f".{each}") for each in limits.blocked_domains)


def too_many(limits: SigningLimits, proposal: Proposal, *, network: str, domain: str) -> bool:
    """Notes one more; whether there are more than the hub lets through without looking."""
    free = domain in LARGE_PROVIDERS or domain in limits.allowed_domains
    found = False
    for window, most in (
        (BURST, {"network": limits.network_burst, "domain": limits.domain_burst}),
        (DAY, {"network": limits.network_day, "domain": limits.domain_day}),
    ):
        numbers = _numbers(proposal, window)
        for what, which in (("network", network), ("domain", "" if free else domain)):
            if which:
                numbers[what, which] += 1
                found = found or numbers[what, which] > most[what]
    return found


def mailed_enough(proposal: Proposal, person: str) -> bool:
    """Whether this person was sent as many letters within the hour as anybody could need."""
    since = timezone.now() - dt.timedelta(hours=1)
    return proposal.attempts.filter(person=person, begun_at__gt=since).count() >= LETTERS_AN_HOUR


def forget() -> None:
    """What was seen; the next question is answered from the rows."""
    _seen.clear()


def _numbers(proposal: Proposal, window: dt.timedelta) -> Counter[tuple[str, str]]:
    with _lock:
        seen = _seen.setdefault((proposal.pk, window), Seen())
        fresh = time.monotonic() - seen.at < LOOK_EVERY[window]
        if not fresh:
            seen.at = time.monotonic()  # the others go on with what they have
    if not fresh:
        seen.numbers = _counted(proposal, timezone.now() - window)
    return seen.numbers


def _counted(proposal: Proposal, since: dt.datetime) -> Counter[tuple[str, str]]:
    numbers: Counter[tuple[str, str]] = Counter()
    begun = Attempt.objects.filter(proposal=proposal, begun_at__gt=since)
    signed = Signature.objects.filter(proposal=proposal, signed_at__gt=since)
    for row in (*_grouped(begun), *_grouped(signed)):
        numbers["network", row["network"]] += row["n"]
        numbers["domain", row["domain"]] += row["n"]
    return numbers


def _grouped(rows: Any) -> Iterable[dict[str, Any]]:
    return rows.order_by().values("network", "domain").annotate(n=Count("pk"))
