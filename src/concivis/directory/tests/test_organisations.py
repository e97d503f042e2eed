import pytest
from django.core.exceptions import ValidationError

from concivis.directory.actions import record_organisation
from concivis.directory.models import Organisation, OrganisationKind
from concivis.hubs.factories import HubFactory
from concivis.hubs.models import RecordLine
from concivis.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db


def committee(name="Twinning committee", **facts) -> Organisation:
    facts.setdefault("hub", None)
    return record_organisation(by=None, kind=OrganisationKind.COMMITTEE, name=name, **facts)


def lines() -> int:
    return RecordLine.objects.filter(kind="organisation").count()


def test_a_body_is_recorded_once_whatever_the_spelling():
    place = PlaceFactory()
    first = committee("Städtepartnerschaftsverein", place=place)
    second = committee("STADTEPARTNERSCHAFTSVEREIN", place=place)
    assert second.pk == first.pk
    assert Organisation.objects.get().name == "STADTEPARTNERSCHAFTSVEREIN"


def test_recording_the_same_again_writes_no_line():
    committee()
    committee()
    assert lines() == 1


def test_two_hubs_keep_their_own_entry_of_a_body():
    committee(hub=HubFactory())
    committee(hub=HubFactory())
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize("name", ["", "  ", "…"])
def test_a_body_without_a_name_is_refused(name):
    with pytest.raises(ValidationError, match="needs a name"):
        committee(name)


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        committee(website="javascript:alert(1)")
    assert lines() == 0
