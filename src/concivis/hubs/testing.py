"""What tests of any room need of hubs."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.shortcuts import resolve_url
from django.test import Client, TransactionTestCase

from concivis.accounts.models import User
from concivis.hubs import append_only
from concivis.hubs.models import Hub

WHO = (
    "anonymous",
    "stranger",
    "observer",
    "partner_city",
    "contributor",
    "editor",
    "coordinator",
    "coordinator elsewhere",
)
"""The columns of a permission table, in this order."""

Row = tuple[str, str, str] | tuple[str, str, str, dict[str, Any]]


def people_around(hub: Hub) -> dict[str, User | None]:
    """One person for each column of the table; the last is a coordinator of another hub."""
    from concivis.accounts.factories import UserFactory
    from concivis.hubs.factories import MembershipFactory

    people: dict[str, User | None] = {"anonymous": None, "stranger": UserFactory()}
    for role in WHO[2:7]:
        people[role] = MembershipFactory(hub=hub, role=role).user
    people["coordinator elsewhere"] = MembershipFactory(role="coordinator").user
    return people


def assert_permission_table(people: dict[str, User | None], rows: Iterable[Row]) -> None:
    """Each row: method, address, what each of `WHO` gets ("login 404 200 …"), and what is sent by POST.

    "login" is a redirection to where one signs in. What a request changes is undone before the next one.
    """
    wrong = []
    for method, address, expected, *sent in rows:
        for who, status in zip(WHO, expected.split(), strict=True):
            found = _status(people[who], method, address, sent[0] if sent else {})
            if found != status:
                wrong.append(f"{method} {address} as {who}: {found}, not {status}")
    assert wrong == []


def _status(person: User | None, method: str, address: str, sent: dict[str, Any]) -> str:
    client = Client()
    if person:
        client.force_login(person)
    with transaction.atomic():
        send: Callable[..., Any] = client.post if method == "POST" else client.get
        response = send(address, sent)
        if response.streaming:
            list(response)  # a file that it hands out is closed at its end
        transaction.set_rollback(True)
    to_sign_in = response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    return "login" if to_sign_in else str(response.status_code)


def let_tests_empty_the_record() -> None:
    """Tests that commit empty their tables afterwards, which the record refuses: lift its lock for that.

    Called once, from the root `conftest.py`.
    """
    empty_tables = TransactionTestCase._fixture_teardown

    def unlocked(self: TransactionTestCase) -> Any:
        with append_only.unlocked(connection):
            return empty_tables(self)

    TransactionTestCase._fixture_teardown = unlocked
