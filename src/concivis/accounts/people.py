"""A person as the rooms know them: by an account, by the mail addresses that are theirs, or by both."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Q

from concivis.accounts.models import User
from concivis.accounts.queries import confirmed_addresses

NOBODY = Q(pk__in=())


@dataclass(frozen=True)
class Person:
    """`addresses`: confirmed to be theirs, in lower case, as rooms keep addresses."""

    user: User | None
    addresses: tuple[str, ...]

    @classmethod
    def of_user(cls, user: User) -> Self:
        """One query."""
        return cls(user, tuple(address.lower() for address in confirmed_addresses(user)))

    @classmethod
    def of_address(cls, address: str) -> Self:
        """Somebody without an account, who has shown that they read this address."""
        return cls(None, (address.strip().lower(),))

    def by_account(self, *fields: str) -> Q:
        """Rows of which one of `fields` names the account; none without one: an empty field is nobody."""
        found = NOBODY
        for field in fields if self.user else ():
            found |= Q(**{field: self.user})
        return found

    def by_address(self, *fields: str) -> Q:
        """Rows of which one of `fields` is an address of theirs."""
        found = NOBODY
        for field in fields:
            found |= Q(**{f"{field}__in": self.addresses})
        return found
