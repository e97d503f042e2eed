"""What tests of any room need of hubs."""

from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from concivis.hubs import append_only


def let_tests_empty_the_record() -> None:
    """Tests that commit empty their tables afterwards, which the record refuses: lift its lock for that.

    Called once, from the root `conftest.py`.
    """
    empty_tables = TransactionTestCase._fixture_teardown

    def unlocked(self: TransactionTestCase) -> Any:
        with append_only.unlocked(connection):
            return empty_tables(self)

    TransactionTestCase._fixture_teardown = unlocked
