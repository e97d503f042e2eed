"""Tables, vocabulary, gazetteer and, for the demo, its facts: through the rooms' own management commands."""

import os
from pathlib import Path

from concivis.setup.steps import PACKAGE, Refusal, fingerprint, read_stamp, step, write_stamp


def is_current(data: Path, *, demo: bool) -> bool:
    """Never for PostgreSQL: a server may hold another day's backup, and asking it takes about a second."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        return False
    there = (data / "concivis.sqlite3").exists() and (data / "jobs.sqlite3").exists()
    return there and read_stamp(_stamp(data)) == _stamp_text(data, demo=demo)


def bring_up_to_date(data: Path, *, demo: bool) -> None:
    if is_current(data, demo=demo):
        return
    from django.core.management import call_command

    with step("Preparing the database"):
        _greet_server()
        make_tables()
    for title, command in _loads(demo=demo):
        with step(title):
            call_command(command)
    write_stamp(_stamp(data), _stamp_text(data, demo=demo))


def make_tables() -> None:
    """In each database its own."""
    from django.conf import settings
    from django.core.management import call_command

    from concivis.site.routers import JOB_APPS_WITH_TABLES

    call_command("migrate", interactive=False, verbosity=0)
    for app in JOB_APPS_WITH_TABLES if "jobs" in settings.DATABASES else ():
        call_command("migrate", app, database="jobs", interactive=False, verbosity=0)
    for alias in settings.DATABASES:
        call_command("createcachetable", database=alias, verbosity=0)


def _greet_server() -> None:
    """Asks PostgreSQL directly, whose own sentence says why."""
    import psycopg

    from concivis.site.environment import env

    if env("DATABASE_URL"):
        try:
            psycopg.connect(env("DATABASE_URL"), connect_timeout=10).close()
        except psycopg.OperationalError as error:
            raise Refusal(f"The database does not answer: {str(error).strip().splitlines()[-1]}") from error


def _loads(*, demo: bool) -> list[tuple[str, str]]:
    loads = [("Loading the vocabulary", "load_vocabulary"), ("Loading the gazetteer", "load_gazetteer")]
    demonstration = [("Loading the demo", "load_demo"), ("Preparing the partner finder", "fit_finder")]
    return [*loads, *demonstration] if demo else loads


def _stamp(data: Path) -> Path:
    return data / "database.stamp"


def _stamp_text(data: Path, *, demo: bool) -> str:
    """Names the file too (its inode), so that a database put in its place is looked at again."""
    patterns = ("*/migrations/*.py", "*/data/**/*", "demo/**/*")
    files = {path for pattern in patterns for path in PACKAGE.glob(pattern) if _counts(path)}
    identity = (data / "concivis.sqlite3").stat().st_ino
    return f"{'demo' if demo else 'plain'} {identity} {fingerprint(files)}"


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and "tests" not in path.parts
