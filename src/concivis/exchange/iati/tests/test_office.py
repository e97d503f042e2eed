import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from concivis.exchange.iati import actions
from concivis.exchange.iati.actions import IatiFacts
from concivis.exchange.iati.records import Paid
from concivis.exchange.iati.tests.scene import publishing, wells
from concivis.hubs.factories import MembershipFactory
from concivis.initiatives.factories import initiative

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def hub():
    return publishing()


@pytest.fixture
def coordinator(client, hub):
    person = MembershipFactory(hub=hub, role="coordinator").user
    client.force_login(person)
    return person


def test_the_office_sees_what_each_activity_lacks(client, coordinator, hub):
    wells(hub)
    text = client.get(reverse("exchange:iati", args=["hamm"])).content.decode()
    assert "Brunnen für Tamale" in text and "complete" in text and "/iati/activities.xml" in text


def test_the_office_enters_under_which_identifier_it_publishes(client, coordinator, hub):
    page = reverse("exchange:iati_publisher", args=["hamm"])
    refused = client.post(page, {"identifier": "DE / 1", "organisation_type": "11"})
    assert "may not hold spaces" in refused.content.decode()
    assert client.post(page, {"identifier": "DE-X-2", "organisation_type": "15"}).status_code == 302
    hub.refresh_from_db()
    assert hub.iati_publisher.identifier == "DE-X-2"


def test_the_facts_of_one_initiative_are_entered_in_plain_lines(client, coordinator, hub):
    made = wells(hub)
    page = reverse("exchange:iati_facts", args=["hamm", made.public_id])
    assert "Ghana 62.5" in client.get(page).content.decode()
    said = {"shares": "Ghana 40\nTogo 60 %", "paid": "2026-04-01 1 500,50 EUR Water committee"}
    assert client.post(page, said).status_code == 302
    stands = actions.iati_facts_of(type(made).objects.get(pk=made.pk))
    assert stands.shares == {"GH": Decimal(40), "TG": Decimal(60)}
    assert stands.paid[0] == Paid(
        on=dt.date(2026, 4, 1), amount=Decimal("1500.50"), currency="EUR", receiver="Water committee"
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"shares": "Ghana 40\nTogo 50"}, "must make 100"),
        ({"shares": "Nowhere 100"}, "could not be read"),
        ({"paid": "yesterday 5"}, "could not be read"),
        ({"paid": "2999-01-01 5 EUR"}, "lie in the future"),
        ({"identifier": "a b"}, "may not hold spaces"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(client, coordinator, hub, said, told):
    made = wells(hub)
    response = client.post(reverse("exchange:iati_facts", args=["hamm", made.public_id]), said)
    assert told in response.content.decode()


def test_only_development_cooperation_has_facts_for_iati(client, coordinator, hub):
    plain = initiative("Festival", hub=hub)
    response = client.get(reverse("exchange:iati_facts", args=["hamm", plain.public_id]))
    assert response.status_code == 302
    with pytest.raises(ValidationError):
        actions.write_facts(by=None, initiative=plain, facts=IatiFacts())
    page = reverse("initiatives:office_initiative", args=["hamm", plain.public_id])
    assert "Facts for IATI" not in client.get(page).content.decode()


def test_two_initiatives_never_share_an_identifier(hub):
    first, second = wells(hub), initiative("Other", hub=hub, development=actions_development())
    actions.write_facts(by=None, initiative=first, facts=IatiFacts(identifier="DE-CR-HRB1-9"))
    with pytest.raises(ValidationError):
        actions.write_facts(by=None, initiative=second, facts=IatiFacts(identifier="DE-CR-HRB1-9"))


def actions_development():
    from concivis.initiatives.actions import Development

    return Development()
