import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from concivis.directory import actions
from concivis.directory.enums import PersonField
from concivis.directory.factories import organisation, person
from concivis.directory.models import Consent, Person, Role
from concivis.hubs.models import RecordLine

pytestmark = pytest.mark.django_db

EMAIL, NAME = PersonField.EMAIL, PersonField.NAME


def facts(**said) -> actions.PersonFacts:
    return actions.PersonFacts(**{"name": "Example Person", **said})


def public_of(role: Role) -> set[str]:
    return {each.field for each in role.person.consents.filter(withdrawn_at=None)}


def test_nothing_of_a_person_is_public_without_consent():
    assert public_of(person(organisation(), email="p@example.org")) == set()


def test_a_field_becomes_public_with_the_day_and_manner_of_the_consent():
    role = person(organisation(), public=("name",))
    consent = Consent.objects.get()
    assert (public_of(role), consent.given_on, consent.how) == ({"name"}, dt.date(2026, 1, 2), "by mail")


@pytest.mark.parametrize("missing", [{"agreed_on": None}, {"agreed_how": " "}])
def test_a_consent_without_day_or_manner_is_none(missing):
    with pytest.raises(ValidationError, match="when and how"):
        person(organisation(), public=("name",), **missing)
    assert not Person.objects.exists()


def test_an_empty_field_cannot_be_made_public():
    with pytest.raises(ValidationError, match="nothing to make public"):
        person(organisation(), public=("email",))


def test_a_consent_no_longer_ticked_is_withdrawn_and_stays_noted():
    role = person(organisation(), public=("name",))
    actions.change_person(by=None, person=role.person, facts=facts())
    assert public_of(role) == set()
    assert Consent.objects.get().withdrawn_at is not None


def test_a_consent_in_force_needs_no_second_one():
    role = person(organisation(), public=("name",))
    actions.change_person(by=None, person=role.person, facts=facts(phone="1", public=frozenset({NAME})))
    assert Consent.objects.count() == 1


def test_a_withdrawn_consent_can_be_given_again():
    role = person(organisation(), public=("name",))
    actions.withdraw_consent(by=None, person=role.person, fields=frozenset({NAME}))
    again = facts(public=frozenset({NAME}), agreed_on=dt.date(2026, 2, 1), agreed_how="on paper")
    actions.change_person(by=None, person=Person.objects.get(), facts=again)
    assert (public_of(role), Consent.objects.count()) == ({"name"}, 2)


def test_somebody_without_any_role_is_forgotten():
    role = person(organisation())
    actions.end_role(by=None, role=role)
    assert not Person.objects.exists()


def test_somebody_with_a_second_role_stays():
    first = organisation()
    role = person(first)
    second = organisation(hub=first.hub)
    actions.give_role(
        by=None, person=role.person, organisation=second, role=actions.RoleFacts(function="Chair")
    )
    actions.end_role(by=None, role=role)
    assert Person.objects.exists()


def test_nobody_gets_a_role_in_another_citys_organisation():
    role = person(organisation())
    with pytest.raises(ValidationError):
        actions.give_role(
            by=None, person=role.person, organisation=organisation(), role=actions.RoleFacts(function="Chair")
        )


def test_deleting_a_person_leaves_nothing_but_that_somebody_was_deleted():
    role = person(organisation(), "Erika Beispiel", email="p@example.org", public=("name", "email"))
    actions.forget_person(by=None, person=role.person)
    assert not (Person.objects.exists() or Role.objects.exists() or Consent.objects.exists())
    assert "Beispiel" not in str(list(RecordLine.objects.values()))


def test_the_record_never_names_a_person():
    person(organisation(), "Erika Beispiel", email="p@example.org", public=("name",))
    written = str(list(RecordLine.objects.values()))
    assert "Beispiel" not in written and "example.org" not in written


def test_an_organisation_that_is_deleted_takes_its_people_along():
    body = organisation()
    person(body)
    actions.remove_organisation(by=None, organisation=body)
    assert not Person.objects.exists()
