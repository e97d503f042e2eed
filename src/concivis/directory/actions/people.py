"""The people of organisations. Personal data: public only field by field with consent, and deleted for good."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.directory.actions.facts import PersonFacts, RoleFacts
from concivis.directory.actions.noting import noted
from concivis.directory.consents import require_consent, require_filled
from concivis.directory.enums import PersonField
from concivis.directory.models import Consent, Organisation, Person, Role
from concivis.hubs import record
from concivis.hubs.models import Hub
from concivis.shell.ids import new_public_id

PLAIN = ("name", "is_pseudonym", "email", "phone", "address", "messenger")


@transaction.atomic
def add_person(*, by: User | None, organisation: Organisation, person: PersonFacts, role: RoleFacts) -> Role:
    """Somebody new with a role in `organisation`. Raises ValidationError by field."""
    noted_person = Person(public_id=new_public_id(), hub=_hub_of(organisation))
    _fill(noted_person, person, by)
    return _give_role(by, noted_person, organisation, role)


@transaction.atomic
def give_role(*, by: User | None, person: Person, organisation: Organisation, role: RoleFacts) -> Role:
    """A further role of somebody the directory has already. Raises ValidationError by field."""
    if person.hub_id != organisation.hub_id:
        raise ValidationError(gettext("Choose somebody of your own directory."))
    return _give_role(by, person, organisation, role)


@transaction.atomic
def change_person(*, by: User | None, person: Person, facts: PersonFacts) -> None:
    """Also what is public: a consent that is no longer there counts as withdrawn today."""
    before = [getattr(person, name) for name in PLAIN], person_public(person)
    _fill(person, facts, by)
    if before != ([getattr(person, name) for name in PLAIN], person_public(person)):
        _noted(person, by, "person.changed")


@transaction.atomic
def change_role(*, by: User | None, role: Role, facts: RoleFacts) -> None:
    before = RoleFacts(function=role.function, since=role.since, left_on=role.left_on)
    if before != facts:
        _fill_role(role, facts)
        noted(role.organisation, by, "role.changed")


@transaction.atomic
def end_role(*, by: User | None, role: Role) -> None:
    """Takes the role out. Somebody without any role is deleted for good: there is no reason to keep them."""
    person, organisation = role.person, role.organisation
    role.delete()
    noted(organisation, by, "role.removed")
    if not person.roles.exists():
        person.delete()


@transaction.atomic
def withdraw_consent(*, by: User | None, person: Person, fields: frozenset[PersonField]) -> None:
    """From now on nobody sees these fields. That the person once agreed stays noted as long as the person is."""
    standing = person.consents.filter(withdrawn_at=None, field__in=fields)
    if standing.update(withdrawn_at=timezone.now()):
        _noted(person, by, "person.consent_withdrawn", fields=sorted(fields))


@transaction.atomic
def forget_person(*, by: User | None, person: Person) -> None:
    """Deletes all that was noted of the person. The record keeps that somebody was deleted, not who."""
    _noted(person, by, "person.removed")
    person.delete()


def person_public(person: Person) -> frozenset[PersonField]:
    """The fields that everybody may see. One query, unless the consents are prefetched."""
    return frozenset(PersonField(each.field) for each in person.consents.all() if each.withdrawn_at is None)


def _fill(person: Person, facts: PersonFacts, by: User | None) -> None:
    if not facts.name.strip():
        raise ValidationError({"name": gettext("Write a name, or a pseudonym.")})
    standing = person_public(person) if person.pk else frozenset()
    require_consent(facts.public - standing, on=facts.agreed_on, how=facts.agreed_how, on_field="agreed_on")
    require_filled(sorted(facts.public), {name: getattr(facts, name) for name in PLAIN})
    for name in PLAIN:
        setattr(person, name, getattr(facts, name))
    person.full_clean(validate_unique=False, validate_constraints=False)
    person.save()
    _set_consents(person, standing, facts, by)


def _set_consents(
    person: Person, standing: frozenset[PersonField], facts: PersonFacts, by: User | None
) -> None:
    gone = standing - facts.public
    person.consents.filter(withdrawn_at=None, field__in=gone).update(withdrawn_at=timezone.now())
    if facts.agreed_on is None:  # then there is no new one: `require_consent`
        return
    for field in sorted(facts.public - standing):
        Consent.objects.create(
            person=person, field=field, given_on=facts.agreed_on, how=facts.agreed_how, noted_by=by
        )


def _give_role(by: User | None, person: Person, organisation: Organisation, facts: RoleFacts) -> Role:
    role = Role(person=person, organisation=organisation)
    _fill_role(role, facts)
    noted(organisation, by, "role.added", public=bool(person_public(person)))
    return role


def _fill_role(role: Role, facts: RoleFacts) -> None:
    if not facts.function.strip():
        raise ValidationError({"function": gettext("Say what the person does there.")})
    if facts.since and facts.left_on and facts.left_on < facts.since:
        raise ValidationError({"left_on": gettext("The last day lies before the first.")})
    role.function, role.since, role.left_on = facts.function.strip(), facts.since, facts.left_on
    same = Role.objects.filter(person=role.person, organisation=role.organisation, function=role.function)
    if same.exclude(pk=role.pk).exists():
        raise ValidationError({"function": gettext("This role is noted already.")})
    role.full_clean(validate_unique=False, validate_constraints=False)
    role.save()


def _hub_of(organisation: Organisation) -> Hub:
    if organisation.hub is None:
        raise ValidationError(gettext("People are noted only for organisations that an office keeps."))
    return organisation.hub


def _noted(person: Person, by: User | None, action: str, **details: object) -> None:
    """Never a name: lines of the record stay for ever."""
    record.write(
        hub=person.hub, by=by, action=action, kind="person", object_id=person.public_id, details=details
    )
