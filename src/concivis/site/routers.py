"""Sessions, jobs and the cache keep out of the SQLite file of the content: their many writes must not wait for it."""

from typing import Any

JOB_APPS_WITH_TABLES = ("sessions", "django_tasks_database")
JOB_APPS = frozenset({*JOB_APPS_WITH_TABLES, "django_cache"})  # the cache table comes by a command of its own


class JobsRouter:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return "jobs" if model._meta.app_label in JOB_APPS else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == "jobs") == (app_label in JOB_APPS)
