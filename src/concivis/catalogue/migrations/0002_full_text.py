"""The full-text index over the folded texts: FTS5 on SQLite, a GIN index on PostgreSQL. Triggers keep FTS5 in step."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    """CREATE VIRTUAL TABLE catalogue_fts USING fts5(
        folded, content='catalogue_cardtext', content_rowid='id', tokenize='unicode61', prefix='2 3')""",
    """CREATE TRIGGER catalogue_fts_insert AFTER INSERT ON catalogue_cardtext BEGIN
        INSERT INTO catalogue_fts(rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER catalogue_fts_delete AFTER DELETE ON catalogue_cardtext BEGIN
        INSERT INTO catalogue_fts(catalogue_fts, rowid, folded) VALUES ('delete', old.id, old.folded); END""",
    """CREATE TRIGGER catalogue_fts_update AFTER UPDATE ON catalogue_cardtext BEGIN
        INSERT INTO catalogue_fts(catalogue_fts, rowid, folded) VALUES ('delete', old.id, old.folded);
        INSERT INTO catalogue_fts(rowid, folded) VALUES (new.id, new.folded); END""",
]
SQLITE_UNDO = [
    "DROP TRIGGER catalogue_fts_update",
    "DROP TRIGGER catalogue_fts_delete",
    "DROP TRIGGER catalogue_fts_insert",
    "DROP TABLE catalogue_fts",
]
POSTGRESQL = ["CREATE INDEX catalogue_fts ON catalogue_cardtext USING gin (to_tsvector('simple', folded))"]
POSTGRESQL_UNDO = ["DROP INDEX catalogue_fts"]


def create(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if editor.connection.vendor == "postgresql" else SQLITE:
        editor.execute(statement)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_UNDO if editor.connection.vendor == "postgresql" else SQLITE_UNDO:
        editor.execute(statement)


class Migration(migrations.Migration):
    replaces = [("catalogue", "0003_more_on_a_card")]
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
