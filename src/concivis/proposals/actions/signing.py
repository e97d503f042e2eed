"""Signing: begun with a form, confirmed with the button that a mailed key opens, withdrawn until the deadline.

A confirmation is one statement (a few on SQLite) about two rows that nobody else writes: the signature comes, the
attempt goes. What must hold is asked in the same statement, and that a person counts once is the unique constraint's
matter. It touches no counter and not the record; `counting` counts, a few seconds later.

Nobody learns who has signed: beginning does the same work and says the same whether or not the person has signed; only
the letter differs, and that is written when it leaves (`letters`).
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from concivis.mailings.enums import LetterState
from concivis.proposals import collecting, identity, limits
from concivis.proposals.actions.statements import CONFIRM, CONFIRM_BY_STEPS
from concivis.proposals.collecting import Shut
from concivis.proposals.enums import Assurance, Means, State, Support
from concivis.proposals.models import Attempt, Proposal, Signature, Tally
from concivis.shell import groupcommit, keys

LEVELS = [Assurance.LOW, Assurance.SUBSTANTIAL, Assurance.HIGH]


class CannotSign(Exception):
    """It is not open: `why`."""

    def __init__(self, why: Shut) -> None:
        super().__init__(why.name)
        self.why = why


@dataclass(frozen=True)
class Facts:
    """What a signer says. `email`: as it was written; the letter goes there."""

    email: str
    support: Support = Support.LEGAL
    language: str = ""
    name: str = ""
    name_public: bool = False
    birth_year: int | None = None
    postcode: str = ""
    address: str = ""
    wants_news: bool = False


@dataclass(frozen=True)
class Proof:
    """How it is known who signs without a letter: an account with a verified address, or what stands behind it."""

    means: Means
    assurance: Assurance
    server: str = ""  # of the identity service
    subject: str = ""


class Outcome(Enum):
    SIGNED = auto()  # now, or with an earlier press of the same button
    STANDS = auto()  # the same person had signed before, with another key
    WITHDRAWN = auto()
    PAUSED = auto()
    TOO_LATE = auto()
    UNKNOWN = auto()  # no such key


@dataclass(frozen=True)
class Found:
    """What a key opens. Both rows: an attempt of somebody whose signature stands already."""

    proposal: Proposal
    attempt: Attempt | None
    signature: Signature | None


def begin(*, proposal: Proposal, facts: Facts, address: str = "") -> None:
    """Somebody wants to sign; a letter with a key goes out. `address`: the internet address, of which nothing is kept
    but a keyed hash of its network.

    Raises `CannotSign`. Whatever else speaks against it (a blocked domain, too many letters, the person has signed) is
    not told to whoever asks.
    """
    attempt = _attempt(proposal, facts, address)
    its_limits = limits.limits_of(proposal.hub_id)
    if limits.is_blocked(its_limits, attempt.domain) or limits.mailed_enough(proposal, attempt.person):
        return
    attempt.held = limits.too_many(its_limits, proposal, network=attempt.network, domain=attempt.domain)
    groupcommit.run(lambda: attempt.save(force_insert=True))


def sign_known(*, proposal: Proposal, facts: Facts, proof: Proof, address: str = "") -> Outcome:
    """Somebody who is signed in signs without a letter; `facts.email` is the account's verified address.

    Raises `CannotSign`."""
    attempt = _attempt(proposal, facts, address, proof)
    key = keys.new()
    attempt.key_hash = keys.hashed(key)
    attempt.letter = LetterState.NOT_WANTED
    groupcommit.run(lambda: attempt.save(force_insert=True))
    return confirm(key=key)[0]


def confirm(*, key: str, now: dt.datetime | None = None) -> tuple[Outcome, str]:
    """The button was pressed: the outcome, and the proposal's public id (“” for an unknown key). Pressing again is
    harmless."""
    now = now or timezone.now()
    given = {"key": keys.hashed(key), "now": str(connection.ops.adapt_datetimefield_value(now))}
    public_id = _in_one_statement(given) if connection.vendor == "postgresql" else _in_steps(given)
    if public_id:
        return Outcome.SIGNED, public_id
    return _why_not(key, now)


def withdraw(*, signature: Signature, now: dt.datetime | None = None) -> bool:
    """Until the deadline, for whoever holds the key or the account. What was said of the person goes at once; that
    they signed and withdrew stays, as a hash, until the signatures are reduced. False after the deadline."""
    now = now or timezone.now()
    stands = Signature.objects.filter(
        pk=signature.pk,
        withdrawn_at=None,
        proposal__state=State.PUBLISHED,
        proposal__deadline_seen_at=None,
        proposal__closes_at__gt=now,
    )
    tally = Tally.objects.filter(proposal=signature.proposal_id, reconciled_at__isnull=False)

    def work() -> bool:
        if not stands.update(withdrawn_at=now, **blank):
            return False
        tally.update(reconciled_at=None)  # its base is past
        return True

    blank = {"name": "", "name_public": False, "email": "", "birth_year": None, "postcode": "", "address": ""}
    return groupcommit.run(work)


def find(key: str) -> Found | None:
    """What a mailed key opens. One query where it has been used, three where it has not."""
    key_hash = keys.hashed(key)
    signature = _with_proposal(Signature.objects.filter(key_hash=key_hash)).first()
    if signature is not None:
        return Found(signature.proposal, None, signature)
    attempt = _with_proposal(Attempt.objects.filter(key_hash=key_hash)).first()
    if attempt is None:
        return None
    return Found(attempt.proposal, attempt, standing(attempt.proposal, attempt.person))


def standing(proposal: Proposal, person: str) -> Signature | None:
    """The signature of a person that was not withdrawn."""
    return Signature.objects.filter(proposal=proposal, person=person, withdrawn_at=None).first()


def person_of(proposal: Proposal, email: str, proof: Proof | None = None) -> str:
    """`person` of a signature. The subject of an identity service counts only where the hub takes nothing else."""
    assert proposal.rules
    if proof and proof.subject and proposal.rules.means == [Means.OPENID]:
        return identity.by_subject(proposal.public_id, proof.server, proof.subject)
    return identity.by_mail(proposal.public_id, email)


def area_of(proposal: Proposal, postcode: str) -> str:
    """The code of the district that a postcode is in, or “”."""
    assert proposal.rules
    bare = "".join(postcode.split()).upper()
    return next(
        (
            str(area["code"])
            for area in proposal.rules.areas
            if bare and bare in {"".join(str(each).split()).upper() for each in area.get("postcodes", ())}
        ),
        "",
    )


def _attempt(proposal: Proposal, facts: Facts, address: str, proof: Proof | None = None) -> Attempt:
    now = timezone.now()
    if why := collecting.shut(proposal, now):
        raise CannotSign(why)
    _same_secret(proposal)
    assert proposal.rules
    means, assurance = (proof.means, proof.assurance) if proof else (Means.MAIL, Assurance.LOW)
    sure = LEVELS.index(assurance) >= LEVELS.index(Assurance(proposal.rules.assurance))
    said = replace(facts, support=facts.support if sure else Support.CONSULTATIVE)
    return Attempt(
        proposal=proposal,
        person=person_of(proposal, said.email, proof),
        key_hash=keys.hashed(keys.new()),
        means=means,
        assurance=assurance,
        **{name: getattr(said, name) for name in Facts.__dataclass_fields__},
        area=area_of(proposal, said.postcode),
        domain=identity.domain_of(said.email),
        network=identity.network(proposal.public_id, address),
        begun_at=now,
        next_attempt_at=now,
        confirm_until=collecting.confirm_until(proposal, now),
    )


def _same_secret(proposal: Proposal) -> None:
    """With another secret everybody could sign a second time: the first signature notes which one it is."""
    mark = identity.mark()
    if not proposal.pepper_mark:
        Proposal.objects.filter(pk=proposal.pk, pepper_mark="").update(pepper_mark=mark)
        proposal.refresh_from_db(fields=["pepper_mark"])
    if proposal.pepper_mark != mark:
        raise ImproperlyConfigured(
            "CONCIVIS_SIGNATURE_PEPPER is not the one with which this proposal's signatures were hashed, so people "
            "could sign twice. Bring the old one back (docs/operator.md)."
        )


def _in_one_statement(given: dict[str, Any]) -> str:
    with connection.cursor() as cursor:
        cursor.execute(CONFIRM, given)
        found = cursor.fetchone()
    return found[0] if found else ""


def _in_steps(given: dict[str, Any]) -> str:
    def work() -> str:
        with connection.cursor() as cursor:
            cursor.execute(CONFIRM_BY_STEPS[0], given)
            found = cursor.fetchone()
            if not found:
                return ""
            for statement in CONFIRM_BY_STEPS[1:]:
                cursor.execute(statement, given)
        return str(Proposal.objects.values_list("public_id", flat=True).get(pk=found[0]))

    return groupcommit.run(work)


def _why_not(key: str, now: dt.datetime) -> tuple[Outcome, str]:
    found = find(key)
    if found is None:
        return Outcome.UNKNOWN, ""
    public_id = found.proposal.public_id
    if found.signature and found.attempt is None:
        return Outcome.WITHDRAWN if found.signature.withdrawn_at else Outcome.SIGNED, public_id
    if found.signature:
        return Outcome.STANDS, public_id
    paused = found.proposal.state == State.PUBLISHED and found.proposal.paused_at is not None
    return Outcome.PAUSED if paused else Outcome.TOO_LATE, public_id


def _with_proposal(rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    return rows.select_related("proposal__hub", "proposal__rules")
