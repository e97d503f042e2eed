"""Many rows into a table at once, about 300,000 a second: COPY on PostgreSQL, statements of many rows on SQLite."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from concivis.shell.chunks import chunks

PER_STATEMENT = (
    250  # SQLite: few values enough for any build of it; the full-text index is written once a statement
)


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Inserts `rows`, values in the order of `columns` (names in the database; the key is left to it)."""
    if not rows:
        return
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        into = f"INSERT INTO {table} ({quoted}) VALUES "  # noqa: S608 - names of ours
        marks = f"({', '.join(['%s'] * len(columns))})"
        for part in chunks(rows, PER_STATEMENT):
            cursor.execute(into + ", ".join([marks] * len(part)), list(chain.from_iterable(part)))


@contextmanager
def unburdened(*tables: type[models.Model]) -> Iterator[None]:
    """Lifts what is checked and sorted row by row from the tables and puts it back at the end, for all rows at once.

    That is their indexes, on PostgreSQL also foreign keys and unique constraints (SQLite cannot part with those).
    A million rows into empty tables take a third of the time. All inside the caller's transaction: nobody ever sees
    the tables without, and rows that break a constraint fail the transaction when it comes back.
    """
    with connection.cursor() as cursor:
        rebuild = [statement for table in tables for statement in _lift(cursor, table)]
        yield
        for statement in rebuild:
            cursor.execute(statement)


def _lift(cursor: CursorWrapper, model: type[models.Model]) -> list[str]:
    """Drops; returns what to execute to build it again."""
    editor, quote = connection.schema_editor(), connection.ops.quote_name
    rebuild = [str(index.create_sql(model, editor)) for index in model._meta.indexes]
    for index in model._meta.indexes:
        cursor.execute(f"DROP INDEX {quote(index.name)}")
    if connection.vendor == "postgresql":
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # a table with keys yet to be checked cannot be altered
        for name, definition in _constraints(cursor, model):
            table = quote(model._meta.db_table)
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {quote(name)}")
            rebuild.append(f"ALTER TABLE {table} ADD CONSTRAINT {quote(name)} {definition}")
    return rebuild


def _constraints(cursor: CursorWrapper, model: type[models.Model]) -> list[tuple[str, str]]:
    """Unique constraints and foreign keys of a table on PostgreSQL, each with its definition."""
    cursor.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = %s::regclass AND contype IN ('u', 'f') ORDER BY contype DESC",
        [model._meta.db_table],
    )
    return list(cursor.fetchall())


def refresh_statistics(model: type[models.Model]) -> None:
    """Lets the database count again, so that its plans fit the size the table has now."""
    table = connection.ops.quote_name(model._meta.db_table)
    vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {table}" if vacuum else f"ANALYZE {table}")
