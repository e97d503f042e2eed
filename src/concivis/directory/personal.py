"""What the directory holds about a person."""

from typing import Any

from concivis.accounts.people import Person
from concivis.directory import models as people
from concivis.directory.models import Claim, Steward


def personal_data(person: Person) -> dict[str, Any]:
    """Claims, entries looked after, and people noted under one of the person's confirmed mail addresses."""
    mine = person.by_account("user") | person.by_address("email")
    return {
        "claims_of_organisations": [
            {
                "organisation": claim.organisation.name,
                "name": claim.name,
                "mail_address": claim.email,
                "message": claim.message,
                "state": claim.state,
                "asked": claim.asked_at.isoformat(),
                "reason": claim.reason,
            }
            for claim in Claim.objects.filter(mine).select_related("organisation")
        ],
        "organisations_looked_after": [
            {"organisation": each.organisation.name, "since": each.since.isoformat()}
            for each in Steward.objects.filter(mine).select_related("organisation")
        ],
        "noted_in_directories": [
            _person(each)
            for each in people.Person.objects.filter(person.by_address("email")).prefetch_related(
                "roles__organisation", "consents"
            )
        ],
    }


def _person(person: people.Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "mail_address": person.email,
        "telephone": person.phone,
        "address": person.address,
        "messenger": person.messenger,
        "roles": [
            {"organisation": role.organisation.name, "role": role.function} for role in person.roles.all()
        ],
        "consents": [
            {
                "field": each.field,
                "agreed_on": each.given_on.isoformat(),
                "how": each.how,
                "withdrawn": each.withdrawn_at.isoformat() if each.withdrawn_at else None,
            }
            for each in person.consents.all()
        ],
    }
