"""What the register holds about a person with an account."""

from typing import Any

from django.db.models import Q

from concivis.accounts.models import User
from concivis.accounts.queries import confirmed_addresses
from concivis.initiatives.models import Initiative

OWNER, CONTACT = ("owner_name", "owner_email"), ("contact_name", "contact_email", "contact_phone")
NO_OWNER: dict[str, Any] = {"owner": None, "owner_language": "", **dict.fromkeys(OWNER, "")}
NO_CONTACT: dict[str, Any] = {
    **dict.fromkeys(CONTACT, ""),
    **{f"{name}_public": False for name in CONTACT},
    "consent_on": None,
    "consent_how": "",
}


def personal_data(user: User) -> dict[str, Any]:
    """The entries they look after, and those that name them as the contact, with what is kept of them. Two queries."""
    own = _addresses(user)
    found = Initiative.objects.filter(Q(owner=user) | Q(owner_email__in=own) | Q(contact_email__in=own))
    return {"initiatives": [_kept(each, own) for each in found.order_by("pk")]}


def before_leaving(user: User) -> None:
    """Who deletes the account looks after nothing any more, and is nobody's contact: the office finds these entries
    among those without anybody to ask."""
    own = _addresses(user)
    Initiative.objects.filter(Q(owner=user) | Q(owner_email__in=own)).update(**NO_OWNER)
    Initiative.objects.filter(contact_email__in=own).update(**NO_CONTACT)


def _kept(initiative: Initiative, own: list[str]) -> dict[str, str]:
    names = [
        *(OWNER if initiative.owner_email in own else ()),
        *(CONTACT if initiative.contact_email in own else ()),
    ]
    return {
        "id": initiative.public_id,
        "title": initiative.title,
        **{name: getattr(initiative, name) for name in names},
    }


def _addresses(user: User) -> list[str]:
    return [str(address).lower() for address in confirmed_addresses(user)]
