import factory
from factory.django import DjangoModelFactory

from concivis.hubs.factories import HubFactory
from concivis.mailings.models import Letter, Mailing


class MailingFactory(DjangoModelFactory[Mailing]):
    class Meta:
        model = Mailing

    public_id = factory.Sequence(lambda n: f"m{n}")
    hub = factory.SubFactory(HubFactory)
    kind = "test"
    object_id = factory.Sequence(str)


class LetterFactory(DjangoModelFactory[Letter]):
    """A letter due now."""

    class Meta:
        model = Letter

    mailing = factory.SubFactory(MailingFactory)
    address = factory.Sequence(lambda n: f"reader{n}@example.org")
    language = "en"
