"""The lock on the record: triggers which let lines only be appended, on SQLite and PostgreSQL.

A migration that rebuilds one of the two tables on SQLite loses their triggers; it must end with `lock`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

LINE_IS_FINAL = "The record is append-only: a line can be neither changed nor deleted."
LINE_IN_ORDER = "The record is append-only: a line continues its chain."
CHAIN_GROWS = "The record is append-only: a chain grows by one line at a time and is not deleted."

SQLITE = {
    "record_line_unchanged": f"""
        CREATE TRIGGER record_line_unchanged BEFORE UPDATE ON hubs_recordline
        BEGIN SELECT RAISE(ABORT, '{LINE_IS_FINAL}'); END""",
    "record_line_undeleted": f"""
        CREATE TRIGGER record_line_undeleted BEFORE DELETE ON hubs_recordline
        BEGIN SELECT RAISE(ABORT, '{LINE_IS_FINAL}'); END""",
    # INSERT OR REPLACE deletes without firing the trigger above, hence the look at the id
    "record_line_in_order": f"""
        CREATE TRIGGER record_line_in_order BEFORE INSERT ON hubs_recordline
        WHEN NEW.number IS NOT (SELECT length + 1 FROM hubs_chain WHERE id = NEW.chain_id)
          OR EXISTS (SELECT 1 FROM hubs_recordline WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, '{LINE_IN_ORDER}'); END""",  # noqa: S608 - constants
    "record_chain_grows": f"""
        CREATE TRIGGER record_chain_grows BEFORE UPDATE ON hubs_chain
        WHEN NEW.id IS NOT OLD.id OR NEW.hub_id IS NOT OLD.hub_id OR NEW.length IS NOT OLD.length + 1
        BEGIN SELECT RAISE(ABORT, '{CHAIN_GROWS}'); END""",
    "record_chain_undeleted": f"""
        CREATE TRIGGER record_chain_undeleted BEFORE DELETE ON hubs_chain
        BEGIN SELECT RAISE(ABORT, '{CHAIN_GROWS}'); END""",
    "record_chain_begins_empty": f"""
        CREATE TRIGGER record_chain_begins_empty BEFORE INSERT ON hubs_chain
        WHEN NEW.length <> 0 OR EXISTS (
          SELECT 1 FROM hubs_chain WHERE id = NEW.id OR hub_id = NEW.hub_id
            OR (hub_id IS NULL AND NEW.hub_id IS NULL))
        BEGIN SELECT RAISE(ABORT, '{CHAIN_GROWS}'); END""",  # noqa: S608 - constants
}

POSTGRES_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION record_line_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{LINE_IS_FINAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE OR REPLACE FUNCTION record_line_in_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number IS DISTINCT FROM (SELECT length + 1 FROM hubs_chain WHERE id = NEW.chain_id) THEN
    RAISE EXCEPTION '{LINE_IN_ORDER}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION record_chain_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.length = 0 THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF NEW.id = OLD.id AND NEW.hub_id IS NOT DISTINCT FROM OLD.hub_id AND NEW.length = OLD.length + 1 THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '{CHAIN_GROWS}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""  # noqa: S608 - constants
POSTGRES = {
    "record_line_unchanged": "BEFORE UPDATE OR DELETE ON hubs_recordline FOR EACH ROW "
    "EXECUTE FUNCTION record_line_final()",
    "record_line_kept": "BEFORE TRUNCATE ON hubs_recordline EXECUTE FUNCTION record_line_final()",
    "record_line_in_order": "BEFORE INSERT ON hubs_recordline FOR EACH ROW "
    "EXECUTE FUNCTION record_line_in_order()",
    "record_chain_grows": "BEFORE INSERT OR UPDATE OR DELETE ON hubs_chain FOR EACH ROW "
    "EXECUTE FUNCTION record_chain_grows()",
    "record_chain_kept": "BEFORE TRUNCATE ON hubs_chain EXECUTE FUNCTION record_chain_grows()",
}


def lock(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on; does nothing where they are on already."""
    unlock(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTIONS)
            for name, rest in POSTGRES.items():
                cursor.execute(f"CREATE TRIGGER {name} {rest}")
        else:
            for statement in SQLITE.values():
                cursor.execute(statement)


def unlock(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers off: for migrations that rebuild the tables, and to empty a test's database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, rest in POSTGRES.items():
                table = rest.split(" ON ", 1)[1].split()[0]
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        else:
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


@contextmanager
def unlocked(connection: BaseDatabaseWrapper) -> Iterator[None]:
    unlock(connection)
    try:
        yield
    finally:
        lock(connection)
