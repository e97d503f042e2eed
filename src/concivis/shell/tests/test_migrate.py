"""A new database made at once has what the walk through all steps would leave."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from concivis.shell.management.commands.migrate import Command, make_at_once

SQLITE = ["SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"]
POSTGRESQL = [
    """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,
       collation_name, is_identity, is_generated, generation_expression
       FROM information_schema.columns WHERE table_schema = 'public'""",
    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint",
    "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
]


@contextmanager
def another_database(name: str, folder) -> Iterator[str]:
    """An empty one on the same server, or a file."""
    on_server = connection.vendor == "postgresql"
    kept_as = f"{connection.settings_dict['NAME']}_{name}" if on_server else str(folder / name)
    if on_server:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{kept_as}"')
    connections.databases[name] = deepcopy(connection.settings_dict) | {"NAME": kept_as}
    try:
        yield name
    finally:
        connections[name].close()
        del connections[name], connections.databases[name]
        if on_server:
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{kept_as}"')


def all_of(alias: str, statement: str) -> list[str]:
    """The rows of an answer in order; the columns of a table in any order, for a step may have added one."""
    with connections[alias].cursor() as cursor:
        cursor.execute(statement)
        rows = map(str, cursor.fetchall())
        return sorted(", ".join(sorted(re.split(r", |\(|\)", row))) for row in rows)


def test_a_new_database_is_what_the_walk_leaves(tmp_path, django_db_setup, django_db_blocker):
    asked = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    asked += [
        "SELECT app, name FROM django_migrations",
        "SELECT app_label, codename FROM auth_permission JOIN django_content_type t ON t.id = content_type_id",
    ]
    with (
        django_db_blocker.unblock(),
        another_database("walked", tmp_path) as walked,
        another_database("at_once", tmp_path) as at_once,
    ):
        call_command(Command(), database=walked, walk=True, verbosity=0)
        call_command(Command(), database=at_once, verbosity=0)
        for statement in asked:
            there = all_of(at_once, statement)
            assert there == all_of(walked, statement)
            assert len(there) > 10 or "pg_trigger" in statement or "pg_proc" in statement


def test_a_database_with_a_history_is_left_to_its_steps(tmp_path, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), another_database("older", tmp_path) as older:
        call_command(Command(), "places", "0001", database=older, verbosity=0)
        before = connections[older].introspection.table_names()
        make_at_once(older)
        assert connections[older].introspection.table_names() == before


def test_one_that_broke_off_begins_anew(tmp_path, django_db_setup, django_db_blocker, monkeypatch):
    def break_off(*arguments):
        raise InterruptedError

    with django_db_blocker.unblock(), another_database("broken", tmp_path) as broken:
        with monkeypatch.context() as broken_off, pytest.raises(InterruptedError):
            broken_off.setattr(MigrationExecutor, "record_migration", break_off)
            make_at_once(broken)
        assert connections[broken].introspection.table_names() == ["django_migrations"]
        make_at_once(broken)
        assert "catalogue_card" in connections[broken].introspection.table_names()
