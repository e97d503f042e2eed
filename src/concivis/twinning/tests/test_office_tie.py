import pytest
from django.test import Client
from django.urls import reverse

from concivis.hubs.factories import HubFactory, MembershipFactory
from concivis.hubs.models import Hub
from concivis.places.factories import PlaceFactory
from concivis.twinning import factories
from concivis.twinning.models import Partnership

pytestmark = pytest.mark.django_db(databases="__all__")


def kept(hub: Hub | None = None, **facts: object) -> Partnership:
    hub = hub or HubFactory()
    return factories.partnership(hub.place, PlaceFactory(name="Altstadt"), hub=hub, **facts)


def as_coordinator(hub: Hub) -> Client:
    client = Client()
    client.force_login(MembershipFactory(hub=hub).user)
    return client


def page_of(tie: Partnership, name: str = "office_tie", *args: object) -> str:
    return reverse(f"twinning:{name}", args=[tie.hub.slug, tie.public_id, *args])


def test_the_office_sees_how_a_draft_stands_and_what_comes_next():
    tie = kept(state="drafted", is_published=False)
    text = as_coordinator(tie.hub).get(page_of(tie)).content.decode()
    assert "The text of an agreement is being written." in text
    assert "Only the offices of its sides" in text


def test_a_side_that_sees_it_differently_is_shown_beside_what_the_keeper_wrote():
    tie = kept()
    side = tie.sides.get(place__name="Altstadt")
    side.state_said, side.remark, side.remark_language = "suspended", "We paused it.", "en"
    side.save()
    text = as_coordinator(tie.hub).get(page_of(tie)).content.decode()
    assert "This side sees it differently:</strong> suspended" in text
    assert "We paused it." in text


def test_an_enquiry_is_moved_on_by_hand_but_a_signature_is_not():
    tie = kept(state="enquiry", is_published=False)
    client = as_coordinator(tie.hub)
    client.post(page_of(tie, "office_tie_state"), {"state": "exploring"})
    tie.refresh_from_db()
    assert tie.state == "exploring"
    client.post(page_of(tie, "office_tie_state"), {"state": "signed"})
    tie.refresh_from_db()
    assert tie.state == "exploring"
