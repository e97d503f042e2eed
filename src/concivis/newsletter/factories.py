import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from concivis.hubs.factories import HubFactory
from concivis.newsletter.enums import Rhythm
from concivis.newsletter.interests import Interests
from concivis.newsletter.models import Subscription


class SubscriptionFactory(DjangoModelFactory[Subscription]):
    """Confirmed, of everything; `wanted={"country": ["GH"]}` narrows it."""

    class Meta:
        model = Subscription

    class Params:
        wanted: dict[str, list[str]] = {}

    public_id = factory.Sequence(lambda n: f"s{n}")
    hub = factory.SubFactory(HubFactory)
    email = factory.Sequence(lambda n: f"reader{n}@example.org")
    language = "en"
    rhythm = Rhythm.NEWSLETTER
    interests = factory.LazyAttribute(lambda self: Interests.of(self.wanted).stored())
    interests_key = factory.LazyAttribute(lambda self: Interests.of(self.wanted).key)
    confirmed_at = factory.LazyFunction(timezone.now)
