"""What rooms above hold about a person: they add their functions here when the site starts."""

from collections.abc import Callable
from typing import Any

from concivis.accounts.models import User
from concivis.accounts.people import Person

obstacles_to_leaving: list[Callable[[User], list[str]]] = []
"""Each gives the sentences that stand against deleting the account."""

before_leaving: list[Callable[[Person], None]] = []
"""Each is called inside the transaction that deletes the account, before it."""

personal_data: list[Callable[[Person], dict[str, Any]]] = []
"""Each gives what its room holds about the person, ready for JSON: `user` is None for who has no account."""
