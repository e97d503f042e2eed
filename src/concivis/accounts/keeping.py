"""What this installation keeps about a person: of the account, and of every room."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from concivis.accounts import hooks
from concivis.accounts.models import User
from concivis.accounts.people import Person


def personal_data(person: Person) -> dict[str, Any]:
    """Everything, ready for JSON; secrets are named, not shown."""
    told = _account(person.user) if person.user else {"mail_addresses": list(person.addresses)}
    for find in hooks.personal_data:
        told.update(find(person))
    return told


def _account(user: User) -> dict[str, Any]:
    return {
        "number": user.pk,
        "mail_address": user.email,
        "name": user.name,
        "language": user.language,
        "joined": user.date_joined.isoformat(),
        "last_signed_in": user.last_login.isoformat() if user.last_login else None,
        "mail_addresses": list(EmailAddress.objects.filter(user=user).values("email", "verified", "primary")),
        "second_factors": [
            {"kind": each.type, "added": each.created_at.isoformat()}
            for each in Authenticator.objects.filter(user=user)
        ],
        "signs_in_with": list(SocialAccount.objects.filter(user=user).values("provider", "uid")),
    }
