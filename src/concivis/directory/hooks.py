"""What rooms above add to the directory, each when the site starts (in its `AppConfig.ready`)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model
from django.http import HttpRequest

from concivis.directory.models import Organisation


@dataclass(frozen=True)
class Reference:
    """A foreign key to Organisation: `Reference("twinning.Side", "organisation")`. A merge moves it.

    `card`: the kind of the card of what names the organisation, and how to come from the row to its public id, so
    that the organisation's page shows it: `card=("partnership", "partnership__public_id")`. `blocks`: whether an
    entry that is named so cannot be deleted.

    A row that may not stand twice (a unique constraint of the database) is taken out where the surviving organisation
    has it already, and put back by an undo.
    """

    model: str  # "app_label.Model"
    field: str
    card: tuple[str, str] | None = None
    blocks: bool = True

    @property
    def rows(self) -> type[Model]:
        return apps.get_model(self.model)


references: list[Reference] = []
"""The foreign keys of the rooms above."""

after_merge: list[Callable[[list[Organisation]], None]] = []
"""Each is called inside the transaction of a merge or its undo with both organisations: cards that name them change."""

on_changed: list[Callable[[Organisation], None]] = []
"""Each is called inside the transaction that changed an organisation's name or whether it is public."""

on_page: list[Callable[[HttpRequest, Organisation], str]] = []
"""What stands on the public page of an organisation. Each gives safe HTML or "". The page is kept by the front cache:
nothing of who reads may be in it."""

on_own_page: list[Callable[[HttpRequest, Organisation, str], str]] = []
"""The same on the page of who looks after it; called with the key of the mailed link, or "" for who is signed in."""


def naming(organisation: Organisation) -> int:
    """How many rows of the rooms above stand against deleting it. One query for each reference."""
    return sum(
        reference.rows._default_manager.filter(**{reference.field: organisation}).count()
        for reference in references
        if reference.blocks
    )
