"""What the register holds about a person."""

from typing import Any

from django.db.models import Q

from concivis.accounts.people import Person
from concivis.initiatives.models import Initiative

OWNER, CONTACT = ("owner_name", "owner_email"), ("contact_name", "contact_email", "contact_phone")
NO_OWNER: dict[str, Any] = {"owner": None, "owner_language": "", **dict.fromkeys(OWNER, "")}
NO_CONTACT: dict[str, Any] = {
    **dict.fromkeys(CONTACT, ""),
    **{f"{name}_public": False for name in CONTACT},
    "consent_on": None,
    "consent_how": "",
}


def personal_data(person: Person) -> dict[str, Any]:
    """The entries they look after, and those that name them as the contact, with what is kept of them. One query."""
    found = Initiative.objects.filter(_looked_after(person) | person.by_address("contact_email"))
    return {"initiatives": [_kept(each, person) for each in found.order_by("pk")]}


def before_leaving(person: Person) -> None:
    """Who deletes the account looks after nothing any more, and is nobody's contact: the office finds these entries
    among those without anybody to ask."""
    Initiative.objects.filter(_looked_after(person)).update(**NO_OWNER)
    Initiative.objects.filter(person.by_address("contact_email")).update(**NO_CONTACT)


def _looked_after(person: Person) -> Q:
    return person.by_account("owner") | person.by_address("owner_email")


def _kept(initiative: Initiative, person: Person) -> dict[str, str]:
    names = [
        *(OWNER if initiative.owner_email in person.addresses else ()),
        *(CONTACT if initiative.contact_email in person.addresses else ()),
    ]
    return {
        "id": initiative.public_id,
        "title": initiative.title,
        **{name: getattr(initiative, name) for name in names},
    }
