from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from concivis.accounts.factories import UserFactory
from concivis.hubs.models import Delivery, Hub, Invitation, Membership, Webhook


class HubFactory(DjangoModelFactory[Hub]):
    """A hub as it stands in its table: no record yet, so `record.verify` finds its record missing."""

    class Meta:
        model = Hub

    public_id = factory.Sequence(lambda n: f"h{n}")
    slug = factory.Sequence(lambda n: f"city-{n}")
    name = factory.Sequence(lambda n: f"City {n}")
    place = factory.SubFactory("concivis.places.factories.PlaceFactory")
    language = "en"
    is_published = True


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    hub = factory.SubFactory(HubFactory)
    user = factory.SubFactory(UserFactory)
    role = "coordinator"


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An open invitation; its key is known to nobody (`actions.invite` returns one)."""

    class Meta:
        model = Invitation

    hub = factory.SubFactory(HubFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    role = "editor"
    key_hash = factory.Sequence(lambda n: f"{n:064x}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class WebhookFactory(DjangoModelFactory[Webhook]):
    class Meta:
        model = Webhook

    hub = factory.SubFactory(HubFactory)
    url = factory.Sequence(lambda n: f"https://city{n}.example/hook")
    events = ["test.happened"]
    secret_salt = factory.Sequence(lambda n: f"{n:032x}")


class DeliveryFactory(DjangoModelFactory[Delivery]):
    """A message due now."""

    class Meta:
        model = Delivery

    webhook = factory.SubFactory(WebhookFactory)
    event = "test.happened"
    payload = factory.LazyFunction(lambda: {"id": "p1"})
