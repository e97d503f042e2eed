"""An office with two public things: one about Ghana, one about Mexico."""

from datetime import timedelta

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


def office(**changes: object) -> tuple[Hub, User]:
    hub = HubFactory(language="en", **changes)
    publish(hub, "ghana1", "GH", "A school in Tamale")
    publish(hub, "mexico1", "MX", "Water for Mazatlán")
    return hub, MembershipFactory(hub=hub, user=UserFactory(), role="coordinator").user


def publish(hub: Hub, public_id: str, country: str, title: str) -> None:
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
        )
    )


def draft(hub: Hub, by: User) -> Issue:
    now = timezone.now()
    return issues.compose(by=by, hub=hub, since=now - timedelta(days=30), until=now + timedelta(hours=1))
