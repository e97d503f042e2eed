"""`migrate` as it is, but a new database gets its tables at once.

Django draws the models of all rooms anew after each step of their history: 40 s for 210 models, of which the database
has one. A new database has no rows that a step could be about. It gets the tables as the last step leaves them and the
SQL of our own rooms, and its history says so. `shell/tests/test_migrate.py` holds the outcome against the walk.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections, router
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython, RunSQL


class Command(migrate.Command):
    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--walk", action="store_true", help="Take every step, also in a database without tables."
        )

    def handle(self, *apps: Any, walk: bool = False, **options: Any) -> None:
        whole = not options["app_label"] and not any(
            options[name] for name in ("fake", "plan", "check_unapplied")
        )
        if whole and not walk:
            make_at_once(options["database"])
        super().handle(*apps, **options)


def make_at_once(alias: str) -> None:
    """All or nothing. Does nothing in a database that has a history."""
    executor = MigrationExecutor(connections[alias])
    loader = executor.loader
    if loader.applied_migrations:
        return
    last = loader.graph.leaf_nodes()
    state = loader.project_state(last)
    models = [
        model
        for model in state.apps.get_models()
        if model._meta.managed and not model._meta.proxy and router.allow_migrate_model(alias, model)
    ]
    executor.recorder.ensure_schema()
    with connections[alias].schema_editor() as editor:
        for model in models:
            editor.create_model(model)
        for statement in editor.deferred_sql:  # keys and indexes, which our SQL may build on
            editor.execute(statement, None)
        editor.deferred_sql.clear()
        for migration, _backwards in executor.migration_plan(last):
            for operation in migration.operations:
                if isinstance(operation, RunPython | RunSQL) and _is_ours(migration):
                    operation.database_forwards(migration.app_label, editor, state, state)
            executor.record_migration(migration)  # type: ignore[call-arg, arg-type] # of another Django


def _is_ours(migration: Migration) -> bool:
    """What packages run are repairs of rows, written for the columns of their time."""
    return type(migration).__module__.startswith("concivis.")
