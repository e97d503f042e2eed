"""What tests of any room need of hubs."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.shortcuts import resolve_url
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from concivis.accounts.models import User
from concivis.hubs import append_only, tokens
from concivis.hubs.models import ApiToken, Hub
from concivis.hubs.scopes import Scope

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
    assert not wrong, "\n".join(wrong)


@contextmanager
def asks(number: int) -> Iterator[None]:
    """Exactly `number` queries, without the session's, which lies elsewhere on SQLite."""
    with CaptureQueriesContext(connection) as found:
        yield
    asked = [query["sql"] for query in found if "django_session" not in query["sql"]]
    assert len(asked) == number, f"{len(asked)} queries, not {number}:\n" + "\n".join(asked)


def _status(person: User | None, method: str, address: str, sent: dict[str, Any]) -> str:
    client = Client()
    if person:
        client.force_login(person)
    return ask(client, method, address, sent)


def ask(client: Client, method: str, address: str, sent: dict[str, Any] | None = None) -> str:
    """The status, or "login" for a redirection to where one signs in. What the request changes is undone."""
    with transaction.atomic():
        send: Callable[..., Any] = client.post if method == "POST" else client.get
        response = send(address, sent or {})
        if response.streaming:
            list(response)  # a file that it hands out is closed at its end
        transaction.set_rollback(True)
    to_sign_in = response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    return "login" if to_sign_in else str(response.status_code)


# --- what an office's programs get ------------------------------------------------------------------------------

TOKENS = ("no token", "a token without the scope", "keeper", "trusted", "not trusted", "elsewhere")
"""The columns of a table of tokens, in this order: the offices' tokens have the scope and no other. `trusted` and
`not trusted` are offices of the partner city; `elsewhere` is of a city that has nothing to do with it."""

TokenRow = tuple[str, str, Scope, str] | tuple[str, str, Scope, str, Any]


class Program:
    """Somebody's program with a token of `hub`, issued by a coordinator; without scopes: all of them."""

    def __init__(self, client: Client, hub: Hub, *scopes: Scope, by: User | None = None) -> None:
        from concivis.hubs.factories import MembershipFactory

        self.client = client
        self.person = by or MembershipFactory(hub=hub, role="coordinator").user
        _, self.key = tokens.issue_token(
            by=self.person, hub=hub, name="website", scopes=scopes or list(Scope), expires_on=None
        )
        self.headers = {"Authorization": f"Bearer {self.key}"}

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self.headers)

    def send(self, method: str, path: str, **content: Any) -> Any:
        body = json.dumps(content, cls=DjangoJSONEncoder)
        send = getattr(self.client, method)
        return send(path, body, content_type="application/json", headers=self.headers)

    def upload(self, path: str, **fields: Any) -> Any:
        """As a form with files."""
        return self.client.post(path, fields, headers=self.headers)


def assert_token_table(offices: dict[str, tuple[Hub, User]], rows: Iterable[TokenRow]) -> None:
    """Each row: method, address, the scope it asks for, what each of TOKENS gets ("401 403 200 …"), what is sent (a
    dictionary; one that is made anew for each request where it is a function).

    `offices`: by column, each with the person who issues its tokens. What a request changes is undone before the next.
    """
    rows = list(rows)
    wrong, keys, client = [], _keys(offices, {row[2] for row in rows}), Client()
    for method, address, scope, expected, *sent in rows:
        for who, status in zip(TOKENS, expected.split(), strict=True):
            found = _answered(client, keys[who, scope], method, address, sent[0] if sent else None)
            if found != status:
                wrong.append(f"{method} {address} with {who}: {found}, not {status}")
    assert not wrong, "\n".join(wrong)


def _keys(offices: dict[str, tuple[Hub, User]], scopes: set[Scope]) -> dict[tuple[str, Scope], str]:
    """{(column, scope): a key}. Past the most tokens that an office may have in force: it does not need so many."""

    def key(hub: Hub, person: User, granted: list[Scope]) -> str:
        token, made = tokens.issue_token(by=person, hub=hub, name="table", scopes=granted, expires_on=None)
        type(token).objects.filter(pk=token.pk).update(revoked_at=timezone.now())
        issued.append(token.pk)
        return made

    issued: list[int] = []
    found = {}
    for scope in scopes:
        found["no token", scope] = ""
        others = [other for other in Scope if other != scope]
        found["a token without the scope", scope] = key(*offices["keeper"], others)
        for who, (hub, person) in offices.items():
            found[who, scope] = key(hub, person, [scope])
    ApiToken.objects.filter(pk__in=issued).update(revoked_at=None)
    return found


def _answered(client: Client, key: str, method: str, address: str, sent: Any) -> str:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    content = sent() if callable(sent) else sent
    with transaction.atomic():
        if content and any(hasattr(value, "read") for value in content.values()):
            response = client.post(address, content, headers=headers)
        else:
            body = "" if content is None else json.dumps(content)
            response = client.generic(method, address, body, "application/json", headers=headers)
        if response.streaming:
            list(response)  # a file that it hands out is closed at its end
        transaction.set_rollback(True)
    return str(response.status_code)


# --- the record ---------------------------------------------------------------------------------------------------


def let_tests_empty_the_record() -> None:
    """Tests that commit empty their tables afterwards, which the record refuses: lift its lock for that.

    Called once, from the root `conftest.py`.
    """
    empty_tables = TransactionTestCase._fixture_teardown

    def unlocked(self: TransactionTestCase) -> Any:
        with append_only.unlocked(connection):
            return empty_tables(self)

    TransactionTestCase._fixture_teardown = unlocked
