"""Proposals for tests, as they stand in their tables."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from concivis.hubs.factories import HubFactory
from concivis.mailings.enums import LetterState
from concivis.proposals import collecting, identity
from concivis.proposals.deadlines import end_of
from concivis.proposals.enums import Assurance, Means, State, Support
from concivis.proposals.models import Attempt, Proposal, Rules, Signature
from concivis.shell import keys


class RulesFactory(DjangoModelFactory[Rules]):
    class Meta:
        model = Rules

    hub = factory.SubFactory(HubFactory)
    number = 1
    means = [Means.MAIL]


class ProposalFactory(DjangoModelFactory[Proposal]):
    """One that collects signatures for another thirty days; `rules` of its hub."""

    class Meta:
        model = Proposal

    public_id = factory.Sequence(lambda n: f"p{n:x}")
    hub = factory.SubFactory(HubFactory)
    rules = factory.LazyAttribute(lambda made: made.hub.proposal_rules.first() or RulesFactory(hub=made.hub))
    title = factory.Sequence(lambda n: f"Proposal {n}")
    language = "en"
    state = State.PUBLISHED
    author_email = "author@example.org"
    author_name = "Example Author"
    published_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
    closes_on = factory.LazyFunction(lambda: timezone.now().date() + dt.timedelta(days=30))
    closes_at = factory.LazyAttribute(lambda made: end_of(made.closes_on, made.hub.timezone))


def unpublished(**said: Any) -> Proposal:
    """An idea that nobody but its author has seen."""
    said.setdefault("state", State.IDEA)
    return ProposalFactory(rules=None, published_at=None, closes_on=None, closes_at=None, **said)


class AttemptFactory(DjangoModelFactory[Attempt]):
    """Begun just now by somebody new; `key` is what was mailed to them."""

    class Meta:
        model = Attempt

    class Params:
        key = factory.LazyFunction(keys.new)

    proposal = factory.SubFactory(ProposalFactory)
    email = factory.Sequence(lambda n: f"signer{n}@example.org")
    person = factory.LazyAttribute(lambda made: identity.by_mail(made.proposal.public_id, made.email))
    key_hash = factory.LazyAttribute(lambda made: keys.hashed(made.key))
    support = Support.LEGAL
    means = Means.MAIL
    assurance = Assurance.LOW
    domain = factory.LazyAttribute(lambda made: identity.domain_of(made.email))
    language = "en"
    begun_at = factory.LazyFunction(timezone.now)
    confirm_until = factory.LazyAttribute(lambda made: collecting.confirm_until(made.proposal, made.begun_at))
    letter = LetterState.HANDED_OVER


class SignatureFactory(DjangoModelFactory[Signature]):
    """Signed just now by somebody new, by mail."""

    class Meta:
        model = Signature

    class Params:
        key = factory.LazyFunction(keys.new)

    proposal = factory.SubFactory(ProposalFactory)
    email = factory.Sequence(lambda n: f"supporter{n}@example.org")
    person = factory.LazyAttribute(lambda made: identity.by_mail(made.proposal.public_id, made.email))
    key_hash = factory.LazyAttribute(lambda made: keys.hashed(made.key))
    support = Support.LEGAL
    means = Means.MAIL
    assurance = Assurance.LOW
    domain = factory.LazyAttribute(lambda made: identity.domain_of(made.email))
    language = "en"
    signed_at = factory.LazyFunction(timezone.now)
    begun_at = factory.LazyAttribute(lambda made: made.signed_at)
