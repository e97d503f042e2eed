"""Reads of accounts that other rooms share."""

from allauth.account.models import EmailAddress

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
