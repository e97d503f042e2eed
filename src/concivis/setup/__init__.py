"""Brings a data directory up to date: front-end packages, translations, database, static files.

Each step leaves a stamp and is skipped while nothing it depends on has changed: a second start is quick.
"""

from pathlib import Path

from concivis.setup import database, frontend, installation, static, translations
from concivis.setup.steps import Refusal

__all__ = ["Refusal", "is_current", "prepare"]


def is_current(data: Path, *, demo: bool) -> bool:
    """Whether `prepare` would find nothing to do. Reads files only, no database: under 50 ms."""
    return (
        installation.kind(data) == (installation.DEMO if demo else installation.OWN)
        and frontend.is_current(data)
        and translations.are_current()
        and database.is_current(data, demo=demo)
        and static.is_current(data)
    )


def prepare(data: Path, *, demo: bool) -> None:
    """Does what is missing, in order; raises Refusal with a sentence for the operator."""
    data.mkdir(parents=True, exist_ok=True)
    installation.settle(data, demo=demo)
    frontend.install(data)
    translations.compile_all()
    database.bring_up_to_date(data, demo=demo)
    static.collect(data)
