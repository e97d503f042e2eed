"""An office with two public things: one about Ghana, one about Mexico."""

from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.accounts.models import User
from concivis.catalogue import actions as catalogue
from concivis.catalogue.cards import CardDraft, Text
from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.newsletter.actions import issues
from concivis.newsletter.models import Issue
from concivis.places.factories import CountryFactory
from concivis.shell.guard import signer


def form(**said: str) -> dict[str, str]:
    """What a person sends to ask for letters, ten seconds after the page was drawn."""
    with time_machine.travel(timezone.now() - timedelta(seconds=10)):
        drawn = signer.sign("form")
    return {"email": "ada@example.org", "rhythm": "newsletter", "language": "de", "drawn": drawn, **said}


def office(**changes: object) -> tuple[Hub, User]:
    hub = HubFactory(language="en", **changes)
    publish(hub, "ghana1", "GH", "A school in Tamale")
    publish(hub, "mexico1", "MX", "Water for Mazatlán")
    return hub, MembershipFactory(hub=hub, user=UserFactory(), role="coordinator").user


def publish(hub: Hub, public_id: str, country: str, title: str, **more: Any) -> None:
    CountryFactory(code=country)
    catalogue.publish(
        CardDraft(
            kind="test",
            public_id=public_id,
            path=f"/things/{public_id}/",
            language="en",
            texts={"en": Text(title=title, summary="What it is."), "de": Text(title=f"{title} (de)")},
            hub=hub.pk,
            countries=frozenset({country}),
            **more,
        )
    )


def draft(hub: Hub, by: User) -> Issue:
    now = timezone.now()
    return issues.compose(by=by, hub=hub, since=now - timedelta(days=30), until=now + timedelta(hours=1))
