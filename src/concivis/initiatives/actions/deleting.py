"""Deleting for good what was never meant to stay."""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from concivis.accounts.models import User
from concivis.catalogue import actions as catalogue
from concivis.hubs import record
from concivis.initiatives import cards
from concivis.initiatives.actions.noting import locked
from concivis.initiatives.enums import ReviewState
from concivis.initiatives.models import Initiative, Paper, Picture


@transaction.atomic
def delete_initiative(*, by: User | None, initiative: Initiative) -> None:
    """The entry with its pictures, papers and translations. Raises ValidationError for what is public: archive it."""
    gone = locked(initiative)
    if gone.state == ReviewState.PUBLISHED:
        raise ValidationError(gettext("What is public is archived first, then deleted."))
    kept: list[Picture | Paper] = [*gone.pictures.all(), *gone.papers.all()]
    files = [(each.file.storage, str(each.file.name)) for each in kept]
    catalogue.withdraw(cards.KIND, [gone.public_id])
    record.write(hub=gone.hub, by=by, action="initiative.deleted", kind=cards.KIND, object_id=gone.public_id)
    gone.delete()
    for storage, name in files:
        transaction.on_commit(partial(storage.delete, name))
