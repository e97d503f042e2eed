import datetime as dt

import pytest
from django.utils import timezone

from concivis.accounts.factories import UserFactory
from concivis.directory import actions, attention
from concivis.directory.factories import organisation
from concivis.directory.models import Organisation

pytestmark = pytest.mark.django_db


def test_a_claim_waits_for_the_office():
    body = organisation("Freunde Togos")
    actions.claim_organisation(
        organisation=body, name="Ada", email="", language="en", message="", user=UserFactory()
    )
    (matter,) = attention.matters(body.hub)
    assert (matter.title, "asks to look after" in matter.why) == ("Freunde Togos", True)
    assert "Ada" not in f"{matter}"


def test_an_entry_that_nobody_confirmed_for_a_year_is_looked_at_when_there_is_time():
    body = organisation()
    assert list(attention.matters(body.hub)) == []
    Organisation.objects.update(last_confirmed=timezone.localdate() - dt.timedelta(days=400))
    (matter,) = attention.matters(body.hub)
    assert matter.urgency == "later"


@pytest.mark.parametrize("many", [1, 3])
def test_it_costs_two_queries_however_much_waits(many, django_assert_num_queries):
    body = organisation()
    for number in range(many):
        organisation(f"Verein Nummer {number}", hub=body.hub)
    Organisation.objects.update(last_confirmed=dt.date(2020, 1, 1))
    with django_assert_num_queries(2):
        list(attention.matters(body.hub))
