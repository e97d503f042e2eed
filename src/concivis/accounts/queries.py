"""Reads of accounts that other rooms share."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from concivis.accounts import hooks
from concivis.accounts.models import User


def has_confirmed(user: User, email: str) -> bool:
    """Has `user` confirmed that this mail address is theirs?"""
    return bool(EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists())


def confirmed_addresses(user: User) -> list[str]:
    """The mail addresses that `user` has confirmed. One query."""
    return list(EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True))


def language_of(email: str) -> str:
    """The language chosen by whoever has this mail address; "" if nobody has, or chose none."""
    address = EmailAddress.objects.filter(email__iexact=email).select_related("user").first()
    return str(address.user.language) if address else ""


def personal_data(user: User) -> dict[str, Any]:
    """Everything kept about `user`, ready for JSON; secrets are named, not shown."""
    own: dict[str, Any] = {
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
    for find in hooks.personal_data:
        own.update(find(user))
    return own
