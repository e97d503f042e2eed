"""An office with rules and somebody who works on proposals."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from concivis.accounts.models import User
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.proposals.actions.rules import RulesFacts, make_rules
from concivis.proposals.enums import Asked, Threshold
from concivis.proposals.factories import ProposalFactory, unpublished
from concivis.proposals.models import Proposal


@dataclass
class Office:
    hub: Hub
    person: User
    client: Client

    def page(self, name: str, *args: Any, **query: str) -> Any:
        return self.client.get(self.address(name, *args), query)

    def send(self, name: str, *args: Any, **fields: Any) -> Any:
        return self.client.post(self.address(name, *args), fields)

    def address(self, name: str, *args: Any) -> str:
        told = [each.public_id if isinstance(each, Proposal) else each for each in args]
        return reverse(f"proposals:{name}", args=[self.hub.slug, *told])

    def colleague(self) -> User:
        return MembershipFactory(hub=self.hub, role="editor").user

    def published(self, **said: Any) -> Proposal:
        return ProposalFactory(hub=self.hub, rules=self.hub.proposal_rules.first(), **said)

    def in_review(self, **said: Any) -> Proposal:
        return unpublished(hub=self.hub, state="review", **said)


def office(**facts: Any) -> Office:
    """Its rules ask for a name and a postcode; 10 signatures lead to an answer, 20 to a debate."""
    hub = HubFactory()
    person = MembershipFactory(hub=hub, role="editor").user
    told: dict[str, Any] = {
        "asked": (Asked.NAME, Asked.POSTCODE),
        "eligible": ("residents",),
        "steps": {Threshold.ANSWER: 10, Threshold.DEBATE: 20},
        **facts,
    }
    make_rules(by=person, hub=hub, facts=RulesFacts(**told))
    client = Client()
    client.force_login(person)
    return Office(hub, person, client)
