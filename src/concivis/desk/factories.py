import factory
from factory.django import DjangoModelFactory

from concivis.desk.models import Enquiry
from concivis.hubs.factories import HubFactory


class EnquiryFactory(DjangoModelFactory[Enquiry]):
    class Meta:
        model = Enquiry

    public_id = factory.Sequence(lambda n: f"e{n:09d}")
    hub = factory.SubFactory(HubFactory)
    channel = "phone"
    language = "en"
    subject = factory.Sequence(lambda n: f"A room for choir {n}")
