"""How every action begins and ends: the row locked, then the revision, the card, the record and the programs told."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone

from concivis.accounts.models import User
from concivis.hubs import record, webhooks
from concivis.initiatives import cards
from concivis.initiatives.models import Initiative
from concivis.shell.conflicts import EditConflict


def locked(initiative: Initiative, revision: int | None = None) -> Initiative:
    """The row as it stands, kept until the transaction ends. Raises `EditConflict` unless `revision` stands."""
    found = Initiative.objects.select_for_update(of=("self",)).select_related("hub").get(pk=initiative.pk)
    if revision is not None and found.revision != revision:
        raise EditConflict(found.revision)
    return found


def noted(
    initiative: Initiative,
    by: User | None,
    action: str,
    details: Mapping[str, Any] | None = None,
    *,
    event: str = "",
) -> None:
    """Call it last in the transaction of a change. `event`: what programs are told, if it is public."""
    Initiative.objects.filter(pk=initiative.pk).update(revision=F("revision") + 1, changed_at=timezone.now())
    initiative.refresh_from_db(fields=["revision", "changed_at"])
    cards.refresh([initiative.pk])
    record.write(
        hub=initiative.hub,
        by=by,
        action=action,
        kind=cards.KIND,
        object_id=initiative.public_id,
        details=details,
    )
    if event:
        webhooks.emit(
            hub=initiative.hub,
            event=event,
            payload={"id": initiative.public_id, "title": initiative.title, "state": initiative.state},
        )
