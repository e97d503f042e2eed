"""The full-text index over `CardIndex`: FTS5 on SQLite, kept in step by triggers; on PostgreSQL a generated column of
weighted words (ranking would otherwise parse every text that was found again) with a GIN index.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COLUMNS, NEW, OLD = "title, body, tags", "new.title, new.body, new.tags", "old.title, old.body, old.tags"
SQLITE = [
    f"""CREATE VIRTUAL TABLE catalogue_fts USING fts5(
        {COLUMNS}, content='catalogue_cardindex', content_rowid='card_id', tokenize='unicode61', prefix='2 3')""",
    f"""CREATE TRIGGER catalogue_fts_insert AFTER INSERT ON catalogue_cardindex BEGIN
        INSERT INTO catalogue_fts(rowid, {COLUMNS}) VALUES (new.card_id, {NEW}); END""",
    f"""CREATE TRIGGER catalogue_fts_delete AFTER DELETE ON catalogue_cardindex BEGIN
        INSERT INTO catalogue_fts(catalogue_fts, rowid, {COLUMNS}) VALUES ('delete', old.card_id, {OLD}); END""",
    f"""CREATE TRIGGER catalogue_fts_update AFTER UPDATE ON catalogue_cardindex BEGIN
        INSERT INTO catalogue_fts(catalogue_fts, rowid, {COLUMNS}) VALUES ('delete', old.card_id, {OLD});
        INSERT INTO catalogue_fts(rowid, {COLUMNS}) VALUES (new.card_id, {NEW}); END""",
]
SQLITE_UNDO = [
    "DROP TRIGGER catalogue_fts_update",
    "DROP TRIGGER catalogue_fts_delete",
    "DROP TRIGGER catalogue_fts_insert",
    "DROP TABLE catalogue_fts",
]
POSTGRESQL = [
    """ALTER TABLE catalogue_cardindex ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'B') ||
        setweight(to_tsvector('simple', tags), 'D')) STORED""",
    "CREATE INDEX catalogue_fts ON catalogue_cardindex USING gin (vector)",
]

POSTGRESQL_UNDO = ["DROP INDEX catalogue_fts", "ALTER TABLE catalogue_cardindex DROP COLUMN vector"]


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_UNDO if editor.connection.vendor == "postgresql" else SQLITE_UNDO:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
